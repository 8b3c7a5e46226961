"""The words of a phrase speak for its own intent, and against those that it was mistaken for."""

import pytest

from bot.matching import WordGroups, discriminative
from bot.matching.discriminative import DiscriminativeScores
from bot.matching.index import Index, PhraseClass

LIMIT = ("what is my card limit", "how much can i charge to the card", "card limit please")
DECLINED = ("my card was declined", "card declined again", "why was the card declined", "card limit declined")
WEATHER = ("will it rain", "is it cold outside", "weather please")
MEMBERS = {
    PhraseClass(number): [tuple(phrase.split()) for phrase in phrases]
    for number, phrases in enumerate((LIMIT, DECLINED, WEATHER))
}


def made(step: float, monkeypatch: pytest.MonkeyPatch) -> DiscriminativeScores:
    monkeypatch.setattr(discriminative, "LEARNING_RATE", step)
    return DiscriminativeScores(MEMBERS, Index(MEMBERS, 3, WordGroups()))


def test_a_phrase_is_drawn_to_its_own_intent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every phrase is further ahead of the best other intent than by the centroids alone."""
    leads: list[list[float]] = []
    for step in (0.0, discriminative.LEARNING_RATE):
        scores_of = made(step, monkeypatch)
        leads.append([])
        for number, stems in ((of.intent, each) for of, examples in MEMBERS.items() for each in examples):
            scores = scores_of.log_odds(dict.fromkeys(stems, 1.0))
            own = scores.pop(number)
            leads[-1].append(own - max(scores))
    assert all(after > before for before, after in zip(*leads, strict=True)), leads


def test_what_an_intent_gains_the_others_lose(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step moves, it does not add: for any words the sum over all intents stays."""
    for word in ("card", "declined", "rain"):
        sums = [sum(made(step, monkeypatch).log_odds({word: 1.0})) for step in (0.0, 4.0)]
        assert sums[0] == pytest.approx(sums[1]), word


def test_unknown_words_speak_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """And they weaken the others, for the length counts them."""
    scores_of = made(4.0, monkeypatch)
    assert [0.0] * 3 == scores_of.log_odds({"xylophone": 1.0}) == scores_of.log_odds({})
    alone, beside = scores_of.log_odds({"rain": 1.0}), scores_of.log_odds({"rain": 1.0, "xylophone": 1.0})
    assert max(beside) < max(alone)


def test_negative_examples_take_no_part() -> None:
    """A model without phrases speaks for nothing."""
    members = {PhraseClass(0, negative=True): MEMBERS[PhraseClass(0)]}
    assert [0.0] == DiscriminativeScores(members, Index(members, 1, WordGroups())).log_odds({"card": 1.0})
