"""Buttons: steps change the message, a chosen question is answered below it, and each button is acknowledged."""

import pytest

from bot.conversation.bot import Bot
from bot.conversation.replies import Choice, Remark, Reply
from bot.conversation.requests import NoneOfThese, ShowIntent
from tests.telegram_app.harness import Harness
from tests.telegram_app.recorder import buttons, quoted
from tests.telegram_app.updates import VISITOR, by_the_bot, chat, message, press

LAMP = "The lamp is lit at dusk ✨ and put out at dawn"
OFFER = Reply(
    "offer",
    "en",
    (Remark("I am not sure which of these you mean."),),
    (
        Choice("The lamp?", ShowIntent("lamp")),
        Choice("The boat?", ShowIntent("boat")),
        Choice("None", NoneOfThese()),
    ),
)


@pytest.fixture
def unsure(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> Harness:
    """A bot that answers every question with an offer, and was asked."""
    monkeypatch.setattr(Bot, "answer", staticmethod(lambda _text, _language=None, _context=None: OFFER))
    harness.receive(message("lamp or boat"))
    return harness


def test_an_offer_has_its_questions_as_buttons(unsure: Harness) -> None:
    """And a way to refuse them all."""
    assert ["The lamp?", "The boat?", "None"] == [each["text"] for each in buttons(unsure.last)]


def test_a_chosen_question_is_answered_below(unsure: Harness) -> None:
    """The offer stays, so that the other question can be chosen too."""
    unsure.press_button("The lamp?")
    assert ["sendMessage", "answerCallbackQuery", "sendMessage"] == unsure.telegram.methods()
    assert [LAMP] == quoted(unsure.last)
    assert "The boat?" == buttons(unsure.telegram.screen[0])[1]["text"]


def test_none_of_these_takes_the_place_of_the_offer(unsure: Harness) -> None:
    """It asks for other words, with examples and all topics below."""
    unsure.press_button("None")
    assert 1 == len(unsure.telegram.screen)
    assert unsure.bot.wording("en").line("other_words") == unsure.last["text"]
    assert "All topics" == buttons(unsure.last)[-1]["text"]


def test_topics_and_their_pages_stay_in_one_message(harness: Harness) -> None:
    """Nine questions are two pages; back leads to the topics again."""
    harness.receive(message("/topics"))
    topics = harness.last["text"]
    harness.press_button("The stairs")
    assert [8, 2] == [
        sum(b["callback_data"].startswith(k) for b in buttons(harness.last)) for k in ("i:", "t")
    ]
    harness.press_button("▶")
    assert ["What is on the ninth landing?", "◀", "« All topics"] == [
        each["text"] for each in buttons(harness.last)
    ]
    harness.press_button("« All topics")
    assert [topics] == [each["text"] for each in harness.telegram.screen]


def test_reading_around_edits_the_answer(harness: Harness) -> None:
    """Forth, over the heading of the next section, and back."""
    harness.receive(message("when is the lamp lit"))
    read = []
    for label in ("◀", "▶", "▶", "▶", "▶", "◀"):
        harness.press_button(label)
        read += quoted(harness.last)
    assert ["The Harb", "The lamp", "In winte", "My grand", "There ar", "My grand"] == [
        quote[:8] for quote in read
    ]
    assert 1 == len(harness.telegram.screen)


def test_words_after_a_button_continue_what_it_showed(harness: Harness) -> None:
    """Not the answer from before it, and without a reply gesture."""
    harness.receive(message("when is the lamp lit"))
    harness.press_button("▶")
    harness.press_button("▶")
    (shown,) = quoted(harness.last)
    harness.receive(message("tell me more"))
    (following,) = quoted(harness.last)
    assert ["My grand", "There ar"] == [shown[:8], following[:8]]


def test_the_language_stays_that_of_the_message(harness: Harness) -> None:
    """Whoever was answered in Persian reads on in Persian, with an English app."""
    harness.receive(message("چراغ کی روشن می‌شود", language="en"))
    harness.press_button("▶")
    assert "آدا لوند" in harness.last["text"]


def test_where_only_a_quotation_is_seen_the_app_decides(harness: Harness) -> None:
    """There is no other sign of a language."""
    harness.receive(press("ts", by_the_bot("…", VISITOR), language="ru"))
    assert harness.bot.wording("ru").line("topics") == harness.last["text"]


@pytest.mark.parametrize("data", ["from-another-age", "", None, "p:x", "t:", "i:"])
def test_a_button_of_an_older_version_says_so(data: str | None, harness: Harness) -> None:
    """In a short notice, and nothing else happens."""
    harness.receive(press(data, by_the_bot("…", VISITOR), language="fa"))
    assert ["answerCallbackQuery"] == harness.telegram.methods()
    assert harness.bot.wording("fa").line("gone") == harness.telegram.of("answerCallbackQuery")[0]["text"]


def test_the_notice_is_short_enough_in_every_language(harness: Harness) -> None:
    """At most 200 characters (https://core.telegram.org/bots/api#answercallbackquery)."""
    lines = [harness.bot.wording(code).line("gone") for code in harness.bot.languages()]
    assert all(0 < len(line) <= 200 for line in lines)


@pytest.mark.parametrize("data", ["i:gone", "p:999", "t:gone:0"])
def test_what_is_no_longer_there_shows_the_topics(data: str, harness: Harness) -> None:
    """The button could be read, but what it opened is gone."""
    harness.receive(message("/topics"))
    harness.receive(press(data, harness.last))
    assert harness.bot.wording("en").line("gone") == harness.last["text"]
    assert ["All topics"] == [each["text"] for each in buttons(harness.last)]


def test_a_message_that_is_as_it_should_be_is_no_failure(harness: Harness) -> None:
    """A button that was pressed twice shows the same again."""
    harness.receive(message("/start p-2"))
    harness.telegram.refuse(
        "editMessageText", 400, "Bad Request: message is not modified: specified new message ..."
    )
    harness.press_button("◀")
    assert ["sendMessage", "answerCallbackQuery", "editMessageText"] == harness.telegram.methods()


def test_a_message_that_cannot_be_edited_is_sent_anew(harness: Harness) -> None:
    """It was deleted, or is too old."""
    harness.receive(message("/start p-1"))
    harness.telegram.refuse("editMessageText", 400, "Bad Request: message to edit not found")
    harness.press_button("▶")
    assert [f"{LAMP},"] == quoted(harness.last)
    assert 2 == len(harness.telegram.screen)


def test_a_query_that_is_too_old_is_served_all_the_same(harness: Harness) -> None:
    """Only its waiting sign cannot be stopped."""
    harness.receive(message("/start p-1"))
    harness.telegram.refuse(
        "answerCallbackQuery", 400, "Bad Request: query is too old and response timeout expired"
    )
    harness.press_button("▶")
    assert [f"{LAMP},"] == quoted(harness.last)
    assert 1 == len(harness.telegram.screen)


@pytest.mark.parametrize("data", ["i:lamp", "p:2"])
def test_under_a_message_out_of_reach_the_reply_is_sent_below(data: str, harness: Harness) -> None:
    """Of a very old message Telegram sends only the number; steps try to edit it."""
    old = {"message_id": 1, "date": 0, "chat": chat()}
    harness.telegram.refuse("editMessageText", 400, "Bad Request: message can't be edited")
    harness.receive(press(data, old))
    assert VISITOR == harness.telegram.of("sendMessage")[0]["chat_id"]
    assert [LAMP] == [quote.rstrip(",") for quote in quoted(harness.last)]


@pytest.mark.parametrize("data", ["i:lamp", "p:2", "x"])
def test_a_button_without_a_chat_is_acknowledged(data: str, harness: Harness) -> None:
    """Under a message that was sent by way of inline mode, which this bot does not do."""
    harness.receive(press(data, None))
    assert ["answerCallbackQuery"] == harness.telegram.methods()


def test_a_long_reply_is_sent_in_order_with_buttons_at_its_end(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a step that needs more than one message is sent below."""
    long = Reply("page", "en", tuple(Remark(f"{n} " + "word " * 700) for n in range(3)), OFFER.choices)
    monkeypatch.setattr(Bot, "respond", staticmethod(lambda _request, _language=None: long))
    harness.receive(press("p:2", by_the_bot("…", VISITOR)))
    assert ["0", "1", "2"] == [each["text"][0] for each in harness.telegram.screen]
    assert [0, 0, 3] == [len(buttons(each)) for each in harness.telegram.screen]
    assert [] == harness.telegram.of("editMessageText")
