"""Derives the weights and thresholds of the confidence from the intents alone.

Rule: never from test questions. Every phrase and near-miss is asked of a matcher that was built without
it (five folds), so that none scores itself. A conditional logit learns from the answerable ones which
reading is right; a logistic regression learns from all whether a question is answered. Deterministic: same
intents, same numbers.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, replace

from bot.corpus import Corpus
from bot.intents import OUT_OF_SCOPE, SMALL_TALK, Intent, IntentSet, Phrase
from bot.matching import Calibration, Match, Matcher, Ranking, WordGroups, decide
from bot.matching.calibration import answered_inputs
from bot.regression import conditional_logit, logistic_regression

FOLDS = 5
STRANGER_FOLDS, STRANGER_STEP = 4, 3
"""In four rounds a quarter of the intents is left out, and every third of their phrases asked."""

SLIP_STEP = 2
"""Every second phrase is asked with a slip, so that such easy questions make up a third of all."""

NEAR_MISS_AMOUNT = 0.3
"""How much a near-miss or a stranger counts beside a phrase. Editors write them as close as they can,
and there are nearly as many as phrases; of what people type, one in four or five is not answered."""

WRONG_ALLOWED = 0.04
"""Part of the left-out phrases that may be answered wrongly. They are the hardest of questions, for they
say what no other phrase says; people's own questions are nearer to the phrases."""

OFFER_PART = 0.2
"""Questions are offered from a fifth of the confidence on from which the bot would answer."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A left-out phrase or near-miss, and what the matcher that did not know it made of it.

    `right` tells for each candidate whether it would have been the right answer.
    """

    intent: Intent
    phrase: Phrase
    is_near_miss: bool
    ranking: Ranking
    right: tuple[bool, ...]

    @property
    def answerable(self) -> bool:
        return not self.is_near_miss and self.intent.kind != OUT_OF_SCOPE


AreAlike = Callable[[str, str], bool]
"""Whether the answer of one intent (id) also answers the other: `Corpus.alike`."""


@dataclass(frozen=True, slots=True)
class TradeOff:
    """What a threshold would do to the trials: parts of the answerable ones answered rightly and wrongly,
    of the near-misses and of the out-of-scope phrases answered at all."""

    accept: float
    right: float
    wrong: float
    near_misses: float
    out_of_scope: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """The calibration, and what other thresholds than its own would do."""

    calibration: Calibration
    trials: tuple[Trial, ...]
    trade_off: tuple[TradeOff, ...]


def calibrate(corpus: Corpus, groups: WordGroups) -> Fitted:
    """Fits everything to the corpus. Takes some ten milliseconds a phrase."""
    same = corpus.alike
    first = trials(corpus.intents, groups, same, Calibration())
    slips = slip_trials(corpus.intents, groups, same, Calibration())
    fitted = replace(Calibration(), reading=_fit_reading((*first, *slips)))
    second = trials(corpus.intents, groups, same, fitted)
    slips = slip_trials(corpus.intents, groups, same, fitted)
    strangers = stranger_trials(corpus.intents, groups, same, fitted)
    fitted = replace(fitted, answered=_fit_answered((*second, *slips, *strangers)))
    last = tuple(trials(corpus.intents, groups, same, fitted))
    table = tuple(trade_off(last, replace(fitted, accept=n / 20), corpus, same) for n in range(4, 19))
    return Fitted(_with_thresholds(fitted, table), last, table)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How an intent's own phrases and near-misses fare when each is asked of a matcher without it."""

    intent_id: str
    phrases: int
    right: int
    near_misses: int
    answered: int


def left_out(corpus: Corpus, groups: WordGroups, calibration: Calibration) -> tuple[LeftOut, ...]:
    """One row for each intent, the weakest first: the part of its phrases that lead to a right answer."""
    same = corpus.alike
    rows: dict[str, Counter[str]] = {intent.id: Counter() for intent in corpus.intents.intents}
    for trial in trials(corpus.intents, groups, same, calibration):
        row = rows[trial.intent.id]
        decision = decide(trial.ranking, calibration, frozenset(corpus.quotations), corpus.side_by_side)
        meant = [c.intent_id for c in decision.candidates] if isinstance(decision, Match) else []
        if trial.is_near_miss:
            row.update(near_misses=1, answered=bool(meant and meant[0] in corpus.quotations))
        elif trial.intent.kind == OUT_OF_SCOPE:
            row.update(phrases=1, right=not (meant and meant[0] in corpus.quotations))
        else:
            row.update(phrases=1, right=any(same(intent_id, trial.intent.id) for intent_id in meant))
    found = [
        LeftOut(i, row["phrases"], row["right"], row["near_misses"], row["answered"])
        for i, row in rows.items()
    ]
    return tuple(sorted(found, key=lambda row: (row.right / max(1, row.phrases), row.intent_id)))


def _with_thresholds(fitted: Calibration, table: Sequence[TradeOff]) -> Calibration:
    """The lowest threshold at which wrong answers to the trials are as rare as WRONG_ALLOWED.

    The trials are harder than what people type: a left-out phrase is the one that says it otherwise.
    """
    accept = next((row.accept for row in table if row.wrong <= WRONG_ALLOWED), table[-1].accept)
    return replace(fitted, accept=accept, offer=OFFER_PART * accept)


