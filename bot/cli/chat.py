"""Talk to the bot in the terminal."""

import argparse
import contextlib
import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.cli.common import CLEAN, loaded_or_exit, settings_of_env, terminal_style, usage_error
from bot.loading.live import Live
from bot.loading.loader import load
from bot.storage.question_log import QuestionLog
from bot.terminal import Conversation, chat, language_of_user


def add_options(_parser: argparse.ArgumentParser) -> None: ...


def run(options: argparse.Namespace) -> None:
    settings, invalid = settings_of_env()
    if invalid:
        usage_error("\n".join(invalid))
    talk(_live(options, settings.translations), settings.journal)


def _live(options: argparse.Namespace, translated: bool) -> Live:
    """A function of its own, so that nothing else keeps the loaded bot: some 30 MB that an edit replaces."""
    loaded = load(options.source, options.intents, translated=translated)
    return Live(loaded_or_exit((loaded.bot, loaded.problems)), loaded.snapshot, translated)


def talk(live: Live, journal: Path | None) -> int:
    """A conversation on standard input and output, until the visitor leaves. Saved files go live between two lines.
    Questions that are not answered are kept in `journal`."""
    style = replace(terminal_style(), language=language_of_user(os.environ))
    if sys.stdin.isatty():
        with contextlib.suppress(ImportError):  # absent on Windows, where the console has its own
            import readline  # noqa: F401, PLC0415 - gives `input` its history, on a terminal only

    def why(question: str) -> str:
        from bot.cli.explain import explained  # noqa: PLC0415 - only when somebody asks

        return explained(live.current(), question)

    notify = partial(print, file=sys.stderr)
    live.begin(notify, journal)
    try:
        with contextlib.closing(QuestionLog(journal, notify)) as log:
            chat(Conversation(live.current, style, log, why), lambda: input("> "), print)
    finally:
        live.end()
    return CLEAN
