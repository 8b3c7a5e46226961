"""The web server that Telegram calls to deliver updates.

Without the secret a caller gets 403, before the body is read. An update is acknowledged when the queue has accepted it.
JSON that is no update that can be read is acknowledged too: after another answer Telegram delivers it again for a day.
A body that is no JSON, which Telegram does not send, gets 400.

The port may be open to everybody. A connection that has not shown the secret costs little memory and does not last;
when there are too many connections, such a one is closed first. So strangers cannot keep Telegram out.
"""

import asyncio
import hmac
import json
import logging
import secrets
import socket
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from http import HTTPStatus

from telegram import Bot as TelegramBot
from telegram import Update
from tornado.http1connection import HTTP1ConnectionParameters, HTTP1ServerConnection
from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPMessageDelegate,
    HTTPServerConnectionDelegate,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.iostream import IOStream

from bot.settings import Webhook
from bot.telegram_app.updates import UpdateQueue, readable

_LOG = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
"""https://core.telegram.org/bots/api#setwebhook"""

MOST_BYTES = 1_000_000
"""Far more than an update: its message and the one that it replies to have at most 4,096 characters each, and a
character takes at most 12 bytes in JSON (an emoji, escaped)."""

MOST_CONNECTIONS = 128
"""Telegram opens at most 100 (WEBHOOK_MAX_CONNECTIONS), and a process may often open only 256 files."""

UNKNOWN = 10.0
"""Seconds in which a new connection must show the secret; Telegram sends it with its first bytes."""

_BODY, _IDLE = 10.0, 75.0
"""Seconds for a body, and between two deliveries of one connection; nginx keeps an idle one for 60."""

_HEADER_BYTES, _READ_BYTES = 8_192, 16_384
"""Headers have about 500 bytes. What is read at once is what a stranger's connection may cost."""

_PAUSE = 1.0
"""Seconds before the next connection is accepted when no more files can be opened, and no stranger can be cut off."""

_LAST_DELIVERIES = 1.0
"""Seconds for the acknowledgements of what is answered; what is not gets none, and Telegram delivers it again."""

_LOG_EVERY = 60.0
"""Seconds between two equal lines in the log, whatever strangers do."""


class Receiver(HTTPServerConnectionDelegate):
    """Receives updates from `open` to `receive_no_more`.

    `secret` is what Telegram must send with each: the one of the settings, or a random one of this process. Each
    connection has the timer that closes it, or None after it has shown the secret; and at most one delivery, which
    lasts until the queue has accepted its update.
    """

    def __init__(self, webhook: Webhook, queue: UpdateQueue, api: TelegramBot) -> None:
        self.webhook, self.queue, self.api = webhook, queue, api
        self.secret = webhook.secret.reveal() if webhook.secret else secrets.token_urlsafe(32)
        self.deliveries: dict[HTTP1ServerConnection, asyncio.Task[None]] = {}
        self.ends = False
        self._connections: dict[HTTP1ServerConnection, asyncio.TimerHandle | None] = {}
        self._accepting: asyncio.Task[None] | None = None
        self._limit = _OnceAMinute()

    def open(self) -> None:
        """Starts to listen. Raises OSError where the port is taken or the address is not this machine's."""
        listen, port = self.webhook.listen, self.webhook.port
        family = socket.AF_INET6 if ":" in listen else socket.AF_INET
        listening = socket.create_server((listen, port), family=family, backlog=MOST_CONNECTIONS)
        listening.setblocking(False)
        self._accepting = asyncio.create_task(self._accept(listening))
        # not closed by the task itself: one that is cancelled at once never begins
        self._accepting.add_done_callback(lambda _task: listening.close())
        for logger in _LOGGERS:
            logger.addFilter(self._limit)

    async def receive_no_more(self) -> None:
        """Stops to listen. Telegram keeps new updates until the next start. Only connections with a delivery stay
        open, each until it is over: what is answered but not acknowledged would come again."""
        self.ends = True
        if self._accepting:
            self._accepting.cancel()
            await asyncio.wait([self._accepting])
        for connection in tuple(self._connections):
            if connection not in self.deliveries:
                await connection.close()

    async def close(self) -> None:
        """Closes everything. Call it when what was received is answered; then the deliveries are over in a moment."""
        await self.receive_no_more()
        if self.deliveries:
            await asyncio.wait(self.deliveries.values(), timeout=_LAST_DELIVERIES)
        for connection in tuple(self._connections):
            await connection.close()
        for logger in _LOGGERS:
            logger.removeFilter(self._limit)

    def start_request(self, server_conn: object, request_conn: HTTPConnection) -> HTTPMessageDelegate:
        assert isinstance(server_conn, HTTP1ServerConnection)
        return _Delivery(self, server_conn, request_conn)

    def on_close(self, server_conn: object) -> None:
        assert isinstance(server_conn, HTTP1ServerConnection)
        self.trust(server_conn)
        self._connections.pop(server_conn, None)

    def deliver(self, connection: HTTP1ServerConnection, delivery: Coroutine[object, object, None]) -> None:
        def over(_task: asyncio.Task[None]) -> None:
            del self.deliveries[connection]
            if self.ends:
                connection.stream.close()

        self.deliveries[connection] = task = asyncio.create_task(delivery)
        task.add_done_callback(over)

    def trust(self, connection: HTTP1ServerConnection) -> None:
        """It has shown the secret: it stays open."""
        timer = self._connections.get(connection)
        if timer:
            timer.cancel()
            self._connections[connection] = None

    async def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                accepted, _ = await asyncio.get_running_loop().sock_accept(listening)
            except OSError as error:  # no more files, most often
                _LOG.error("the webhook can accept no connection: %s", error.strerror)
                if not self._drop_strangers(MOST_CONNECTIONS):
                    await asyncio.sleep(_PAUSE)
                continue
            if len(self._connections) >= MOST_CONNECTIONS:
                _LOG.warning("the webhook has %s connections; strangers are cut off", MOST_CONNECTIONS)
                if not self._drop_strangers(1):
                    accepted.close()
                    continue
            self._serve(accepted)

    def _serve(self, accepted: socket.socket) -> None:
        stream = IOStream(accepted, read_chunk_size=_READ_BYTES, max_buffer_size=4 * _READ_BYTES)
        connection = HTTP1ServerConnection(stream, _PARAMETERS)
        self._connections[connection] = asyncio.get_running_loop().call_later(UNKNOWN, stream.close)
        connection.start_serving(self)

    def _drop_strangers(self, most: int) -> bool:
        """Closes the oldest connections that have not shown the secret: whether there were any."""
        strangers = [(each, timer) for each, timer in self._connections.items() if timer][:most]
        for connection, timer in strangers:
            timer.cancel()
            del self._connections[connection]
            connection.stream.close()
        return bool(strangers)


