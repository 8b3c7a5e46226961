"""The results of an evaluation as one self-contained page: figures, curve, histogram, confusion, misses.

Rule: no script, no font and no picture from elsewhere; light and dark by the reader's own choice; everything
that came from outside (questions, titles) is escaped.
"""

from collections import Counter
from collections.abc import Iterable
from html import escape

from bot.corpus.corpus import Corpus
from bot.editor.evaluate.scorecard import Scorecard
from bot.editor.questions import Outcome, Result, correct_quotations

_WIDTH, _HEIGHT, _MARGIN = 560, 260, 40
_BINS = 10
_MOST_CONFUSED = 20

_STYLE = """
:root{color-scheme:light dark;--ink:#1d2433;--dim:#667;--paper:#fff;--line:#d9dde6;
  --good:#1a7f4b;--bad:#c0392b;--mid:#b7791f}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9f0;--dim:#9aa3b5;--paper:#14181f;--line:#323a48;
  --good:#4cc38a;--bad:#ff7b6b;--mid:#e2b04a}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);
  max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}
h2{font-size:1.1rem;margin-top:2.2rem}
small,figcaption{color:var(--dim)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
td,th{padding:.3rem .5rem;border-bottom:1px solid var(--line);text-align:right}
td:first-child,th:first-child,td.t{text-align:left}
.tiles{display:flex;flex-wrap:wrap;gap:.8rem}
.tile{border:1px solid var(--line);border-radius:.6rem;padding:.6rem 1rem;min-width:7rem}
.tile b{display:block;font-size:1.5rem}
figure,.wide{margin:0;overflow-x:auto}
svg{max-width:100%;height:auto}
svg text{fill:var(--dim);font-size:12px}
.miss{overflow-wrap:anywhere;border-left:3px solid var(--mid);padding:.2rem .8rem;margin:.7rem 0}
.miss.wrong,.miss.false{border-color:var(--bad)}
q{quotes:none}
"""


def score_page(card: Scorecard, corpus: Corpus) -> str:
    """The page as HTML text."""
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8>",
        "<meta name=viewport content='width=device-width,initial-scale=1'>",
        f"<title>Score card</title><style>{_STYLE}</style>",
        f"<h1>{len(card.results)} questions</h1>",
        _tiles(card),
        "<h2>By kind of message</h2>" + _kinds(card),
        "<h2>Answered from which confidence on?</h2>" + _curve(card),
        "<h2>Confidence of the best answer</h2>" + _histogram(card),
        "<h2>Taken for one another</h2>" + _confusion(card, corpus),
        "<h2>Misses</h2>" + _misses(card, corpus),
        "</html>",
    ]
    return "\n".join(parts)


def _tiles(card: Scorecard) -> str:
    good, bad = max(1, len(card.answerable())), max(1, len(card.unanswerable()))
    right, offered = card.count(Outcome.RIGHT), card.count(Outcome.OFFERED)
    median, high = card.milliseconds()
    figures = (
        ("right", f"{right / good:.1%}"),
        ("helped", f"{(right + offered) / good:.1%}"),
        ("wrong", f"{card.count(Outcome.WRONG) / good:.1%}"),
        ("false answers", f"{card.count(Outcome.FALSE_ANSWER) / bad:.1%}"),
        ("top1", f"{card.top1():.1%}"),
        ("AUROC", f"{card.auroc():.3f}"),
        ("calibration error", f"{card.calibration_error():.3f}"),
        ("median / 99th", f"{median:.1f} / {high:.1f} ms"),
    )
    tiles = "".join(f"<div class=tile><b>{value}</b>{name}</div>" for name, value in figures)
    return f"<div class=tiles>{tiles}</div>"


def _kinds(card: Scorecard) -> str:
    head = "<th>kind<th>asked" + "".join(f"<th>{outcome.value}" for outcome in Outcome)
    rows = [f"<tr>{head}"]
    for kind in card.kinds():
        counts = [card.count(outcome, kind) for outcome in Outcome]
        cells = "".join(f"<td>{count or '·'}" for count in counts)
        rows.append(f"<tr><td>{escape(kind)}<td>{sum(counts)}{cells}")
    return f"<div class=wide><table>{''.join(rows)}</table></div>"


