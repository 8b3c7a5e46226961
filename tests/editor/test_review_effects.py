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
REFUSED = "what does a whale weigh"


def line(bot: Bot, text: str, intent_id: str, negative: bool = False) -> Line:
    intent = bot.corpus.intents.get(intent_id)
    assert intent is not None
    return Line(intent, Phrase(text, "en", NOWHERE), negative)


def test_a_measure_says_what_is_gained(keeper: Bot) -> None:
    """The journal's texts that get another reply; the bot that talks to people is not changed."""
    measure = EffectMeasure(keeper, (REFUSED, "what does a whale cost", "почём лодка"), ())
    effect = measure.effect(line(keeper, REFUSED, "fog"))
    assert (REFUSED, "answered by fog") == (effect.gained[0].text, effect.gained[0].now)
    assert "почём лодка" not in [change.text for change in effect.gained]
    assert () == meant(keeper, REFUSED)


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
    new = line(refusing, "at what hour is the light of the lamp lit", "lamp", negative=True)
    effect = EffectMeasure(refusing, (), ()).effect(new)
    assert ("when is the lamp lit", "not answered") in [(change.text, change.now) for change in effect.broken]
    assert all(re.fullmatch(r".*\.yaml:\d+:\d+", change.where) for change in effect.broken)
    assert {"not answered"} == {change.now for change in effect.broken}
    assert 0 < effect.asked <= AT_RISK


def test_a_measure_says_which_questions_break(keeper: Bot) -> None:
    """Those of a question file that were right: here the very question, as a negative example."""
    bot = replace(keeper, calibration=BUILT_IN)  # with which a negative example refuses
    gold = bot.answer("when is the lamp lit").quotations()[0].exact
    questions = (
        Question("1", "at what time do you light the lamp", "en", "x", (gold,)),
        Question("2", "когда зажигают лампу", "ru", "x", (gold,)),
    )
    new = line(bot, "at what time do you light the lamp", "lamp", negative=True)
    effect = EffectMeasure(bot, (), questions).effect(new)
    assert [("at what time do you light the lamp", "", "not answered")] == [
        (change.text, change.where, change.now) for change in effect.broken if not change.where
    ]


def test_a_measure_says_what_is_mended(keeper: Bot) -> None:
    """A question that was not answered and is answered with the line."""
    gold = keeper.answer("what is worse than a storm").quotations()[0].exact
    question = Question("1", REFUSED, "en", "x", (gold,))
    new = line(keeper, REFUSED, "fog")
    without, with_question = (EffectMeasure(keeper, (), asked).effect(new) for asked in ((), (question,)))
    assert (1, 1) == (with_question.mended - without.mended, with_question.asked - without.asked)


def test_a_copy_with_the_line_answers_as_measured(keeper: Bot) -> None:
    """And replies to other questions as before."""
    grown = IntentSet(
        tuple(
            replace(intent, phrases=(*intent.phrases, Phrase(REFUSED, "en", NOWHERE)))
            if intent.id == "fog"
            else intent
            for intent in keeper.corpus.intents.intents
        )
    )
    changed = keeper.with_intents(grown)
    assert "fog" == changed.answer(REFUSED).intent_id
    assert keeper.answer("when is the lamp lit").blocks == changed.answer("when is the lamp lit").blocks
