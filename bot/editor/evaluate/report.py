"""The results of an evaluation as lines of text, as JSON, as a page, and compared with an earlier run."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from bot.corpus.corpus import Corpus
from bot.editor.evaluate.scorecard import LeftOut, Scorecard
from bot.editor.questions import Outcome, correct_quotations
from bot.editor.templates import fill

_NAME = 12
"""Columns for the name of a kind."""
_BEST = {Outcome.RIGHT: 3, Outcome.REFUSED: 3, Outcome.OFFERED: 2, Outcome.NEAR_SHOWN: 2, Outcome.MISSED: 1}
"""What is better than what, when two runs are compared; the others are 0."""
_BINS = 10
_MOST_CONFUSED = 20
_LEFT_OUT = """\
right: so many phrases get their answer from a bot that does not know them. Of whole questions more do, since the
phrases of an intent are written to differ from one another. Small talk mostly has the same words; it stands last."""


def score_text(card: Scorecard) -> str:
    """A row a kind and, of several, a row a file; what the columns mean, figures, what other thresholds would do."""
    kinds = [(kind_name(kind), each) for kind, each in card.by_kind().items()]
    files = card.by_file()
    median, high = card.milliseconds()
    lines = [
        *_table("kind", [*kinds, ("all", card)]),
        "",
        *([*_table("file", files.items()), ""] if len(files) > 1 else []),
        *_shares(card),
        "",
        *(f"{name}: {value:.1%}" for name, value in ranking_figures(card)),
        f"a reply takes {median:.2f} ms (median); 99 of 100 take less than {high:.2f} ms",
        "",
        "if it answered when it is",
        "so sure of an intent:     right    wrong or false",
        *(f"{step:>21.0%}{right:>10.1%}{false:>18.1%}" for step, right, false in card.trade_off()[1::2]),
    ]
    return "\n".join(lines)


def ranking_figures(card: Scorecard) -> tuple[tuple[str, float], ...]:
    """What does not depend on the thresholds, in words; without what there are no such questions for."""
    surer = "pairs of an answerable and an unanswerable question where the bot is surer of the first"
    figures = (
        ("answerable questions whose right intent is ranked first", card.top1()),
        (surer, card.auroc()),
        ("mean difference between how sure the bot is and how often it is right", card.calibration_error()),
    )
    return tuple((name, value) for name, value in figures if not math.isnan(value))


def kind_name(kind: str) -> str:
    """The kind of a question for people; question files shorten one."""
    return "out of scope" if kind == "oos" else kind


def _table(head: str, cards: Iterable[tuple[str, Scorecard]]) -> Iterable[str]:
    rows = [(name, card, [card.count(outcome) or "-" for outcome in Outcome]) for name, card in cards]
    width = max(_NAME, *(len(name) + 1 for name, *_ in rows))
    yield f"{head:<{width}}{'asked':>7}" + "".join(f"{outcome.value:>14}" for outcome in Outcome)
    for name, card, counts in rows:
        yield f"{name:<{width}}{len(card.results):>7}" + "".join(f"{count:>14}" for count in counts)


def _shares(card: Scorecard) -> Iterable[str]:
    if answerable := len(card.answerable()):
        right, helped = card.share(Outcome.RIGHT), card.share(Outcome.RIGHT, Outcome.OFFERED)
        wrong, missed = card.share(Outcome.WRONG), card.share(Outcome.MISSED)
        shares = f"right {right:.1%}, helped {helped:.1%}, wrong {wrong:.1%}, missed {missed:.1%}"
        yield f"answerable {answerable}: {shares}"
    if unanswerable := len(card.unanswerable()):
        unanswered = (Outcome.FALSE_ANSWER, Outcome.NEAR_SHOWN, Outcome.REFUSED)
        false, near, refused = map(card.share, unanswered)
        shares = f"false answers {false:.1%}, near shown {near:.1%}, refused {refused:.1%}"
        yield f"unanswerable {unanswerable}: {shares} (near shown: something near was offered)"


def errors_text(card: Scorecard, corpus: Corpus) -> str:
    """Each miss: the question, what came, why, and where the right passage stood."""
    lines = []
    for result in card.misses():
        question, ranking = result.question, result.reply.ranking
        lines.append(f"{question.id} [{question.kind}] {result.outcome.value}: {question.text}")
        for candidate in ranking[:3]:
            features = candidate.features
            lines.append(
                f"    {candidate.confidence:4.0%} {candidate.intent_id} (beside the others {candidate.share:.0%}; "
                f"like all its phrases {features.similarity:.2f}, like the nearest {features.best_phrase:.2f}, "
                f"words known {features.coverage:.2f})"
            )
        if question.gold:
            place = f"rank {result.rank}" if result.rank else "not among the best five"
            holders = ", ".join(correct_quotations(question, corpus)) or "no intent"
            lines.append(f"    right: {holders} ({place})")
    return "\n".join(lines) or "No misses."


def score_record(card: Scorecard) -> dict[str, Any]:
    """The score card as one JSON object; also the form that `compare_text` reads."""
    median, high = card.milliseconds()
    return {
        "questions": len(card.results),
        "outcomes": _counts(card),
        "kinds": {kind: _counts(each) for kind, each in card.by_kind().items()},
        "files": {file: _counts(each) for file, each in card.by_file().items()},
        "right": card.share(Outcome.RIGHT),
        "helped": card.share(Outcome.RIGHT, Outcome.OFFERED),
        "wrong": card.share(Outcome.WRONG),
        "false_answers": card.share(Outcome.FALSE_ANSWER),
        "top1": _known(card.top1()),
        "auroc": _known(card.auroc()),
        "calibration_error": _known(card.calibration_error()),
        "median_ms": median,
        "p99_ms": high,
        "results": [
            {
                "id": result.question.id,
                "kind": result.question.kind,
                "q": result.question.text,
                "outcome": result.outcome.value,
                "intent": result.reply.intent_id,
                "confidence": round(result.confidence, 4),
                "rank": result.rank,
            }
            for result in card.results
        ],
    }


def _known(figure: float) -> float | None:
    """JSON has no NaN, which a figure about no question is."""
    return None if math.isnan(figure) else figure


def _counts(card: Scorecard) -> dict[str, int]:
    return {outcome.value: card.count(outcome) for outcome in Outcome}


def compare_text(before: Any, card: Scorecard) -> str:
    """What an edit gained and lost, question by question, against an earlier `--json` run. Raises ValueError where
    `before` is not such a record."""
    try:
        earlier = {str(entry["id"]): Outcome(entry["outcome"]) for entry in before["results"]}
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError('no "results" in it; it should be the output of evaluate --json') from error
    gained, lost = list[str](), list[str]()
    for result in card.results:
        old, new = earlier.get(result.question.id), result.outcome
        if old is not None and old is not new:
            line = f"  {result.question.id}: {old.value} -> {new.value}: {result.question.text}"
            (gained if _BEST.get(new, 0) > _BEST.get(old, 0) else lost).append(line)
    return "\n".join([f"gained {len(gained)}", *gained, f"lost {len(lost)}", *lost])


def phrases_text(rows: Sequence[LeftOut]) -> str:
    """The left-out phrases by intent, the weakest first, and what the shares mean. A weak intent needs more varied
    phrases, or is too close to another one."""
    lines = [f"{'intent':<42}{'phrases':>8}{'right':>8}{'negative examples':>19}{'answered':>10}"]
    for row in rows:
        negatives = f"{row.negatives or '-':>19}{row.answered or '-':>10}"
        lines.append(f"{row.intent_id:<42}{row.phrases:>8}{row.share:>8.0%}{negatives}")
    phrases, right = sum(row.phrases for row in rows), sum(row.right for row in rows)
    lines += [f"{'all':<42}{phrases:>8}{right / max(1, phrases):>8.0%}", "", _LEFT_OUT]
    return "\n".join(lines)


def score_page(card: Scorecard, corpus: Corpus) -> str:
    return fill(
        "evaluate/page.html.j2",
        record=score_record(card),
        ranking=ranking_figures(card),
        near_shown=card.share(Outcome.NEAR_SHOWN),
        kind_name=kind_name,
        outcomes=[outcome.value for outcome in Outcome],
        right_curve=[(threshold, right) for threshold, right, _ in card.trade_off() if not math.isnan(right)],
        false_curve=[(threshold, false) for threshold, _, false in card.trade_off() if not math.isnan(false)],
        histogram=_histogram(card),
        confusions=_confusions(card, corpus),
        misses=[(miss, correct_quotations(miss.question, corpus)) for miss in card.misses()],
    )


def _histogram(card: Scorecard) -> list[tuple[int, int]]:
    """For each tenth of confidence, in how many questions the best answer is right, and in how many it is not."""
    ranges = [(min(_BINS - 1, int(result.confidence * _BINS)), result.rank == 1) for result in card.results]
    return [(ranges.count((number, True)), ranges.count((number, False))) for number in range(_BINS)]


def _confusions(card: Scorecard, corpus: Corpus) -> list[tuple[tuple[str, str], int]]:
    """Intents that were meant, intents that were ranked first instead, and how often; the most frequent first."""
    pairs: Counter[tuple[str, str]] = Counter()
    for result in card.answerable():
        if result.rank != 1 and result.reply.ranking:
            wanted = next(iter(correct_quotations(result.question, corpus)), "no intent")
            pairs[wanted, result.reply.ranking[0].intent_id] += 1
    return pairs.most_common(_MOST_CONFUSED)
