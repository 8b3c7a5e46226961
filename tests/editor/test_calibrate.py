"""Calibration learns from the intents what it claims, and works on small ones."""

import math
import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import pytest

from bot.cli.calibrate import compared
from bot.conversation.bot import Bot
from bot.corpus.corpus import Corpus, resolve
from bot.corpus.intents import ANSWER, OUT_OF_SCOPE, IntentSet
from bot.editor.calibrate.fit import ELSEWHERE_ALLOWED, NEGATIVES_ALLOWED, Fitted, calibrate, judged_by
from bot.editor.calibrate.regression import conditional_logit, logistic_regression
from bot.matching import BUILT_IN, Calibration, Candidate, CandidateFeatures, Lexicon, Ranking
from bot.matching.calibration import built_in
from bot.matching.cross_validation import NEGATIVE, SALAD_KIND, Trial
from bot.matching.values import AboutFeatures, AnsweredFeatures
from tests.matching.small import intents_of


def phrases(*parts: str) -> str:
    """All combinations of words, like "when|why" and "is it lit|is it out"."""
    return "[" + ", ".join(" ".join(words) for words in product(*(part.split("|") for part in parts))) + "]"


INTENTS = f"""
topic: {{en: The lighthouse}}
intents:
  - id: lamp
    title: {{en: When is the lamp lit?}}
    quotes: [The lamp is lit at dusk ✨ and put out at dawn]
    phrases: {{en: {phrases("when|at what time|tell me when", "is|do you get", "the lamp|the light", "lit|put out")}}}
    not: {{en: {phrases("who|what for|how often", "cleans|repairs|buys", "the lamp|the big light")}}}
  - id: steps
    title: {{en: How many steps are there?}}
    quotes: [There are ninety-nine steps to the top.]
    phrases: {{en: {phrases("how many|what number of|count the", "steps|stairs", "are there|lead up|to the top")}}}
    not: {{en: {phrases("who|what for|how often", "cleans|repairs|built", "the steps|the stairs")}}}
  - id: fog
    title: {{en: What is worse than a storm?}}
    quotes: [Fog is worse than any storm.]
    phrases: {{en: {phrases("is|do you find|so is", "fog|mist", "worse|more dangerous", "than a storm|than wind")}}}
    not: {{en: {phrases("what causes|who likes|how often is there", "the fog|mist|a storm")}}}
  - id: far
    kind: out-of-scope
    title: {{en: Anything else}}
    phrases: {{en: {phrases("what is|tell me|who knows", "my balance|a good pizza|the capital of peru|your name")}}}
"""


@pytest.fixture(scope="module")
def lighthouse(keeper: Bot) -> Corpus:
    corpus, problems = resolve(keeper.corpus.source, intents_of(INTENTS))
    assert () == problems
    return corpus


def unchanged(trials: Iterable[Trial], _total: int) -> Iterable[Trial]:
    return trials


def fitted_to(corpus: Corpus) -> Fitted:
    return calibrate(corpus, Lexicon(), BUILT_IN, unchanged)


def other(corpus: Corpus, intents: IntentSet) -> Corpus:
    found, problems = resolve(corpus.source, intents)
    assert () == problems
    return found


def is_sound(calibration: Calibration) -> bool:
    weights = (*calibration.candidate, *calibration.about, *calibration.answered)
    thresholds = (calibration.accept, calibration.sure, calibration.offer)
    return all(map(math.isfinite, weights)) and all(0.0 < each < 1.0 for each in thresholds)


def test_a_few_intents_without_negative_and_out_of_scope_phrases_can_be_calibrated(keeper: Bot) -> None:
    """Only which candidate is right is learnt then: all that is about a refusal stays as it was."""
    start = built_in(has_negatives=False)
    fitted = calibrate(keeper.corpus, Lexicon(), start, unchanged).calibration
    assert all(map(math.isfinite, fitted.candidate))
    assert start.candidate != fitted.candidate
    assert start == replace(fitted, candidate=start.candidate)


def test_intents_without_out_of_scope_phrases_can_be_calibrated(lighthouse: Corpus) -> None:
    """Word salad alone then stands for what is about nothing."""
    fitted = fitted_to(other(lighthouse, IntentSet(lighthouse.intents.answers())))
    assert is_sound(fitted.calibration)
    assert BUILT_IN.answered != fitted.calibration.answered


def test_intents_without_negative_examples_can_be_calibrated(lighthouse: Corpus) -> None:
    """Out-of-scope phrases tell only what is not about the interview."""
    begun = IntentSet(tuple(replace(intent, negatives=()) for intent in lighthouse.intents.intents))
    fitted = fitted_to(other(lighthouse, begun))
    assert is_sound(fitted.calibration)
    assert BUILT_IN.answered == fitted.calibration.answered


def test_what_is_learnt_tells_phrases_from_the_rest(lighthouse: Corpus) -> None:
    """Most phrases are answered, hardly a negative example, and hardly anything about nothing."""
    fitted = fitted_to(lighthouse)
    assert is_sound(fitted.calibration)
    (chosen,) = (row for row in fitted.trade_off if row.sure == fitted.calibration.sure)
    assert chosen.right > 0.7
    assert chosen.wrong < 0.02
    assert chosen.negatives <= NEGATIVES_ALLOWED
    assert chosen.elsewhere <= ELSEWHERE_ALLOWED
    decided = [trial for trial in fitted.trials if trial.ranking.candidates[0].intent_id != "far"]
    means = {
        kind: sum(about) / len(about)
        for kind in (ANSWER, NEGATIVE, SALAD_KIND)
        if (about := [trial.ranking.about for trial in decided if trial.kind == kind])
    }
    assert means[ANSWER] > 0.9
    assert means[NEGATIVE] > 0.3 > means[SALAD_KIND]


