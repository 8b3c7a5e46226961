"""Updates as Telegram sends them (https://core.telegram.org/bots/api#update), as small as they can be."""

import itertools
import re
from collections.abc import Mapping
from typing import Any

from telegram import Bot, Update

from tests.telegram_app.recorder import BOT

Json = dict[str, Any]

VISITOR = 77
GROUP = -100500
_ids = itertools.count(1)


def person(language: str | None = "en", number: int = VISITOR) -> Json:
    """Somebody who writes, with the language their app is set to."""
    author = {"id": number, "is_bot": False, "first_name": "Visitor"}
    return author | ({"language_code": language} if language else {})


def chat(number: int = VISITOR) -> Json:
    """A private chat, or a group for a negative number."""
    return {
        "id": number,
        "type": "private" if number > 0 else "supergroup",
        "title": "Chat",
        "first_name": "V",
    }


def message(text: str | None, *, language: str | None = "en", chat_id: int = VISITOR, **more: Any) -> Json:
    """A new message; `more` adds fields or replaces them (`from` is written `from_`)."""
    content: Json = {
        "message_id": next(_ids),
        "date": 1,
        "chat": chat(chat_id),
        "from": person(language, abs(chat_id)),
        **({} if text is None else {"text": text, "entities": entities(text)}),
    }
    content |= {key.rstrip("_"): value for key, value in more.items()}
    return update("message", content)


def update(kind: str, content: Json) -> Json:
    """An update of any kind."""
    return {"update_id": next(_ids), kind: content}


def press(data: str | None, under: Mapping[str, Any] | None, language: str | None = "en") -> Json:
    """Somebody presses the button with `data` under a message of the screen."""
    query: Json = {"id": str(next(_ids)), "from": person(language), "chat_instance": "1"}
    query |= {} if data is None else {"data": data}
    query |= {"inline_message_id": "inline"} if under is None else {"message": dict(under)}
    return update("callback_query", query)


def entities(text: str) -> list[Json]:
    """The commands and mentions that Telegram finds in a text."""
    found = re.finditer(r"(?<!\S)/\w+(?:@\w+)?|(?<!\S)@\w+", text, re.ASCII)
    return [
        {
            "type": "bot_command" if match.group().startswith("/") else "mention",
            "offset": len(text[: match.start()].encode("utf-16-le")) // 2,
            "length": len(match.group()),
        }
        for match in found
    ]


def by_the_bot(text: str = "an answer", chat_id: int = GROUP) -> Json:
    """A message of the bot itself, to reply to."""
    return {"message_id": 1, "date": 1, "chat": chat(chat_id), "from": BOT, "text": text}


def edited(before: Mapping[str, Any], text: str | None, at: int = 2) -> Json:
    """The message of an update with other words, reported again."""
    words: Json = {} if text is None else {"text": text, "entities": entities(text)}
    return update("edited_message", before["message"] | words | {"edit_date": at})


UNREADABLE: Json = {"update_id": 8, "message": {"message_id": 1}}
"""An update that the library cannot read: its message has no date and no chat."""


def update_of(bot: Bot, fields: Json) -> Update:
    return Update.de_json(fields, bot)
