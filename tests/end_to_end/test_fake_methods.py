"""The fake refuses what Telegram refuses, in Telegram's words; otherwise the tests against it would prove little."""

from typing import Any

import pytest
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken

from tests.end_to_end.conftest import Ask
from tests.end_to_end.people import migrate, open_topic
from tests.end_to_end.processes import Fake

GROUP = -1_000_000_000_500


def keyboard(data: str) -> InlineKeyboardMarkup:
    """One button."""
    return InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data=data)]])


def bold(start: int, length: int) -> list[MessageEntity]:
    """One entity."""
    return [MessageEntity("bold", start, length)]


def article(name: str, text: str = "x") -> InlineQueryResultArticle:
    """One result of an inline query."""
    return InlineQueryResultArticle(name, "title", InputTextMessageContent(text))


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"text": "x" * 4097}, "Message is too long"),
        ({"text": "ж" * 16_385}, "Text is too long"),
        ({"text": " \n"}, "Message text is empty"),
        ({"chat_id": 8}, "Chat not found"),
        ({"parse_mode": "HTML"}, "Unsupported parse_mode"),
        ({"reply_markup": keyboard("d" * 65)}, "Button_data_invalid"),
        ({"reply_markup": keyboard("ж" * 33)}, "Button_data_invalid"),
        ({"entities": bold(0, 2)}, "Entity beyond the end of the message text"),
        ({"text": "👍", "entities": bold(0, 1)}, "Entity begins or ends in the middle of a character"),
        ({"entities": bold(0, 1) * 101}, "Too many entities"),
        ({"reply_parameters": ReplyParameters(99)}, "Message to be replied not found"),
        ({"reply_parameters": ReplyParameters(1, quote="bye")}, "Quote_text_invalid"),
        ({"message_thread_id": 9}, "Message thread not found"),
    ],
)
def test_a_message_that_telegram_refuses_is_refused(
    empty: Fake, ask: Ask, parameters: dict[str, Any], description: str
) -> None:
    """With error 400 and Telegram's description."""
    empty.visitor().says("hello")
    wanted = {"chat_id": 7, "text": "x", **parameters}
    with pytest.raises(BadRequest) as refusal:
        ask(lambda bot: bot.send_message(**wanted))
    assert description.lower() == refusal.value.message.lower()


def test_a_good_message_is_accepted(empty: Fake, ask: Ask) -> None:
    """The counterpart of the refusals above: each limit is reached, none is exceeded."""
    empty.visitor().says("hello")
    sent = ask(
        lambda bot: bot.send_message(
            7,
            "👍" + "x" * 4095,
            entities=bold(0, 2),
            reply_markup=keyboard("d" * 64),
            reply_parameters=ReplyParameters(1, quote="hell"),
        )
    )
    assert ["👍"] == empty.state.sent[sent.message_id].segment("bold")
    assert 1 == empty.state.sent[sent.message_id].answers


def test_a_reply_to_a_deleted_message_may_be_allowed(empty: Fake, ask: Ask) -> None:
    """Then it is sent without the reply."""
    empty.visitor().says("hello")
    lenient = ReplyParameters(99, allow_sending_without_reply=True)
    sent = ask(lambda bot: bot.send_message(7, "x", reply_parameters=lenient))
    assert empty.state.sent[sent.message_id].answers is None


def test_a_message_goes_into_a_topic_that_is_there(empty: Fake, ask: Ask) -> None:
    """And the result says so."""
    open_topic(empty.state, GROUP, 5)
    sent = ask(lambda bot: bot.send_message(GROUP, "x", message_thread_id=5))
    assert (5, True) == (sent.message_thread_id, sent.is_topic_message)


def test_who_blocked_the_bot_cannot_be_written_to(empty: Fake, ask: Ask) -> None:
    """403, also for the typing sign."""
    empty.visitor().says("hello")
    empty.visitor().blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        ask(lambda bot: bot.send_message(7, "x"))
    with pytest.raises(Forbidden):
        ask(lambda bot: bot.send_chat_action(7, "typing"))


def test_a_migrated_group_tells_its_new_number(empty: Fake, ask: Ask) -> None:
    """And can be written to there."""
    migrate(empty.state, -500, GROUP)
    with pytest.raises(ChatMigrated) as refusal:
        ask(lambda bot: bot.send_message(-500, "x"))
    assert GROUP == refusal.value.new_chat_id
    assert ask(lambda bot: bot.send_message(GROUP, "x"))


