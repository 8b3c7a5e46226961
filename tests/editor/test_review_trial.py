"""What a line would change, tried on a copy of the bot before it is proposed."""

import re
from dataclasses import replace

from bot.conversation.bot import Bot
from bot.corpus.corpus import Corpus
from bot.corpus.intents import IntentSet, Phrase
from bot.editor.questions import Question
from bot.editor.review.trial import AT_RISK, Addition, Trials, meant
from bot.yamlfiles.problems import Location

NOWHERE = Location("new.yaml", 1, 1)
REFUSED = "how much does yandex pay"


def addition(text: str, intent_id: str, opposite: bool = False) -> Addition:
    return Addition(intent_id, Phrase(text, "en", NOWHERE), opposite)


def test_a_trial_says_what_is_gained(bot: Bot) -> None:
    """The journal's texts that get another reply; the bot that talks to people is not changed."""
    trial = Trials(bot, (REFUSED, "how much does yandex pay them", "почём яндекс"), ()).of(
        addition(REFUSED, "what-is-yandex")
    )
    assert (REFUSED, "answered by what-is-yandex") == (trial.gained[0].text, trial.gained[0].now)
    assert "почём яндекс" not in [change.text for change in trial.gained]
    assert () == meant(bot, REFUSED)


def test_a_trial_says_which_phrases_break(keeper: Bot) -> None:
    """A line that belongs elsewhere takes away its neighbours, each named by its place."""
    line = addition("at what time does the lamp burn out", "lamp", opposite=True)
    trial = Trials(keeper, (), ()).of(line)
    (change,) = trial.broken
    assert ("when is the lamp lit", "not answered") == (change.text, change.now)
    assert re.fullmatch(r".*lamp\.yaml:\d+:\d+", change.where)
    assert 0 < trial.asked <= AT_RISK


def test_a_trial_says_which_questions_break(bot: Bot) -> None:
    """Those of a question file that were right: here the very question, put under not."""
    gold = bot.answer("what is b2g").quotations()[0].exact
    questions = (
        Question("1", "what is b2g", "en", "x", (gold,)),
        Question("2", "что такое b2g", "ru", "x", (gold,)),
    )
    trial = Trials(bot, (), questions).of(addition("what is b2g", "what-is-b2g", opposite=True))
    assert [("what is b2g", "", "not answered")] == [
        (change.text, change.where, change.now) for change in trial.broken if not change.where
    ]


def test_a_trial_is_what_would_come_of_it(bot: Bot, corpus: Corpus) -> None:
    """The copy answers as the bot does whose intents hold the line."""
    grown = IntentSet(
        tuple(
            replace(intent, phrases=(*intent.phrases, Phrase(REFUSED, "en", NOWHERE)))
            if intent.id == "what-is-yandex"
            else intent
            for intent in corpus.intents.intents
        )
    )
    changed = bot.with_intents(grown)
    assert "what-is-yandex" == changed.answer(REFUSED).intent_id
    assert bot.answer("what is b2g").blocks == changed.answer("what is b2g").blocks
