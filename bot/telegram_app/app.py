"""The wiring: which handler gets which update, how requests are made, and what is done at start and end."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.conversation.bot import Bot
from bot.loading.loader import summary
from bot.settings import Settings
from bot.storage.inbox import Inbox
from bot.storage.question_log import QuestionLog
from bot.telegram_app.connection import (
    CONNECTIONS,
    POLLING_CONNECTIONS,
    Connection,
    ObservedRequest,
    api_address,
    http_request,
)
from bot.telegram_app.handlers import Handlers
from bot.telegram_app.operator import Operator, notify
from bot.telegram_app.rate_limit import SendingPolicy
from bot.telegram_app.setup import register_profile
from bot.telegram_app.updates import AcknowledgingQueue, DurableQueue, PerChatProcessor, UpdateQueue
from bot.telegram_app.webhook import Receiver

TelegramApplication = Application[Any, Any, Any, Any, Any, Any]
"""The library's application, with its own choices of context and storage."""

ALLOWED_UPDATES = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY)
"""What Telegram shall deliver: what `add_handlers` handles (https://core.telegram.org/bots/api#getupdates). That
the bot was added to a group is not among it: nobody has asked anything then."""


def add_handlers(application: TelegramApplication, handlers: Handlers) -> None:
    """Posts of channels and business messages have no handler."""
    application.add_handlers(
        (
            MessageHandler(filters.UpdateType.MESSAGE, handlers.on_message),
            MessageHandler(filters.UpdateType.EDITED_MESSAGE, handlers.on_edit),
            CallbackQueryHandler(handlers.on_button),
            InlineQueryHandler(handlers.on_inline),
        )
    )
    application.add_error_handler(handlers.on_error)


@dataclass(frozen=True, slots=True)
class Service:
    """What runs: `introduce` goes on beside the answers once Telegram answers, `close` is called at the end."""

    application: TelegramApplication
    policy: SendingPolicy
    updates: UpdateQueue
    receiver: Receiver | None
    connection: Connection
    operator: Operator
    question_log: QuestionLog
    current: Callable[[], Bot]

    async def introduce(self) -> None:
        """To the owner, and in Telegram's menus. Telegram may ask to wait for an hour before it is done."""
        await self.operator.report_start(self.application.bot)
        await register_profile(self.application.bot, self.current())

    def notify_from_thread(self, loop: asyncio.AbstractEventLoop, sentence: str) -> None:
        """Prints a sentence and sends it to the owner's chat, in the `loop` of the bot."""
        notify(sentence)
        asyncio.run_coroutine_threadsafe(self.operator.notify(self.application.bot, sentence), loop)

    def close(self) -> None:
        """Waits until what is kept is on disk."""
        self.question_log.close()
        self.updates.close()


class UnattendedThreads(ThreadPoolExecutor):
    """Runs each call in a thread of its own, for which the end of the process does not wait: the system may look for
    the name of a server for half a minute, and edited files take as long as they take."""

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()

        def run() -> None:
            try:
                future.set_result(call(*args, **kwargs))
            except BaseException as error:
                future.set_exception(error)

        threading.Thread(target=run, daemon=True).start()
        return future


def build_service(
    current: Callable[[], Bot],
    settings: Settings,
    request: BaseRequest | None = None,
    started: datetime | None = None,
    policy: SendingPolicy | None = None,
) -> Service:
    """A service that answers by the bot that is `current`, ready for `run_service`. Nothing is sent yet.

    Tests replace HTTP by a `request`, now by the time when the process `started`, and Telegram's limits by a `policy`.
    Raises ValueError without a token.
    """
    if settings.token is None:
        raise ValueError("a Telegram application needs a token")
    connection = Connection(notify, lifeline="getMe" if settings.webhook else "getUpdates")
    policy = policy or SendingPolicy()
    updates = open_queue(settings)
    operator = Operator(settings.owner, summary(current()), current().corpus.source.checksum, updates.qsize)
    question_log = QuestionLog(settings.journal, notify)
    handlers = Handlers(current, started or datetime.now(UTC), operator, question_log)
    defaults = Defaults(
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        allow_sending_without_reply=True,  # the question may have been deleted meanwhile
    )
    application = (
        Application.builder()
        .token(settings.token.reveal())
        .base_url(api_address(settings))
        .request(ObservedRequest(request or http_request(settings, CONNECTIONS), connection))
        .get_updates_request(
            ObservedRequest(request or http_request(settings, POLLING_CONNECTIONS), connection)
        )
        .defaults(defaults)
        .update_queue(updates)
        .concurrent_updates(PerChatProcessor(updates.answered, handlers.on_flood))
        .rate_limiter(policy)
        .build()
    )
    add_handlers(application, handlers)
    receiver = Receiver(settings.webhook, updates, application.bot) if settings.webhook else None
    return Service(application, policy, updates, receiver, connection, operator, question_log, current)


def open_queue(settings: Settings) -> UpdateQueue:
    """How messages are kept until they are answered: see INBOX in .env.example."""
    if settings.inbox is not None:
        number = int(settings.token.reveal().partition(":")[0]) if settings.token else 0
        return DurableQueue(Inbox(settings.inbox, notify, bot=number))
    return AcknowledgingQueue() if settings.webhook else UpdateQueue()
