"""Where a threshold or a tolerance stands exactly, a hair to either side."""

from dataclasses import replace

import pytest

from bot.matching import BUILT_IN, Candidate, CandidateFeatures, Match, Ranking, decide
from bot.matching.calibration_file import CalibrationFile, read_calibration, write_calibration
from bot.yamlfiles.documents import parse_document
from tests.matching.small import INTENTS

CALIBRATION = replace(BUILT_IN, accept=0.6, sure=0.3, offer=0.2)


@pytest.mark.parametrize(
    ("about", "answered", "is_answered"),
    [(0.6, 1.0, True), (0.59, 1.0, False), (1.0, 0.3, True), (1.0, 0.29, False)],
)
def test_a_question_at_the_threshold_is_answered(about: float, answered: float, is_answered: bool) -> None:
    """Both must be reached: that it is about the interview, and that it is answered there."""
    leader = Candidate("a", about * answered, 1.0, CandidateFeatures(*(0.0,) * 5))
    decision = decide(
        Ranking((leader,), about, answered), CALIBRATION, frozenset("a"), lambda _one, _other: False
    )
    assert is_answered == isinstance(decision, Match)


@pytest.mark.parametrize(("about", "is_answered"), [(0.37, True), (0.35, False)])
def test_an_overview_needs_a_part_of_the_certainty(about: float, is_answered: bool) -> None:
    """It claims to answer no question: 0.6 of `accept`, which is 0.6 here."""
    leader = Candidate("a", about, 1.0, CandidateFeatures(*(0.0,) * 5))
    ranking = Ranking((leader,), about, 1.0, is_overview=True)
    decision = decide(ranking, CALIBRATION, frozenset("a"), lambda _one, _other: False)
    assert is_answered == isinstance(decision, Match)


@pytest.mark.parametrize(("phrases", "stale"), [(850.0, False), (833.5, False), (833.0, True), (867.5, True)])
def test_a_calibration_is_stale_when_two_in_a_hundred_phrases_changed(phrases: float, stale: bool) -> None:
    """Seventeen are there fifty times: 850. It was fitted to so many, which were others."""
    many = replace(INTENTS.intents[0], phrases=INTENTS.intents[0].phrases[:1] * 850, negatives=())
    file = CalibrationFile(BUILT_IN, "0" * 64, phrases)
    assert stale == file.is_stale(type(INTENTS)((many,)))


def test_a_calibration_without_a_threshold_is_a_located_problem() -> None:
    """And nothing of it is used."""
    text = write_calibration(BUILT_IN, INTENTS).replace("sure: 0.500\n", "")
    node, _ = parse_document(text, "c.yaml")
    assert node is not None
    file, (problem,) = read_calibration(node)
    assert file is None
    assert "missing-key" == problem.rule
    assert "sure" in problem.message
