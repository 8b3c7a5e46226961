"""`chat` and `ask`: the bot's answers in a terminal, or as JSON for other programs."""

import argparse
import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TextIO

from bot.answers import Responder
from bot.corpus import Corpus
from bot.journal import Notes
from bot.records import ReplyRecord, reply_record
from bot.settings import HOME, environment_with_file, read_settings
from bot.snapshot import Snapshot
from bot.terminal import Conversation, Desk, chat, look_of, render
from bot.verbs.shared import CLEAN, PROBLEMS, AddVerb, load_or_report, misuse


def add_verbs(add: AddVerb) -> None:
    add("chat", _chat, "Talk to the bot in the terminal.", "chat")
    asking = add(
        "ask", _ask, "Print the reply to one question, or to many.", 'ask "why did yandex leave iran"'
    )
    asking.add_argument("text", nargs="?", help="the question")
    asking.add_argument("--json", action="store_true", help="print one JSON object")
    asking.add_argument(
        "--batch",
        metavar="FILE",
        help='read {"id", "q"} objects, one a line, from FILE (- for standard input); print one JSON object each',
    )


def talk(
    responder: Responder,
    seen: Snapshot,
    journal: Path | None = None,
) -> int:
    """A conversation on standard input and output. What is saved after the files were as `seen` goes live between
    two lines, and what is not answered is kept in `journal`."""
    look = look_of(sys.stdout.isatty(), os.environ)
    if sys.stdin.isatty():
        with contextlib.suppress(ImportError):  # absent on Windows, where the console has its own
            import readline  # noqa: F401, PLC0415 - gives `input` its history; of use on a terminal only
    changes: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def apply_changes() -> None:
        with contextlib.suppress(Empty):
            while True:
                changes.get_nowait()()

    from bot.live import live_editing  # noqa: PLC0415 - 30 ms, only needed here

    def why(question: str) -> str:
        from bot.verbs.explaining import explained  # noqa: PLC0415 - only when somebody asks

        return explained(responder, question)

    begin = live_editing(responder, seen)
    live = begin(changes.put, _tell)
    try:
        with Notes(journal, _tell) as notes:
            conversation = Conversation(responder, look, desk=Desk(notes, apply_changes, why))
            chat(conversation, lambda: input("> "), print)
    finally:
        live.end()
    return CLEAN


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


def _chat(options: argparse.Namespace) -> int:
    settings, misfits = read_settings(environment_with_file(HOME / ".env"))
    if misfits:
        return misuse("\n".join(misfits))
    loaded = load_or_report(options)
    responder, seen = loaded.responder, loaded.snapshot
    del loaded  # with it what was loaded would stay in memory for ever, also when an edit has taken its place
    if responder is None:
        return PROBLEMS
    return talk(responder, seen, settings.journal)


def _ask(options: argparse.Namespace) -> int:
    if (options.text is None) == (options.batch is None):
        return misuse('ask: give either one question or --batch FILE, as in: python -m bot ask "what is b2g"')
    loaded = load_or_report(options)
    if loaded.responder is None or loaded.corpus is None:
        return PROBLEMS
    if options.batch is not None:
        return _ask_batch(options.batch, loaded.responder, loaded.corpus)
    if options.json:
        print(json.dumps(_timed(loaded.responder, loaded.corpus, options.text, None), ensure_ascii=False))
    else:
        print(render(loaded.responder.answer(options.text), look_of(sys.stdout.isatty(), os.environ)))
    return CLEAN


def _ask_batch(name: str, responder: Responder, corpus: Corpus) -> int:
    """One reply a line, in the order of the questions; a line that is no question is told and skipped."""
    try:
        lines: TextIO = sys.stdin if name == "-" else Path(name).open(encoding="utf-8")  # noqa: SIM115
    except OSError as error:
        return misuse(f"ask: {name} cannot be read: {error.strerror}")
    code = CLEAN
    responder.warm_up()
    with lines:
        for number, question in _questions(lines):
            if question is None:
                message = 'not a JSON object with "q" (a text)'
                print(f"{name}:{number}: error: {message}; this line is skipped", file=sys.stderr)
                code = PROBLEMS
                continue
            identity, text = question
            sys.stdout.write(json.dumps(_timed(responder, corpus, text, identity), ensure_ascii=False) + "\n")
    return code


def _questions(lines: Iterable[str]) -> Iterator[tuple[int, tuple[str | int | None, str] | None]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except ValueError:
            entry = None
        if isinstance(entry, dict) and isinstance(entry.get("q"), str):
            yield number, (entry.get("id"), entry["q"])
        else:
            yield number, None


def _timed(responder: Responder, corpus: Corpus, text: str, identity: str | int | None) -> ReplyRecord:
    start = time.perf_counter()
    reply = responder.answer(text)
    milliseconds = 1000.0 * (time.perf_counter() - start)
    return reply_record(reply, corpus, identity, milliseconds)
