"""The fake refuses what Telegram refuses, in Telegram's words; else the tests beside this one prove little."""

import json
import threading
import time

import pytest

from tests.end_to_end.bot_api import BotApi
from tests.end_to_end.rules import Refusal

BUTTON = {"inline_keyboard": [[{"text": "x", "callback_data": "d" * 65}]]}


@pytest.fixture
def api() -> BotApi:
    """With one person, who has written "hello" (message 1)."""
    api = BotApi()
    api.says("hello")
    return api


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "ж" * 16_385}, "text is too long"),
        ({"text": " \n"}, "message text is empty"),
        ({"text": "x", "chat_id": "8"}, "chat not found"),
        ({"text": "x", "parse_mode": "html5"}, "unsupported parse_mode"),
        ({"text": "x", "reply_markup": json.dumps(BUTTON)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
        ({"text": "x", "entities": '[{"type": "bold", "offset": 0, "length": 2}]'}, "entity beyond the end"),
        (
            {"text": "👍", "entities": '[{"type": "bold", "offset": 0, "length": 1}]'},
            "in the middle of a character",
        ),
        ({"text": "x", "reply_parameters": '{"message_id": 99}'}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": '{"message_id": 1, "quote": "bye"}'}, "QUOTE_TEXT_INVALID"),
    ],
)
def test_a_message_that_telegram_refuses_is_refused(
    parameters: dict[str, str], description: str, api: BotApi
) -> None:
    """With error 400 and Telegram's description."""
    with pytest.raises(Refusal, match=description) as refusal:
        api.call("sendMessage", {"chat_id": "7", **parameters})
    assert 400 == refusal.value.code


def test_a_good_message_is_accepted(api: BotApi) -> None:
    """The measure for the refusals above."""
    button = {"inline_keyboard": [[{"text": "x", "callback_data": "d" * 64}]]}
    entity = [{"type": "bold", "offset": 0, "length": 2}]
    parameters = {
        "chat_id": "7",
        "text": "👍 x",
        "entities": json.dumps(entity),
        "reply_markup": json.dumps(button),
    }
    api.call("sendMessage", {**parameters, "reply_parameters": '{"message_id": 1, "quote": "hell"}'})
    assert ["👍"] == next(iter(api.sent.values())).stretch("bold")


def test_an_edit_that_changes_nothing_is_refused(api: BotApi) -> None:
    """As is one of a message that is not there."""
    number = api.call("sendMessage", {"chat_id": "7", "text": "x"})["message_id"]
    with pytest.raises(Refusal, match="message is not modified"):
        api.call("editMessageText", {"chat_id": "7", "message_id": str(number), "text": "x"})
    with pytest.raises(Refusal, match="message to edit not found"):
        api.call("editMessageText", {"chat_id": "7", "message_id": "999", "text": "x"})


def test_a_callback_query_is_answered_once(api: BotApi) -> None:
    """The second answer, and one to an unknown query, come too late."""
    api.queries.add("q")
    api.call("answerCallbackQuery", {"callback_query_id": "q"})
    with pytest.raises(Refusal, match="query is too old"):
        api.call("answerCallbackQuery", {"callback_query_id": "q"})


def test_updates_are_kept_until_a_higher_offset_confirms_them(api: BotApi) -> None:
    """And the same offset at once again gives one update at a time."""
    api.says("again")
    first, second = api.call("getUpdates", {"offset": "0"})
    assert [first] == api.call("getUpdates", {"offset": "0"})
    assert [second] == api.call("getUpdates", {"offset": str(second["update_id"])})
    assert [] == api.call("getUpdates", {"offset": str(second["update_id"] + 1)})


def test_a_second_poller_is_a_conflict() -> None:
    """Error 409 while the first one waits."""
    api = BotApi()
    first = threading.Thread(target=api.call, args=("getUpdates", {"timeout": "1"}))
    first.start()
    while not api.calls:
        time.sleep(0.001)
    with pytest.raises(Refusal, match="Conflict") as refusal:
        api.call("getUpdates", {})
    assert 409 == refusal.value.code
    api.says("stop waiting")
    first.join()


def test_an_unknown_method_is_not_found(api: BotApi) -> None:
    """A bot that calls something new must teach the fake first."""
    with pytest.raises(Refusal, match="method not found"):
        api.call("sendSmoke", {})
