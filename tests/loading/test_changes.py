"""What an edit changed, in words."""

from dataclasses import fields, replace

import pytest

from bot.conversation.bot import Bot
from bot.corpus.intents import Intent, IntentSet, Phrase, Reference, Topic, WantedQuote
from bot.loading import changes
from bot.loading.changes import edits, effect
from bot.text.languages import Localized
from bot.yamlfiles.problems import Location

NOWHERE = Location("a.yaml", 1, 1)


def edited(keeper: Bot, **fields: object) -> IntentSet:
    """The intents of the lighthouse, that of the lamp with other fields."""
    intents = keeper.corpus.intents.intents
    return IntentSet(tuple(replace(i, **fields) if i.id == "lamp" else i for i in intents))  # type: ignore[arg-type]


def lamp(keeper: Bot) -> Intent:
    found = keeper.corpus.intents.get("lamp")
    assert found is not None
    return found


def test_an_edit_is_named_by_topic_and_language(keeper: Bot) -> None:
    """What is new, what is gone, and what was reworded; nothing where only lines moved."""
    before = keeper.corpus.intents
    new = (
        Phrase("how bright", "en", NOWHERE),
        Phrase("ярко ли", "ru", NOWHERE),
        Phrase("так ли", "ru", NOWHERE),
    )
    phrases = lamp(keeper).phrases
    moved = tuple(Phrase(each.text, each.language, NOWHERE) for each in phrases)
    assert not edits(before, edited(keeper, phrases=moved, at=NOWHERE))
    assert "lamp, en: 1 phrase; lamp, ru: 2 phrases" == edits(before, edited(keeper, phrases=phrases + new))
    assert "lamp, en: 1 negative example removed" == edits(
        edited(keeper, negatives=new[:1]), edited(keeper, negatives=())
    )
    assert "lamp: 1 intent changed" == edits(before, edited(keeper, title=Localized((("en", "The lamp?"),))))
    assert "lamp: 1 intent" == edits(
        IntentSet(before.intents[1:]),
        IntentSet((replace(before.intents[0], phrases=()), *before.intents[1:])),
    )


CHANGED = {
    "kind": "small-talk",
    "topic": Topic("lamp", Localized((("en", "Another title"),))),
    "title": Localized((("en", "The lamp?"),)),
    "label": Localized((("en", "Lamp"),)),
    "quotes": (WantedQuote("In winter that is a very long watch.", NOWHERE),),
    "see_also": (),
    "answers": (Reference("fog", NOWHERE),),
    "say": Localized((("en", "Hello"),)),
    "page": "help",
    "example": True,
    "opens": True,
    "continues": True,
    "in_reply": "who",
}
"""Another value of each field that is compared as a whole."""


def test_whatever_of_an_intent_is_edited_is_a_change(keeper: Bot) -> None:
    """Also what only overviews and small talk have; but not in which lines it stands."""
    assert {each.name for each in fields(Intent)} == {"id", "phrases", "negatives", "at", *CHANGED}
    before = keeper.corpus.intents
    for name, value in CHANGED.items():
        assert "lamp: 1 intent changed" == edits(before, edited(keeper, **{name: value})), name
    quotes = tuple(replace(each, at=NOWHERE) for each in lamp(keeper).quotes)
    see_also = tuple(replace(each, at=NOWHERE) for each in lamp(keeper).see_also)
    assert quotes
    assert see_also
    assert not edits(before, edited(keeper, quotes=quotes, see_also=see_also))


def test_an_intent_that_moved_to_another_topic_is_removed_and_new(keeper: Bot) -> None:
    """And not changed, too."""
    moved = edited(keeper, topic=Topic("fog", Localized((("en", "Fog"),))), phrases=())
    assert "fog: 1 intent; lamp: 1 intent removed" == edits(edited(keeper, phrases=()), moved)


def test_the_effect_counts_what_is_gained_and_lost(keeper: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a bounded number of questions, and of none when another edit is waiting."""
    grown = edited(keeper, phrases=(*lamp(keeper).phrases, Phrase("zzz qqq", "en", NOWHERE)))
    after = keeper.with_intents(grown)
    said = "{} of the journal's open questions would now be answered, {} lost"
    assert said.format(1, "none") == effect(keeper, after, ["zzz qqq", "vvv", "the lamp"], lambda: False)
    assert said.format("none", 1) == effect(after, keeper, ["zzz qqq", "vvv", "the lamp"], lambda: False)
    assert not effect(keeper, after, [], lambda: False)
    assert not effect(keeper, after, ["zzz qqq"], lambda: True)
    monkeypatch.setattr(changes, "MOST_ASKED", 1)
    assert said.format("none", "none") == effect(keeper, after, ["vvv", "zzz qqq"], lambda: False)
