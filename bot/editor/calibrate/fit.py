"""Derives the weights and thresholds of the confidence from the intents alone.

Rule: never from test questions. Every phrase and negative example is asked of a matcher that was built without
it (five folds), so that none scores itself. A conditional logit learns from the answerable ones which
reading is right; a logistic regression learns from all whether a question is answered, in such a way that its
product with the reading's share, the confidence, fits how often the leading candidate is right. Deterministic:
same intents, same numbers.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.corpus.corpus import Corpus
from bot.editor.calibrate.regression import conditional_logit, logistic_regression
from bot.matching import Calibration, Features, Match, WordGroups, decide
from bot.matching.calibration import answered_inputs, reading_inputs
from bot.matching.cross_validation import Trial, bare_trials, slip_trials, trials

EVEN, REFUSED_PART = 0.5, 0.07
"""Which part of the trials negative examples make up: half, while the signs are weighed against one another,
for a false answer is as bad as a wrong one. For the chance it is less than the fifth that they are among what
people ask, since left-out phrases are harder than these: with a fifth the confidence was too low by 0.05 to
0.08 in four sets of questions of other hands, with this by 0.02 to 0.05. Where a text is new, half of what
people ask is not answered yet."""

WRONG_ALLOWED = 0.06
"""Part of the left-out phrases that may be answered wrongly. They are the hardest of questions, for they
say what no other phrase says; people's own questions are nearer to the phrases."""

FIRST_ROUNDS, FIRST_SLIPS = 3, 3
"""Rounds of trials, and which phrases with a slip, from which the weights of the readings are learnt: for six numbers
half of all trials are enough, and no more of the slips than of the others."""

OFFER_PART = 0.2
"""Questions are offered from a fifth of the confidence on from which the bot would answer."""


@dataclass(frozen=True, slots=True)
class TradeOff:
    """What a threshold would do to the trials: parts of the answerable ones answered rightly and wrongly,
    of the negative examples and of the out-of-scope phrases answered at all."""

    accept: float
    right: float
    wrong: float
    negatives: float
    out_of_scope: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """The calibration, and what other thresholds than its own would do."""

    calibration: Calibration
    trials: tuple[Trial, ...]
    trade_off: tuple[TradeOff, ...]


def calibrate(corpus: Corpus, groups: WordGroups) -> Fitted:
    """Fits everything to the corpus. Takes some three milliseconds a phrase (a minute and a half for ours)."""
    guesses = Calibration()
    first = [
        *trials(corpus.intents, groups, corpus.alike, guesses, FIRST_ROUNDS),
        *slip_trials(corpus.intents, groups, corpus.alike, guesses, FIRST_SLIPS),
    ]
    begun = bare_trials(corpus.intents, groups, corpus.alike, guesses, FIRST_ROUNDS)
    reading = _fit_reading(first, has_negatives=True)
    fitted = replace(
        guesses,
        usual=replace(guesses.usual, reading=reading),
        without_negatives=replace(guesses.without_negatives, reading=_with_pull(reading, begun)),
    )
    left = list(trials(corpus.intents, groups, corpus.alike, fitted))
    slips = slip_trials(corpus.intents, groups, corpus.alike, fitted)
    begun = bare_trials(corpus.intents, groups, corpus.alike, fitted)
    fitted = replace(
        fitted,
        usual=replace(fitted.usual, answered=_fit_answered([*left, *slips], REFUSED_PART)),
        without_negatives=replace(fitted.without_negatives, answered=_fit_answered(begun, EVEN)),
    )
    last = tuple(_reconsidered(trial, fitted) for trial in left)
    table = tuple(trade_off(last, replace(fitted, accept=n / 20), corpus) for n in range(4, 19))
    return Fitted(_with_thresholds(fitted, table), last, table)


def _with_thresholds(fitted: Calibration, table: Sequence[TradeOff]) -> Calibration:
    """The lowest threshold at which wrong answers to the trials are as rare as WRONG_ALLOWED.

    The trials are harder than what people type: a left-out phrase is the one that says it otherwise.
    """
    accept = next((row.accept for row in table if row.wrong <= WRONG_ALLOWED), table[-1].accept)
    return replace(fitted, accept=accept, offer=OFFER_PART * accept)


