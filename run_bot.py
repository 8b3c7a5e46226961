# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "python-telegram-bot[rate-limiter,webhooks]>=22.8,<23",
#     "rapidfuzz>=3.14,<4",
#     "PyYAML>=6.0.2,<7",
#     "python-dotenv>=1.1,<2",
#     "watchfiles>=1.1,<2",
#     "PyStemmer>=3.1,<4",
# ]
# ///
"""Starts the bot: on Telegram with a token, in the terminal without one.

Everything is loaded and proved first; any error stops the start. Exit codes: 0 ended by the user, 1 problems
in the files or a refused token, 2 nothing to talk to (no token and no terminal) or wrong settings.
"""

import sys
import time
from pathlib import Path

from bot.cli.chat import talk
from bot.cli.common import PROBLEMS, USAGE_ERROR, report
from bot.loading.loader import load
from bot.settings import environment_with_file, read_settings

HOME = Path(__file__).resolve().parent


def main() -> int:
    """Loads, says what was loaded, and runs until stopped."""
    try:
        settings, invalid = read_settings(environment_with_file(HOME / ".env"))
    except OSError as error:
        print(
            f"The file .env cannot be read: {error.strerror}. Make it readable, or remove it.",
            file=sys.stderr,
        )
        return USAGE_ERROR
    if invalid:
        print(*invalid, sep="\n", file=sys.stderr)
        return USAGE_ERROR
    start = time.perf_counter()
    loaded = load()
    report(loaded.problems, sys.stderr)
    if loaded.responder is None:
        print("The bot does not start until these errors are repaired.", file=sys.stderr)
        return PROBLEMS
    print(f"{loaded.summary()} in {time.perf_counter() - start:.1f} s.", file=sys.stderr)
    responder, seen, about = loaded.responder, loaded.snapshot, loaded.summary()
    del loaded  # with it what was loaded would stay in memory for ever, also when an edit has taken its place
    if settings.token is not None:
        responder.warm_up()
        from bot.loading.live import live_editing  # noqa: PLC0415 - only needed here, as the next
        from bot.telegram_app import build_application, run_polling  # noqa: PLC0415 - 0.3 s

        application = build_application(responder, settings, about)
        return run_polling(application, settings, live_editing(responder, seen))
    if sys.stdin.isatty():
        print("No TELEGRAM_BOT_TOKEN, so we talk here. How to get one: see README.md.", file=sys.stderr)
        return talk(responder, seen, journal=settings.journal)
    print(
        "No TELEGRAM_BOT_TOKEN and no terminal to talk in: put a token from @BotFather into .env (see .env.example).",
        file=sys.stderr,
    )
    return USAGE_ERROR


if __name__ == "__main__":
    sys.exit(main())