def test_what_the_new_numbers_do_is_said_in_words(lighthouse: Corpus) -> None:
    """Better and worse than those in use, by the same left-out texts."""
    fitted = fitted_to(lighthouse)
    strict = replace(fitted.calibration, accept=0.9999)
    good, bad = (judged_by(each, fitted.trials, lighthouse) for each in (fitted.calibration, strict))
    loss = rf"Compared .*\bworse: fewer phrases are answered rightly \(-{good.right - bad.right:.1%}\)\."
    gain = rf"Compared .*, better: more phrases are answered rightly \(\+{good.right - bad.right:.1%}\).*\."
    assert re.fullmatch(loss, compared(good, bad))
    assert re.fullmatch(gain, compared(bad, good))
    assert "Compared with the numbers in use, nothing is noticeably better or worse." == compared(good, good)


def test_the_same_intents_give_the_same_numbers(lighthouse: Corpus) -> None:
    """On every run."""
    assert fitted_to(lighthouse).calibration == fitted_to(lighthouse).calibration


def trial(kind: str, similarity: float, contrast: float = 0.0) -> Trial:
    """A text that looks so much like the phrases of its leading candidate, and so little like negative examples."""
    far = CandidateFeatures(**dict.fromkeys(CandidateFeatures._fields, 0.0))
    near = far._replace(similarity=similarity)
    about = AboutFeatures(**dict.fromkeys(AboutFeatures._fields, 0.0))._replace(similarity=similarity)
    answered = AnsweredFeatures(**dict.fromkeys(AnsweredFeatures._fields, 0.0))._replace(contrast=contrast)
    candidates = (Candidate("lamp", 0.0, 0.0, near), Candidate("fog", 0.0, 0.0, far))
    return Trial(kind, "lamp", Ranking(candidates, 0.0, 0.0, about, answered), (kind == ANSWER, False))


@pytest.fixture(scope="module")
def made_up(lighthouse: Corpus) -> Fitted:
    """Fitted to 400 texts. Phrases look like phrases, what is about nothing does not, but for some that overlap."""
    trials = [trial(ANSWER, 0.9 + n / 2000, 3 - n / 40) for n in range(100)]
    trials += [trial(NEGATIVE, 0.9 + n / 2000, n / 24.4 - 3) for n in range(100)]
    trials += [trial(kind, n / 108) for n in range(100) for kind in (OUT_OF_SCOPE, SALAD_KIND)]
    return calibrate(lighthouse, Lexicon(), BUILT_IN, lambda _trials, _total: trials)


def test_the_weights_have_the_sign_of_what_they_stand_for(made_up: Fitted) -> None:
    """What is like phrases is about the interview, and what is unlike negative examples is answered."""
    calibration = made_up.calibration
    assert calibration.candidate[0] > 0
    assert calibration.about[0] < 0 < calibration.about[1]
    assert calibration.answered[1] > 0


def test_few_negative_examples_are_answered(made_up: Fitted) -> None:
    """As few as are allowed; and no fewer phrases are answered for it than need be: one threshold lower, more would."""
    sure = made_up.calibration.sure
    rows = {row.sure: row.negatives for row in made_up.trade_off}
    lower = max(step for step in rows if step < sure)
    assert rows[sure] <= NEGATIVES_ALLOWED < rows[lower]


def test_hardly_anything_about_nothing_is_answered(made_up: Fitted) -> None:
    """Thirty-three in a thousand at most, before it is asked whether it is answered."""
    (chosen,) = (row for row in made_up.trade_off if row.sure == made_up.calibration.sure)
    assert chosen.elsewhere <= ELSEWHERE_ALLOWED


def test_for_thirty_in_a_hundred_about_nothing_something_near_is_shown(made_up: Fitted) -> None:
    """Sixty of two hundred are above the threshold."""
    elsewhere = [t.ranking.about for t in made_up.trials if t.kind in {OUT_OF_SCOPE, SALAD_KIND}]
    assert 60 == sum(about > made_up.calibration.offer for about in elsewhere)


def test_logistic_regression_finds_known_weights() -> None:
    """Three in four at x = 0, nine in ten at x = 1: log-odds of 1.1 and 2.2."""
    rows = [((1.0, 0.0), True, 1.0, 7500.0), ((1.0, 0.0), False, 1.0, 2500.0)]
    rows += [((1.0, 1.0), True, 1.0, 9000.0), ((1.0, 1.0), False, 1.0, 1000.0)]
    constant, slope = logistic_regression(rows)
    assert (1.1, 1.1) == (round(constant, 1), round(slope, 1))


def test_logistic_regression_takes_account_of_what_is_known_beforehand() -> None:
    """Three in eight are right, but half was lost beforehand: three in four, a log-odds of 1.1."""
    rows = [((1.0,), True, 0.5, 3750.0), ((1.0,), False, 0.5, 6250.0)]
    assert [1.1] == [round(weight, 1) for weight in logistic_regression(rows)]


def test_conditional_logit_finds_known_weights() -> None:
    """The option with one more of x is chosen nine times in ten: log-odds of 2.2."""
    choices = [([(1.0,), (0.0,)], 0)] * 900 + [([(1.0,), (0.0,)], 1)] * 100
    assert [2.2] == [round(weight, 1) for weight in conditional_logit(choices)]