def _curve(card: Scorecard) -> str:
    rows = [row for row in card.trade_off() if row[1] == row[1] and row[2] == row[2]]
    right = _line([(t, part) for t, part, _ in rows], "var(--good)")
    false = _line([(t, part) for t, _, part in rows], "var(--bad)")
    caption = "Green: part of the answerable answered rightly. Red: part of the unanswerable answered at all."
    return _figure(_axes() + right + false, caption)


def _histogram(card: Scorecard) -> str:
    """Stacked bars: the best answer is right, or it is not."""
    counts = [[0, 0] for _ in range(_BINS)]
    for result in card.results:
        counts[min(_BINS - 1, int(result.confidence * _BINS))][result.rank != 1] += 1
    most = max(1, *(sum(pair) for pair in counts))
    bars = []
    for number, (right, other) in enumerate(counts):
        x, base = _x(number / _BINS) + 2, _y(0)
        for count, colour in ((right, "var(--good)"), (other, "var(--bad)")):
            height = (_HEIGHT - 2 * _MARGIN) * count / most
            base -= height
            width = (_WIDTH - 2 * _MARGIN) / _BINS - 4
            bars.append(
                f"<rect x={x:.1f} y={base:.1f} width={width:.1f} height={height:.1f} fill='{colour}'/>"
            )
    caption = f"Green: the best answer is right. Red: it is not. The highest bar stands for {most} questions."
    return _figure(_axes(labels=False) + "".join(bars), caption)


def _confusion(card: Scorecard, corpus: Corpus) -> str:
    pairs: Counter[tuple[str, str]] = Counter()
    for result in card.answerable():
        if result.rank != 1 and result.reply.ranking:
            wanted = next(iter(correct_quotations(result.question, corpus)), "no intent")
            pairs[wanted, result.reply.ranking[0].intent_id] += 1
    if not pairs:
        return "<p>Nothing: the best-ranked intent holds the answer to every answerable question.</p>"
    rows = "".join(
        f"<tr><td>{escape(wanted)}<td class=t>{escape(got)}<td>{count}"
        for (wanted, got), count in pairs.most_common(_MOST_CONFUSED)
    )
    return f"<div class=wide><table><tr><th>meant<th class=t>ranked first<th>times{rows}</table></div>"


def _misses(card: Scorecard, corpus: Corpus) -> str:
    missed = [r for r in card.results if r.outcome not in {Outcome.RIGHT, Outcome.REFUSED}]
    return "".join(_miss(result, corpus) for result in missed) or "<p>None.</p>"


def _miss(result: Result, corpus: Corpus) -> str:
    best = (
        ", ".join(f"{escape(c.intent_id)} {c.confidence:.0%}" for c in result.reply.ranking[:3]) or "nothing"
    )
    wanted = ", ".join(map(escape, correct_quotations(result.question, corpus))) or "nothing: not answered"
    kind = result.outcome.value.split()[0]
    return (
        f"<div class='miss {kind}'><q dir=auto>{escape(result.question.text)}</q><br>"
        f"<small>{escape(result.question.kind)} · {result.outcome.value} · best: {best} · right: {wanted}</small></div>"
    )


def _figure(drawing: str, caption: str) -> str:
    box = f"viewBox='0 0 {_WIDTH} {_HEIGHT}' width={_WIDTH} height={_HEIGHT} role=img"
    return f"<figure><svg {box}>{drawing}</svg><figcaption>{caption}</figcaption></figure>"


def _axes(labels: bool = True) -> str:
    lines = []
    for step in range(0, 11, 2):
        value = step / 10
        lines.append(f"<text x={_x(value):.0f} y={_HEIGHT - 14} text-anchor=middle>{value:.0%}</text>")
        if labels:
            y = _y(value)
            lines.append(
                f"<line x1={_MARGIN} x2={_WIDTH - _MARGIN} y1={y:.0f} y2={y:.0f} stroke='var(--line)'/>"
            )
            lines.append(f"<text x={_MARGIN - 6} y={y + 4:.0f} text-anchor=end>{value:.0%}</text>")
    return "".join(lines)


def _line(points: Iterable[tuple[float, float]], colour: str) -> str:
    path = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    return f"<polyline points='{path}' fill=none stroke='{colour}' stroke-width=3 stroke-linejoin=round />"


def _x(value: float) -> float:
    return _MARGIN + value * (_WIDTH - 2 * _MARGIN)


def _y(value: float) -> float:
    return _HEIGHT - _MARGIN - value * (_HEIGHT - 2 * _MARGIN)
