# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "python-telegram-bot[rate-limiter,webhooks]>=22.8,<23",
#     "rapidfuzz>=3.14,<4",
#     "PyYAML>=6.0.2,<7",
#     "python-dotenv>=1.1,<2",
#     "watchfiles>=1.1,<2",
#     "PyStemmer>=3.1,<4",
#     "Jinja2>=3.1,<4",
#     "tqdm>=4.67,<5",
# ]
# ///
"""Starts the bot: on Telegram with a token, in the terminal without one.

Everything is loaded and proved first; any error stops the start. Exit codes: 0 ended by the user, 1 problems
in the files or a refused token, 2 nothing to talk to (no token and no terminal) or wrong settings.
"""

import sys
import time

from bot.cli.chat import talk
from bot.cli.common import PROBLEMS, USAGE_ERROR, report
from bot.loading.live import Live
from bot.loading.loader import load, summary
from bot.settings import HOME, environment_with_file, read_settings


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
    live = _load()
    if live is None:
        print("The bot does not start until these errors are repaired.", file=sys.stderr)
        return PROBLEMS
    if settings.token is not None:
        from bot.telegram_app import build_application, run_polling  # noqa: PLC0415 - 0.3 s, only needed here

        live.current().warm_up()
        application = build_application(live.current, settings, summary(live.current()))
        return run_polling(application, settings, live)
    if sys.stdin.isatty():
        print("No TELEGRAM_BOT_TOKEN, so we talk here. How to get one: see README.md.", file=sys.stderr)
        return talk(live, settings.journal)
    print(
        "No TELEGRAM_BOT_TOKEN and no terminal to talk in: put a token from @BotFather into .env (see .env.example).",
        file=sys.stderr,
    )
    return USAGE_ERROR


def _load() -> Live | None:
    """Reads and proves the files, and says so. Nothing else keeps what was loaded, so that its memory is free once an
    edit has taken its place."""
    start = time.perf_counter()
    loaded = load()
    report(loaded.problems, sys.stderr)
    if loaded.bot is None:
        return None
    print(f"{summary(loaded.bot)} in {time.perf_counter() - start:.1f} s.", file=sys.stderr)
    return Live(loaded.bot, loaded.snapshot)


if __name__ == "__main__":
    sys.exit(main())
