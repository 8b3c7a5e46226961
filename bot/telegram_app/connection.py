"""The connection to Telegram: how requests are made, and what the operator is told about their success.

Each change is reported once and in one sentence, with the fix.
"""

import asyncio
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import httpx
from telegram.error import TelegramError
from telegram.request import BaseRequest, HTTPXRequest

from bot.settings import Settings
from bot.telegram_app.updates import readable_payload

TELEGRAM = "https://api.telegram.org"

CONNECTIONS = 64
"""For all calls but polls. More cost time: the pool of httpcore looks through all of them at each request (measured:
128 are slower)."""

POLLING_CONNECTIONS = 4
"""With one, a connection that died unnoticed would hold up all further polls."""

_KEEP_OPEN = 60.0
"""Seconds that a connection is kept for the next reply; with the usual 5 nearly each reply needs a new one."""

_CONNECT_TIMEOUT, _READ_TIMEOUT, _WRITE_TIMEOUT, _POOL_TIMEOUT = 10.0, 20.0, 20.0, 30.0
"""Seconds. The library's 5, 5, 5 and 1 lose replies on a slow line."""

UNREACHABLE = (
    "Telegram cannot be reached; check the network, and TELEGRAM_API_BASE if it is set. "
    "Trying again until it answers."
)
CONFLICT = (
    "Another program receives this bot's messages with the same token; stop it, or make a new token "
    "with @BotFather. Trying again until it has stopped."
)
BACK = "Telegram answers again."
SILENT = (
    "Nothing was heard from Telegram for {seconds:.0f} seconds, not even that it cannot be reached: the process "
    "ends, so that its supervisor (systemd, Docker) starts it again. What waits is answered then."
)

MOST_SILENCE = 120.0
"""Seconds, many times the ten that a poll may take. A lost network does not count: each failed request is noticed,
and ending the process would not repair it."""

_OBSERVED = frozenset({"getMe", "getUpdates"})
"""The methods that show whether Telegram can be reached: called at the start and all the time. A single message
that cannot be sent goes to the error handler instead."""

_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})
"""Telegram answers 401 to an unknown token and 404 to one that is malformed."""


def api_address(settings: Settings, files: bool = False) -> str:
    """Where the methods of the Bot API are; the library fills in the token. The test environment has a path
    of its own (https://core.telegram.org/bots/features#testing-your-bot)."""
    bot = "bot{token}/test" if settings.test_environment else "bot{token}"
    return f"{settings.api_base or TELEGRAM}/{'file/' if files else ''}{bot}"


def http_request(connections: int) -> HTTPXRequest:
    limits = httpx.Limits(max_connections=connections, keepalive_expiry=_KEEP_OPEN)
    return HTTPXRequest(
        connect_timeout=_CONNECT_TIMEOUT,
        read_timeout=_READ_TIMEOUT,
        write_timeout=_WRITE_TIMEOUT,
        pool_timeout=_POOL_TIMEOUT,
        httpx_kwargs={"limits": limits},  # in place of the class's own limits
    )


class Connection:
    """What is known about the connection. `refused` is set once Telegram does not accept the token (any more)."""

    def __init__(self, notify: Callable[[str], None], now: Callable[[], float] = time.monotonic) -> None:
        self.refused = asyncio.Event()
        self._heard_at = now()
        self._now = now
        self._notify = notify
        self._reachable = True
        self._conflict_reported = False

    def answered(self, status: int) -> None:
        """Telegram answered with an HTTP status."""
        self._heard_at = self._now()
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.failed()
            return
        if not self._reachable:
            self._reachable = True
            self._notify(BACK)
        if status in _REFUSED:
            self.refused.set()
        if status == HTTPStatus.CONFLICT and not self._conflict_reported:
            self._conflict_reported = True  # once: two programs interrupt each other in turn
            self._notify(CONFLICT)

    def silence(self) -> float:
        """The seconds since the last answer or failure."""
        return self._now() - self._heard_at

    def failed(self) -> None:
        """There was no answer, or the server reported an error of its own."""
        self._heard_at = self._now()
        if self._reachable:
            self._reachable = False
            self._notify(UNREACHABLE)


async def watchdog(connection: Connection, patience: float = MOST_SILENCE) -> str:
    """Returns, with what to tell the operator, when there was neither answer nor failure for `patience` seconds.

    The task that polls (in telegram.ext.Updater) can die or hang while the process looks healthy.
    """
    while True:
        silent = connection.silence()
        if silent >= patience:
            return SILENT.format(seconds=silent)
        await asyncio.sleep(patience - silent)


class ObservedRequest(BaseRequest):
    """Passes every request on to `inner` and reports to a `Connection` how it went.

    The library retries by itself, but reports neither a start without network nor a token that is revoked
    while it polls (`telegram.ext._utils.networkloop`): the process would stay, and receive nothing.
    """

    def __init__(self, inner: BaseRequest, connection: Connection) -> None:
        self._connection = connection
        self._inner = inner

    @property
    def read_timeout(self) -> float | None:
        return self._inner.read_timeout

    async def initialize(self) -> None:
        await self._inner.initialize()

    async def shutdown(self) -> None:
        await self._inner.shutdown()

    async def do_request(self, url: str, method: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """The answer of `inner`, or its TelegramError. The updates in it can be read."""
        called = url.rpartition("/")[2]
        observed = called in _OBSERVED
        try:
            status, payload = await self._inner.do_request(url, method, *args, **kwargs)
        except TelegramError:
            if observed:
                self._connection.failed()
            raise
        if observed:
            self._connection.answered(status)
        if called == "getUpdates" and status == HTTPStatus.OK:
            payload = readable_payload(payload)
        return status, payload
