# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "python-telegram-bot[rate-limiter,socks,webhooks]>=22.8,<23",
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

Everything is loaded and proved first; any error stops the start. Exit codes: 0 when the user ended it; 1 for problems
in the files; 2 for invalid settings, a token that Telegram refuses, or without both a token and a terminal; 130
after Ctrl-C while it starts.
"""

import sys
import time

from bot.cli.streams import end_quietly_on_interrupt, run_guarded

if __name__ == "__main__":
    end_quietly_on_interrupt()

from bot.cli.chat import talk
from bot.cli.common import PROBLEMS, report, settings_of_env, usage_error
from bot.loading.live import Live
from bot.loading.loader import INTENTS, SOURCE, load, summary
from bot.loading.unread_files import unread_files


def main() -> int:
    """Loads the bot, prints what was loaded, and runs until stopped."""
    settings, invalid = settings_of_env()
    if invalid:
        return usage_error("\n".join(invalid))
    live = _load(settings.translations)
    if live is None:
        print("The bot does not start until these errors are repaired.", file=sys.stderr)
        return PROBLEMS
    if settings.token is not None:
        from bot.telegram_app import build_service, run_service  # noqa: PLC0415 - 0.3 s, only needed here

        live.current().warm_up()
        service = build_service(live.current, settings)
        return run_service(service, settings, live)
    if sys.stdin.isatty():
        print("No TELEGRAM_BOT_TOKEN, so we talk here. How to get one: see README.md.", file=sys.stderr)
        return talk(live, settings.journal)
    return usage_error(
        "No TELEGRAM_BOT_TOKEN and no terminal to talk in: put a token from @BotFather into .env (see .env.example)."
    )


def _load(translated: bool) -> Live | None:
    """A function of its own, so that nothing else keeps the loaded bot: some 30 MB that an edit replaces."""
    start = time.perf_counter()
    loaded = load(translated=translated)
    report((*loaded.problems, *unread_files(SOURCE, INTENTS)), sys.stderr)
    if loaded.bot is None:
        return None
    print(f"{summary(loaded.bot)} in {time.perf_counter() - start:.1f} s.", file=sys.stderr)
    return Live(loaded.bot, loaded.snapshot, translated)


if __name__ == "__main__":
    sys.exit(run_guarded(main))
