"""The style and the script of the coverage page.

Rule: nothing is fetched, and without the script everything can still be read: the script only shows the
questions of a segment beside it, and filters. Light and dark by the reader's own choice; paper is light.

A segment has the hue of the intent that quotes it (`--h`), and one bar under the line for each further one.
"""

STYLE = """
:root{color-scheme:light dark;--ink:#1b2130;--dim:#5b6475;--paper:#fdfcfa;--card:#fff;--line:#dcd9d2;
  --tint:90%;--bar:44%;--strong:80%;--sat:62%;--none:#b3261e;--nonetint:#fbe9e7;--focus:#1f5fd6;--good:#2f7d5b}
@media (prefers-color-scheme:dark){:root{--ink:#e4e7ee;--dim:#9aa4b6;--paper:#12151b;--card:#1b2029;--line:#323946;
  --tint:21%;--bar:62%;--strong:34%;--sat:45%;--none:#ff8a80;--nonetint:#3a1d1b;--focus:#8ab4ff;--good:#5fbf95}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
header,main,footer{max-width:76rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2rem}
h1{font-size:1.6rem;line-height:1.25;margin:0}
.by{color:var(--dim);margin:.25rem 0 1.25rem}
a{color:inherit}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:2px}
.tiles{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:0 0 1.25rem;padding:0}
.tiles div{display:flex;flex-direction:column-reverse;justify-content:flex-end}
.tiles dt{color:var(--dim);font-size:.85rem}
.tiles dd{margin:0;font-size:1.5rem;font-weight:600;line-height:1.2;font-variant-numeric:tabular-nums}
.jump{list-style:none;margin:0;padding:0;display:grid;gap:.15rem 2rem;
  grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr))}
.jump a{display:grid;grid-template-columns:1fr 4.5rem 3rem;gap:.6rem;align-items:center;text-decoration:none;
  padding:.3rem 0}
.jump a:hover span:first-child{text-decoration:underline}
.jump i{height:.4rem;border-radius:.2rem;overflow:hidden;background:var(--line);print-color-adjust:exact;
  -webkit-print-color-adjust:exact}
.jump i::before{content:'';display:block;height:100%;width:var(--part);background:var(--good);
  print-color-adjust:exact;-webkit-print-color-adjust:exact}
.jump b{font-weight:400;color:var(--dim);text-align:right;font-variant-numeric:tabular-nums}
.tools{position:sticky;top:0;z-index:2;background:var(--paper);border-bottom:1px solid var(--line);
  display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;align-items:center;padding:.6rem 0;margin-top:1.25rem}
.tools label{color:var(--dim);font-size:.9rem}
input,select,button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);
  border-radius:.4rem;padding:.3rem .6rem}
.tools input{width:14rem;max-width:100%}
.found{color:var(--dim);font-size:.9rem}
.legend{display:flex;flex-wrap:wrap;gap:.4rem 1.4rem;margin:1rem 0 0;padding:0;list-style:none;
  color:var(--dim);font-size:.9rem}
.legend .q{color:var(--ink);cursor:auto}
.legend .own,.legend .narration{border-inline-start:4px solid hsl(var(--s) 45% var(--bar));padding-inline-start:.5rem}
.legend .narration{border-inline-start-style:dotted}
section{margin-top:2.25rem;scroll-margin-top:4rem}
h2{font-size:1.2rem;line-height:1.3;margin:0 0 .5rem;padding-bottom:.35rem;border-bottom:1px solid var(--line)}
h2 small{font-weight:400;color:var(--dim);font-size:.85rem;margin-inline-start:.6rem;white-space:nowrap}
.row{display:grid;grid-template-columns:minmax(0,38rem) minmax(0,1fr);gap:0 2.5rem;padding:.45rem 0;
  scroll-margin-top:4rem}
.words{margin:0;padding-inline-start:1rem;border-inline-start:4px solid hsl(var(--s) 45% var(--bar));
  font:1.08rem/2.15 Georgia,'Times New Roman',serif;white-space:pre-line;overflow-wrap:anywhere}
.words.narration{border-inline-start-style:dotted}
.words.between{border-color:transparent}
.words p{margin:0}
.who{display:block;font:.8rem/1.3 system-ui,sans-serif;color:hsl(var(--s) 45% var(--bar));padding-top:.2rem}
.words .frame{color:var(--dim);font-style:italic;white-space:normal}
.q{text-decoration:none;padding:.12em 0;cursor:pointer;
  background:var(--bars,) hsl(var(--h) var(--sat) var(--tint));
  -webkit-box-decoration-break:clone;box-decoration-break:clone;print-color-adjust:exact;
  -webkit-print-color-adjust:exact}
.q[data-n]{padding-bottom:calc(.12em + var(--n)*3px)}
.q[data-n]::after{content:attr(data-n);font:600 .62em/1 system-ui,sans-serif;vertical-align:.55em;
  padding-inline:.15em;color:var(--dim)}
.q:hover,.q.on{background-color:hsl(var(--h) var(--sat) var(--strong))}
.none{background:var(--nonetint);border-bottom:2px dotted var(--none);print-color-adjust:exact;
  -webkit-print-color-adjust:exact}
.notes{list-style:none;margin:0;padding:.35rem 0 0;font-size:.88rem;line-height:1.4}
.notes li{border-inline-start:4px solid hsl(var(--h) var(--sat) var(--bar));padding:.1rem 0 .1rem .6rem;
  margin-bottom:.4rem;scroll-margin-top:5rem;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.notes li:target,.notes li.on{background:hsl(var(--h) var(--sat) var(--tint))}
.notes .title{display:block}
.notes .id{color:var(--dim);font-size:.8rem;overflow-wrap:anywhere}
.notes .nobody{color:var(--none);border-color:transparent}
.away{opacity:.22}
.gone{display:none!important}
#card{position:fixed;z-index:3;max-width:24rem;background:var(--card);border:1px solid var(--line);
  border-radius:.6rem;box-shadow:0 6px 28px #0004;padding:.75rem .9rem .45rem;max-height:70vh;overflow:auto}
#card[hidden]{display:none}
#card .notes{padding:0;margin:0}
#card .title+.title{margin-top:.2rem;padding-top:.2rem;border-top:1px dotted var(--line)}
#card button{float:right;padding:0 .5rem;margin:-.25rem -.3rem .25rem .5rem}
footer{color:var(--dim);font-size:.85rem;padding-top:2rem;padding-bottom:3rem}
@media screen and (max-width:50rem){
  body{font-size:15px}
  .row{grid-template-columns:minmax(0,1fr)}
  .notes{margin-inline-start:1.2rem}
  .tools{position:static}
  .tiles{display:grid;grid-template-columns:1fr 1fr;gap:.6rem 1rem}
  .jump a{grid-template-columns:1fr 2.5rem 2.8rem}
  .tools label{display:grid;grid-template-columns:7rem 1fr;align-items:center;width:100%}
  .tools input{width:100%}
  #card{left:0!important;right:0;top:auto!important;bottom:0;max-width:none;max-height:55vh;
    border-radius:.9rem .9rem 0 0}
}
@media print{
  :root{color-scheme:light;--ink:#000;--dim:#444;--paper:#fff;--card:#fff;--line:#bbb;--tint:90%;--bar:40%;
    --strong:90%;--sat:62%;--none:#b3261e;--nonetint:#fbe9e7}
  @page{margin:16mm 14mm}
  html{font-size:9.5pt}
  body{font-size:1rem}
  header,main,footer{max-width:none;padding-inline:0}
  .tools,#card{display:none!important}
  .row{grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:0 6mm;break-inside:avoid}
  .words{line-height:1.95}
  h2{break-after:avoid}
  .away{opacity:1}
}
"""

