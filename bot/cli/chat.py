"""`chat`: the bot's answers in a terminal."""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue

from bot.cli.common import CLEAN, PROBLEMS, AddCommand, load_or_report, usage_error
from bot.conversation.answers import Responder
from bot.loading.snapshot import Snapshot
from bot.settings import HOME, environment_with_file, read_settings
from bot.storage.question_log import QuestionLog
from bot.terminal import Conversation, EditorTools, chat, style_of


def add_command(add: AddCommand) -> None:
    add("chat", _chat, "Talk to the bot in the terminal.", "chat")


def talk(
    responder: Responder,
    seen: Snapshot,
    journal: Path | None = None,
) -> int:
    """A conversation on standard input and output. What is saved after the files were as `seen` goes live between
    two lines, and what is not answered is kept in `journal`."""
    look = style_of(sys.stdout.isatty(), os.environ)
    if sys.stdin.isatty():
        with contextlib.suppress(ImportError):  # absent on Windows, where the console has its own
            import readline  # noqa: F401, PLC0415 - gives `input` its history; of use on a terminal only
    changes: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def apply_changes() -> None:
        with contextlib.suppress(Empty):
            while True:
                changes.get_nowait()()

    from bot.loading.live import live_editing  # noqa: PLC0415 - 30 ms, only needed here

    def why(question: str) -> str:
        from bot.cli.explain import explained  # noqa: PLC0415 - only when somebody asks

        return explained(responder, question)

    begin = live_editing(responder, seen)
    live = begin(changes.put, _tell)
    try:
        with QuestionLog(journal, _tell) as notes:
            conversation = Conversation(responder, look, tools=EditorTools(notes, apply_changes, why))
            chat(conversation, lambda: input("> "), print)
    finally:
        live.end()
    return CLEAN


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


def _chat(options: argparse.Namespace) -> int:
    settings, invalid = read_settings(environment_with_file(HOME / ".env"))
    if invalid:
        return usage_error("\n".join(invalid))
    loaded = load_or_report(options)
    responder, seen = loaded.responder, loaded.snapshot
    del loaded  # with it what was loaded would stay in memory for ever, also when an edit has taken its place
    if responder is None:
        return PROBLEMS
    return talk(responder, seen, settings.journal)
