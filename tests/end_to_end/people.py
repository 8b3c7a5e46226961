"""What people do: write, press, edit, ask inline; in private, in groups, in a group's topics.

Rule: the bot is told what Telegram would tell it, no more. In a group with privacy mode on (`State.reads_all`
is False) it hears commands and replies to itself, and not even a mention
(https://core.telegram.org/bots/features#privacy-mode). What this file does not know: how updates travel.
"""

import re
import time
from dataclasses import dataclass

from tests.end_to_end.rules import MOST_QUERY, Refusal
from tests.end_to_end.state import BOT, Message, State
from tests.end_to_end.updates import LIFETIMES, Json

MENTION = f"@{BOT['username']}"
"""How the bot is spoken to in a group."""

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
        """Writes a message, perhaps as a reply to another one; gives its number."""
        with self.state.changed:
            come(self.state, self.chat)
            number = next(self.state.numbers)
            message = Message(self.chat, number, text, False, entities_of(text), thread=self.thread)
            self.state.put(message)
            if self._is_heard(message, answers):
                self._tell("message", self._written(message, answers), self.chat)
            return number

    def edits(self, number: int, text: str) -> None:
        """Changes the text of an own message."""
        with self.state.changed:
            message = self.state.messages[self.chat, number]
            message.text, message.entities = text, entities_of(text)
            if self._is_heard(message, None):
                self._tell(
                    "edited_message",
                    self._written(message, None) | {"edit_date": int(time.time())},
                    self.chat,
                )

    def presses(self, message: Message, label: str) -> str:
        """Presses the button whose label begins so; gives the query's id."""
        with self.state.changed:
            query = self.state.opened(LIFETIMES["callback_query"])
            content: Json = {"id": query, "from": self._author(), "chat_instance": "1"}
            content["message"] = self.state.shown(message)
            content["data"] = message.button(label)["callback_data"]
            self._tell("callback_query", content, message.chat)
            return query

    def asks_inline(self, words: str, offset: str = "") -> str:
        """Types "@bot words" in any chat; gives the query's id."""
        with self.state.changed:
            query = self.state.opened(LIFETIMES["inline_query"])
            content: Json = {"id": query, "from": self._author(), "query": words[:MOST_QUERY]}
            self._tell("inline_query", content | {"offset": offset}, self.number)
            return query

    def blocks(self) -> None:
        """Blocks the bot: it can write to them no more."""
        with self.state.changed:
            self.state.closed[self.number] = Refusal(403, "Forbidden: bot was blocked by the user")

    def _author(self) -> Json:
        found: Json = {"id": self.number, "is_bot": False, "first_name": "P"}
        return found | ({"language_code": self.language} if self.language else {})

    def _tell(self, kind: str, content: Json, line: int) -> None:
        self.state.updates.add(kind, content, line)
        self.state.tell()

    def _written(self, message: Message, answers: Message | None) -> Json:
        shown = self.state.shown(message) | {"from": self._author()}
        return shown | ({"reply_to_message": self.state.shown(answers)} if answers else {})

    def _is_heard(self, message: Message, answers: Message | None) -> bool:
        """Whether the bot is told of it."""
        if not self.group or self.state.reads_all or (answers and answers.by_bot):
            return True
        return any(each["type"] == "bot_command" for each in message.entities)


def come(state: State, chat: int) -> None:
    """A chat that the bot has to do with for the first time."""
    if chat > 0:
        state.chats.setdefault(chat, {"id": chat, "type": "private", "first_name": "P"})
    else:
        state.chats.setdefault(chat, {"id": chat, "type": "supergroup", "title": "Group"})


def open_topic(state: State, group: int, thread: int) -> None:
    """A group gets a topic, and is a forum from now on."""
    with state.changed:
        come(state, group)
        state.chats[group]["is_forum"] = True
        state.threads.add((group, thread))


def migrate(state: State, group: int, new: int) -> None:
    """A group becomes a supergroup with another number; the old one is refused from now on."""
    with state.changed:
        come(state, new)
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        state.closed[group] = Refusal(400, text, {"migrate_to_chat_id": new})


def inject(state: State, content: Json, line: int = 7) -> None:
    """An update of any content, also one that no client understands."""
    with state.changed:
        state.updates.add_raw(content, line)
        state.tell()


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
