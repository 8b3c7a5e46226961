"""What the numbers behind a confidence stand for, on a few intents."""

from dataclasses import replace

import pytest

from bot.corpus.intents import IntentSet
from bot.matching import BUILT_IN, CandidateFeatures, Lexicon, Matcher, WordGroups
from bot.matching.calibration import logistic, softmax
from bot.matching.discriminative import DiscriminativeScores
from bot.matching.index import Index, PhraseClass
from bot.matching.lexicon import OTHER, QuestionKinds
from bot.matching.model import covered_answers
from bot.matching.values import AboutFeatures, AnsweredFeatures
from tests.matching.small import INTENTS, LEXICON, answered, intents_of, ranking


def about(matcher: Matcher, question: str, leader: str) -> AboutFeatures:
    features = ranking(matcher, question, leader).about_features
    assert features is not None
    return features


ABOUT, ANSWERED = len(AboutFeatures._fields), len(AnsweredFeatures._fields)


def without_negatives(*ids: str) -> IntentSet:
    """The intents, of which these refuse nothing."""
    return IntentSet(
        tuple(replace(each, negatives=()) if each.id in ids else each for each in INTENTS.intents)
    )


def test_shares_of_very_different_candidates_do_not_overflow() -> None:
    """Only the distances between the totals count."""
    assert [1.0, 0.0] == softmax([1000.0, 0.0])
    assert softmax([2.0, 1.0]) == pytest.approx(softmax([902.0, 901.0]))


def test_a_chance_without_features_is_that_of_the_constant() -> None:
    """The first weight stands alone; every other one is multiplied with its feature."""
    calibration = replace(
        BUILT_IN,
        candidate=(0.0,) * 5,
        about=(-1.5, *(0.0,) * (ABOUT - 1), 3.0),
        answered=(0.7, *(0.0,) * (ANSWERED - 1), 2.0),
    )
    zeros, ones = AboutFeatures._make([0.0] * ABOUT), AboutFeatures._make([1.0] * ABOUT)
    assert logistic(-1.5) == calibration.about_chance(zeros)
    assert logistic(1.5) == calibration.about_chance(ones)
    assert logistic(0.7) == calibration.answered_chance(AnsweredFeatures._make([0.0] * ANSWERED))
    assert logistic(2.7) == calibration.answered_chance(AnsweredFeatures._make([1.0] * ANSWERED))
    assert 1.0 == calibration.answered_chance(None)
    equal = dict.fromkeys(("one", "other"), CandidateFeatures(*(0.5,) * 5))
    assert {"one": 0.5, "other": 0.5} == calibration.shares(equal, {"one": (), "other": ()})


def test_unknown_words_are_a_part_of_the_question(small: Matcher) -> None:
    """None where all are known, and all but a part where one is."""
    assert 0.0 == about(small, "is fog worse", "fog").unknown
    assert 0.5 < about(small, "fog xylophone zebra", "fog").unknown < 1.0


def test_a_word_tells_what_is_asked_where_two_phrases_of_the_leader_have_it(small: Matcher) -> None:
    """ "Storm" stands in two phrases on the fog, "bad" in one."""
    assert 0.0 == about(small, "xylophone bad", "fog").telling
    assert about(small, "xylophone storm", "fog").telling > 0.0


def test_negative_examples_beside_the_leader_speak_against_it_too(small: Matcher) -> None:
    """Whether fog has a cause is asked by a negative example of the fog, whatever leads."""
    question = "did iran visit russia, what causes the fog"
    alone = answered(Matcher(without_negatives("fog"), LEXICON, BUILT_IN), question, "visit")
    assert answered(small, question, "visit").contrast < -0.1 < 0.1 < alone.contrast


LAMPS = """
topic: {en: Lamps}
intents:
  - id: lamp
    title: {en: The red lamp}
    quotes: [The lamp is lit at dusk.]
    phrases: {en: [red lamp, red light, red torch, red beam]}
    not: {en: [blue lamp, blue light, blue torch, blue beam]}
  - id: hello
    kind: small-talk
    title: {en: Hello}
    say: {en: Hello.}
    phrases: {en: [hello blue]}
"""


