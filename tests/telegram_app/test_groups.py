"""In a group the bot replies when it is addressed, in the right topic, briefly, and only where it may write."""

import logging
from typing import Any

import pytest

from bot.conversation.bot import Bot
from bot.conversation.replies import Remark, Reply
from tests.telegram_app.harness import STARTED, Harness
from tests.telegram_app.recorder import buttons, quoted
from tests.telegram_app.test_buttons import OFFER
from tests.telegram_app.updates import GROUP, by_the_bot, edited, message, person, press

LAMP = "The lamp is lit at dusk ✨ and put out at dawn"
LANGUAGES = ["en", "ru", "fa"]
UNKNOWN = {"en": "zebra", "ru": "зебра", "fa": "گورخر"}
BY_OTHER = by_the_bot("когда зажигают лампу") | {"from": person(number=9), "message_id": 31}
NO_RIGHT = [
    (403, "Forbidden: bot was kicked from the supergroup chat"),
    (403, "Forbidden: bot is not a member of the supergroup chat"),
    (400, "Bad Request: not enough rights to send text messages to the chat"),
    (400, "Bad Request: have no rights to send a message"),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
    (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"),
    (400, "Bad Request: CHAT_RESTRICTED"),
    (400, "Bad Request: TOPIC_CLOSED"),
]


def test_ask_in_reply_to_somebody_answers_that_message(harness: Harness) -> None:
    """In its language, and as a reply to it, so that everybody sees what is answered."""
    harness.receive(message("/ask", chat_id=GROUP, reply_to_message=BY_OTHER))
    (sent,) = harness.telegram.of("sendMessage")
    expected = {"message_id": 31, "allow_sending_without_reply": True}
    assert expected == sent["reply_parameters"]
    assert [LAMP] == quoted(harness.last)
    assert "Ада Лунд" in harness.last["text"]


def test_ask_in_reply_to_a_wordless_message_says_how(harness: Harness) -> None:
    """There is nothing to answer in a picture."""
    picture = {**BY_OTHER, "text": None}
    harness.receive(message("/ask", chat_id=GROUP, reply_to_message=picture))
    expected = harness.bot.wording("en").line("ask_usage", example="When is the lamp lit? 💡 Café\u0301")
    assert expected == harness.last["text"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({"is_topic_message": True, "message_thread_id": 9}, 9),
        ({"message_thread_id": 9}, None),
        ({}, None),
    ],
    ids=["a topic", "a chain of replies", "General, or no topics"],
)
def test_the_answer_goes_into_the_topic_of_the_question(
    place: dict[str, Any], expected: int | None, harness: Harness
) -> None:
    """A number without `is_topic_message` is that of a chain of replies, which is no address; the topic
    General has none (https://core.telegram.org/api/forum)."""
    harness.receive(message("/ask when is the lamp lit", chat_id=GROUP, **place))
    assert expected == harness.telegram.of("sendMessage")[0].get("message_thread_id")


