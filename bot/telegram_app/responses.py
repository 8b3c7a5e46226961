"""What counts as an answer of Telegram, and what an error means for the request.

A proxy, a captive portal or a broken server between this machine and Telegram answers in its place: with a web page,
with half of an answer, or with one that has no result. The library takes such a 403 or 404 for a refusal, and asks
for updates again four hundred times a second after such a 200 (measured with 22.8).
"""

import json
from http import HTTPStatus
from typing import Any

import httpx
from telegram import Message, User
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError

from bot.telegram_app.updates import readable_updates

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
"""Nothing was sent to Telegram from this machine."""

_NO_REFUSAL = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.CONFLICT,
    HTTPStatus.TOO_MANY_REQUESTS,
}
"""Answers from 400 to 499 that the library reports by errors of their own, or that pass."""


class UnreadableAnswerError(NetworkError):
    """The answer is not one of the Bot API. `status` is that of HTTP."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status} without an answer of the Bot API")
        self.status = status


def checked(method: str, status: int, payload: bytes, chat: object = None) -> tuple[int, bytes]:
    """The answer to a call of `method`, as the library understands it. Raises UnreadableAnswerError.

    A message to `chat` that was accepted is sent, whatever else the answer says about it. A refusal that came with
    HTTP 200 gets its own status. One that the library would take for a broken network (413) becomes a 400. Updates that
    cannot be read are left out (see `readable`).
    """
    answer = _decoded(payload)
    is_success = HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
    if is_success and answer.get("ok") is True and _has_result(method, answer.get("result")):
        match method:
            case "getUpdates":
                return status, _with_readable_updates(answer, status, payload)
            case "sendMessage":
                return status, _with_readable_message(answer, payload, chat)
        return status, payload
    code = answer.get("error_code", None if is_success else status)
    if answer.get("ok") is not False or not isinstance(code, int) or not 400 <= code <= 599:
        raise UnreadableAnswerError(status)
    is_refusal = code < HTTPStatus.INTERNAL_SERVER_ERROR and code not in _NO_REFUSAL
    return HTTPStatus.BAD_REQUEST if is_refusal else code, payload


def has_news(payload: bytes, offset: int) -> bool:
    """Whether the answer to a poll from `offset` on brings updates that were not confirmed yet."""
    updates = _decoded(payload).get("result")
    return isinstance(updates, list) and any(each.get("update_id", offset) >= offset for each in updates)


def description_of(status: int, payload: bytes) -> str:
    """Telegram's words for a refusal, "" for a success."""
    if status < HTTPStatus.BAD_REQUEST:
        return ""
    return " ".join(str(_decoded(payload).get("description", f"HTTP {status}")).split())[:200]


def pause_of(payload: bytes) -> float:
    """The seconds that a refusal asks to wait, mostly none."""
    more = _decoded(payload).get("parameters") if b"retry_after" in payload else None
    seconds = more.get("retry_after") if isinstance(more, dict) else None
    return float(seconds) if isinstance(seconds, (int, float)) else 0.0


def is_refused(error: BaseException) -> bool:
    """Whether Telegram itself has refused the request, and would do so again."""
    return isinstance(error, (BadRequest, Forbidden, ChatMigrated))


def is_uncertain(error: TelegramError) -> bool:
    """Whether the message may have arrived though no answer came: the connection broke after it was sent, or the
    answer was a success that cannot be read.

    The library keeps the error of its HTTP client as the cause. Without one Telegram itself has answered
    (5xx), and did not accept the message.
    """
    if isinstance(error, UnreadableAnswerError):
        return error.status < HTTPStatus.MULTIPLE_CHOICES
    cause = error.__cause__
    return isinstance(cause, httpx.HTTPError) and not isinstance(cause, _NOT_SENT)


def words_of(error: TelegramError, said: str = "") -> str:
    """What Telegram answered, in its own words, or what happened instead. It may repeat what was sent, so no word of
    `said` with more than three letters is in it.

    >>> words_of(BadRequest("Bad Request: message thread not found"))
    'Bad Request: message thread not found'
    >>> words_of(BadRequest("Bad Request: unsupported start tag Rosebud"), "What is rosebud?")
    'Bad Request: unsupported start tag …'
    """
    if not is_refused(error):
        is_ours = isinstance(error, UnreadableAnswerError)
        return error.message if is_ours else type(error.__cause__ or error).__name__
    secret = {letters for letters in map(_letters, said.split()) if len(letters) > 3}
    words = ["…" if _letters(word) in secret else word for word in error.message.split()[:30]]
    text = " ".join(words)
    if not isinstance(error, BadRequest):
        return text
    # The library takes the prefix away, and changes the case of all letters.
    is_code = "_" in text and " " not in text
    return f"Bad Request: {text.upper() if is_code else text[:1].lower() + text[1:]}"


def _letters(word: str) -> str:
    return "".join(filter(str.isalnum, word.casefold()))


def _decoded(payload: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _has_result(method: str, result: object) -> bool:
    """Whether there is one. Who the bot is must also be readable: without it the library ends the process."""
    if method != "getMe":
        return result is not None
    try:
        return isinstance(result, dict) and User.de_json(result, None).is_bot
    except TypeError:  # a field that every account has is missing
        return False


def _with_readable_updates(answer: dict[str, Any], status: int, payload: bytes) -> bytes:
    """The same bytes when nothing is wrong with them, which is nearly always."""
    updates = readable_updates(answer["result"])
    if updates is None:
        raise UnreadableAnswerError(status)
    return payload if updates == answer["result"] else json.dumps({**answer, "result": updates}).encode()


def _with_readable_message(answer: dict[str, Any], payload: bytes, chat: object) -> bytes:
    """Where the library cannot read the message that was sent, one with its number, if it has one, and no more."""
    sent = answer["result"]
    try:
        Message.de_json(sent, None)
    except Exception:  # the library raises any kind of exception for what it does not expect
        number = sent.get("message_id") if isinstance(sent, dict) else None
        place = {"id": chat, "type": "private"}
        least = {"message_id": number if isinstance(number, int) else 0, "date": 0, "chat": place}
        return json.dumps({"ok": True, "result": least}).encode()
    return payload