def test_evidence_against_an_answer_comes_from_words_that_only_refused_questions_have() -> None:
    """Of those that answers have as often, and of unknown ones, there is none; words of small talk answer nothing."""
    index = Matcher(intents_of(LAMPS), Lexicon(), BUILT_IN).model("latin").index
    assert 0.0 == index.term("red").evidence == index.term("xylophone").evidence
    assert index.term("blue").evidence < -1.0 < index.term("lamp").evidence <= 0.0


def test_the_subject_of_an_intent_is_no_evidence_against_it() -> None:
    """All who are refused with "blue" ask about the lamp; as soon as others do, too, it tells something."""
    question = "a blue red lamp"
    alone = Matcher(intents_of(LAMPS), Lexicon(), BUILT_IN)
    assert 0.0 == answered(alone, question, "lamp").evidence
    paint = (
        LAMPS
        + """  - id: paint
    kind: out-of-scope
    title: {en: Paint}
    phrases: {en: [blue paint, blue brush, blue wall, blue car]}
"""
    )
    assert answered(Matcher(intents_of(paint), Lexicon(), BUILT_IN), question, "lamp").evidence < -0.1


def test_a_class_without_examples_is_neither_likely_nor_unlikely(small: Matcher) -> None:
    """Out-of-scope intents have no negative examples."""
    scores = small.model("latin").scores
    vector = scores.vector(small.utterance("is fog worse").terms)
    assert [0.0] == scores.likelihoods(vector, [PhraseClass(1, negative=True)])


def test_what_is_asked_is_not_kept() -> None:
    """A process answers for months."""
    members = {PhraseClass(n): [(word, "lamp")] for n, word in enumerate(("red", "blue"))}
    scores = DiscriminativeScores(members, Index(members, 2, WordGroups()))
    kept = len(scores._away)
    scores.log_odds({"xylophone": 1.0})
    assert kept == len(scores._away)


def test_a_kind_is_told_by_whole_words_but_where_a_star_stands() -> None:
    """ "When*" is also the beginning of a word."""
    kinds = QuestionKinds({"en": {"why": ["why"], "when": ["when*"]}})
    assert ["why", OTHER, "when", "when"] == [
        kinds.kind(key, "en") for key in ("why", "whyever", "when", "whenever")
    ]


def test_phrases_are_looked_for_in_the_intent_that_is_named(small: Matcher) -> None:
    """Its nearest phrase or negative example, and how many of its own ask for a kind."""
    utterance = small.utterance("who does like fog")
    phrase, negative = (
        small.nearest_phrase(utterance, "fog"),
        small.nearest_phrase(utterance, "fog", negative=True),
    )
    assert phrase is not None
    assert negative is not None
    assert ("how bad is fog", "who likes fog") == (phrase.text, negative.text)
    assert small.nearest_phrase(utterance, "visit") is None
    assert small.nearest_phrase(utterance, "nobody") is None
    asks_when, never = (
        small.parts_asking("when", "visit", "en"),
        small.parts_asking("when", "fog", "en"),
    )
    assert asks_when[0] > never[0] > 0.0
    assert (0.0, 0.0) == small.parts_asking("when", "nobody", "en")


OVERLAPPING = """
topic: {en: The lamp}
intents:
  - id: whole
    title: {en: All}
    quotes: [The lamp is lit at dusk. It burns all night., The horn sounds in fog.]
    phrases: {en: [all]}
  - id: part
    title: {en: Dusk}
    quotes: [The lamp is lit at dusk.]
    phrases: {en: [dusk]}
  - id: other
    title: {en: Dusk and boats}
    quotes: [The lamp is lit at dusk., The boat never leaked.]
    phrases: {en: [boats]}
  - id: far
    kind: out-of-scope
    title: {en: Far}
    phrases: {en: [far]}
"""


def test_an_answer_covers_those_whose_every_quotation_it_shows() -> None:
    """Not itself, not one of which it shows only a part, and not what quotes nothing. They are in order, so that their
    shares always add up to the same number."""
    covered = covered_answers(intents_of(OVERLAPPING).intents)
    assert {"whole": ("part",), "part": (), "other": ("part",), "far": ()} == covered
