"""Chats, messages and open queries of one bot, behind one lock.

The server's thread and a test's thread hold `changed` while they read or change the state.
"""

import itertools
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.end_to_end.rules import Parameters, Refusal, bad_request, number_of
from tests.end_to_end.updates import Json, Updates

TOKEN = "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
BOT = {"id": 123456, "is_bot": True, "first_name": "Interview", "username": "interview_test_bot"}

CALLS_KEPT = MESSAGES_KEPT = 20_000
"""So many of the newest calls and messages are kept; a long run makes many more."""


@dataclass
class Message:
    """What a chat shows: text, entities and buttons, with all edits applied."""

    chat: int
    id: int
    text: str
    by_bot: bool = True
    entities: list[Json] = field(default_factory=list)
    buttons: list[list[Json]] = field(default_factory=list)
    thread: int | None = None
    answers: int | None = None
    edits: int = 0
    date: int = field(default_factory=lambda: int(time.time()))

    def segment(self, kind: str) -> list[str]:
        """The parts of the text that entities of that kind cover."""
        units = self.text.encode("utf-16-le")
        found = (e for e in self.entities if e["type"] == kind)
        return [units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le") for e in found]

    def button(self, label: str) -> Json:
        """The button whose label begins so; marks of direction before it do not count."""
        buttons = [button for row in self.buttons for button in row]
        found = [each for each in buttons if each["text"].lstrip("\u200e\u200f\u2068").startswith(label)]
        if not found:
            raise AssertionError(f"no button {label!r} among {[each['text'] for each in buttons]}")
        return found[0]


class State:
    """What Telegram knows about one bot. `clock` returns seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.changed = threading.Condition()
        self.listeners: list[Callable[[], None]] = []
        self.watchers: list[Callable[[Message], None]] = []
        self.clock = clock
        self.updates = Updates(clock)
        self.chats: dict[int, Json] = {}
        self.threads: set[tuple[int, int]] = set()
        self.messages: OrderedDict[tuple[int, int], Message] = OrderedDict()
        self.sent: dict[int, Message] = {}
        self.closed: dict[int, Refusal] = {}
        self.queries: dict[str, float] = {}
        self.answers: dict[str, Json] = {}
        self.profile: dict[tuple[str, ...], Json | str | list[Json]] = {}
        self.calls: deque[tuple[str, Parameters]] = deque(maxlen=CALLS_KEPT)
        self.webhook_url = ""
        self.reads_all = False
        self.numbers = itertools.count(1)

    def notify(self) -> None:
        """Wakes all threads that wait for a change."""
        self.changed.notify_all()
        for listener in self.listeners:
            listener()

    def call(self, method: str, parameters: Parameters) -> None:
        """Records a call."""
        self.calls.append((method, parameters))

    def writable(self, parameters: Parameters) -> int:
        """The chat that is written to, or Telegram's refusal of it."""
        chat = number_of(parameters, "chat_id")
        if chat is None:
            raise bad_request("chat_id is empty")
        if chat in self.closed:
            raise self.closed[chat]
        if chat not in self.chats:
            raise bad_request("chat not found")
        return chat

    def own_message(self, parameters: Parameters, purpose: str) -> Message:
        """The bot's own message in that chat; `purpose` is a word of the refusal."""
        found = self.messages.get((self.writable(parameters), number_of(parameters, "message_id") or 0))
        if found is None:
            raise bad_request(f"message to {purpose} not found")
        if not found.by_bot:
            raise bad_request(f"message can't be {'edited' if purpose == 'edit' else 'deleted'}")
        return found

    def text_of(self, chat: int, number: int) -> str | None:
        """The text of a message; None where there is none."""
        found = self.messages.get((chat, number))
        return found.text if found else None

    def put(self, message: Message) -> None:
        """Adds a new message; `watchers` are called for those of the bot."""
        self.messages[message.chat, message.id] = message
        if len(self.messages) > MESSAGES_KEPT:
            _, oldest = self.messages.popitem(last=False)
            self.sent.pop(oldest.id, None)
        if message.by_bot:
            self.sent[message.id] = message
            for watcher in self.watchers:
                watcher(message)

    def shown(self, message: Message) -> Json:
        """A message as updates and results carry it."""
        content: Json = {
            "message_id": message.id,
            "date": message.date,
            "chat": self.chats[message.chat],
            "text": message.text,
        }
        if message.by_bot:
            content["from"] = BOT
        if message.entities:
            content["entities"] = message.entities
        if message.buttons:
            content["reply_markup"] = {"inline_keyboard": message.buttons}
        if message.thread:
            content |= {"message_thread_id": message.thread, "is_topic_message": True}
        return content

    def opened(self, lifetime: float) -> str:
        """The id of a new query, which the bot may answer for so many seconds."""
        query = str(next(self.numbers))
        self.queries[query] = self.clock() + lifetime
        return query

    def answered(self, query: str, answer: Json) -> None:
        """Closes a query: once, and in time."""
        if self.queries.pop(query, -1.0) < self.clock():
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        self.answers[query] = answer