def trade_off(trials_made: Sequence[Trial], calibration: Calibration, corpus: Corpus) -> TradeOff:
    """What the decisions of a calibration would be, counted over the trials."""
    offerable = frozenset(corpus.quotations)
    counts: Counter[str] = Counter()
    for trial in trials_made:
        group = _group(trial)
        counts[group] += 1
        decision = decide(trial.ranking, calibration, offerable, corpus.side_by_side)
        if isinstance(decision, Match) and decision.candidates[0].intent_id in offerable:
            answered = (c.intent_id for c in decision.candidates)
            right = trial.answerable and any(
                corpus.alike(intent_id, trial.intent.id) for intent_id in answered
            )
            counts[f"{group} {'right' if right else 'wrong'}"] += 1
    return TradeOff(
        calibration.accept,
        counts["answer right"] / max(1, counts["answer"]),
        counts["answer wrong"] / max(1, counts["answer"]),
        counts["negative example wrong"] / max(1, counts["negative example"]),
        counts["out-of-scope wrong"] / max(1, counts["out-of-scope"]),
    )


def _group(trial: Trial) -> str:
    return "negative example" if trial.is_negative else trial.intent.kind


def _reconsidered(trial: Trial, calibration: Calibration) -> Trial:
    """The same trial under other weights of the signs: nothing else of its ranking depends on them."""
    ranking = trial.ranking
    if ranking.signs is None:
        return trial
    chance = calibration.weights(has_negatives=ranking.signs.has_negatives).chance(ranking.signs)
    candidates = tuple(
        replace(each, confidence=chance * each.confidence / ranking.answered) for each in ranking.candidates
    )
    return replace(trial, ranking=replace(ranking, candidates=candidates, answered=chance))


def _fit_reading(trials_made: Iterable[Trial], *, has_negatives: bool) -> tuple[float, ...]:
    """The weights for `Weights.reading`. Of several right candidates the most confident counts."""
    return _fit_choice(trials_made, lambda features: reading_inputs(features, has_negatives=has_negatives))


def _with_pull(reading: tuple[float, ...], begun: Iterable[Trial]) -> tuple[float, ...]:
    """The weights of a reading where a text is new: in proportion the usual ones, and one for the pull, which tells
    the more the fewer phrases there are. Two numbers are learnt, not five: the trials of a text that is new are few
    and only pretended, and five would fit them, not the next text."""

    def inputs(features: Features) -> tuple[float, float]:
        usual = reading_inputs(features, has_negatives=True)
        return sum(w * v for w, v in zip(reading, usual, strict=True)), features.discriminative

    scale, pull = _fit_choice(begun, inputs)
    return (*(scale * weight for weight in reading), pull)


def _fit_choice(
    trials_made: Iterable[Trial], inputs: Callable[[Features], Sequence[float]]
) -> tuple[float, ...]:
    """The weights of `inputs` under which the right candidates are chosen."""
    choices = [
        ([inputs(candidate.features) for candidate in trial.ranking.candidates], trial.right.index(True))
        for trial in trials_made
        if True in trial.right
    ]
    return conditional_logit(choices)


def _fit_answered(trials_made: Sequence[Trial], refused_part: float) -> tuple[float, ...]:
    """The weights of `Weights.answered`.

    What is fitted is the confidence of the leading candidate, the chance times its share. First how the signs
    are to be weighed against one another, with as much refused as answerable; then (Platt's scaling) how
    great the chance is, with as much refused as among what people ask.
    """
    rows = [
        (
            answered_inputs(signs),
            trial.answerable and trial.right[0],
            leader.confidence / trial.ranking.answered,
        )
        for trial in trials_made
        if (signs := trial.ranking.signs) is not None
        for leader in trial.ranking.candidates[:1]
    ]
    refused = [trial.is_negative for trial in trials_made if trial.ranking.signs is not None]
    weights = _regression(rows, refused, EVEN)
    totals = [(x, sum(w * v for w, v in zip(weights, x, strict=True))) for x, _, _ in rows]
    scaled = [((1.0, total), label, part) for (_, total), (_, label, part) in zip(totals, rows, strict=True)]
    constant, slope = _regression(scaled, refused, refused_part)
    return (constant + slope * weights[0], *(slope * weight for weight in weights[1:]))


def _regression(
    rows: Sequence[tuple[tuple[float, ...], bool, float]], refused: Sequence[bool], part: float
) -> tuple[float, ...]:
    """A logistic regression in which what is `refused` makes up a `part` of all."""
    asked = len(refused) - sum(refused)
    amount = part / (1.0 - part) * asked / max(1, sum(refused))
    return logistic_regression(
        [(*row, amount if each else 1.0) for row, each in zip(rows, refused, strict=True)]
    )
