"""A ranking becomes an answer, something near to look at, or neither."""

from dataclasses import replace

import pytest

from bot.matching import (
    BUILT_IN,
    Ambiguous,
    Candidate,
    CandidateFeatures,
    Decision,
    Match,
    NoMatch,
    Ranking,
    decide,
)

CALIBRATION = replace(BUILT_IN, accept=0.6, sure=0.3, offer=0.2)
OFFERABLE = frozenset({"a", "b", "c", "d"})


def ranking(*shares: tuple[str, float], about: float = 1.0, answered: float = 1.0) -> Ranking:
    """Candidates with these shares."""
    features = CandidateFeatures(similarity=0, best_phrase=0, likelihood=0, coverage=0, discriminative=0)
    candidates = tuple(Candidate(name, about * answered * s, s, features) for name, s in shares)
    return Ranking(candidates, about, answered)


def never(first: str, second: str) -> bool:
    return False


def always(first: str, second: str) -> bool:
    return True


def decided(ranked: Ranking) -> Decision:
    return decide(ranked, CALIBRATION, OFFERABLE, never)


def test_a_confident_candidate_is_a_match() -> None:
    """At the threshold or above."""
    for share in (0.6, 0.9):
        ranked = ranking(("a", share), ("b", 0.1))
        assert Match(ranked.candidates[:1], ranked) == decide(ranked, CALIBRATION, OFFERABLE, always)


def test_two_answers_side_by_side_are_given_together() -> None:
    """Neither is sure, but one of them is, and they read as one."""
    ranked = ranking(("a", 0.4), ("b", 0.3))
    assert Match(ranked.candidates, ranked) == decide(ranked, CALIBRATION, OFFERABLE, always)


def test_two_that_share_too_little_are_not_given_together() -> None:
    """Most of what is meant must be theirs."""
    ranked = ranking(("a", 0.3), ("b", 0.2), ("c", 0.2), ("d", 0.2))
    assert Ambiguous(ranked.candidates[:3], ranked) == decide(ranked, CALIBRATION, OFFERABLE, always)


def test_what_is_hardly_answered_is_not_answered_together_either() -> None:
    """Two that read as one need the same: to be sure, and enough confidence between them."""
    for about, answered in ((1.0, 0.29), (0.5, 1.0)):
        ranked = ranking(("a", 0.5), ("b", 0.5), about=about, answered=answered)
        assert Ambiguous(ranked.candidates, ranked) == decide(ranked, CALIBRATION, OFFERABLE, always)


def test_two_close_intents_give_an_offer() -> None:
    """The same shares, but the answers stand apart: a visitor chooses."""
    ranked = ranking(("a", 0.4), ("b", 0.3))
    assert Ambiguous(ranked.candidates, ranked) == decided(ranked)


@pytest.mark.parametrize(
    ("answered", "is_answered"), [(0.19, False), (0.29, False), (0.3, True), (0.5, True), (1.0, True)]
)
def test_below_sure_nothing_is_answered_however_great_the_confidence(
    answered: float, is_answered: bool
) -> None:
    """A question that is surely about the interview may still not be answered there."""
    ranked = replace(ranking(("a", 1.0)), answered=answered)
    assert 1.0 == ranked.candidates[0].confidence
    assert is_answered == isinstance(decided(ranked), Match)


@pytest.mark.parametrize(
    ("shares", "shown"),
    [
        ({"a": 1.0}, "a"),
        ({"a": 0.6, "b": 0.4}, "a"),
        ({"a": 0.59, "b": 0.41}, "ab"),
        ({"a": 0.59, "b": 0.21, "c": 0.2}, "abc"),
        ({"a": 0.59, "b": 0.22, "c": 0.19}, "ab"),
        ({"a": 0.59, "x": 0.21, "b": 0.2}, "ab"),
        ({"a": 0.25, "b": 0.25, "c": 0.25, "d": 0.25}, "abc"),
        ({"a": 0.59, "b": 0.19}, "a"),
        ({"a": 0.4, "b": 0.19}, "a"),
    ],
)
def test_a_leader_clearly_ahead_is_shown_alone_and_close_ones_are_all_offered(
    shares: dict[str, float], shown: str
) -> None:
    """From a share of 0.6 on it is alone; else all from 0.2 on that have an answer, at most three. One that no other
    comes near needs 0.4."""
    decision = decided(ranking(*shares.items(), answered=0.1))
    assert isinstance(decision, Ambiguous)
    assert shown == "".join(candidate.intent_id for candidate in decision.candidates)


@pytest.mark.parametrize("shares", [{"a": 0.39, "b": 0.19}, {"a": 0.2}, {"a": 0.19, "b": 0.19, "c": 0.19}])
def test_where_no_candidate_stands_out_nothing_is_offered(shares: dict[str, float]) -> None:
    """Only one has 0.2, and less than 0.4; or none has."""
    ranked = ranking(*shares.items(), answered=0.1)
    assert NoMatch(ranked) == decided(ranked)


@pytest.mark.parametrize(("about", "expected"), [(0.0, NoMatch), (0.19, NoMatch), (0.2, Ambiguous)])
def test_what_is_hardly_about_the_interview_gets_nothing(about: float, expected: type[Decision]) -> None:
    """However sure one of the intents is the nearest."""
    assert isinstance(decided(ranking(("a", 1.0), about=about)), expected)


def test_without_candidates_there_is_no_match() -> None:
    """No phrase shares a word with what was typed."""
    assert NoMatch(Ranking(())) == decided(Ranking(()))


def test_an_out_of_scope_leader_is_never_offered() -> None:
    """Nor are those behind it: the likeliest meaning is one that the interview does not have."""
    for shares in ((("x", 1.0),), (("x", 0.5), ("a", 0.5))):
        ranked = ranking(*shares, answered=0.1)
        assert NoMatch(ranked) == decided(ranked)
