"""The process on Telegram: polls until it is stopped, and says in one sentence what keeps it from that.

Rule: a refused token ends it, anything that can pass does not. Ctrl-C and SIGTERM end it in good order:
what was received is answered first. What this file does not know: updates and replies.
"""

import asyncio
import contextlib
import signal
import sys

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.settings import Settings
from bot.telegram_app.connection import Connection, ObservedRequest
from bot.telegram_app.handlers import ALLOWED_UPDATES, TelegramApplication
from bot.telegram_app.intake import Intake
from bot.telegram_app.logs import set_up_logging

STOPPED, REFUSED = 0, 1
"""Exit codes: ended by the operator; the token is not taken."""

TOKEN_REFUSED = (
    "Telegram refuses the token; copy it anew from @BotFather into TELEGRAM_BOT_TOKEN "
    "(a token of the test environment also needs TELEGRAM_ENVIRONMENT=test)."
)

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
"""Seconds between two tries to reach Telegram at the start; each pause is half as long again."""

_LAST_POLL = 0.1
"""Seconds in which the polling task notices the refusal by itself; stopped in the middle of that, it
leaves an exception behind that nobody looks at, which asyncio then reports."""


def run_polling(application: TelegramApplication, settings: Settings) -> int:
    """Runs an application of `build_application` until it is stopped; gives the exit code.

    0 after Ctrl-C or SIGTERM, 1 when Telegram refuses the token, at the start or later. Without network,
    and while another program polls with the same token, it says so once on standard error and tries on.
    A second signal ends it at once, without the answers to what was received.
    """
    set_up_logging(settings.token)
    try:
        return asyncio.run(_run(application))
    except KeyboardInterrupt:  # where there are no signal handlers, as on Windows
        return STOPPED


async def _run(application: TelegramApplication) -> int:
    serving = asyncio.create_task(_serve(application))
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, serving.cancel)
    try:
        await serving
    except InvalidToken:  # its own text holds the token
        print(TOKEN_REFUSED, file=sys.stderr)
        return REFUSED
    except asyncio.CancelledError:
        return STOPPED
    return STOPPED


async def _serve(application: TelegramApplication) -> None:
    """Starts, polls, and ends by an exception: a cancellation, or InvalidToken."""
    try:
        await _initialize(application)
        if application.post_init:
            await application.post_init(application)
        if application.updater:
            await application.updater.start_polling(
                allowed_updates=ALLOWED_UPDATES,
                bootstrap_retries=-1,
                error_callback=lambda _error: None,  # the `Connection` has told it
            )
        await application.start()
        print(f"Answering as @{application.bot.username} on Telegram. Ctrl-C ends.", flush=True)
        await _connection(application.bot).refused.wait()
        await asyncio.sleep(_LAST_POLL)
        raise InvalidToken
    finally:
        await _close(application)


async def _initialize(application: TelegramApplication) -> None:
    """Tries until Telegram answers. Raises InvalidToken when it answers that it does not know the token."""
    pause = _FIRST_PAUSE
    while True:
        try:
            return await application.initialize()
        except InvalidToken:
            raise
        except TelegramError:
            await asyncio.sleep(pause)
            pause = min(_LONGEST_PAUSE, pause * 1.5)


async def _close(application: TelegramApplication) -> None:
    """Stops what was started, in the library's order: first no new updates, then the answers."""
    if application.updater and application.updater.running:
        with contextlib.suppress(InvalidToken):  # the end of the polling task, once more
            await application.updater.stop()
    if application.running:
        await application.stop()
    await application.shutdown()
    if isinstance(application.update_queue, Intake):
        application.update_queue.close()
    await application.bot.shutdown()  # the application does not do it when it never came to its start


def _connection(bot: Bot) -> Connection:
    """The connection that the application's requests tell how they go."""
    request = bot.request
    if isinstance(request, ObservedRequest):
        return request.connection
    raise TypeError("the application was not made by build_application")
