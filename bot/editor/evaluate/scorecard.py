"""How well the bot answers: every question of a file asked, every reply judged, and the figures; and how well each
intent is recognised by phrases that it does not have."""

import math
import statistics
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.conversation.bot import Bot
from bot.conversation.requests import Request
from bot.corpus.corpus import Corpus
from bot.corpus.intents import OUT_OF_SCOPE, SMALL_TALK
from bot.editor.questions import GOOD, Outcome, Question, Result, judge
from bot.matching import Calibration, Match, decide
from bot.matching.cross_validation import NEGATIVE, Trial

_OF_ANSWERABLE = {Outcome.RIGHT, Outcome.OFFERED, Outcome.WRONG, Outcome.MISSED}


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All results, and the figures that follow from them."""

    results: tuple[Result, ...]

    def count(self, outcome: Outcome) -> int:
        return sum(result.outcome is outcome for result in self.results)

    def share(self, *outcomes: Outcome) -> float:
        """The part with one of these outcomes, of all questions that can have them; 0 where there are none."""
        can_have = self.answerable() if outcomes[0] in _OF_ANSWERABLE else self.unanswerable()
        return sum(map(self.count, outcomes)) / max(1, len(can_have))

    def by_kind(self) -> dict[str, "Scorecard"]:
        """A score card for each kind of question, in the order in which they were asked first."""
        return self._by(lambda question: question.kind)

    def by_file(self) -> dict[str, "Scorecard"]:
        return self._by(lambda question: question.file)

    def _by(self, name: Callable[[Question], str]) -> dict[str, "Scorecard"]:
        groups: dict[str, list[Result]] = {}
        for result in self.results:
            groups.setdefault(name(result.question), []).append(result)
        return {each: Scorecard(tuple(results)) for each, results in groups.items()}

    def misses(self) -> tuple[Result, ...]:
        """What was neither answered rightly nor rightly refused."""
        return tuple(result for result in self.results if result.outcome not in GOOD)

    def answerable(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if result.question.gold)

    def unanswerable(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if not result.question.gold)

    def top1(self) -> float:
        """The part of the answerable whose best-ranked intent holds the answer."""
        return _part(sum(r.rank == 1 for r in self.answerable()), len(self.answerable()))

    def auroc(self) -> float:
        """The chance that an answerable question has the higher confidence of a random pair."""
        groups = (self.answerable(), self.unanswerable())
        positive, negative = ([result.confidence for result in group] for group in groups)
        return auroc(positive, negative)

    def calibration_error(self) -> float:
        """Expected calibration error over the best candidates: |confidence - part right|, weighted
        by the number of questions in each tenth of confidence."""
        errors = [0.0] * 10
        for result in self.results:
            is_right = result.outcome is Outcome.RIGHT or result.rank == 1
            errors[min(9, int(10 * result.confidence))] += result.confidence - is_right
        return _part(sum(map(abs, errors)), len(self.results))

    def trade_off(self) -> tuple[tuple[float, float, float], ...]:
        """(threshold, part of the answerable answered rightly, of the unanswerable answered), from 0.05 to 0.95."""
        good, bad = self.answerable(), self.unanswerable()
        return tuple(
            (
                step / 20,
                _part(sum(r.rank == 1 and r.confidence >= step / 20 for r in good), len(good)),
                _part(sum(r.confidence >= step / 20 for r in bad), len(bad)),
            )
            for step in range(1, 20)
        )

    def milliseconds(self) -> tuple[float, float]:
        """Median and 99th percentile."""
        times = sorted(result.milliseconds for result in self.results) or [0.0]
        return statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.99))]


def evaluate(questions: Iterable[Question], bot: Bot) -> Scorecard:
    """Asks every question and judges every reply; a turn of a dialogue in the context of the answer before."""
    results = []
    shown: dict[str, Request | None] = {}
    for question in questions:
        context = shown.get(question.dialogue)
        start = time.perf_counter()
        reply = bot.answer(question.text, question.language or None, context)
        milliseconds = 1000.0 * (time.perf_counter() - start)
        if question.dialogue:
            shown[question.dialogue] = reply.context or context
        results.append(judge(question, reply, bot.corpus, milliseconds))
    return Scorecard(tuple(results))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the phrases and negative examples of an intent lead to when each is asked of a matcher without it.

    right     how many of the phrases got the right answer
    answered  how many of the negative examples were answered, which is wrong
    """

    intent_id: str
    phrases: int
    right: int
    negatives: int
    answered: int

    @property
    def share(self) -> float:
        """The part of the phrases that are right; 0 where there are none."""
        return self.right / max(1, self.phrases)


def left_out(trials: Iterable[Trial], corpus: Corpus, calibration: Calibration) -> tuple[LeftOut, ...]:
    """One row for each intent, the one with the smallest share of right phrases first, small talk last. `trials` are
    the phrases and negative examples of the corpus, each ranked by a matcher that does not know it."""
    answers = frozenset(corpus.quotations)
    rows: dict[str, Counter[str]] = {intent.id: Counter() for intent in corpus.intents.intents}
    for trial in trials:
        row = rows[trial.intent_id]
        decision = decide(trial.ranking, calibration, answers, corpus.read_as_one)
        meant = [c.intent_id for c in decision.candidates] if isinstance(decision, Match) else []
        is_answered = not answers.isdisjoint(meant)
        if trial.kind == NEGATIVE:
            row.update(negatives=1, answered=is_answered)
        elif trial.kind == OUT_OF_SCOPE:
            row.update(phrases=1, right=not is_answered)
        else:
            row.update(phrases=1, right=any(corpus.alike(each, trial.intent_id) for each in meant))
    found = [
        LeftOut(i, row["phrases"], row["right"], row["negatives"], row["answered"]) for i, row in rows.items()
    ]
    talk = {intent.id for intent in corpus.intents.intents if intent.kind == SMALL_TALK}
    return tuple(sorted(found, key=lambda row: (row.intent_id in talk, row.share, row.intent_id)))


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Area under the ROC curve: the part of the pairs that are in the right order; ties count half.

    NaN where one side is empty.

    >>> auroc([0.9, 0.4], [0.1, 0.4])
    0.875
    """
    if not positive or not negative:
        return math.nan
    ordered = sorted(negative)
    twice_below = sum(bisect_left(ordered, value) + bisect_right(ordered, value) for value in positive)
    return twice_below / (2 * len(positive) * len(negative))


def _part(number: float, total: int) -> float:
    return number / total if total else math.nan
