"""What people do: write, press, edit, ask inline; in private, in groups, in a group's topics.

The bot gets the updates that Telegram would send, no more. In a group with privacy mode on (`State.reads_all`
is False) these are commands and replies to the bot, and not even mentions
(https://core.telegram.org/bots/features#privacy-mode).
"""

import re
import time
from dataclasses import dataclass

from tests.end_to_end.rules import MOST_QUERY, Refusal
from tests.end_to_end.state import BOT, Message, State
from tests.end_to_end.updates import LIFETIMES, Json

MENTION = f"@{BOT['username']}"
"""How a person addresses the bot in a group."""

_MARKED = re.compile(r"(?<!\S)(?:/\w+(?:@\w+)?|@\w+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody, and where they write: to the bot in private, or in a group (a negative number) and its topic.

    language   what their app is set to; Telegram does not always tell it (None)
    """

    state: State
    number: int = 7
    language: str | None = "en"
    group: int | None = None
    thread: int | None = None

    @property
    def chat(self) -> int:
        """Where they write."""
        return self.group or self.number

    def says(self, text: str, answers: Message | None = None) -> int:
        """Writes a message, perhaps as a reply to another one; returns its number."""
        with self.state.changed:
            open_chat(self.state, self.chat)
            number = next(self.state.numbers)
            message = Message(self.chat, number, text, False, entities_of(text), thread=self.thread)
            self.state.put(message)
            if self._reaches_bot(message, answers):
                self._send_update("message", self._written(message, answers), self.chat)
            return number

    def edits(self, number: int, text: str) -> None:
        """Changes the text of an own message."""
        with self.state.changed:
            message = self.state.messages[self.chat, number]
            message.text, message.entities = text, entities_of(text)
            if self._reaches_bot(message, None):
                self._send_update(
                    "edited_message",
                    self._written(message, None) | {"edit_date": int(time.time())},
                    self.chat,
                )

    def presses(self, message: Message, label: str) -> str:
        """Presses the button whose label begins so; returns the query's id."""
        with self.state.changed:
            query = self.state.opened(LIFETIMES["callback_query"])
            content: Json = {"id": query, "from": self._author(), "chat_instance": "1"}
            content["message"] = self.state.shown(message)
            content["data"] = message.button(label)["callback_data"]
            self._send_update("callback_query", content, message.chat)
            return query

    def asks_inline(self, words: str, offset: str = "") -> str:
        """Types "@bot words" in any chat; returns the query's id."""
        with self.state.changed:
            query = self.state.opened(LIFETIMES["inline_query"])
            content: Json = {"id": query, "from": self._author(), "query": words[:MOST_QUERY]}
            self._send_update("inline_query", content | {"offset": offset}, self.number)
            return query

    def blocks(self) -> None:
        """Blocks the bot, which cannot write to this person any more."""
        with self.state.changed:
            self.state.closed[self.number] = Refusal(403, "Forbidden: bot was blocked by the user")

    def _author(self) -> Json:
        found: Json = {"id": self.number, "is_bot": False, "first_name": "P"}
        return found | ({"language_code": self.language} if self.language else {})

    def _send_update(self, kind: str, content: Json, line: int) -> None:
        self.state.updates.add(kind, content, line)
        self.state.notify()

    def _written(self, message: Message, answers: Message | None) -> Json:
        shown = self.state.shown(message) | {"from": self._author()}
        return shown | ({"reply_to_message": self.state.shown(answers)} if answers else {})

    def _reaches_bot(self, message: Message, answers: Message | None) -> bool:
        """Whether the bot gets an update."""
        if not self.group or self.state.reads_all or (answers and answers.by_bot):
            return True
        return any(each["type"] == "bot_command" for each in message.entities)


def open_chat(state: State, chat: int) -> None:
    """Adds a chat where it is not known yet."""
    if chat > 0:
        state.chats.setdefault(chat, {"id": chat, "type": "private", "first_name": "P"})
    else:
        state.chats.setdefault(chat, {"id": chat, "type": "supergroup", "title": "Group"})


def open_topic(state: State, group: int, thread: int) -> None:
    """A group gets a topic, and is a forum from now on."""
    with state.changed:
        open_chat(state, group)
        state.chats[group]["is_forum"] = True
        state.threads.add((group, thread))


def migrate(state: State, group: int, new: int) -> None:
    """A group becomes a supergroup with another number; the old one is refused from now on."""
    with state.changed:
        open_chat(state, new)
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        state.closed[group] = Refusal(400, text, {"migrate_to_chat_id": new})


def inject(state: State, content: Json, line: int = 7) -> None:
    """An update of any content, also one that no client can read."""
    with state.changed:
        state.updates.add_raw(content, line)
        state.notify()


def entities_of(text: str) -> list[Json]:
    """The commands and mentions that Telegram finds in a text; offsets count UTF-16 units."""
    return [
        {
            "type": "bot_command" if found.group().startswith("/") else "mention",
            "offset": len(text[: found.start()].encode("utf-16-le")) // 2,
            "length": len(found.group()),
        }
        for found in _MARKED.finditer(text)
    ]
