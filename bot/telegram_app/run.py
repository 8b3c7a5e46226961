"""The process on Telegram: polls until it is stopped, and says in one sentence what keeps it from that.

Rule: a refused token ends it, anything that can pass does not. Ctrl-C and SIGTERM end it in good order:
what was received is answered first.
"""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Coroutine, Set
from typing import Any

from telegram import Bot as TelegramBot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.loading.live import Live
from bot.settings import Settings
from bot.telegram_app.connection import Connection, ObservedRequest, tell, watchdog
from bot.telegram_app.handlers import ALLOWED_UPDATES, TelegramApplication
from bot.telegram_app.logs import set_up_logging
from bot.telegram_app.updates import UpdateQueue
from bot.telegram_app.webhook import Receiver

STOPPED, FAILED = 0, 1
"""Exit codes: ended by the operator; it cannot go on, and has said why."""

DRAIN = 8.0
"""Seconds in which received messages are still answered after a stop; Docker kills after ten, systemd later."""

LAST_WORDS = 1.0
"""Seconds that what was cut off then may take to end."""

Tasks = Set[asyncio.Task[Any]]

UNFINISHED = "Not everything was answered in time; what the inbox holds is answered at the next start."
PORT_TAKEN = (
    "The webhook cannot be heard here ({reason}): another program uses that port, or WEBHOOK_LISTEN is no address "
    "of this machine. Set WEBHOOK_PORT or WEBHOOK_LISTEN, and let the server in front pass to it."
)
WEBHOOK_REFUSED = (
    "Telegram does not take WEBHOOK_URL ({reason}); it must be an https address that can be called from outside, "
    "at port 443, 80, 88 or 8443."
)

TOKEN_REFUSED = (
    "Telegram refuses the token; copy it anew from @BotFather into TELEGRAM_BOT_TOKEN "
    "(a token of the test environment also needs TELEGRAM_ENVIRONMENT=test)."
)

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
"""Seconds between two tries to reach Telegram at the start; each pause is half as long again."""

_HEARTBEAT = 40.0
"""Seconds; a third of the silence after which the process counts as deaf."""

_LAST_POLL = 0.1
"""Seconds in which the polling task notices the refusal by itself; stopped in the middle of that, it
leaves an exception behind that nobody looks at, which asyncio then reports."""


def run_polling(application: TelegramApplication, settings: Settings, live: Live | None = None) -> int:
    """Runs an application of `build_application` until it is stopped; gives the exit code.

    With `live` saved files go live, and what is wrong with them is told to the owner, too.

    0 after Ctrl-C or SIGTERM, 1 when Telegram refuses the token, at the start or later. Without network,
    and while another program polls with the same token, it says so once on standard error and tries on.
    A second signal ends it at once, without the answers to what was received.
    """
    set_up_logging(settings.token)
    try:
        return asyncio.run(_run(application, settings, live))
    except KeyboardInterrupt:  # where there are no signal handlers, as on Windows
        return STOPPED


async def _run(application: TelegramApplication, settings: Settings, live: Live | None) -> int:
    serving = asyncio.create_task(_serve(application, settings, live))
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, serving.cancel)
    try:
        tell(await serving)
    except asyncio.CancelledError:
        return STOPPED
    return FAILED


async def _serve(application: TelegramApplication, settings: Settings, live: Live | None) -> str:
    """Starts, receives, and ends by a cancellation, or with a sentence that says why it cannot go on."""
    around = asyncio.all_tasks()
    connection = _connection(application.bot)
    receiver = _receiver(application, settings)
    try:
        await _initialize(application)
        if application.post_init:
            await application.post_init(application)
        await application.start()
        if receiver:
            receiver.open()
            await _ask_for_deliveries(application.bot, settings, receiver)
        elif application.updater:
            await application.updater.start_polling(
                allowed_updates=ALLOWED_UPDATES,
                bootstrap_retries=-1,
                error_callback=lambda _error: None,  # the `Connection` has told it
            )
        if live:
            live.begin(_teller(application))
        way = f"by webhook at port {settings.webhook.port}" if settings.webhook else "by polling"
        print(f"Answering as @{application.bot.username} on Telegram, {way}. Ctrl-C ends.", flush=True)
        return await _first_of(_refusal(connection), watchdog(connection), _heartbeat(application.bot))
    except InvalidToken:  # its own text holds the token
        return TOKEN_REFUSED
    except OSError as error:
        return PORT_TAKEN.format(reason=error.strerror or type(error).__name__)
    except BadRequest as error:
        return WEBHOOK_REFUSED.format(reason=error.message)
    finally:
        if live:
            await asyncio.to_thread(live.end)
        await _close(application, receiver, around)


