"""`chat`: the bot's answers in a terminal."""

import argparse
import contextlib
import os
import sys
from pathlib import Path

from bot.cli.common import CLEAN, PROBLEMS, AddCommand, report, settings_of_env, usage_error
from bot.loading.live import Live
from bot.loading.loader import load
from bot.storage.question_log import QuestionLog
from bot.terminal import Conversation, chat, style_of
from bot.yamlfiles.problems import errors


def add_command(add: AddCommand) -> None:
    add("chat", _chat, "Talk to the bot in the terminal.", "chat")


def _chat(options: argparse.Namespace) -> int:
    settings, invalid = settings_of_env()
    if invalid:
        return usage_error("\n".join(invalid))
    live = _live(options)
    return talk(live, settings.journal) if live else PROBLEMS


def _live(options: argparse.Namespace) -> Live | None:
    """A function of its own, so that nothing else keeps the loaded bot: some 30 MB that an edit replaces."""
    loaded = load(options.source, options.intents)
    report(errors(loaded.problems), sys.stderr)
    return Live(loaded.bot, loaded.snapshot) if loaded.bot else None


def talk(live: Live, journal: Path | None) -> int:
    """A conversation on standard input and output, until the visitor leaves. Saved files go live between two lines.
    Questions that are not answered are kept in `journal`."""
    style = style_of(sys.stdout.isatty(), os.environ)
    if sys.stdin.isatty():
        with contextlib.suppress(ImportError):  # absent on Windows, where the console has its own
            import readline  # noqa: F401, PLC0415 - gives `input` its history, on a terminal only

    def why(question: str) -> str:
        from bot.cli.explain import explained  # noqa: PLC0415 - only when somebody asks

        return explained(live.current(), question)

    live.begin(_notify)
    try:
        with QuestionLog(journal, _notify) as log:
            chat(Conversation(live.current, style, log, why), lambda: input("> "), print)
    finally:
        live.end()
    return CLEAN


def _notify(line: str) -> None:
    print(line, file=sys.stderr)
