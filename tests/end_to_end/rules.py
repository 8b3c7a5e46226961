"""What Telegram refuses, with its own words and codes: the strict part of the fake Bot API.

Read in the server's source (tdlib/telegram-bot-api 10.0, tdlib/td); a fake that accepts everything proves
nothing. Text is measured in code points, entities in UTF-16 units, buttons in bytes.
"""

import json
from collections.abc import Mapping
from typing import Any

MOST_CHARACTERS, MOST_BYTES, MOST_BUTTON_BYTES, MOST_COPIED, MOST_QUOTED = 4096, 32_768, 64, 256, 1024
MOST_ENTITIES, MOST_BUTTONS = 100, 100
PARSE_MODES = {"HTML", "Markdown", "MarkdownV2"}

Parameters = Mapping[str, str]


class Refusal(Exception):
    """An answer with "ok": false."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.description = description


def bad_request(description: str) -> Refusal:
    return Refusal(400, f"Bad Request: {description}")


def checked_text(parameters: Parameters) -> str:
    """The text of a message, or the refusal of one that is empty or too long."""
    text = parameters.get("text", "")
    if len(text.encode()) > MOST_BYTES:
        raise bad_request("text is too long")
    if not text.strip():
        raise bad_request("message text is empty")
    if len(text.strip()) > MOST_CHARACTERS:
        raise bad_request("message is too long")
    if parameters.get("parse_mode", "") not in {"", *PARSE_MODES}:
        raise bad_request("unsupported parse_mode")
    return text


def checked_entities(parameters: Parameters, text: str) -> list[dict[str, Any]]:
    """The entities, each inside the text and not between the halves of a character."""
    entities = decoded(parameters, "entities", list)
    units = text.encode("utf-16-le")
    if len(entities) > MOST_ENTITIES:
        raise bad_request("too many entities")
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if not 0 <= start < end <= len(units) // 2:
            raise bad_request("entity beyond the end of the message text")
        try:
            units[2 * start : 2 * end].decode("utf-16-le")
        except UnicodeDecodeError:
            raise bad_request("entity begins or ends in the middle of a character") from None
    return list(entities)


def checked_keyboard(parameters: Parameters) -> list[list[dict[str, Any]]]:
    """The rows of an inline keyboard."""
    markup = decoded(parameters, "reply_markup", dict)
    rows = markup.get("inline_keyboard", [])
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise bad_request("text buttons are unallowed in the inline keyboard")
        if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= MOST_BUTTON_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        if len(button.get("copy_text", {}).get("text", "")) > MOST_COPIED:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return list(rows)


def check_reply(parameters: Parameters, texts: Mapping[int, str]) -> None:
    """Refuses a reply to a message that is not there, or a quote that is not in it."""
    reply = decoded(parameters, "reply_parameters", dict)
    if not reply:
        return
    answered = texts.get(reply.get("message_id", 0))
    lenient = (
        reply.get("allow_sending_without_reply") or parameters.get("allow_sending_without_reply") == "true"
    )
    if answered is None:
        if not lenient:
            raise bad_request("message to be replied not found")
    elif "quote" in reply and (reply["quote"] not in answered or len(reply["quote"]) > MOST_QUOTED):
        raise bad_request("QUOTE_TEXT_INVALID")


def decoded(parameters: Parameters, name: str, kind: type) -> Any:
    """A parameter that is sent as JSON; an absent one is empty."""
    if name not in parameters:
        return kind()
    try:
        value = json.loads(parameters[name])
    except ValueError:
        value = None
    if not isinstance(value, kind):
        raise bad_request(f"can't parse {name} JSON object")
    return value