@pytest.mark.parametrize("pieces", [1, 2])
@pytest.mark.parametrize("words", ["message thread not found", "TOPIC_DELETED"])
def test_an_answer_whose_topic_is_gone_is_sent_without_it(
    pieces: int, harness: Harness, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it, and once; Telegram is asked about the topic once, too."""
    long = Reply("page", "en", tuple(Remark("word " * 700) for _ in range(pieces)))
    monkeypatch.setattr(Bot, "answer", staticmethod(lambda _text, _language=None, _context=None: long))
    harness.telegram.refuse("sendMessage", 400, f"Bad Request: {words}")
    place: dict[str, Any] = {"is_topic_message": True, "message_thread_id": 9}
    harness.receive(message("/ask when is the lamp lit", chat_id=GROUP, **place))
    topics = [each.get("message_thread_id") for each in harness.telegram.of("sendMessage")]
    assert [9] + [None] * pieces == topics
    assert pieces == len(harness.telegram.screen)


def test_an_answer_in_the_direct_messages_of_a_channel_goes_to_who_asked(harness: Harness) -> None:
    """Each person has a topic there (https://core.telegram.org/bots/api#directmessagestopic)."""
    topic = {"topic_id": 7, "user": person(number=9)}
    harness.receive(message("/ask when is the lamp lit", chat_id=GROUP, direct_messages_topic=topic))
    (sent,) = harness.telegram.of("sendMessage")
    assert 7 == sent["direct_messages_topic_id"]
    assert "message_thread_id" not in sent


def test_what_is_chosen_in_a_topic_is_answered_there(harness: Harness) -> None:
    """And is a reply to the message with the button, also where that is too old to have its topic."""
    under = by_the_bot() | {"is_topic_message": True, "message_thread_id": 9}
    old = {"chat": under["chat"], "message_id": 5, "date": 0}
    harness.receive(press("i:lamp", under), press("i:lamp", old))
    sent = harness.telegram.of("sendMessage")
    assert [9, None] == [each.get("message_thread_id") for each in sent]
    assert [1, 5] == [each["reply_parameters"]["message_id"] for each in sent]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_in_a_group_is_one_line(language: str, harness: Harness) -> None:
    """In private there is more: what one can ask about."""
    harness.receive(
        message(f"@Lighthouse_Bot {UNKNOWN[language]}", chat_id=GROUP), message(UNKNOWN[language])
    )
    brief, full = harness.telegram.screen
    assert harness.bot.wording(language).line("not_answered") == brief["text"]
    assert [] == buttons(brief)
    assert len(brief["text"]) <= len(full["text"])
    assert [] != buttons(full)


@pytest.mark.parametrize("words", ["👍👍", "?!…", "\u200b\u200d"])
def test_no_words_in_a_group_get_one_line(words: str, harness: Harness) -> None:
    """Of the language of the app: there are no letters to go by."""
    harness.receive(message(words, chat_id=GROUP, language="ru", reply_to_message=by_the_bot()))
    assert harness.bot.wording("ru").line("no_words") == harness.last["text"]
    assert [] == buttons(harness.last)


def test_none_of_these_in_a_group_is_one_line(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of the offer."""
    monkeypatch.setattr(Bot, "answer", staticmethod(lambda _text, _language=None, _context=None: OFFER))
    harness.receive(message("/ask lamp or boat", chat_id=GROUP))
    harness.press_button(OFFER.choices[-1].label)
    assert harness.bot.wording("en").line("other_words") == harness.last["text"]
    assert 1 == len(harness.telegram.screen)


@pytest.mark.parametrize(("status", "description"), NO_RIGHT)
def test_where_the_bot_may_not_write_it_leaves_nothing(
    status: int, description: str, harness: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    """No apology is tried, and the log gets one line."""
    harness.telegram.refuse("sendMessage", status, description)
    with caplog.at_level(logging.INFO, "bot"):
        harness.receive(message("/ask when is the lamp lit", chat_id=GROUP))
    assert ["sendMessage"] == harness.telegram.methods()
    assert 1 == len(caplog.records)


def test_a_question_that_could_not_be_answered_is_answered_after_its_edit(harness: Harness) -> None:
    """Meanwhile the bot was allowed to speak."""
    harness.telegram.refuse("sendMessage", 400, "Bad Request: CHAT_WRITE_FORBIDDEN")
    question = message("/ask when is the lamp lit", chat_id=GROUP, date=STARTED + 1)
    harness.receive(question, edited(question, "/ask when is the lamp lit?"))
    assert [LAMP] == quoted(harness.last)


def test_the_remark_of_a_brief_reply_is_the_first(harness: Harness) -> None:
    """Which says by itself that there is no answer."""
    for language in LANGUAGES:
        first = harness.bot.answer(UNKNOWN[language]).blocks[0]
        assert isinstance(first, Remark)
        assert harness.bot.wording(language).line("not_answered") == first.text
