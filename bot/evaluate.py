"""How well the bot answers a file of questions: right, helped, wrong, missed, false answers.

Rule: it measures what a visitor gets (`Responder.answer`), and has no second copy of any scoring.
A reply is *right* when it is an answer that quotes at least half of one of the question's gold spans, in
at most 1,000 characters. A question without gold spans is not answered by the interview.
"""

import json
import math
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.answers import Responder
from bot.corpus import Corpus
from bot.passages import Quotation, Source, Span, fold_typography, occurrences
from bot.problems import Location, Problem
from bot.replies import Reply
from bot.schema import is_todo

LONGEST_ANSWER = 1000
"""Characters. Quoting everything is no answer."""

GOLD_SHARE = 0.5


class Outcome(Enum):
    """What became of a question. The last two are those of unanswerable ones."""

    RIGHT = "right"
    OFFERED = "offered"
    WRONG = "wrong"
    MISSED = "missed"
    REFUSED = "refused"
    FALSE_ANSWER = "false answer"


@dataclass(frozen=True, slots=True)
class Question:
    """A test question: what is typed, and the verbatim spans that answer it (none: unanswerable)."""

    id: str
    text: str
    language: str
    kind: str
    gold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One question with its reply. `rank` is the place (from 1) of the first intent among the
    ranking that answers it, 0 where none does; `confidence` that of the best answer in the ranking."""

    question: Question
    reply: Reply
    outcome: Outcome
    confidence: float
    rank: int
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All results, with the figures that are read off them."""

    results: tuple[Result, ...]

    def count(self, outcome: Outcome, kind: str | None = None) -> int:
        return sum(r.outcome is outcome and kind in {None, r.question.kind} for r in self.results)

    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(result.question.kind for result in self.results))

    def answerable(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if result.question.gold)

    def unanswerable(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if not result.question.gold)

    def top1(self) -> float:
        """The part of the answerable whose best-ranked intent holds the answer."""
        return _part(sum(r.rank == 1 for r in self.answerable()), len(self.answerable()))

    def auroc(self) -> float:
        """The chance that an answerable question has the higher confidence of a random pair."""
        return auroc(
            [result.confidence for result in self.answerable()],
            [result.confidence for result in self.unanswerable()],
        )

    def calibration_error(self, bins: int = 10) -> float:
        """Expected calibration error over the best candidates: |confidence - part right|, weighted
        by the number of questions in each of `bins` equal ranges of confidence."""
        rows = [(r.confidence, r.outcome is Outcome.RIGHT or r.rank == 1) for r in self.results]
        error = 0.0
        for number in range(bins):
            row = [(c, ok) for c, ok in rows if min(bins - 1, int(c * bins)) == number]
            if row:
                error += abs(sum(c for c, _ in row) - sum(ok for _, ok in row))
        return _part(error, len(rows))

    def trade_off(self) -> tuple[tuple[float, float, float], ...]:
        """(threshold, part of the answerable answered rightly, part of the unanswerable answered)
        for thresholds from 0.05 to 0.95."""
        good, bad = self.answerable(), self.unanswerable()
        return tuple(
            (
                step / 20,
                _part(sum(r.rank == 1 and r.confidence >= step / 20 for r in good), len(good)),
                _part(sum(r.confidence >= step / 20 and r.rank == 0 for r in bad), len(bad)),
            )
            for step in range(1, 20)
        )

    def milliseconds(self) -> tuple[float, float]:
        """Median and 99th percentile."""
        times = sorted(result.milliseconds for result in self.results) or [0.0]
        return statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.99))]


def evaluate(
    questions: Iterable[Question],
    responder: Responder,
    corpus: Corpus,
    clock: Callable[[], float] = time.perf_counter,
) -> Scorecard:
    """Asks every question and judges every reply."""
    results = []
    for question in questions:
        start = clock()
        reply = responder.answer(question.text)
        milliseconds = 1000.0 * (clock() - start)
        results.append(judge(question, reply, corpus, milliseconds))
    return Scorecard(tuple(results))


