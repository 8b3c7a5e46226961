"""A request class without a network: it records every call and answers as Telegram does.

A method that it does not know fails the test (see the fixture `telegram`).
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

Json = dict[str, Any]

BOT = {
    "id": 4242,
    "is_bot": True,
    "first_name": "Interview",
    "username": "Lighthouse_Bot",
    "supports_inline_queries": True,
}

_NOT_FOUND = {
    "editMessageText": "Bad Request: message to edit not found",
    "deleteMessage": "Bad Request: message to delete not found",
}


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the Bot API."""

    method: str
    parameters: Mapping[str, Any]
    url: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is no success, or that is none: `body` in place of Telegram's JSON.

    carried  whether Telegram carries the call out all the same
    """

    status: int
    description: str = ""
    retry_after: int | None = None
    body: bytes | None = None
    carried: bool = False

    def answer(self) -> tuple[int, bytes]:
        if self.body is not None:
            return self.status, self.body
        answer: Json = {"ok": False, "error_code": self.status, "description": self.description}
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return self.status, json.dumps(answer).encode()


PAGE = b"<html>\n<h1>Please log in</h1>\n</html>"
"""What a network in a hotel answers in Telegram's place."""


@dataclass
class Recorder(BaseRequest):
    """`calls` in order, and `screen`: what the chats show, edits applied, oldest first.

    refusals  by method: answers given instead of a success, first to last; None for a success between them
    outages   how many of the next requests reach nothing
    slow      chats to which the next message waits until `go_on` is set
    updates   what getUpdates brings, one batch a call
    idle      called when getUpdates has nothing (more) to bring
    webhook   what getWebhookInfo says beyond the usual
    profile   what was registered, by method without get/set and language code
    """

    calls: list[Call] = field(default_factory=list)
    screen: list[Json] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    refusals: dict[str, list[Refusal | None]] = field(default_factory=dict)
    outages: int = 0
    slow: set[int] = field(default_factory=set)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    updates: list[list[Json]] = field(default_factory=list)
    on_outage: Callable[[], None] = lambda: None
    on_refusal: Callable[[], None] = lambda: None
    idle: Callable[[], None] = lambda: None
    profile: dict[tuple[str, str], Any] = field(default_factory=dict)
    webhook: Json = field(default_factory=dict)

    @property
    def read_timeout(self) -> float | None:
        return 1.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    def refuse(self, method: str, status: int, description: str = "", times: int = 1, **more: Any) -> None:
        """The next `times` calls of `method` are refused."""
        self.refusals.setdefault(method, []).extend([Refusal(status, description, **more)] * times)

    def of(self, method: str) -> list[Mapping[str, Any]]:
        """The parameters of all calls of one method."""
        return [call.parameters for call in self.calls if call.method == method]

    def methods(self) -> list[str]:
        """The names of all calls but the one that starts every bot."""
        return [call.method for call in self.calls if call.method != "getMe"]

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - always POST
        request_data: RequestData | None = None,
        *args: Any,  # noqa: ARG002 - timeouts, which do not matter here
        **kwargs: Any,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Records the call and answers it."""
        call = Call(url.rpartition("/")[2], request_data.parameters if request_data else {}, url)
        self.calls.append(call)
        if self.outages:
            self.outages -= 1
            self.on_outage()
            raise NetworkError(f"httpx.ConnectError: {url}")
        if call.method in _NOT_FOUND and not self._on_screen(call.parameters):
            self.refuse(call.method, 400, _NOT_FOUND[call.method])
        refusal = self.refusals[call.method].pop(0) if self.refusals.get(call.method) else None
        if refusal and refusal.carried:
            await self._result(call)
        if refusal:
            self.on_refusal()
            return refusal.answer()
        return 200, json.dumps({"ok": True, "result": await self._result(call)}).encode()

    def _on_screen(self, parameters: Mapping[str, Any]) -> list[Json]:
        return [each for each in self.screen if each["message_id"] == parameters["message_id"]]

    async def _result(self, call: Call) -> Any:
        parameters = call.parameters
        match call.method:
            case "getMe":
                return BOT
            case "sendMessage":
                return await self._sent(parameters)
            case "editMessageText":
                return self._edited(parameters)
            case "deleteMessage":
                self.screen.remove(*self._on_screen(parameters))
                return True
            case (
                "answerCallbackQuery"
                | "answerInlineQuery"
                | "deleteWebhook"
                | "setWebhook"
                | "sendChatAction"
            ):
                return True
            case "getWebhookInfo":
                return {"url": "", "has_custom_certificate": False, "pending_update_count": 0} | self.webhook
            case "getUpdates":
                return await self._next_updates()
            case "getMyCommands" | "getMyDescription" | "getMyShortDescription":
                return self._registered(call.method.removeprefix("get"), parameters)
            case "setMyCommands" | "setMyDescription" | "setMyShortDescription":
                self.profile[_profile_key(call.method.removeprefix("set"), parameters)] = parameters
                return True
        self.unexpected.append(call.method)
        return None

    async def _sent(self, parameters: Mapping[str, Any]) -> Json:
        chat = parameters["chat_id"]
        if chat in self.slow:
            self.slow.discard(chat)
            await self.go_on.wait()
        message = {
            "message_id": 1000 + sum(call.method == "sendMessage" for call in self.calls),
            "date": 1,
            "chat": {
                "id": chat,
                "type": "private" if chat > 0 else "supergroup",
                "title": "",
                "first_name": "",
            },
            "from": BOT,
            **_content(parameters),
        }
        if "message_thread_id" in parameters:
            message |= {"message_thread_id": parameters["message_thread_id"], "is_topic_message": True}
        self.screen.append(message)
        return message

    def _edited(self, parameters: Mapping[str, Any]) -> Json:
        (message,) = self._on_screen(parameters)
        message.pop("reply_markup", None)  # an edit without a keyboard takes it away
        message.update(_content(parameters))
        return message

    async def _next_updates(self) -> list[Json]:
        if self.updates:
            return self.updates.pop(0)
        self.idle()
        await asyncio.sleep(0.01)  # a very short long poll
        return []

    def _registered(self, what: str, parameters: Mapping[str, Any]) -> Any:
        known = self.profile.get(_profile_key(what, parameters), {})
        if what.startswith("MyCommands"):
            return known.get("commands", [])
        name = "description" if what == "MyDescription" else "short_description"
        return {name: known.get(name, "")}


def _profile_key(what: str, parameters: Mapping[str, Any]) -> tuple[str, str]:
    """Commands for groups are kept apart from those for everybody."""
    scope = parameters.get("scope", {})
    groups = isinstance(scope, Mapping) and scope.get("type") == "all_group_chats"
    return what + (" groups" if groups else ""), parameters.get("language_code", "")


def _content(parameters: Mapping[str, Any]) -> Json:
    return {
        "text": parameters["text"],
        "entities": list(parameters.get("entities", [])),
        **({"reply_markup": parameters["reply_markup"]} if "reply_markup" in parameters else {}),
    }


def buttons(message: Mapping[str, Any]) -> list[Json]:
    """The buttons under a message of the screen, row by row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def segments(message: Mapping[str, Any], *kinds: str) -> list[str]:
    """The texts that entities of those kinds cover, cut out by UTF-16 offsets as Telegram counts them."""
    units = message["text"].encode("utf-16-le")
    return [
        units[2 * each["offset"] : 2 * (each["offset"] + each["length"])].decode("utf-16-le")
        for each in message["entities"]
        if each["type"] in kinds
    ]


TRANSLATION_BEGINS = ("Перевод,", "ترجمه ")
"""What tells a translation from a quotation, in Russian and in Persian."""


def quoted(message: Mapping[str, Any]) -> list[str]:
    """The texts of the blockquotes of a message, folded up or not, but for translations."""
    quotes = segments(message, "blockquote", "expandable_blockquote")
    return [quote for quote in quotes if not quote.startswith(TRANSLATION_BEGINS)]
