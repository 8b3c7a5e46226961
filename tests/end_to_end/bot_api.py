"""A small, strict Bot API on loopback, for one bot and the people who write to it.

It keeps Telegram's own rules for polling (same offset within half a second: one update; a second poller: 409)
and refuses what Telegram refuses (`rules`). Methods that it does not know are 404, another token is 401.
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from tests.end_to_end.rules import (
    Parameters,
    Refusal,
    bad_request,
    check_reply,
    checked_entities,
    checked_keyboard,
    checked_text,
    decoded,
)

TOKEN = "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
BOT = {"id": 123456, "is_bot": True, "first_name": "Interview", "username": "interview_test_bot"}
MOST_UPDATES = 100
PATIENCE = 20.0
"""Seconds that a test waits for a reply before it fails; the bot needs milliseconds."""


@dataclass
class Message:
    """What a chat shows: text, entities and buttons, with all edits applied."""

    id: int
    text: str
    entities: list[dict[str, Any]] = field(default_factory=list)
    buttons: list[list[dict[str, Any]]] = field(default_factory=list)

    def stretch(self, kind: str) -> list[str]:
        """The parts of the text that entities of that kind cover."""
        units = self.text.encode("utf-16-le")
        found = (e for e in self.entities if e["type"] == kind)
        return [units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le") for e in found]


class BotApi:
    """The state of the fake, and what people do in it. Every access holds the one condition."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.updates: list[dict[str, Any]] = []
        self.sent: dict[int, Message] = {}
        self.texts: dict[int, str] = {}
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.chats: set[int] = set()
        self.queries: set[str] = set()
        self.profile: dict[str, Any] = {}
        self._numbers = iter(range(1, 1_000_000))
        self._polling = 0
        self._last_offset, self._last_poll = -1, 0.0

    def says(self, text: str, person: int = 7, language: str = "en") -> int:
        """A person writes to the bot in private; gives the message's number."""
        with self.changed:
            self.chats.add(person)
            number = next(self._numbers)
            self.texts[number] = text
            message: dict[str, Any] = {**self._place(person, number), "text": text}
            message["from"] = {"id": person, "is_bot": False, "first_name": "P", "language_code": language}
            if text.startswith("/"):
                message["entities"] = [
                    {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
                ]
            self._deliver({"message": message})
            return number

    def presses(self, message: Message, label: str, person: int = 7) -> None:
        """A person presses the button whose label begins with `label`."""
        buttons = [button for row in message.buttons for button in row]
        data = next(b["callback_data"] for b in buttons if b["text"].lstrip("\u200e\u200f").startswith(label))
        with self.changed:
            query = str(next(self._numbers))
            self.queries.add(query)
            shown = {**self._place(person, message.id), "text": message.text, "from": BOT}
            shown["entities"] = message.entities
            author = {"id": person, "is_bot": False, "first_name": "P", "language_code": "en"}
            pressed = {"id": query, "from": author, "message": shown, "chat_instance": "1", "data": data}
            self._deliver({"callback_query": pressed})

    def wait_for(self, condition: Callable[[], Any]) -> Any:
        """What `condition` gives once it is true; fails with the log of calls when it never is."""
        with self.changed:
            if not self.changed.wait_for(condition, PATIENCE):
                log = "\n".join(f"{method} {parameters}" for method, parameters in self.calls)
                raise AssertionError(f"nothing came in {PATIENCE:.0f} s; the bot called:\n{log}")
            return condition()

    def next_message(self, after: int) -> Message:
        """The first message of the bot that is newer than the number `after`."""
        return self.wait_for(lambda: next((m for n, m in self.sent.items() if n > after), None))  # type: ignore[no-any-return]

    def call(self, method: str, parameters: dict[str, str]) -> Any:
        """The result of a method. Raises Refusal where Telegram would refuse."""
        known = getattr(self, f"_do_{method}", None)
        if known is None:
            raise Refusal(404, "Not Found: method not found")
        with self.changed:
            self.calls.append((method, parameters))
            result = known(parameters)
            self.changed.notify_all()
            return result

    def _do_getMe(self, _: Parameters) -> Any:
        return {
            **BOT,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def _do_getUpdates(self, parameters: Parameters) -> Any:
        offset, timeout = int(parameters.get("offset", 0)), float(parameters.get("timeout", 0))
        if self._polling:
            raise Refusal(
                409, "Conflict: terminated by other getUpdates request; make sure only one instance runs"
            )
        limit = int(parameters.get("limit", MOST_UPDATES))
        same, now = offset == self._last_offset, time.monotonic()
        if same and now - self._last_poll < 0.5:
            limit = 1
        self._last_offset, self._last_poll = offset, now
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        self._polling += 1
        try:
            self.changed.wait_for(lambda: self.updates, min(timeout, 1.0))  # short, so that tests end soon
        finally:
            self._polling -= 1
        return self.updates[: min(limit, MOST_UPDATES)]

    def _do_sendMessage(self, parameters: Parameters) -> Any:
        text = checked_text(parameters)
        person = int(parameters.get("chat_id", 0))
        if person not in self.chats:
            raise bad_request("chat not found")
        check_reply(parameters, self.texts)
        entities, buttons = checked_entities(parameters, text), checked_keyboard(parameters)
        number = next(self._numbers)
        self.sent[number] = Message(number, text, entities, buttons)
        self.texts[number] = text
        return {**self._place(person, number), "text": text, "from": BOT}

    def _do_editMessageText(self, parameters: Parameters) -> Any:
        message = self.sent.get(int(parameters.get("message_id", 0)))
        if message is None:
            raise bad_request("message to edit not found")
        text = checked_text(parameters)
        entities, buttons = checked_entities(parameters, text), checked_keyboard(parameters)
        if (text, entities, buttons) == (message.text, message.entities, message.buttons):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly the same"
            )
        message.text, message.entities, message.buttons = text, entities, buttons
        return {**self._place(int(parameters["chat_id"]), message.id), "text": text, "from": BOT}

    def _do_answerCallbackQuery(self, parameters: Parameters) -> Any:
        if parameters.get("callback_query_id") not in self.queries:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        self.queries.remove(parameters["callback_query_id"])
        return True

    def _do_deleteWebhook(self, _: Parameters) -> Any:
        return True

    def _do_getMyCommands(self, parameters: Parameters) -> Any:
        return self.profile.get(
            f"commands {parameters.get('language_code', '')} {parameters.get('scope', '')}", []
        )

    def _do_setMyCommands(self, parameters: Parameters) -> Any:
        commands = decoded(parameters, "commands", list)
        if any(not 1 <= len(each["description"]) <= 256 for each in commands):
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self.profile[f"commands {parameters.get('language_code', '')} {parameters.get('scope', '')}"] = (
            commands
        )
        return True

    def _do_getMyDescription(self, parameters: Parameters) -> Any:
        return {"description": self.profile.get(f"description {parameters.get('language_code', '')}", "")}

    def _do_setMyDescription(self, parameters: Parameters) -> Any:
        return self._set("description", 512, parameters)

    def _do_getMyShortDescription(self, parameters: Parameters) -> Any:
        return {
            "short_description": self.profile.get(
                f"short_description {parameters.get('language_code', '')}", ""
            )
        }

    def _do_setMyShortDescription(self, parameters: Parameters) -> Any:
        return self._set("short_description", 120, parameters)

    def _set(self, name: str, longest: int, parameters: Parameters) -> bool:
        if len(parameters.get(name, "")) > longest:
            raise bad_request(f"{name} is too long")
        self.profile[f"{name} {parameters.get('language_code', '')}"] = parameters.get(name, "")
        return True

    def _place(self, person: int, number: int) -> dict[str, Any]:
        return {"message_id": number, "date": 1, "chat": {"id": person, "type": "private", "first_name": "P"}}

    def _deliver(self, update: dict[str, Any]) -> None:
        self.updates.append({"update_id": next(self._numbers), **update})
        self.changed.notify_all()


def serve(api: BotApi) -> ThreadingHTTPServer:
    """A server for `api` on a free port of loopback, already running in a thread of its own."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length).decode()
            parameters = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
            _, token, method = self.path.split("/", 2)
            try:
                if token != f"bot{TOKEN}":
                    raise Refusal(401, "Unauthorized")
                code, answer = 200, {"ok": True, "result": api.call(method, parameters)}
            except Refusal as refusal:
                code = refusal.code
                answer = {"ok": False, "error_code": code, "description": refusal.description}
            content = json.dumps(answer).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing: the calls are in `BotApi.calls`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
