"""Print the reply to one question, or to many."""

import argparse
import io
import json
import re
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from bot.cli.common import CLEAN, PROBLEMS, load_bot, terminal_style, usage_error
from bot.cli.streams import typed
from bot.conversation.bot import Bot
from bot.conversation.records import reply_record
from bot.conversation.replies import Reply
from bot.conversation.requests import Request
from bot.terminal import render

_NO_TEXT = re.compile("[\udc80-\udcff]")
"""What Python makes of bytes that are no UTF-8."""
_UTF_16 = ("\udcff\udcfe", "\udcfe\udcff")
"""Its first two bytes, read in that way."""

EXAMPLE = '"why did yandex leave iran"'


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="*", help="the question; it needs no quotation marks")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--batch",
        metavar="FILE",
        help='read {"id", "q"} objects, one a line, from FILE (- for standard input); print one JSON object each; '
        'lines with the same "chat" are one conversation; "reply_to" is the "id" of the line to which one replies',
    )


def run(options: argparse.Namespace) -> int:
    if bool(options.text) == (options.batch is not None):
        usage_error('ask: give either one question or --batch FILE, as in: python -m bot ask "what is b2g"')
    bot = load_bot(options)
    if options.batch is not None:
        return _ask_batch(options.batch, bot)
    text = typed(options.text)
    if options.json:
        _print_record(bot, text)
    else:
        print(render(bot.answer(text), terminal_style()))
    return CLEAN


def _ask_batch(name: str, bot: Bot) -> int:
    """One reply a line, in the order of the questions; a line that is no question is reported and skipped."""
    try:
        lines = _open_batch(name)
    except OSError as error:
        usage_error(f"ask: {name} cannot be read: {error.strerror}")
    code = CLEAN
    bot.warm_up()
    shown: dict[str, Request | None] = {}
    with lines:
        for number, line in enumerate(lines, 1):
            if number == 1 and (line.startswith(_UTF_16) or "\0" in line):
                usage_error(f"ask: {name} is in UTF-16; save it with the encoding UTF-8")
            if not line.strip():
                continue
            question = _question(line)
            if isinstance(question, str):
                print(f"{name}:{number}: error: {question}; this line is skipped", file=sys.stderr)
                code = PROBLEMS
            else:
                context = _context(question, shown)
                reply = _print_record(bot, question["q"], question.get("id"), context)
                shown[_key("id", question.get("id"))] = reply.context
                if "chat" in question:
                    shown[_key("chat", question["chat"])] = reply.context or context
    return code


def _open_batch(name: str) -> TextIO:
    """A file or standard input, without byte order mark, in which bytes that are no UTF-8 can be told from text."""
    if name != "-":
        return Path(name).open(encoding="utf-8-sig", errors="surrogateescape")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape")
    return sys.stdin


def _question(line: str) -> dict[str, Any] | str:
    """The question in a line, or what is wrong with the line."""
    if _NO_TEXT.search(line):
        return "not UTF-8 text; save it as UTF-8"
    with suppress(ValueError):
        entry = json.loads(line)
        if isinstance(entry, dict) and isinstance(entry.get("q"), str):
            return entry
    return 'not a JSON object with "q" (a text)'


def _context(question: dict[str, Any], shown: dict[str, Request | None]) -> Request | None:
    """The answer that a line follows: the one that it replies to, else the last one of its chat."""
    replied_to = shown.get(_key("id", question["reply_to"])) if "reply_to" in question else None
    return replied_to or (shown.get(_key("chat", question["chat"])) if "chat" in question else None)


def _key(kind: str, value: object) -> str:
    """1 and "1" are two ids."""
    return json.dumps([kind, value])


def _print_record(
    bot: Bot, text: str, question_id: str | int | None = None, context: Request | None = None
) -> Reply:
    start = time.perf_counter()
    reply = bot.answer(text, context=context)
    milliseconds = 1000.0 * (time.perf_counter() - start)
    print(json.dumps(reply_record(reply, bot.corpus, question_id, milliseconds), ensure_ascii=False))
    return reply
