"""What Telegram refuses, with its own words and codes: the strict part of the fake Bot API.

Text is measured in code points, entities in UTF-16 units, buttons in bytes (read in tdlib/telegram-bot-api 10.0 and
tdlib/td). Every parse mode is refused: the bot sends entities.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

MOST_CHARACTERS, MOST_BYTES, MOST_BUTTON_BYTES, MOST_COPIED, MOST_QUOTED = 4096, 32_768, 64, 256, 1024
MOST_ENTITIES, MOST_BUTTONS, MOST_RESULTS, MOST_QUERY = 100, 100, 50, 256
MOST_NOTICE = 200
"""Characters of what answerCallbackQuery shows."""

Parameters = Mapping[str, str]


class Refusal(Exception):
    """An answer with "ok": false. `parameters` tell how to go on (retry_after, migrate_to_chat_id)."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})


def bad_request(description: str) -> Refusal:
    """The usual refusal."""
    return Refusal(400, f"Bad Request: {description}")


def too_many_requests(seconds: int) -> Refusal:
    """The refusal of a bot that is too fast."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def checked_text(parameters: Parameters, name: str = "text") -> str:
    """The text of a message, or the refusal of one that is empty or too long."""
    text = parameters.get(name, "")
    if len(text.encode()) > MOST_BYTES:
        raise bad_request("text is too long")
    if not text.strip():
        raise bad_request("message text is empty")
    if len(text.strip()) > MOST_CHARACTERS:
        raise bad_request("message is too long")
    if parameters.get("parse_mode"):
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
        _check_button(button)
    return list(rows)


def _check_button(button: dict[str, Any]) -> None:
    if not button.get("text"):
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if len(button) < 2:
        raise bad_request(
            "can't parse inline keyboard button: text buttons are unallowed in inline keyboards"
        )
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= MOST_BUTTON_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if len(button.get("copy_text", {}).get("text", "")) > MOST_COPIED:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def check_reply(parameters: Parameters, text_of: Callable[[int], str | None]) -> int | None:
    """The message that is replied to, None without one; `text_of` gives the texts of the chat's messages.

    Refuses a message that is not there, or a quote that is not in it.
    """
    reply = decoded(parameters, "reply_parameters", dict)
    if not reply:
        return None
    number = reply.get("message_id", 0)
    answered = text_of(number)
    lenient = (
        reply.get("allow_sending_without_reply") or parameters.get("allow_sending_without_reply") == "true"
    )
    if answered is None:
        if not lenient:
            raise bad_request("message to be replied not found")
        return None
    if "quote" in reply and (reply["quote"] not in answered or len(reply["quote"]) > MOST_QUOTED):
        raise bad_request("QUOTE_TEXT_INVALID")
    return int(number)


def checked_results(parameters: Parameters) -> list[dict[str, Any]]:
    """The results of an inline query: at most 50, with ids of their own, each with a text to send."""
    results = decoded(parameters, "results", list)
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    names = [result.get("id", "") for result in results]
    if any(not 1 <= len(name.encode()) <= MOST_BUTTON_BYTES for name in names):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(names)) < len(names):
        raise bad_request("RESULT_ID_DUPLICATE")
    for result in results:
        _check_article(result)
    return list(results)


def _check_article(result: dict[str, Any]) -> None:
    if result.get("type") != "article" or not result.get("title"):
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content", {})
    text = checked_text(
        {"text": content.get("message_text", ""), "parse_mode": content.get("parse_mode", "")}
    )
    checked_entities({"entities": json.dumps(content.get("entities", []))}, text)
    checked_keyboard({"reply_markup": json.dumps(result.get("reply_markup", {}))})


def check_start_parameter(text: str) -> None:
    """1 to 64 of A-Z, a-z, 0-9, _ and -."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", text, re.ASCII):
        raise bad_request("START_PARAM_INVALID")


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


def number_of(parameters: Parameters, name: str) -> int | None:
    """A whole number; None when there is none."""
    try:
        return int(parameters[name])
    except (KeyError, ValueError):
        return None