def judge(question: Question, reply: Reply, corpus: Corpus, milliseconds: float = 0.0) -> Result:
    """What became of a question that got this reply."""
    golds = gold_spans(question, corpus.source)
    ranked = [answers(corpus.quotations.get(c.intent_id, ()), golds) for c in reply.ranking]
    rank = ranked.index(True) + 1 if True in ranked else 0
    confidence = max((c.confidence for c in reply.ranking if c.intent_id in corpus.quotations), default=0.0)
    return Result(question, reply, _outcome(reply, corpus, golds), confidence, rank, milliseconds)


def gold_spans(question: Question, source: Source) -> tuple[tuple[Span, ...], ...]:
    """For each gold text the places where it stands (a sentence printed twice has two)."""
    return tuple(tuple(occurrences(source.folded, fold_typography(gold).text)) for gold in question.gold)


def answers(quotations: Sequence[Quotation], golds: Iterable[Iterable[Span]]) -> bool:
    """Whether the quotations hold half of one gold span, and are short enough to be an answer."""
    if sum(len(quotation.exact) for quotation in quotations) > LONGEST_ANSWER:
        return False
    return any(_held(quotations, span) >= GOLD_SHARE for spans in golds for span in spans)


def correct_quotations(question: Question, corpus: Corpus) -> tuple[str, ...]:
    """The ids of the intents whose quotations answer the question."""
    golds = gold_spans(question, corpus.source)
    return tuple(i for i, quotations in corpus.quotations.items() if answers(quotations, golds))


def read_questions(lines: Iterable[str], name: str) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """The questions of a JSONL file, and each line that is none."""
    questions: list[Question] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            question = Question(
                str(entry.get("id", number)),
                str(entry["q"]),
                str(entry.get("lang", "")),
                str(entry.get("kind", "all")),
                tuple(str(gold) for gold in entry["gold"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            message = 'no question; write {"id": ..., "q": ..., "lang": ..., "kind": ..., "gold": [...]}'
            problems.append(Problem(Location(name, number, 1), "not-a-question", message))
            continue
        if any(map(is_todo, (question.kind, *question.gold))):
            message = 'TODO stands where a person must write; an empty "gold" list says "not answered"'
            problems.append(Problem(Location(name, number, 1), "todo", message))
        questions.append(question)
    return tuple(questions), tuple(problems)


def _held(quotations: Sequence[Quotation], gold: Span) -> float:
    overlaps = (min(q.span.end, gold.end) - max(q.span.start, gold.start) for q in quotations)
    return sum(max(0, overlap) for overlap in overlaps) / (gold.end - gold.start)


def _outcome(reply: Reply, corpus: Corpus, golds: tuple[tuple[Span, ...], ...]) -> Outcome:
    if not golds:
        return Outcome.FALSE_ANSWER if reply.kind == "answer" else Outcome.REFUSED
    if reply.kind == "answer":
        return Outcome.RIGHT if answers(reply.quotations(), golds) else Outcome.WRONG
    offered = (corpus.quotations.get(c.intent_id, ()) for c in reply.offered)
    if any(answers(quotations, golds) for quotations in offered):
        return Outcome.OFFERED
    return Outcome.MISSED


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Area under the ROC curve by ranks; ties count half. NaN where one side is empty.

    >>> auroc([0.9, 0.4], [0.1, 0.4])
    0.875
    """
    if not positive or not negative:
        return math.nan
    ordered = sorted([(value, 1) for value in positive] + [(value, 0) for value in negative])
    rank_sum, start = 0.0, 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end][0] == ordered[start][0]:
            end += 1
        rank_sum += (start + 1 + end) / 2 * sum(is_positive for _, is_positive in ordered[start:end])
        start = end
    n, m = len(positive), len(negative)
    return (rank_sum - n * (n + 1) / 2) / (n * m)


def _part(number: float, total: int) -> float:
    return number / total if total else math.nan