def test_an_edit_that_changes_nothing_is_refused(empty: Fake, ask: Ask) -> None:
    """Also one of a message that is not there, or of somebody else."""
    theirs = empty.visitor().says("hello")
    number = ask(lambda bot: bot.send_message(7, "x")).message_id
    for wrong, description in ((number, "not modified"), (999, "to edit not found"), (theirs, "be edited")):
        with pytest.raises(BadRequest, match=description):
            ask(lambda bot, wrong=wrong: bot.edit_message_text("x", 7, wrong))  # type: ignore[misc]
    ask(lambda bot: bot.edit_message_reply_markup(7, number, reply_markup=keyboard("d")))
    assert 1 == empty.state.sent[number].edits


def test_a_deleted_message_is_gone(empty: Fake, ask: Ask) -> None:
    """It cannot be deleted twice."""
    empty.visitor().says("hello")
    number = ask(lambda bot: bot.send_message(7, "x")).message_id
    ask(lambda bot: bot.delete_message(7, number))
    assert {} == empty.state.sent
    with pytest.raises(BadRequest, match="to delete not found"):
        ask(lambda bot: bot.delete_message(7, number))


def test_a_callback_query_is_answered_once(empty: Fake, ask: Ask) -> None:
    """The second answer, and one to an unknown query, come too late."""
    visitor = empty.visitor()
    visitor.says("hello")
    ask(lambda bot: bot.send_message(7, "x", reply_markup=keyboard("d")))
    query = visitor.presses(next(iter(empty.state.sent.values())), "x")
    ask(lambda bot: bot.answer_callback_query(query, "done"))
    assert "done" == empty.state.answers[query]["text"]
    for late in (query, "unknown"):
        with pytest.raises(BadRequest, match="too old"):
            ask(lambda bot, late=late: bot.answer_callback_query(late))  # type: ignore[misc]


@pytest.mark.parametrize(
    ("results", "description"),
    [
        ([article(str(number)) for number in range(51)], "RESULTS_TOO_MUCH"),
        ([article("a"), article("a")], "RESULT_ID_DUPLICATE"),
        ([article("a" * 65)], "RESULT_ID_INVALID"),
        ([article("a", " ")], "message text is empty"),
    ],
)
def test_results_that_telegram_refuses_are_refused(
    empty: Fake, ask: Ask, results: list[InlineQueryResultArticle], description: str
) -> None:
    """An inline query takes at most 50 results, each with an id of its own and a text."""
    query = empty.visitor().asks_inline("yandex")
    with pytest.raises(BadRequest, match=f"(?i){description}"):
        ask(lambda bot: bot.answer_inline_query(query, results))
    ask(lambda bot: bot.answer_inline_query(query, [article("a")]))
    assert ["a"] == [result["id"] for result in empty.state.answers[query]["results"]]


def test_the_profile_is_kept_by_language_and_scope(ask: Ask) -> None:
    """What was set for one is not read for another; too long a line is refused."""
    commands = [BotCommand("help", "Help")]
    groups = BotCommandScopeAllGroupChats()
    ask(lambda bot: bot.set_my_commands(commands, groups, "ru"))
    assert tuple(commands) == ask(lambda bot: bot.get_my_commands(groups, "ru"))
    assert () == ask(lambda bot: bot.get_my_commands(groups))
    assert () == ask(lambda bot: bot.get_my_commands(language_code="ru"))
    ask(lambda bot: bot.set_my_description("x" * 512))
    with pytest.raises(BadRequest):
        ask(lambda bot: bot.set_my_short_description("x" * 121))


def test_a_group_can_be_left(empty: Fake, ask: Ask) -> None:
    """And not be written to any more."""
    open_topic(empty.state, GROUP, 5)
    assert "supergroup" == ask(lambda bot: bot.get_chat(GROUP)).type
    ask(lambda bot: bot.leave_chat(GROUP))
    with pytest.raises(Forbidden):
        ask(lambda bot: bot.send_message(GROUP, "x"))


def test_an_unknown_method_is_not_found(ask: Ask) -> None:
    """A new method of the bot must be added to the fake first."""
    with pytest.raises(InvalidToken, match="Not Found"):
        ask(lambda bot: bot.send_dice(7))