def _teller(application: TelegramApplication) -> Callable[[str], None]:
    """Tells the operator something from any thread: on standard error, and in the owner's chat."""
    loop, owner = asyncio.get_running_loop(), application.bot_data["owner"]

    def tell_both(sentence: str) -> None:
        tell(sentence)
        asyncio.run_coroutine_threadsafe(owner.say(application.bot, sentence), loop)

    return tell_both


def _receiver(application: TelegramApplication, settings: Settings) -> Receiver | None:
    queue = application.update_queue
    if settings.webhook is None or not isinstance(queue, UpdateQueue):
        return None
    return Receiver(settings.webhook, queue, application.bot)


async def _ask_for_deliveries(api: TelegramBot, settings: Settings, receiver: Receiver) -> None:
    """Names our address to Telegram. Raises BadRequest where it does not take it."""
    if settings.webhook:
        await _until_it_answers(
            lambda: api.set_webhook(
                settings.webhook.url if settings.webhook else "",
                allowed_updates=ALLOWED_UPDATES,
                secret_token=receiver.secret,
                max_connections=settings.webhook.max_connections if settings.webhook else None,
            )
        )


async def _first_of(*waits: Coroutine[Any, Any, str]) -> str:
    """What the first of these gives; the others are ended."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return done.pop().result()
    finally:
        for task in tasks:
            task.cancel()


async def _refusal(connection: Connection) -> str:
    await connection.refused.wait()
    await asyncio.sleep(_LAST_POLL)
    return TOKEN_REFUSED


async def _heartbeat(api: TelegramBot) -> str:
    """Asks who we are from time to time: with a webhook nothing else tells that the line stands."""
    while True:
        await asyncio.sleep(_HEARTBEAT)
        with contextlib.suppress(TelegramError):  # the `Connection` has heard it
            await api.get_me()


async def _initialize(application: TelegramApplication) -> None:
    """Tries until Telegram answers. Raises InvalidToken when it answers that it does not know the token."""
    await _until_it_answers(application.initialize)


async def _until_it_answers(ask: Callable[[], Coroutine[Any, Any, object]]) -> None:
    """Asks again while Telegram cannot be reached. Raises what it answers when it refuses."""
    pause = _FIRST_PAUSE
    while True:
        try:
            await ask()
            return
        except (InvalidToken, BadRequest):
            raise
        except TelegramError:
            await asyncio.sleep(pause)
            pause = min(_LONGEST_PAUSE, pause * 1.5)


async def _close(application: TelegramApplication, receiver: Receiver | None, around: Tasks) -> None:
    """Stops what was started, in this order: first no new updates, then the answers. `around` are the tasks that
    were there before, one of which waits for this."""
    if receiver:
        await receiver.close()
    if application.updater and application.updater.running:
        with contextlib.suppress(InvalidToken):  # the end of the polling task, once more
            await application.updater.stop()
    if application.running:
        await _drain(application, around)
    await application.shutdown()
    if application.post_shutdown:
        await application.post_shutdown(application)
    if isinstance(application.update_queue, UpdateQueue):
        application.update_queue.close()
    await application.bot.shutdown()  # the application does not do it when it never came to its start


async def _drain(application: TelegramApplication, around: Tasks) -> None:
    """Answers what was received, for so long as a supervisor waits. The rest stays in the inbox."""
    try:
        async with asyncio.timeout(DRAIN):
            await application.stop()
    except TimeoutError:
        tell(UNFINISHED)
        left = asyncio.all_tasks() - around
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=LAST_WORDS)


def _connection(api: TelegramBot) -> Connection:
    """The connection that the application's requests tell how they go."""
    request = api.request
    if isinstance(request, ObservedRequest):
        return request.connection
    raise TypeError("the application was not made by build_application")
