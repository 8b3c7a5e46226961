"""The application: how requests are made, the order of updates, and what is done at the start.

Rule: what is set here differs from the library's own choice for a reason that stands beside it. What
this file does not know: what is answered, and when the process ends.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
from telegram import LinkPreviewOptions
from telegram.ext import Application, Defaults
from telegram.request import BaseRequest, HTTPXRequest

from bot.conversation.bot import Bot
from bot.settings import Settings
from bot.storage.inbox import Inbox
from bot.storage.question_log import QuestionLog
from bot.telegram_app.connection import Connection, ObservedRequest, api_address, tell
from bot.telegram_app.handlers import Handlers, TelegramApplication
from bot.telegram_app.ordering import PerChatProcessor
from bot.telegram_app.owner import Owner
from bot.telegram_app.rate_limit import SendingPolicy
from bot.telegram_app.setup import register_profile
from bot.telegram_app.updates import AcknowledgingQueue, DurableQueue, UpdateQueue

CONNECTIONS = 64
"""More cost time: the pool below looks through all of them at each request (measured: 128 are slower)."""

POLLING_CONNECTIONS = 4
"""With one, a connection that died unnoticed would hold up all further polls."""

KEEP_OPEN = 60.0
"""Seconds that a connection is kept for the next reply; the usual 5 mean a new one for nearly each."""

CONNECT_TIMEOUT, READ_TIMEOUT, WRITE_TIMEOUT, POOL_TIMEOUT = 10.0, 20.0, 20.0, 30.0
"""Seconds. The library's 5, 5, 5 and 1 lose replies on a slow line."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What tests put in place of the world.

    request  makes all requests, in place of HTTP
    started  when the process started, in place of now
    policy   how messages are sent, in place of Telegram's limits
    """

    request: BaseRequest | None = None
    started: datetime | None = None
    policy: SendingPolicy | None = None


def build_application(
    current: Callable[[], Bot],
    settings: Settings,
    about: str = "",
    world: Surroundings = Surroundings(),
) -> TelegramApplication:
    """An application that answers by the bot that is `current`, ready for `run_polling`. Nothing is sent yet.

    `about` says what was loaded, for the owner. Raises ValueError without a token: whether there is one is
    asked before.
    """
    if settings.token is None:
        raise ValueError("a Telegram application needs a token")
    connection = Connection(tell)
    calls = world.request or _http_request(CONNECTIONS)
    polls = world.request or _http_request(POLLING_CONNECTIONS)

    queue = open_queue(settings, tell)
    owner = Owner(settings.owner, about, current().checksum)
    notes = QuestionLog(settings.journal, tell)
    handlers = Handlers(current, world.started or datetime.now(UTC), owner, notes)

    async def prepare(application: TelegramApplication) -> None:
        await register_profile(application.bot, current())
        await queue.refill(application.bot)
        await owner.hello(application.bot)

    async def finish(_application: TelegramApplication) -> None:
        notes.close()

    application = (
        Application.builder()
        .token(settings.token.reveal())
        .base_url(api_address(settings))
        .base_file_url(api_address(settings, files=True))
        .request(ObservedRequest(calls, connection))
        .get_updates_request(ObservedRequest(polls, connection))
        .defaults(_defaults())
        .update_queue(queue)
        .concurrent_updates(PerChatProcessor(queue.answered, handlers.on_flood))
        .rate_limiter(world.policy or SendingPolicy())
        .post_init(prepare)
        .post_shutdown(finish)
        .build()
    )
    application.bot_data["owner"] = owner
    handlers.register(application)
    return application


def open_queue(settings: Settings, tell: Callable[[str], None]) -> UpdateQueue:
    """How messages are kept until they are answered, as the operator chose: see .env.example."""
    if settings.inbox is not None:
        return DurableQueue(Inbox(settings.inbox, tell))
    return AcknowledgingQueue() if settings.webhook else UpdateQueue()


def _defaults() -> Defaults:
    """No previews of addresses in a text, and a reply also to a question that was deleted meanwhile."""
    return Defaults(
        link_preview_options=LinkPreviewOptions(is_disabled=True), allow_sending_without_reply=True
    )


def _http_request(connections: int) -> HTTPXRequest:
    limits = httpx.Limits(max_connections=connections, keepalive_expiry=KEEP_OPEN)
    return HTTPXRequest(
        connect_timeout=CONNECT_TIMEOUT,
        read_timeout=READ_TIMEOUT,
        write_timeout=WRITE_TIMEOUT,
        pool_timeout=POOL_TIMEOUT,
        httpx_kwargs={"limits": limits},  # in place of the class's own limits
    )
