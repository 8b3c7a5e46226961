"""The words of a phrase pull towards its own intent, and away from those that it was mistaken for."""

import pytest

from bot.matching import WordGroups, pull
from bot.matching.index import Index
from bot.matching.pull import Pull

LIMIT = ("what is my card limit", "how much can i charge to the card", "card limit please")
DECLINED = ("my card was declined", "card declined again", "why was the card declined", "card limit declined")
WEATHER = ("will it rain", "is it cold outside", "weather please")
MEMBERS = {
    number: [tuple(phrase.split()) for phrase in phrases]
    for number, phrases in enumerate((LIMIT, DECLINED, WEATHER))
}


def made(step: float, monkeypatch: pytest.MonkeyPatch) -> Pull:
    monkeypatch.setattr(pull, "STEP", step)
    return Pull(MEMBERS, Index(MEMBERS, 3, WordGroups()))


def test_a_phrase_is_drawn_to_its_own_intent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every phrase is further ahead of the best other intent than by the centroids alone."""
    leads: list[list[float]] = []
    for step in (0.0, pull.STEP):
        made_pull = made(step, monkeypatch)
        leads.append([])
        for number, stems in ((number, each) for number, examples in MEMBERS.items() for each in examples):
            scores = made_pull.of(dict.fromkeys(stems, 1.0))
            own = scores.pop(number)
            leads[-1].append(own - max(scores))
    assert all(after > before for before, after in zip(*leads, strict=True)), leads


def test_what_an_intent_gains_the_others_lose(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step moves, it does not add: for any words the sum over all intents stays."""
    for word in ("card", "declined", "rain"):
        sums = [sum(made(step, monkeypatch).of({word: 1.0})) for step in (0.0, 4.0)]
        assert sums[0] == pytest.approx(sums[1]), word


def test_unknown_words_pull_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """And they make the pull of the others weaker, for the length counts them."""
    made_pull = made(4.0, monkeypatch)
    assert [0.0] * 3 == made_pull.of({"xylophone": 1.0}) == made_pull.of({})
    alone, beside = made_pull.of({"rain": 1.0}), made_pull.of({"rain": 1.0, "xylophone": 1.0})
    assert max(beside) < max(alone)


def test_near_misses_take_no_part() -> None:
    """They have signs of their own, and a model without phrases pulls nowhere."""
    opposite = {1: MEMBERS[0]}
    assert [0.0] == Pull(opposite, Index(opposite, 1, WordGroups())).of({"card": 1.0})