@dataclass(eq=False)
class _Delivery(HTTPMessageDelegate):
    """One request. What is not a delivery of Telegram is answered before its body is read, and cut off."""

    _receiver: Receiver
    _server_connection: HTTP1ServerConnection
    _connection: HTTPConnection
    _body: bytearray = field(default_factory=bytearray)

    def headers_received(self, start_line: object, headers: HTTPHeaders) -> None:
        assert isinstance(start_line, RequestStartLine)
        given = headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._receiver.secret.encode()):
            _LOG.warning("the webhook was called without the right secret")
            self._respond(HTTPStatus.FORBIDDEN)
        elif start_line.path.partition("?")[0] != self._receiver.webhook.path:
            self._respond(HTTPStatus.NOT_FOUND)
        elif start_line.method != "POST":
            self._respond(HTTPStatus.METHOD_NOT_ALLOWED)
        else:
            self._receiver.trust(self._server_connection)

    def data_received(self, chunk: bytes) -> None:
        self._body += chunk

    def finish(self) -> None:
        self._receiver.deliver(self._server_connection, self._deliver())

    async def _deliver(self) -> None:
        try:
            if (found := readable(json.loads(bytes(self._body)))) is not None:
                await self._receiver.queue.put(Update.de_json(found, self._receiver.api))
            self._respond(HTTPStatus.OK)
        except RecursionError:
            _LOG.error("an update that is nested too deeply was left out")
            self._respond(HTTPStatus.OK)
        except ValueError:
            self._respond(HTTPStatus.BAD_REQUEST)
        except Exception as error:
            _LOG.error("an update could not be queued: %s", type(error).__name__)
            self._respond(HTTPStatus.INTERNAL_SERVER_ERROR)

    def _respond(self, status: HTTPStatus) -> None:
        """An empty body, and no name of a server: nothing shows what runs here."""
        line = ResponseStartLine("HTTP/1.1", status.value, status.phrase)
        last = {"Connection": "close"} if self._receiver.ends else {}
        self._connection.write_headers(line, HTTPHeaders({"Content-Length": "0", **last}))
        self._connection.finish()


class _OnceAMinute(logging.Filter):
    """Lets one line pass in _LOG_EVERY seconds from each place in the code, so that strangers hide no other error. A
    place, since texts may hold what a stranger sent, and would grow without end."""

    def __init__(self) -> None:
        super().__init__()
        self._last: dict[tuple[str, int], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        place, now = (record.pathname, record.lineno), time.monotonic()
        if passes := now >= self._last.get(place, -_LOG_EVERY) + _LOG_EVERY:
            self._last[place] = now
        return passes


_LOGGERS = (_LOG, logging.getLogger("tornado.general"), logging.getLogger("tornado.application"))

_PARAMETERS = HTTP1ConnectionParameters(
    chunk_size=_READ_BYTES,
    max_header_size=_HEADER_BYTES,
    header_timeout=_IDLE,
    max_body_size=MOST_BYTES,
    body_timeout=_BODY,
)
