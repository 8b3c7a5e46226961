"""The connection to Telegram: how requests are made, and what the operator is told about their success."""

import asyncio
import ssl
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import httpx
from socksio import SOCKSError
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, HTTPXRequest

from bot.settings import Settings, certificates
from bot.telegram_app.responses import UnreadableAnswerError, checked, description_of, has_news, pause_of

TELEGRAM = "https://api.telegram.org"

CONNECTIONS = 64
"""For all calls but polls. httpcore looks through all of them at each request (measured: 128 are slower)."""

POLLING_CONNECTIONS = 4
"""With one, a connection that died unnoticed would hold up all further polls."""

UNREACHABLE = (
    "Telegram cannot be reached; check the network, and TELEGRAM_API_BASE and PROXY_URL if they are set. "
    "Trying again until it answers."
)
NOT_TELEGRAM = (
    "Something else answers in Telegram's place (HTTP {status}); check TELEGRAM_API_BASE, PROXY_URL, and whether this "
    "network wants a login. Trying again until Telegram answers."
)
PROXY_FAILED = (
    "The proxy does not pass on to Telegram ({reason}); check its kind, address, name and password (PROXY_URL, or "
    "HTTPS_PROXY and ALL_PROXY). Trying again until it does."
)
UNPROVED = (
    "The certificate of the server is not trusted; check the clock of this machine, and whether this network looks "
    "into connections: its certificates then belong into the file of SSL_CERT_FILE. Trying again until it is."
)
REFUSES = (
    'Telegram refuses to serve this bot: "{words}". A bot that was moved to a server of one\'s own needs its address '
    "in TELEGRAM_API_BASE. Trying again until it serves."
)
SLOWED_DOWN = "Telegram asks for a pause before it gives new messages ({words}). They are answered after it."
CONFLICT = (
    "Another program receives this bot's messages with the same token; stop it, or make a new token "
    "with @BotFather. Trying again until it has stopped."
)
BACK = "Telegram answers again."
SILENT = (
    "Telegram was not heard, nor asked for messages, for {seconds:.0f} seconds: the process ends, so that its "
    "supervisor (systemd, Docker) starts it again. What waits is answered then."
)

REFUSALS = 3
"""So often in a row is a token refused before it counts: Telegram's servers have answered 401 to tokens that were right
(tdlib/telegram-bot-api#77), and the process is not started again after it."""

MOST_SILENCE = 120.0
"""Seconds, many times the ten that a poll may take. A lost network does not count: each failed request is noticed,
and ending the process would not repair it."""

SHORTEST_POLL = 0.1
"""Seconds. A server that does not wait for news, or brings the same updates again and again, would be asked four
hundred times a second (measured with two servers for tests)."""

_LOOK_EVERY = MOST_SILENCE / 12
"""Seconds between two looks of the watchdog."""


def api_address(settings: Settings) -> str:
    """Where the methods of the Bot API are; the library fills in the token. The test environment has a path
    of its own (https://core.telegram.org/bots/features#testing-your-bot)."""
    bot = "bot{token}/test" if settings.test_environment else "bot{token}"
    return f"{settings.api_base or TELEGRAM}/{bot}"


def http_request(settings: Settings, connections: int) -> HTTPXRequest:
    """All times are in seconds. The library's timeouts of 5, 5, 5 and 1 lose replies on a slow line, and as it keeps
    a connection for 5, nearly each reply needs a new one."""
    limits = httpx.Limits(max_connections=connections, keepalive_expiry=60.0)
    return HTTPXRequest(
        connect_timeout=10.0,
        read_timeout=20.0,
        write_timeout=20.0,
        pool_timeout=30.0,
        httpx_kwargs={"limits": limits, **client_options(settings)},
    )


def client_options(settings: Settings) -> dict[str, Any]:
    """What every client of httpx needs. It would read the variables of proxies and certificates by itself, but not
    from .env, and it raises at what it does not know (socks://, an IPv6 address in NO_PROXY)."""
    proved_with = certificates(settings.certificates)
    options: dict[str, Any] = {"verify": proved_with, "trust_env": False}
    if settings.proxy:
        is_https = settings.proxy.shown.startswith("https:")
        context = proved_with if is_https and isinstance(proved_with, ssl.SSLContext) else None
        options["proxy"] = httpx.Proxy(settings.proxy.url.reveal(), ssl_context=context)
    return options


