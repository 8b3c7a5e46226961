"""Buttons: looking around in one message, choosing below it, and never a spinner left turning."""

import pytest

from bot.conversation.bot import Bot
from bot.conversation.replies import Choice, Remark, Reply
from bot.conversation.requests import NoneOfThese, ShowIntent
from tests.telegram_app.recorder import buttons, quoted
from tests.telegram_app.stage import Stage
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
def unsure(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A bot that answers every question with an offer, and was asked."""
    monkeypatch.setattr(Bot, "answer", staticmethod(lambda _text, _language=None, _context=None: OFFER))
    stage.hears(message("lamp or boat"))
    return stage


def test_an_offer_has_its_questions_as_buttons(unsure: Stage) -> None:
    """And a way to refuse them all."""
    assert ["The lamp?", "The boat?", "None"] == [each["text"] for each in buttons(unsure.last)]


def test_a_chosen_question_is_answered_below(unsure: Stage) -> None:
    """The offer stays, so that the other question can be chosen too."""
    unsure.hears_button("The lamp?")
    assert ["sendMessage", "answerCallbackQuery", "sendMessage"] == unsure.telegram.methods()
    assert [LAMP] == quoted(unsure.last)
    assert "The boat?" == buttons(unsure.telegram.screen[0])[1]["text"]


def test_none_of_these_takes_the_place_of_the_offer(unsure: Stage) -> None:
    """With what one can ask about instead."""
    unsure.hears_button("None")
    assert 1 == len(unsure.telegram.screen)
    assert ["The lamp and the boat", "The stairs"] == [each["text"] for each in buttons(unsure.last)]


def test_topics_and_their_pages_stay_in_one_message(stage: Stage) -> None:
    """Nine questions are two pages; back leads to the topics again."""
    stage.hears(message("/topics"))
    topics = stage.last["text"]
    stage.hears_button("The stairs")
    assert [8, 2] == [sum(b["callback_data"].startswith(k) for b in buttons(stage.last)) for k in ("i:", "t")]
    stage.hears_button("▶")
    assert ["What is on the ninth landing?", "◀", "« Topics"] == [
        each["text"] for each in buttons(stage.last)
    ]
    stage.hears_button("« Topics")
    assert [topics] == [each["text"] for each in stage.telegram.screen]


def test_reading_around_edits_the_answer(stage: Stage) -> None:
    """Forth, over the heading of the next section, and back."""
    stage.hears(message("when is the lamp lit"))
    read = []
    for label in ("2 / 7", "▶", "▶", "▶", "◀"):
        stage.hears_button(label)
        read += quoted(stage.last)
    assert ["The lamp", "In winte", "My grand", "There ar", "My grand"] == [quote[:8] for quote in read]
    assert 1 == len(stage.telegram.screen)


def test_the_language_stays_that_of_the_message(stage: Stage) -> None:
    """Whoever was answered in Persian reads on in Persian, with an English app."""
    stage.hears(message("چراغ کی روشن می‌شود", language="en"))
    stage.hears_button("▶")
    assert "آدا لوند" in stage.last["text"]


def test_where_only_a_quotation_is_seen_the_app_decides(stage: Stage) -> None:
    """There is no other sign of a language."""
    stage.hears(press("ts", by_the_bot("…", VISITOR), language="ru"))
    assert stage.bot.wording("ru").line("topics") == stage.last["text"]


@pytest.mark.parametrize("data", ["from-another-age", "", None, "p:x", "t:", "i:"])
def test_a_button_of_an_older_version_says_so(data: str | None, stage: Stage) -> None:
    """In a short notice, and nothing else happens."""
    stage.hears(press(data, by_the_bot("…", VISITOR), language="fa"))
    assert ["answerCallbackQuery"] == stage.telegram.methods()
    assert stage.bot.wording("fa").line("gone") == stage.telegram.of("answerCallbackQuery")[0]["text"]


def test_the_notice_is_short_enough_in_every_language(stage: Stage) -> None:
    """At most 200 characters (https://core.telegram.org/bots/api#answercallbackquery)."""
    lines = [stage.bot.wording(code).line("gone") for code in stage.bot.languages()]
    assert all(0 < len(line) <= 200 for line in lines)


@pytest.mark.parametrize("data", ["i:gone", "p:999", "t:gone:0"])
def test_what_is_no_longer_there_shows_the_topics(data: str, stage: Stage) -> None:
    """The button could be read, but what it opened is gone."""
    stage.hears(message("/topics"))
    stage.hears(press(data, stage.last))
    assert stage.bot.wording("en").line("gone") == stage.last["text"]
    assert ["The lamp and the boat", "The stairs"] == [each["text"] for each in buttons(stage.last)]


def test_a_message_that_is_as_it_should_be_is_no_failure(stage: Stage) -> None:
    """At the beginning of the text the step back leads to the same passage."""
    stage.hears(message("/start p-1"))
    stage.telegram.refuse(
        "editMessageText", 400, "Bad Request: message is not modified: specified new message ..."
    )
    stage.hears_button("◀")
    assert ["sendMessage", "answerCallbackQuery", "editMessageText"] == stage.telegram.methods()


def test_a_message_that_cannot_be_edited_is_sent_anew(stage: Stage) -> None:
    """It was deleted, or is too old."""
    stage.hears(message("/start p-1"))
    stage.telegram.refuse("editMessageText", 400, "Bad Request: message to edit not found")
    stage.hears_button("▶")
    assert [f"{LAMP},"] == quoted(stage.last)
    assert 2 == len(stage.telegram.screen)


def test_a_query_that_is_too_old_is_served_all_the_same(stage: Stage) -> None:
    """Only its waiting sign cannot be stopped."""
    stage.hears(message("/start p-1"))
    stage.telegram.refuse(
        "answerCallbackQuery", 400, "Bad Request: query is too old and response timeout expired"
    )
    stage.hears_button("▶")
    assert [f"{LAMP},"] == quoted(stage.last)
    assert 1 == len(stage.telegram.screen)


@pytest.mark.parametrize("data", ["i:lamp", "p:2"])
def test_under_a_message_out_of_reach_the_reply_is_sent_below(data: str, stage: Stage) -> None:
    """Telegram tells no more of a very old message than its number; steps try to edit it."""
    old = {"message_id": 1, "date": 0, "chat": chat()}
    stage.telegram.refuse("editMessageText", 400, "Bad Request: message can't be edited")
    stage.hears(press(data, old))
    assert VISITOR == stage.telegram.of("sendMessage")[0]["chat_id"]
    assert [LAMP] == [quote.rstrip(",") for quote in quoted(stage.last)]


@pytest.mark.parametrize("data", ["i:lamp", "p:2", "x"])
def test_a_button_without_a_chat_is_acknowledged(data: str, stage: Stage) -> None:
    """Under a message that was sent by way of inline mode, which this bot does not do."""
    stage.hears(press(data, None))
    assert ["answerCallbackQuery"] == stage.telegram.methods()


def test_a_long_reply_is_sent_in_order_with_buttons_at_its_end(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a step that needs more than one message is sent below."""
    long = Reply("page", "en", tuple(Remark(f"{n} " + "word " * 700) for n in range(3)), OFFER.choices)
    monkeypatch.setattr(Bot, "respond", staticmethod(lambda _request, _language=None: long))
    stage.hears(press("p:2", by_the_bot("…", VISITOR)))
    assert ["0", "1", "2"] == [each["text"][0] for each in stage.telegram.screen]
    assert [0, 0, 3] == [len(buttons(each)) for each in stage.telegram.screen]
    assert [] == stage.telegram.of("editMessageText")
