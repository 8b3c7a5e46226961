"""Telegram delivers by itself: the address it calls, heard on this machine.

Rule: whoever does not know the secret learns nothing; what was delivered is acknowledged when the queue has it
safe; what cannot be read is acknowledged too, or Telegram would bring it again for a day. What this file does not
know: what happens to an update afterwards. (The library's own server answers 400 to what it cannot read.)
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
from bot.telegram_app.updates import UpdateQueue
from bot.telegram_app.validation import readable

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
"""https://core.telegram.org/bots/api#setwebhook"""

MOST_BYTES = 1_000_000
"""An update holds one message of at most 4,096 characters, and the one it replies to."""


class Receiver:
    """Hears one address until it is closed.

    `secret` is what Telegram must send along: the operator's, or a random one of this process.
    """

    def __init__(self, webhook: Webhook, queue: UpdateQueue, api: TelegramBot) -> None:
        self.secret = webhook.secret.reveal() if webhook.secret else secrets.token_urlsafe(32)
        self._webhook = webhook
        self._application = Application(
            [(webhook.path, _Delivery, {"queue": queue, "api": api, "secret": self.secret})],
            log_function=lambda _handler: None,
        )
        self._server: HTTPServer | None = None

    def open(self) -> None:
        """Begins to hear. Raises OSError where the port is taken or the address is not this machine's."""
        self._server = HTTPServer(self._application, xheaders=False, max_body_size=MOST_BYTES)
        listen, port = self._webhook.listen, self._webhook.port
        family = socket.AF_INET6 if ":" in listen else socket.AF_INET
        heard = socket.create_server((listen, port), family=family)  # tornado's own leaks one that fails
        heard.setblocking(False)
        self._server.add_socket(heard)

    async def close(self) -> None:
        """Hears nothing any more. Telegram keeps what comes until the next start."""
        if self._server is not None:
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
        """No page, and no word about what runs here."""
        self.set_status(status_code)
        self.finish()
