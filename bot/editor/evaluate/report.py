"""The results of an evaluation as lines of text, as JSON, and compared with an earlier run.

Rule: it prints what `evaluate` found and computes nothing but sums.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from bot.corpus.corpus import Corpus
from bot.editor.evaluate.phrases import LeftOut
from bot.editor.evaluate.scorecard import Scorecard
from bot.editor.questions import Outcome, Result, correct_quotations

_COLUMNS = (
    Outcome.RIGHT,
    Outcome.OFFERED,
    Outcome.WRONG,
    Outcome.MISSED,
    Outcome.REFUSED,
    Outcome.FALSE_ANSWER,
)


class ResultRecord(TypedDict):
    id: str
    kind: str
    q: str
    outcome: str
    intent: str | None
    confidence: float
    rank: int


class ScoreRecord(TypedDict):
    """The form of `evaluate --json`."""

    questions: int
    outcomes: dict[str, int]
    kinds: dict[str, dict[str, int]]
    right: float
    helped: float
    wrong: float
    false_answers: float
    top1: float
    auroc: float | None
    calibration_error: float
    median_ms: float
    p99_ms: float
    results: list[ResultRecord]


def score_text(card: Scorecard) -> str:
    """The score card: a row a kind, the figures beyond the thresholds, and the trade-off."""
    lines = [f"{'kind':<12}{'asked':>7}" + "".join(f"{column.value:>14}" for column in _COLUMNS)]
    for kind in card.kinds():
        lines.append(_row(kind, card, kind))
    lines += [_row("all", card, None), "", *_shares(card), ""]
    median, high = card.milliseconds()
    lines.append(
        f"top1 {card.top1():.1%}   AUROC {card.auroc():.3f}   calibration error {card.calibration_error():.3f}   "
        f"median {median:.2f} ms   99th percentile {high:.2f} ms"
    )
    lines += ["", "if it answered from     right    wrong or false"]
    for threshold, right, false in card.trade_off()[1::2]:
        lines.append(f"{threshold:>19.2f}{right:>10.1%}{false:>18.1%}")
    return "\n".join(lines)


def _row(name: str, card: Scorecard, kind: str | None) -> str:
    counts = [card.count(column, kind) for column in _COLUMNS]
    return f"{name:<12}{sum(counts):>7}" + "".join(f"{count or '-':>14}" for count in counts)


def _shares(card: Scorecard) -> Iterable[str]:
    right, offered, wrong, missed = (card.count(outcome) for outcome in _COLUMNS[:4])
    answerable = right + offered + wrong + missed
    if answerable:
        yield (
            f"answerable {answerable}: right {right / answerable:.1%}, helped {(right + offered) / answerable:.1%}, "
            f"wrong {wrong / answerable:.1%}, missed {missed / answerable:.1%}"
        )
    refused, false = card.count(Outcome.REFUSED), card.count(Outcome.FALSE_ANSWER)
    if refused + false:
        yield f"unanswerable {refused + false}: false answers {false / (refused + false):.1%}"


def errors_text(card: Scorecard, corpus: Corpus) -> str:
    """Each miss: the question, what came, why, and where the right passage stood."""
    lines = []
    for result in card.results:
        if result.outcome in {Outcome.RIGHT, Outcome.REFUSED}:
            continue
        question, ranking = result.question, result.reply.ranking
        lines.append(f"{question.id} [{question.kind}] {result.outcome.value}: {question.text}")
        for candidate in ranking[:3]:
            features = candidate.features
            lines.append(
                f"    {candidate.confidence:4.0%} {candidate.intent_id} (share {candidate.share:.2f}, similarity "
                f"{features.similarity:.2f}, best phrase {features.best_phrase:.2f}, coverage {features.coverage:.2f})"
            )
        if question.gold:
            place = f"rank {result.rank}" if result.rank else "not among the best five"
            holders = ", ".join(correct_quotations(question, corpus)) or "no intent"
            lines.append(f"    right: {holders} ({place})")
    return "\n".join(lines) or "No misses."


def score_record(card: Scorecard) -> ScoreRecord:
    """The score card as one JSON object; also the form that `compare_text` reads."""
    right, offered, wrong, missed = (card.count(outcome) for outcome in _COLUMNS[:4])
    answerable, unanswerable = max(1, right + offered + wrong + missed), max(1, len(card.unanswerable()))
    median, high = card.milliseconds()
    area = card.auroc()
    return ScoreRecord(
        questions=len(card.results),
        outcomes={column.value: card.count(column) for column in _COLUMNS},
        kinds={kind: {c.value: card.count(c, kind) for c in _COLUMNS} for kind in card.kinds()},
        right=right / answerable,
        helped=(right + offered) / answerable,
        wrong=wrong / answerable,
        false_answers=card.count(Outcome.FALSE_ANSWER) / unanswerable,
        top1=card.top1(),
        auroc=None if math.isnan(area) else area,
        calibration_error=card.calibration_error(),
        median_ms=median,
        p99_ms=high,
        results=[_result_record(result) for result in card.results],
    )


def _result_record(result: Result) -> ResultRecord:
    return ResultRecord(
        id=result.question.id,
        kind=result.question.kind,
        q=result.question.text,
        outcome=result.outcome.value,
        intent=result.reply.intent_id,
        confidence=round(result.confidence, 4),
        rank=result.rank,
    )


_GOOD = {Outcome.RIGHT.value: 3, Outcome.REFUSED.value: 3, Outcome.OFFERED.value: 2, Outcome.MISSED.value: 1}


def compare_text(before: Mapping[str, object], card: Scorecard) -> str:
    """What an edit gained and lost, question by question, against an earlier `--json` run.

    Raises ValueError where `before` is not such a record.
    """
    results = before.get("results")
    if not isinstance(results, list):
        raise ValueError('no "results" in it; it should be the output of evaluate --json')
    earlier = {str(entry["id"]): str(entry["outcome"]) for entry in results}
    gained: list[str] = []
    lost: list[str] = []
    for result in card.results:
        old, new = earlier.get(result.question.id), result.outcome.value
        if old is not None and old != new:
            line = f"  {result.question.id}: {old} -> {new}: {result.question.text}"
            (gained if _GOOD.get(new, 0) > _GOOD.get(old, 0) else lost).append(line)
    return "\n".join([f"gained {len(gained)}", *gained, f"lost {len(lost)}", *lost])


def phrases_text(rows: Sequence[LeftOut]) -> str:
    """The left-out phrases by intent, the weakest first. What is low asks for more varied phrases, or is
    too close to a sister intent."""
    lines = [f"{'intent':<42}{'phrases':>8}{'right':>8}{'negative examples':>13}{'answered':>10}"]
    for row in rows:
        right = row.right / max(1, row.phrases)
        misses = f"{row.negatives or '-':>13}{row.answered or '-':>10}"
        lines.append(f"{row.intent_id:<42}{row.phrases:>8}{right:>8.0%}{misses}")
    phrases, right_all = sum(row.phrases for row in rows), sum(row.right for row in rows)
    lines.append(f"{'all':<42}{phrases:>8}{right_all / max(1, phrases):>8.0%}")
    return "\n".join(lines)


def dump(record: Mapping[str, object]) -> str:
    """JSON for people and programs."""
    return json.dumps(record, ensure_ascii=False, indent=1)
