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
