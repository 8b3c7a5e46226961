"""What a line would change, tried on a copy of the bot before it is proposed."""

import re
from dataclasses import replace

import pytest

from bot.conversation.bot import Bot
from bot.corpus.intents import IntentSet, Phrase
from bot.editor.questions import Question
from bot.editor.review.effects import AT_RISK, EffectMeasure, Line, meant
from bot.loading.loader import load_lexicon
from bot.matching import BUILT_IN, Matcher
from bot.yamlfiles.problems import Location
from tests.conftest import LIGHTHOUSE

NOWHERE = Location("new.yaml", 1, 1)
REFUSED = "how much does yandex pay"


def line(bot: Bot, text: str, intent_id: str, negative: bool = False) -> Line:
    intent = bot.corpus.intents.get(intent_id)
    assert intent is not None
    return Line(intent, Phrase(text, "en", NOWHERE), negative)


def test_a_measure_says_what_is_gained(bot: Bot) -> None:
    """The journal's texts that get another reply; the bot that talks to people is not changed."""
    measure = EffectMeasure(bot, (REFUSED, "how much does yandex pay them", "почём яндекс"), ())
    effect = measure.effect(line(bot, REFUSED, "what-is-yandex"))
    assert (REFUSED, "answered by what-is-yandex") == (effect.gained[0].text, effect.gained[0].now)
    assert "почём яндекс" not in [change.text for change in effect.gained]
    assert () == meant(bot, REFUSED)


@pytest.fixture(scope="module")
def refusing(keeper: Bot) -> Bot:
    """The bot about the lighthouse, with a few negative examples and the weights for such intents."""
    refused = {"boat": ("who built the boat", "what did the boat cost"), "fog": ("who likes a storm",)}
    intents = IntentSet(
        tuple(
            replace(
                intent, negatives=tuple(Phrase(text, "en", NOWHERE) for text in refused.get(intent.id, ()))
            )
            for intent in keeper.corpus.intents.intents
        )
    )
    lexicon, _ = load_lexicon(LIGHTHOUSE / "lighthouse.txt")
    return replace(
        keeper.with_intents(intents), matcher=Matcher(intents, lexicon, BUILT_IN), calibration=BUILT_IN
    )


def test_a_measure_says_which_phrases_break(refusing: Bot) -> None:
    """A line in the wrong place takes replies from the phrases beside it; each is named with its place."""
    new = line(refusing, "at what time does the lamp burn out", "lamp", negative=True)
    effect = EffectMeasure(refusing, (), ()).effect(new)
    assert ("the lamp", "not answered") in [(change.text, change.now) for change in effect.broken]
    assert all(re.fullmatch(r".*lamp\.yaml:\d+:\d+", change.where) for change in effect.broken)
    assert {"not answered"} == {change.now for change in effect.broken}
    assert 0 < effect.asked <= AT_RISK


def test_a_measure_says_which_questions_break(bot: Bot) -> None:
    """Those of a question file that were right: here the very question, as a negative example."""
    gold = bot.answer("what is b2g").quotations()[0].exact
    questions = (
        Question("1", "what is b2g", "en", "x", (gold,)),
        Question("2", "что такое b2g", "ru", "x", (gold,)),
    )
    effect = EffectMeasure(bot, (), questions).effect(line(bot, "what is b2g", "what-is-b2g", negative=True))
    assert [("what is b2g", "", "not answered")] == [
        (change.text, change.where, change.now) for change in effect.broken if not change.where
    ]


def test_a_measure_says_what_is_mended(bot: Bot) -> None:
    """A question that was not answered and is answered with the line."""
    gold = bot.answer("what is yandex").quotations()[0].exact
    question = Question("1", REFUSED, "en", "x", (gold,))
    new = line(bot, REFUSED, "what-is-yandex")
    without, with_question = (EffectMeasure(bot, (), asked).effect(new) for asked in ((), (question,)))
    assert (1, 1) == (with_question.mended - without.mended, with_question.asked - without.asked)


def test_a_copy_with_the_line_answers_as_measured(bot: Bot) -> None:
    """And replies to other questions as before."""
    grown = IntentSet(
        tuple(
            replace(intent, phrases=(*intent.phrases, Phrase(REFUSED, "en", NOWHERE)))
            if intent.id == "what-is-yandex"
            else intent
            for intent in bot.corpus.intents.intents
        )
    )
    changed = bot.with_intents(grown)
    assert "what-is-yandex" == changed.answer(REFUSED).intent_id
    assert bot.answer("what is b2g").blocks == changed.answer("what is b2g").blocks