class Connection:
    """What is known about the connection; each change is reported once.

    `refused` is set once Telegram does not accept the token (any more), so many times in a row. `lifeline` is the
    method that must be called again and again, whatever else is called: without it no messages come.
    """

    def __init__(
        self,
        notify: Callable[[str], None],
        now: Callable[[], float] = time.monotonic,
        refusals: int | None = None,
        lifeline: str = "getUpdates",
    ) -> None:
        self.lifeline = lifeline
        self._refusals_left = self._most_refusals = refusals or REFUSALS
        self.refused = asyncio.Event()
        self._heard_at = now()
        self._now = now
        self._notify = notify
        self._trouble = ""
        self._conflict_reported = False

    def answered(self, status: int, words: str = "") -> None:
        """Telegram answered with an HTTP status (401 or 404 to a wrong token), and `words` where it refused."""
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.failed()
        elif status == HTTPStatus.BAD_REQUEST:
            self.failed(REFUSES, words=words)
        elif status == HTTPStatus.TOO_MANY_REQUESTS:
            self.failed(SLOWED_DOWN, words=words)
        else:
            self._helped(status)

    def silence(self) -> float:
        """The seconds since the last answer or failure of the lifeline."""
        return self._now() - self._heard_at

    def heard(self, pause: float = 0.0) -> None:
        """The silence begins now, or after a `pause` for which Telegram has asked."""
        self._heard_at = self._now() + pause

    def failed(self, trouble: str = UNREACHABLE, **values: object) -> None:
        """There was no answer, or none that helps; `trouble` is a sentence for the operator with places for `values`.
        It is said once, whatever the values are."""
        if trouble != self._trouble:
            self._trouble = trouble
            self._notify(trouble.format(**values))

    def _helped(self, status: int) -> None:
        if self._trouble:
            self._trouble = ""
            self._notify(BACK)
        self._refusals_left = self._refusals_left - 1 if status in REFUSED_TOKEN else self._most_refusals
        if not self._refusals_left:
            self.refused.set()
        if status == HTTPStatus.CONFLICT and not self._conflict_reported:
            self._conflict_reported = True  # once: two programs interrupt each other in turn
            self._notify(CONFLICT)


async def watchdog(connection: Connection) -> str:
    """Returns what to tell the operator when the lifeline had neither answer nor failure for MOST_SILENCE seconds: the
    task that polls (in telegram.ext.Updater) can die or hang while other calls are answered.

    Seconds in which the process itself stood still (Ctrl-Z, a paused machine, a laptop that sleeps) do not count."""
    while (silent := connection.silence()) < MOST_SILENCE:
        await asyncio.sleep(min(_LOOK_EVERY, MOST_SILENCE - silent))
        if connection.silence() > silent + 2 * _LOOK_EVERY:
            connection.heard()
    return SILENT.format(seconds=silent)


REFUSED_TOKEN = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})

_OBSERVED = frozenset({"getMe", "getUpdates"})
"""What is called at the start and all the time; a single message that cannot be sent goes to the error handler."""


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
        """The answer of `inner`, as `checked` has it, or a TelegramError."""
        called, began = url.rpartition("/")[2], time.monotonic()
        data = kwargs.get("request_data")
        asked = data.parameters if data else {}
        try:
            status, payload = await self._inner.do_request(url, method, *args, **kwargs)
            answer = checked(called, status, payload, asked.get("chat_id"))
        except TelegramError as error:
            self._report(called, error)
            raise
        except Exception as error:  # of socksio, for example, which neither httpx nor the library expects
            failure = NetworkError(type(error).__name__)
            failure.__cause__ = error
            self._report(called, failure)
            raise failure from error
        if called == self._connection.lifeline:
            self._connection.heard(pause_of(payload))
        if called in _OBSERVED:
            self._connection.answered(answer[0], description_of(*answer))
            if answer[0] in REFUSED_TOKEN and not self._connection.refused.is_set():
                raise NetworkError("the token may be refused")  # so that it is tried again
        if asked.get("timeout"):
            too_early = began + SHORTEST_POLL - time.monotonic()
            if too_early > 0 and not has_news(answer[1], asked.get("offset", 0)):
                await asyncio.sleep(too_early)
        return answer

    def _report(self, called: str, error: TelegramError) -> None:
        if called == self._connection.lifeline:
            self._connection.heard()
        if called not in _OBSERVED:
            return
        if isinstance(error, UnreadableAnswerError) and error.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            self._connection.failed(NOT_TELEGRAM, status=error.status)
        elif isinstance(error.__cause__, (httpx.ProxyError, SOCKSError)):
            reason = " ".join(str(error.__cause__).split())[:80]
            self._connection.failed(PROXY_FAILED, reason=reason or "no reason given")
        elif "CERTIFICATE_VERIFY_FAILED" in str(error.__cause__):
            self._connection.failed(UNPROVED)
        else:
            self._connection.failed()
