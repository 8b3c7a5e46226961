"""The methods that send, edit, delete and answer.

Each checks as Telegram does before anything changes (https://core.telegram.org/bots/api#available-methods).
"""

from collections.abc import Callable
from typing import Any

from tests.end_to_end.rules import (
    MOST_NOTICE,
    Parameters,
    bad_request,
    check_reply,
    check_start_parameter,
    checked_entities,
    checked_keyboard,
    checked_results,
    checked_text,
    decoded,
    number_of,
)
from tests.end_to_end.state import Message, State

ACTIONS = frozenset(
    f"{command}{kind}"
    for command, kinds in {
        "": ("typing", "choose_sticker", "find_location"),
        "upload_": ("photo", "video", "voice", "document", "video_note"),
        "record_": ("video", "voice", "video_note"),
    }.items()
    for kind in kinds
)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def send_message(state: State, parameters: Parameters) -> Any:
    """A new message of the bot."""
    text = checked_text(parameters)
    chat = state.writable(parameters)
    thread = number_of(parameters, "message_thread_id")
    if thread is not None and (chat, thread) not in state.threads:
        raise bad_request("message thread not found")
    answers = check_reply(parameters, lambda number: state.text_of(chat, number))
    entities, buttons = checked_entities(parameters, text), checked_keyboard(parameters)
    number = next(state.numbers)
    message = Message(chat, number, text, True, entities, buttons, thread, answers)
    state.put(message)
    return state.shown(message)


def edit_message_text(state: State, parameters: Parameters) -> Any:
    """Changes the text and the buttons of a message."""
    if parameters.get("inline_message_id"):
        checked_text(parameters)
        return True
    message = state.own_message(parameters, "edit")
    text = checked_text(parameters)
    return _edited(state, message, text, checked_entities(parameters, text), checked_keyboard(parameters))


def edit_message_reply_markup(state: State, parameters: Parameters) -> Any:
    """Changes the buttons of a message alone."""
    message = state.own_message(parameters, "edit")
    return _edited(state, message, message.text, message.entities, checked_keyboard(parameters))


def delete_message(state: State, parameters: Parameters) -> Any:
    """Removes a message."""
    message = state.own_message(parameters, "delete")
    del state.messages[message.chat, message.id], state.sent[message.id]
    return True


def answer_callback_query(state: State, parameters: Parameters) -> Any:
    """Stops a button's progress bar, once."""
    if len(parameters.get("text", "")) > MOST_NOTICE:
        raise bad_request("MESSAGE_TOO_LONG")
    state.answered(parameters.get("callback_query_id", ""), dict(parameters))
    return True


def answer_inline_query(state: State, parameters: Parameters) -> Any:
    """The results of an inline query, once."""
    results = checked_results(parameters)
    button = decoded(parameters, "button", dict)
    if "start_parameter" in button:
        check_start_parameter(button["start_parameter"])
    state.answered(
        parameters.get("inline_query_id", ""), {**parameters, "results": results, "button": button}
    )
    return True


def send_chat_action(state: State, parameters: Parameters) -> Any:
    """ "... is typing"."""
    state.writable(parameters)
    if parameters.get("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def _edited(state: State, message: Message, text: str, entities: Any, buttons: Any) -> Any:
    if (text, entities, buttons) == (message.text, message.entities, message.buttons):
        raise bad_request(NOT_MODIFIED)
    message.text, message.entities, message.buttons = text, entities, buttons
    message.edits += 1
    return state.shown(message)


METHODS: dict[str, Callable[[State, Parameters], Any]] = {
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
    "sendChatAction": send_chat_action,
}
