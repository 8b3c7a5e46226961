"""The web server that Telegram calls to deliver updates.

Without the secret a caller gets 403. An update is acknowledged when the queue has accepted it. One that cannot be
read is acknowledged too: to another answer, as the library's own server gives, Telegram delivers it again for a day.
"""

import hmac
import json
import secrets
import socket
from http import HTTPStatus

from telegram import Bot as TelegramBot
from telegram import Update
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.settings import Webhook
from bot.telegram_app.updates import UpdateQueue, readable

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
"""https://core.telegram.org/bots/api#setwebhook"""

MOST_BYTES = 1_000_000
"""Far more than an update: its message and the one that it replies to have at most 4,096 characters each, and a
character takes at most 12 bytes in JSON (an emoji, escaped)."""


class Receiver:
    """Receives updates from `open` to `close`.

    `secret` is what Telegram must send with each: the one of the settings, or a random one of this process.
    """

    def __init__(self, webhook: Webhook, queue: UpdateQueue, api: TelegramBot) -> None:
        self.webhook = webhook
        self.secret = webhook.secret.reveal() if webhook.secret else secrets.token_urlsafe(32)
        application = Application(
            [(webhook.path, _Delivery, {"queue": queue, "api": api, "secret": self.secret})],
            log_function=lambda _handler: None,
        )
        self._server = HTTPServer(application, max_body_size=MOST_BYTES)

    def open(self) -> None:
        """Starts to listen. Raises OSError where the port is taken or the address is not this machine's."""
        listen, port = self.webhook.listen, self.webhook.port
        family = socket.AF_INET6 if ":" in listen else socket.AF_INET
        listening = socket.create_server((listen, port), family=family)  # tornado's own leaks one that fails
        listening.setblocking(False)
        self._server.add_socket(listening)

    async def close(self) -> None:
        """Stops to listen. Telegram keeps new updates until the next start."""
        self._server.stop()
        await self._server.close_all_connections()


class _Delivery(RequestHandler):
    """One update, as Telegram posts it."""

    def initialize(self, queue: UpdateQueue, api: TelegramBot, secret: str) -> None:
        self._queue, self._api, self._secret = queue, api, secret

    async def post(self) -> None:
        given = self.request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            self.set_status(HTTPStatus.FORBIDDEN)
            return
        try:
            found = readable(json.loads(self.request.body))
        except ValueError:
            self.set_status(HTTPStatus.BAD_REQUEST)
            return
        if found is not None:
            await self._queue.put(Update.de_json(found, self._api))

    def write_error(self, status_code: int, **_details: object) -> None:
        """An empty body, which does not show what runs here."""
        self.set_status(status_code)
        self.finish()
