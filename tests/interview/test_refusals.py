"""What our interview does not answer is refused, and nobody's words are shown as somebody else's."""

import pytest

from bot.conversation.bot import Bot
from bot.conversation.replies import Remark, Reply
from bot.conversation.requests import ShowIntent, ShowTopics
from bot.corpus.corpus import Corpus
from bot.corpus.passages import Quotation


def test_the_newspaper_is_never_shown_as_the_minister(bot: Bot, corpus: Corpus) -> None:
    """Behind every quotation of every intent stands the attribution of its own speaker."""
    for intent in corpus.intents.answers():
        blocks = bot.respond(ShowIntent(intent.id), "en").blocks
        speaker = ""
        for block in reversed(blocks):
            if isinstance(block, Remark) and block.role == "attribution":
                speaker = "mamonov" if "Mamonov" in block.text else "newspaper"
            elif isinstance(block, Quotation):
                assert speaker == block.passage.speaker.id, intent.id


def test_a_refusal_shows_no_quotation_as_an_answer(bot: Bot) -> None:
    """Sentences that share words with the question stand under a line that says what they are."""
    reply = bot.answer("how many employees does rostelecom have")
    assert "answer" != reply.kind
    if reply.quotations():
        first = next(n for n, block in enumerate(reply.blocks) if isinstance(block, Quotation))
        before = reply.blocks[first - 1]
        assert isinstance(before, Remark)
        assert "do not answer" in before.text


@pytest.mark.parametrize(
    "typed",
    [
        "what is the population of china",
        "book a table for two at an italian restaurant in moscow",
        "what is the weather like in tehran today",
        "how do i reset my password",
        "set an alarm for seven o'clock",
        "how many calories are in a banana",
        "what is my bank balance",
        "кто написал войну и мир",
        "сколько планет в солнечной системе",
        "закажи мне такси до аэропорта",
        "پایتخت فرانسه کجاست",
        "چند سیاره در منظومه شمسی است",
        "یک تاکسی برای من بگیر",
        "شاهنامه را چه کسی سروده است",
        "who won the world cup? moscow?",
    ],
)
def test_what_is_far_from_the_interview_quotes_nothing(typed: str, bot: Bot) -> None:
    """However many words it shares with a sentence: it is refused, and at most two topics are named beside all."""
    reply = bot.answer(typed)
    assert "fallback" == reply.kind
    assert [] == [block for block in reply.blocks if isinstance(block, Quotation)]
    assert len(reply.choices) <= 3
    assert ShowTopics() == reply.choices[-1].request


@pytest.mark.parametrize(
    ("once", "twice"),
    [
        ("right now?", "right now? now?"),
        ("what is b2g right now?", "what is b2g right now now?"),
        ("why did yandex leave iran", "why did yandex leave iran? iran?"),
        ("почему яндекс ушёл из ирана", "почему яндекс ушёл из ирана ирана"),
        ("sanctions", "sanctions sanctions"),
    ],
)
def test_a_word_that_is_said_twice_changes_nothing(once: str, twice: str, bot: Bot) -> None:
    """Neither the kind of the reply nor what it says."""
    assert outcome(bot.answer(once)) == outcome(bot.answer(twice))


def outcome(reply: Reply) -> tuple[str, list[str]]:
    return reply.kind, [quotation.exact for quotation in reply.quotations()]