def trade_off(
    trials_made: Sequence[Trial], calibration: Calibration, corpus: Corpus, same: AreAlike
) -> TradeOff:
    """What the decisions of a calibration would be, counted over the trials."""
    offerable = frozenset(corpus.quotations)
    counts: Counter[str] = Counter()
    for trial in trials_made:
        group = _group(trial)
        counts[group] += 1
        decision = decide(trial.ranking, calibration, offerable, corpus.side_by_side)
        if isinstance(decision, Match) and decision.candidates[0].intent_id in offerable:
            answered = (c.intent_id for c in decision.candidates)
            right = trial.answerable and any(same(intent_id, trial.intent.id) for intent_id in answered)
            counts[f"{group} {'right' if right else 'wrong'}"] += 1
    return TradeOff(
        calibration.accept,
        counts["answer right"] / max(1, counts["answer"]),
        counts["answer wrong"] / max(1, counts["answer"]),
        counts["near-miss wrong"] / max(1, counts["near-miss"]),
        counts["out-of-scope wrong"] / max(1, counts["out-of-scope"]),
    )


def _group(trial: Trial) -> str:
    return "near-miss" if trial.is_near_miss else trial.intent.kind


def trials(intents: IntentSet, groups: WordGroups, same: AreAlike, calibration: Calibration) -> list[Trial]:
    """Every phrase and near-miss, asked of a matcher that does not know it."""
    found = []
    for fold in range(FOLDS):
        matcher = Matcher(_without(intents, fold), groups, calibration)
        for intent in intents.intents:
            for number, phrase, is_near_miss in _numbered(intent):
                if number % FOLDS == fold:
                    ranking = matcher.rank(matcher.utterance(phrase.text))
                    right = tuple(
                        not is_near_miss and same(c.intent_id, intent.id) for c in ranking.candidates
                    )
                    found.append(Trial(intent, phrase, is_near_miss, ranking, right))
    return found


def stranger_trials(
    intents: IntentSet, groups: WordGroups, same: AreAlike, calibration: Calibration
) -> list[Trial]:
    """Phrases of whole intents, asked of a matcher that has none of those intents.

    They stand for the questions that nobody foresaw: to that matcher they are not answered, unless
    another intent quotes the same.
    """
    ids = sorted(intent.id for intent in intents.intents if intent.kind != SMALL_TALK)
    found = []
    for fold in range(STRANGER_FOLDS):
        gone = frozenset(ids[fold::STRANGER_FOLDS])
        left = tuple(intent for intent in intents.intents if intent.id not in gone)
        matcher = Matcher(IntentSet(left), groups, calibration)
        for intent in intents.intents:
            if intent.id in gone and not any(same(other.id, intent.id) for other in left):
                for phrase in intent.phrases[fold::STRANGER_STEP]:
                    ranking = matcher.rank(matcher.utterance(phrase.text))
                    wrong = tuple(False for _ in ranking.candidates)
                    found.append(Trial(intent, phrase, True, ranking, wrong))
    return found


def slip_trials(
    intents: IntentSet, groups: WordGroups, same: AreAlike, calibration: Calibration
) -> list[Trial]:
    """Every second phrase and near-miss with a word left out and a slip of the finger, asked of a matcher
    that knows them all: what a visitor types who asks as an editor foresaw, but on a phone."""
    matcher = Matcher(intents, groups, calibration)
    found = []
    for intent in intents.intents:
        for number, phrase, is_near_miss in _numbered(intent):
            if number % SLIP_STEP == 0:
                ranking = matcher.rank(matcher.utterance(with_a_slip(phrase.text)))
                right = tuple(not is_near_miss and same(c.intent_id, intent.id) for c in ranking.candidates)
                found.append(Trial(intent, phrase, is_near_miss, ranking, right))
    return found


def with_a_slip(text: str) -> str:
    """`text` without one of its words (of four or more), and two letters of its longest word swapped.

    >>> with_a_slip("why did yandex leave iran")
    'did yadnex leave iran'
    """
    words = text.split()
    if len(words) >= 4:
        del words[len(text) % len(words)]
    place = max(range(len(words)), key=lambda n: (len(words[n]), -n), default=0)
    if words and len(words[place]) >= 5:
        word, middle = words[place], len(words[place]) // 2
        words[place] = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return " ".join(words)


def _numbered(intent: Intent) -> Iterable[tuple[int, Phrase, bool]]:
    yield from ((number, phrase, False) for number, phrase in enumerate(intent.phrases))
    yield from ((number, phrase, True) for number, phrase in enumerate(intent.near_misses))


def _without(intents: IntentSet, fold: int) -> IntentSet:
    """The intents without every FOLDS-th phrase and near-miss, counted from `fold`."""
    return IntentSet(
        tuple(
            replace(
                intent,
                phrases=tuple(p for n, p in enumerate(intent.phrases) if n % FOLDS != fold),
                near_misses=tuple(p for n, p in enumerate(intent.near_misses) if n % FOLDS != fold),
            )
            for intent in intents.intents
        )
    )


def _fit_reading(trials_made: Iterable[Trial]) -> tuple[float, ...]:
    """The weights of `Calibration.reading`. Of several right candidates the most confident counts."""
    choices = [
        ([astuple(candidate.features) for candidate in trial.ranking.candidates], trial.right.index(True))
        for trial in trials_made
        if True in trial.right
    ]
    return conditional_logit(choices)


def _fit_answered(trials_made: Iterable[Trial]) -> tuple[float, ...]:
    """The weights of `Calibration.answered`."""
    return logistic_regression(
        [
            (answered_inputs(trial.ranking.signs), trial.answerable, _amount(trial))
            for trial in trials_made
            if trial.ranking.signs is not None
        ]
    )


def _amount(trial: Trial) -> float:
    return NEAR_MISS_AMOUNT if trial.is_near_miss else 1.0
