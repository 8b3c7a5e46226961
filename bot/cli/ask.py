"""`ask`: the reply to one question, or to many, as text or as JSON for other programs."""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, TextIO

from bot.cli.common import CLEAN, PROBLEMS, AddCommand, load_bot, usage_error
from bot.conversation.bot import Bot
from bot.conversation.records import reply_record
from bot.conversation.replies import Reply
from bot.conversation.requests import Request
from bot.terminal import render, style_of


def add_command(add: AddCommand) -> None:
    parser = add(
        "ask", _ask, "Print the reply to one question, or to many.", 'ask "why did yandex leave iran"'
    )
    parser.add_argument("text", nargs="?", help="the question")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--batch",
        metavar="FILE",
        help='read {"id", "q"} objects, one a line, from FILE (- for standard input); print one JSON object each; '
        'lines with the same "chat" are one conversation; "reply_to" is the "id" of the line to which one replies',
    )


def _ask(options: argparse.Namespace) -> int:
    if (options.text is None) == (options.batch is None):
        return usage_error(
            'ask: give either one question or --batch FILE, as in: python -m bot ask "what is b2g"'
        )
    bot = load_bot(options)
    if options.batch is not None:
        return _ask_batch(options.batch, bot)
    if options.json:
        print(_json_reply(bot, options.text)[1])
    else:
        print(render(bot.answer(options.text), style_of(sys.stdout.isatty(), os.environ)))
    return CLEAN


def _ask_batch(name: str, bot: Bot) -> int:
    """One reply a line, in the order of the questions; a line that is no question is reported and skipped."""
    try:
        lines: TextIO = (
            sys.stdin if name == "-" else Path(name).open(encoding="utf-8", errors="backslashreplace")  # noqa: SIM115
        )
    except OSError as error:
        return usage_error(f"ask: {name} cannot be read: {error.strerror}")
    code = CLEAN
    bot.warm_up()
    by_id: dict[str, Request | None] = {}
    by_chat: dict[str, Request | None] = {}
    with lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            question = _question(line)
            if question is None:
                message = 'not a JSON object with "q" (a text)'
                print(f"{name}:{number}: error: {message}; this line is skipped", file=sys.stderr)
                code = PROBLEMS
            else:
                context = _context(question, by_id, by_chat)
                reply, record = _json_reply(bot, question["q"], question.get("id"), context)
                print(record)
                by_id[_key(question.get("id"))] = reply.context
                if "chat" in question:
                    by_chat[_key(question["chat"])] = reply.context or context
    return code


def _question(line: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and isinstance(entry.get("q"), str) else None


def _context(
    question: dict[str, Any], by_id: dict[str, Request | None], by_chat: dict[str, Request | None]
) -> Request | None:
    """The answer that a line follows: the one that it replies to, else the last one of its chat."""
    replied_to = by_id.get(_key(question["reply_to"])) if "reply_to" in question else None
    return replied_to or (by_chat.get(_key(question["chat"])) if "chat" in question else None)


def _key(value: object) -> str:
    """1 and "1" are two ids."""
    return json.dumps(value)


def _json_reply(
    bot: Bot, text: str, question_id: str | int | None = None, context: Request | None = None
) -> tuple[Reply, str]:
    start = time.perf_counter()
    reply = bot.answer(text, context=context)
    milliseconds = 1000.0 * (time.perf_counter() - start)
    return reply, json.dumps(reply_record(reply, bot.corpus, question_id, milliseconds), ensure_ascii=False)
