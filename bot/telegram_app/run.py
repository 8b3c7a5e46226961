"""The process on Telegram: receives updates until it is stopped, and says in one sentence why it cannot go on."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from telegram import Bot as TelegramBot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.loading.live import Live
from bot.settings import Settings
from bot.telegram_app.app import ALLOWED_UPDATES, Service, UnattendedThreads
from bot.telegram_app.connection import MOST_SILENCE, Connection, watchdog
from bot.telegram_app.operator import notify, set_up_logging
from bot.telegram_app.rate_limit import requested_pause
from bot.telegram_app.responses import words_of
from bot.telegram_app.updates import UpdateQueue
from bot.telegram_app.webhook import Receiver

DRAIN = 8.0
"""Seconds in which received messages are still answered after a stop; Docker kills after ten, systemd later."""

UNFINISHED = "Not everything was answered in time; what the inbox holds is answered at the next start."
PORT_TAKEN = (
    "The webhook cannot listen here ({reason}): another program uses that port, or WEBHOOK_LISTEN is no address "
    "of this machine. Set WEBHOOK_PORT or WEBHOOK_LISTEN, and let the server in front pass to it."
)
WEBHOOK_REFUSED = (
    "Telegram does not take WEBHOOK_URL ({reason}); it must be an https address that can be called from outside, "
    "at port 443, 80, 88 or 8443."
)
MESSAGES_TAKEN = (
    "Another program has taken this bot's messages away, by its own webhook or by removing ours; stop it, or make a "
    "new token with @BotFather. They come here again."
)
TOKEN_REFUSED = (
    "Telegram refuses the token; copy it anew from @BotFather into TELEGRAM_BOT_TOKEN "
    "(a token of the test environment also needs TELEGRAM_ENVIRONMENT=test)."
)

CANNOT_GO_ON, WRONG_SETTINGS = 1, 2
"""Exit codes. A supervisor starts the bot again after the first, and not after the second."""

LAST_POLL = 3.5
"""Seconds for the last poll, which confirms what was received: one with the same offset is answered after three."""

LAST_ANSWERS = 1.0
"""Seconds in which what was sent in the last moment is still confirmed."""

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
"""Seconds between two attempts to reach Telegram at the start; each pause is half as long again."""

_HEARTBEAT = MOST_SILENCE / 3
"""Seconds; more than one may get lost before the watchdog ends the process."""


def run_service(service: Service, settings: Settings, live: Live | None = None) -> int:
    """Runs the service of `build_service` until it is stopped; returns the exit code.

    With `live` saved files go live, and the owner is notified of what is wrong with them.

    0 after Ctrl-C or SIGTERM, when what was received is answered; 1 when it cannot go on; 2 when Telegram refuses the
    token, at the start or later. Without network, and while another program polls with the same token, it says so once
    on standard error and tries again. A second signal ends it at once, without the answers to what was received.
    """
    set_up_logging(*settings.secrets())
    try:
        reason = asyncio.run(_serve(service, settings, live))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 0
    notify(reason)
    return WRONG_SETTINGS if reason == TOKEN_REFUSED else CANNOT_GO_ON


async def _serve(service: Service, settings: Settings, live: Live | None) -> str:
    """Runs until it is cancelled, or returns a sentence that says why it cannot go on.

    SIGTERM cancels it here, and Ctrl-C in `asyncio.run`.
    """
    loop, this_task = asyncio.get_running_loop(), asyncio.current_task()
    loop.set_default_executor(UnattendedThreads())
    if this_task:
        with contextlib.suppress(NotImplementedError):  # on Windows
            loop.add_signal_handler(signal.SIGTERM, this_task.cancel)
    application, receiver = service.application, service.receiver
    introduction: asyncio.Task[None] | None = None
    try:
        await _until_telegram_answers(application.initialize)
        await service.updates.refill(application.bot)
        await application.start()
        introduction = asyncio.create_task(service.introduce())
        if fault := await _receive(service):
            return fault
        if live:
            live.begin(partial(service.notify_from_thread, loop), settings.journal)
        way = f"by webhook at port {receiver.webhook.port}" if receiver else "by polling"
        notify(f"Answering as @{application.bot.username} on Telegram, {way}. Ctrl-C ends.", sys.stdout)
        service.connection.heard()
        return await _first_of(
            _refusal(service.connection),
            watchdog(service.connection),
            _heartbeat(application.bot, service.updates, receiver),
        )
    except InvalidToken:  # its own text holds the token
        return TOKEN_REFUSED
    finally:
        if introduction:
            introduction.cancel()
        await _stop(service, live)


async def _stop(service: Service, live: Live | None) -> None:
    """Stops what was started; after a second signal without what takes time."""
    try:
        await _answer_the_last(service, live)
        if service.receiver:
            await service.receiver.close()
        await service.application.shutdown()
        await service.application.bot.shutdown()  # the application does not do it when it was never started
    finally:
        service.close()


async def _answer_the_last(service: Service, live: Live | None) -> None:
    """For as long as a supervisor waits: first no new updates, then the answers, and meanwhile the watching of files.
    What is not answered then stays in the inbox."""
    watching = asyncio.create_task(asyncio.to_thread(live.end)) if live else None
    try:
        async with asyncio.timeout(DRAIN):
            await _receive_no_more(service)
            if service.application.running:
                await service.application.stop()
            if watching:
                await watching
    except TimeoutError:
        notify(UNFINISHED)
        await service.policy.end(LAST_ANSWERS)
        await asyncio.sleep(0.05)  # in which what was sent is recorded as answered
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=1.0)


async def _receive(service: Service) -> str:
    """Begins to receive updates, by webhook or by polling. Returns why that cannot be, or ""."""
    if service.receiver:
        return await _listen(service.receiver)
    if updater := service.application.updater:
        await updater.start_polling(
            allowed_updates=ALLOWED_UPDATES,
            bootstrap_retries=-1,
            error_callback=lambda _error: None,  # the `Connection` has reported it
        )
    return ""


async def _receive_no_more(service: Service) -> None:
    """The library would go on to wait as Telegram asked (429), and for an answer to its last poll."""
    if service.receiver:
        await service.receiver.receive_no_more()
    updater = service.application.updater
    if updater and updater.running:
        stopping = asyncio.create_task(updater.stop())
        for patience in (LAST_POLL, LAST_POLL, 0.1):  # it takes the first cancellation for that of the poll
            await asyncio.wait({stopping}, timeout=patience)
            stopping.cancel()
        if stopping.done() and not stopping.cancelled():
            stopping.exception()  # InvalidToken, with which the polling task has ended


async def _listen(receiver: Receiver) -> str:
    """Opens the webhook, and tells Telegram of it. Returns why that cannot be, or ""."""
    try:
        receiver.open()
    except OSError as error:
        return PORT_TAKEN.format(reason=error.strerror or type(error).__name__)
    try:
        await _until_telegram_answers(lambda: _set_webhook(receiver), (InvalidToken, BadRequest))
    except BadRequest as error:
        return WEBHOOK_REFUSED.format(reason=words_of(error))
    return ""


async def _set_webhook(receiver: Receiver) -> None:
    await receiver.api.set_webhook(
        receiver.webhook.url,
        allowed_updates=ALLOWED_UPDATES,
        secret_token=receiver.secret,
        max_connections=receiver.webhook.max_connections,
    )


async def _until_telegram_answers(
    call: Callable[[], Coroutine[Any, Any, object]],
    refusals: tuple[type[TelegramError], ...] = (InvalidToken,),
) -> None:
    """Repeats `call` while Telegram cannot be reached. Raises `refusals`. A BadRequest at the start is none: a bot that
    logged out of one server is not known to another one for ten minutes."""
    pause = _FIRST_PAUSE
    while True:
        try:
            await call()
            return
        except refusals:
            raise
        except TelegramError as error:
            await asyncio.sleep(requested_pause(error) or pause)
            pause = min(_LONGEST_PAUSE, pause * 1.5)


async def _first_of(*waits: Coroutine[Any, Any, str]) -> str:
    """The result of the first that returns; the others are cancelled."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        return await next(asyncio.as_completed(tasks))
    finally:
        for task in tasks:
            task.cancel()


async def _refusal(connection: Connection) -> str:
    """When the polling task is stopped before it notices the refusal by itself, asyncio reports an exception that was
    never retrieved. So it gets a tenth of a second."""
    await connection.refused.wait()
    await asyncio.sleep(0.1)
    return TOKEN_REFUSED


async def _heartbeat(api: TelegramBot, updates: UpdateQueue, receiver: Receiver | None) -> str:
    """Calls getMe from time to time: with a webhook nothing else shows whether Telegram can be reached. Looks whether
    updates still come here, and for messages of a process that used the inbox when this one started."""
    wanted = receiver.webhook.url if receiver else ""
    while True:
        await asyncio.sleep(_HEARTBEAT)
        with contextlib.suppress(TelegramError):  # the `Connection` has reported it
            await api.get_me()
            if (await api.get_webhook_info()).url != wanted:
                notify(MESSAGES_TAKEN)
                await (_set_webhook(receiver) if receiver else api.delete_webhook())
        await updates.refill(api)