SCRIPT = """
'use strict';
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const card = document.getElementById('card');
const listing = card.querySelector('ul');
let pinned = null;

// The questions of a segment are those of the notes that it names.
function notesOf(segment) {
  return segment.dataset.notes.split(' ').map(id => document.getElementById(id));
}

function show(segment) {
  hide();
  segment.classList.add('on');
  for (const note of notesOf(segment)) {
    note.classList.add('on');
    const copy = note.cloneNode(true);
    copy.removeAttribute('id');
    copy.classList.remove('on', 'gone');
    all('.gone', copy).forEach(title => title.classList.remove('gone'));
    listing.append(copy);
  }
  card.hidden = false;
  const beside = segment.closest('.row').querySelector('.notes').getBoundingClientRect();
  const highest = innerHeight - card.offsetHeight - 8;
  card.style.left = Math.min(beside.left, innerWidth - card.offsetWidth - 16) + 'px';
  card.style.top = Math.max(8, Math.min(segment.getClientRects()[0].top - 12, highest)) + 'px';
}

function hide() {
  all('.on').forEach(each => each.classList.remove('on'));
  listing.replaceChildren();
  card.hidden = true;
}

for (const segment of all('[data-notes]')) {
  segment.addEventListener('mouseenter', () => pinned || show(segment));
  segment.addEventListener('mouseleave', () => pinned || hide());
  segment.addEventListener('focus', () => pinned || show(segment));
  segment.addEventListener('blur', () => pinned || hide());
  segment.addEventListener('click', event => {
    event.preventDefault();
    pinned = pinned === segment ? null : segment;
    show(segment);
    const hidden = segment.getBoundingClientRect().bottom - card.getBoundingClientRect().top;
    if (innerWidth < 800 && hidden > 0) scrollBy({top: hidden + 16});  // the questions lie over the text
  });
}

for (const note of all('main .notes li[id]')) {
  const segments = all('[data-notes]').filter(each => each.dataset.notes.split(' ').includes(note.id));
  note.addEventListener('mouseenter', () => segments.forEach(each => each.classList.add('on')));
  note.addEventListener('mouseleave', () => segments.forEach(each => each.classList.remove('on')));
}

function unpin() { pinned = null; hide(); }
card.querySelector('button').addEventListener('click', unpin);
document.addEventListener('keydown', event => { if (event.key === 'Escape') unpin(); });
document.addEventListener('click', event => {
  if (pinned && !event.target.closest('.q, #card')) unpin();
});
addEventListener('scroll', () => pinned || hide(), {passive: true});

const words = document.getElementById('words');
const which = document.getElementById('which');
const language = document.getElementById('language');
const found = document.getElementById('found');

function fits(segment) {
  const asked = words.value.trim().toLowerCase();
  const kind = which.value;
  if (kind === 'none') return segment.classList.contains('none');
  if (kind === 'several' && !segment.dataset.n) return false;
  if (kind === 'own' || kind === 'narration') {
    if (!segment.closest('.words').classList.contains(kind)) return false;
  }
  if (!asked) return true;
  const texts = [segment.textContent, ...(segment.dataset.notes ? notesOf(segment) : []).map(n => n.textContent)];
  return texts.some(text => text.toLowerCase().includes(asked));
}

function filter() {
  const segments = all('main [data-source].q, main [data-source].none');
  const fitting = segments.filter(fits);
  const filtering = words.value.trim() || which.value;
  segments.forEach(each => each.classList.toggle('away', Boolean(filtering) && !fitting.includes(each)));
  const kept = new Set(fitting.filter(each => each.dataset.notes).flatMap(each => notesOf(each)));
  all('main .notes li[id]').forEach(n => n.classList.toggle('away', Boolean(filtering) && !kept.has(n)));
  found.textContent = filtering ? fitting.length + ' of ' + segments.length + ' segments' : '';
  if (filtering && fitting.length) fitting[0].scrollIntoView({block: 'center'});
}

function speak() {
  all('main .title').forEach(title => title.classList.toggle('gone',
    Boolean(language.value) && title.dataset.language !== language.value));
}

words.addEventListener('input', filter);
which.addEventListener('change', filter);
language.addEventListener('change', speak);
speak();
"""
