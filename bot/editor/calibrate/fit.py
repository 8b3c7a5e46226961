"""Derives the weights and thresholds of the confidence from the intents alone, never from test questions.

Every phrase and negative example is asked of a matcher that was built without it. A conditional logit learns from the
phrases which candidate is right. One logistic regression learns from phrases and negative examples against
out-of-scope phrases and word salad what is about the interview; another one, from phrases against negative examples,
what its passages answer. Deterministic: the same intents give the same numbers.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain

from bot.corpus.corpus import Corpus
from bot.corpus.intents import ANSWER, OUT_OF_SCOPE
from bot.editor.calibrate.regression import Example, conditional_logit, dot, logistic_regression
from bot.matching import Calibration, Match, Ranking, decide
from bot.matching.calibration import logistic
from bot.matching.calibration_file import number_of_phrases
from bot.matching.cross_validation import NEGATIVE, SALAD_KIND, CrossValidation, Trial
from bot.matching.lexicon import Lexicon
from bot.matching.model import covered_answers

NEGATIVES_ALLOWED = 0.135
"""Part of the left-out negative examples that may be answered. Of questions of other people as near as these, about a
third as many are."""

ELSEWHERE_ALLOWED = 0.028
"""Part of the out-of-scope phrases and of the word salad that may be answered, were they surely answered if about the
interview. Of messages about anything else about a quarter as many are."""

SALAD_COUNTS = 0.2
"""How much word salad counts beside out-of-scope phrases, which are more like what people type. With salad counting as
much, three in a hundred answerable questions fewer are answered at the same rate of answers to anything else."""

OFFERS_ALLOWED = 0.3
"""Part of these for which something near may be shown."""

LEAST_OFFERED = 0.2
"""P(about the interview) below which nothing is shown, however few of these there are. From 0.4 on, one in a hundred
answerable questions more is refused; below 0.2, more and more is shown to messages about anything else."""

REFUSED_PART = 0.3
"""How much of what people ask is taken to be not answered, where the constant of the confidence is fitted."""

SHARPER = 1.8
"""By this factor the log-odds are larger than the left-out texts ask for. These are harder than what people type: each
phrase is the one that says it otherwise."""

ASKED_ONE_IN = 5
"""One text of five is asked: for these few numbers all of them would teach the same, in five times the time."""

STEPS = tuple(round(logistic(n / 5), 3) for n in range(-5, 31))
"""The thresholds that are tried, 0.269 to 0.998: by equal steps of log-odds, for near 1 a hundredth is much."""

Covered = Mapping[str, tuple[str, ...]]
"""For each intent (id) those whose answer its own shows: `covered_answers`."""

Progress = Callable[[Iterable[Trial], int], Iterable[Trial]]
"""Passes trials on, and shows how many of so many there are."""


@dataclass(frozen=True, slots=True)
class TradeOff:
    """What two thresholds would do to the left-out texts: parts of the phrases answered rightly and wrongly, of the
    negative examples, and of what is not about the interview (out-of-scope phrases and word salad) answered at all."""

    accept: float
    sure: float
    right: float
    wrong: float
    negatives: float
    elsewhere: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """The calibration, and what other thresholds than its own would do."""

    calibration: Calibration
    trials: tuple[Trial, ...]
    trade_off: tuple[TradeOff, ...]


def calibrate(corpus: Corpus, lexicon: Lexicon, start: Calibration, progress: Progress) -> Fitted:
    """Fits everything to the corpus. `start` are the weights by which the trials find their leading candidates.

    Works without out-of-scope phrases and without negative examples, too; then the questions about which nothing can
    be learnt keep the weights of `start`.
    """
    validation = CrossValidation(corpus.intents, lexicon, start, corpus.alike, step=ASKED_ONE_IN)
    every_kind = chain(validation.left_out(), validation.with_slips(), validation.salad())
    # for the time that is left:
    about_so_many = round(1.1 * number_of_phrases(corpus.intents) / ASKED_ONE_IN) + 750
    trials = tuple(trial for trial in progress(every_kind, about_so_many) if trial.ranking.candidates)
    covered = covered_answers(corpus.intents.intents)
    fitted = replace(start, candidate=_fit_candidate(trials, start.candidate))
    if not corpus.intents.refuses():  # word salad alone teaches too little
        return Fitted(fitted, trials, ())
    refusing = {intent.id for intent in corpus.intents.intents if intent.kind == OUT_OF_SCOPE}
    fitted = replace(fitted, about=_fit_about(trials, start.about, refusing))
    fitted = replace(fitted, answered=_fit_answered(trials, fitted, covered))
    about, answered = _sharper(fitted.about, start.about), _sharper(fitted.answered, start.answered)
    fitted = replace(fitted, about=about, answered=answered)
    judged = tuple(_reconsidered(trial, fitted, covered) for trial in trials)
    by_accept = [trade_off(judged, replace(fitted, accept=step, sure=0.0), corpus) for step in STEPS]
    accept = next((row.accept for row in by_accept if row.elsewhere <= ELSEWHERE_ALLOWED), STEPS[-1])
    table = tuple(trade_off(judged, replace(fitted, accept=accept, sure=step), corpus) for step in STEPS)
    sure = next((row.sure for row in table if row.negatives <= NEGATIVES_ALLOWED), STEPS[-1])
    if not any(trial.kind == NEGATIVE for trial in trials):
        sure = start.sure
    return Fitted(replace(fitted, accept=accept, sure=sure, offer=_offer(judged)), judged, table)


def trade_off(trials: Sequence[Trial], calibration: Calibration, corpus: Corpus) -> TradeOff:
    """What the decisions of a calibration would be, counted over the trials."""
    offerable = frozenset(corpus.quotations)
    counts: Counter[str] = Counter()
    for trial in trials:
        group = {OUT_OF_SCOPE: SALAD_KIND}.get(trial.kind, trial.kind)
        counts[group] += 1
        decision = decide(trial.ranking, calibration, offerable, corpus.read_as_one)
        if trial.kind == SALAD_KIND and trial.ranking.is_overview:
            continue  # the name of a topic among other words gets its overview
        if isinstance(decision, Match) and decision.candidates[0].intent_id in offerable:
            meant = {candidate.intent_id for candidate in decision.candidates}
            pairs = zip(trial.ranking.candidates, trial.right, strict=True)
            right = any(is_right for candidate, is_right in pairs if candidate.intent_id in meant)
            counts[f"{group} {'right' if right else 'wrong'}"] += 1
    return TradeOff(
        calibration.accept,
        calibration.sure,
        counts["answer right"] / max(1, counts[ANSWER]),
        counts["answer wrong"] / max(1, counts[ANSWER]),
        counts["negative wrong"] / max(1, counts[NEGATIVE]),
        counts["salad wrong"] / max(1, counts[SALAD_KIND]),
    )


def judged_by(calibration: Calibration, trials: Iterable[Trial], corpus: Corpus) -> TradeOff:
    """What the decisions of any calibration would be, counted over the trials that another one was fitted to."""
    covered = covered_answers(corpus.intents.intents)
    return trade_off([_reconsidered(trial, calibration, covered) for trial in trials], calibration, corpus)


def _fit_candidate(trials: Iterable[Trial], start: tuple[float, ...]) -> tuple[float, ...]:
    """The weights under which the right candidates are chosen. Of several right ones the most confident counts."""
    choices = [
        ([candidate.features for candidate in trial.ranking.candidates], trial.right.index(True))
        for trial in trials
        if True in trial.right
    ]
    return conditional_logit(choices) if choices else start


def _fit_about(trials: Sequence[Trial], start: tuple[float, ...], refusing: Set[str]) -> tuple[float, ...]:
    """From all texts but those that an out-of-scope intent leads: these are refused anyhow. With them a false answer to
    something else is twice as usual where 93 of 100 answerable questions are right."""
    kinds = {trial.kind for trial in trials}
    rows: list[Example] = []
    for trial in trials:
        features = trial.ranking.about_features
        if features is not None and trial.ranking.candidates[0].intent_id not in refusing:
            is_about = trial.kind not in {OUT_OF_SCOPE, SALAD_KIND}
            weight = SALAD_COUNTS if trial.kind == SALAD_KIND and OUT_OF_SCOPE in kinds else 1.0
            rows.append(((1.0, *features), is_about, 1.0, weight))
    return _balanced(rows, 0.5) or start


def _fit_answered(trials: Iterable[Trial], fitted: Calibration, covered: Covered) -> tuple[float, ...]:
    """First how the features are to be weighed against one another, with as many refused as answerable questions, for
    a false answer is as bad as a wrong one. Then (Platt's scaling) the constant and the slope with which the whole
    confidence fits how often the leading candidate is right."""
    rows: list[Example] = []
    known: list[float] = []
    for trial in trials:
        ranking = trial.ranking
        if ranking.answered_features is None or ranking.about_features is None:
            continue
        if trial.kind == NEGATIVE or (trial.kind == ANSWER and trial.right[0]):
            rows.append(((1.0, *ranking.answered_features), trial.kind == ANSWER, 1.0, 1.0))
            share = max(_shares(ranking, fitted, covered).values())
            known.append(fitted.about_chance(ranking.about_features) * share)
    weights = _balanced(rows, 0.5)
    if not weights:
        return fitted.answered
    pairs = zip(rows, known, strict=True)
    scaled = [((1.0, dot(weights, x)), label, part, 1.0) for (x, label, _, _), part in pairs]
    constant, slope = _balanced(scaled, REFUSED_PART) or (0.0, 1.0)
    return (constant + slope * weights[0], *(slope * weight for weight in weights[1:]))


def _sharper(weights: tuple[float, ...], start: tuple[float, ...]) -> tuple[float, ...]:
    """The weights made sharper, if they were learnt."""
    return weights if weights == start else tuple(SHARPER * weight for weight in weights)


def _balanced(rows: Sequence[Example], part: float) -> tuple[float, ...] | None:
    """A logistic regression where the rows without label make up a `part` of all; None where either are missing."""
    labelled = sum(label for _, label, _, _ in rows)
    others = sum(weight for _, label, _, weight in rows if not label)
    if not labelled or not others:
        return None
    amount = part / (1.0 - part) * labelled / others
    return logistic_regression(
        [(x, label, max(1e-6, known), 1.0 if label else amount * weight) for x, label, known, weight in rows]
    )


def _offer(trials: Iterable[Trial]) -> float:
    """The probability of being about the interview from which on something near is shown."""
    elsewhere = (trial for trial in trials if trial.kind in {OUT_OF_SCOPE, SALAD_KIND})
    chances = sorted((trial.ranking.about for trial in elsewhere), reverse=True)
    return max(LEAST_OFFERED, chances[int(OFFERS_ALLOWED * len(chances))]) if chances else 0.5


def _reconsidered(trial: Trial, calibration: Calibration, covered: Covered) -> Trial:
    """The same trial under other weights; its leading candidate stays the one whose features are known."""
    ranking = trial.ranking
    if ranking.about_features is None:
        return trial
    about = calibration.about_chance(ranking.about_features)
    answered = calibration.answered_chance(ranking.answered_features)
    shares = _shares(ranking, calibration, covered)
    candidates = tuple(
        replace(each, share=shares[each.intent_id], confidence=about * answered * shares[each.intent_id])
        for each in ranking.candidates
    )
    return replace(trial, ranking=replace(ranking, candidates=candidates, about=about, answered=answered))


def _shares(ranking: Ranking, calibration: Calibration, covered: Covered) -> dict[str, float]:
    """What each candidate gets of 1 under other weights, by id."""
    return calibration.shares({each.intent_id: each.features for each in ranking.candidates}, covered)
