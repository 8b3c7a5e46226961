"""The line to Telegram, and what to tell the operator about it.

Rule: each change is told once and in one sentence, with the fix; nothing is told about what goes on as
it did.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot.settings import Settings
from bot.telegram_app.validation import readable_payload

TELEGRAM = "https://api.telegram.org"

UNREACHABLE = (
    "Telegram cannot be reached; check the network, and TELEGRAM_API_BASE if it is set. "
    "Trying again until it answers."
)
CONFLICT = (
    "Another program receives this bot's messages with the same token; stop it, or make a new token "
    "with @BotFather. Trying again until it has stopped."
)
BACK = "Telegram answers again."
DEAF = (
    "Nothing was heard of Telegram for {seconds:.0f} seconds, not even that it cannot be reached: the process "
    "ends, so that whoever started it (systemd, Docker) starts it anew. What waits is answered then."
)

DEAF_AFTER = 120.0
"""Seconds, many times the ten that a poll may take. A line that is down does not count: each failed try is heard
of, and ending the process would not mend it."""

_TELLING_METHODS = frozenset({"getMe", "getUpdates"})
"""The calls that say whether the line stands: made at the start and all the time. A single message that
cannot be sent is another matter, see the error handler."""

_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})
"""Telegram answers 401 to an unknown token and 404 to one that is malformed."""


def api_address(settings: Settings, files: bool = False) -> str:
    """Where the methods of the Bot API are; the library fills in the token. The test environment has a path
    of its own (https://core.telegram.org/bots/features#testing-your-bot)."""
    bot = "bot{token}/test" if settings.test_environment else "bot{token}"
    return f"{settings.api_base or TELEGRAM}/{'file/' if files else ''}{bot}"


def tell(sentence: str) -> None:
    """Says something to the operator."""
    print(sentence, file=sys.stderr, flush=True)


class Connection:
    """What is known about the line. `refused` is set once Telegram does not take the token (any more).

    `heard_at` is when anything was last heard of it, good or bad, in seconds of `now`.
    """

    def __init__(self, tell: Callable[[str], None], now: Callable[[], float] = time.monotonic) -> None:
        self.refused = asyncio.Event()
        self.heard_at = now()
        self._now = now
        self._tell = tell
        self._reachable = True
        self._conflict_told = False

    def answered(self, status: int) -> None:
        """Telegram answered with an HTTP status."""
        self.heard_at = self._now()
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.failed()
            return
        if not self._reachable:
            self._reachable = True
            self._tell(BACK)
        if status in _REFUSED:
            self.refused.set()
        if status == HTTPStatus.CONFLICT and not self._conflict_told:
            self._conflict_told = True  # for good: two programs push each other out by turns
            self._tell(CONFLICT)

    def silence(self) -> float:
        """The seconds since anything was heard."""
        return self._now() - self.heard_at

    def failed(self) -> None:
        """There was no answer, or only that the server is in trouble itself."""
        self.heard_at = self._now()
        if self._reachable:
            self._reachable = False
            self._tell(UNREACHABLE)


async def watchdog(connection: Connection, patience: float = DEAF_AFTER) -> str:
    """Returns, with what to tell the operator, when nothing was heard for `patience` seconds.

    The task that polls can die or hang while the process looks healthy (telegram.ext.Updater).
    """
    while True:
        silent = connection.silence()
        if silent >= patience:
            return DEAF.format(seconds=silent)
        await asyncio.sleep(patience - silent)


class ObservedRequest(BaseRequest):
    """A request class that passes everything on to another one and tells a `Connection` how it went.

    The library retries by itself but reports neither a start without network nor a token that is taken
    back while it polls (`telegram.ext._utils.networkloop`): the process would stay, and be deaf.
    """

    def __init__(self, inner: BaseRequest, connection: Connection) -> None:
        self.connection = connection
        self._inner = inner

    @property
    def read_timeout(self) -> float | None:
        return self._inner.read_timeout

    async def initialize(self) -> None:
        await self._inner.initialize()

    async def shutdown(self) -> None:
        await self._inner.shutdown()

    async def do_request(self, url: str, method: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """The inner class's answer, or its TelegramError."""
        called = url.rpartition("/")[2]
        telling = called in _TELLING_METHODS
        try:
            status, payload = await self._inner.do_request(url, method, *args, **kwargs)
        except TelegramError:
            if telling:
                self.connection.failed()
            raise
        if telling:
            self.connection.answered(status)
        return status, readable_payload(
            payload
        ) if called == "getUpdates" and status == HTTPStatus.OK else payload
