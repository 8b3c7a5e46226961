"""`review`: what the running bot could not answer, and what to write about it."""

import argparse
import sys
from pathlib import Path

from bot.cli.common import (
    CLEAN,
    AddCommand,
    load_bot,
    progress,
    question_files,
    settings_of_env,
    usage_error,
    write_file,
)
from bot.conversation.bot import Bot
from bot.editor.questions import Question
from bot.editor.review import group_cases, is_settled, propose, question_lines, review_text
from bot.loading.loader import shown
from bot.storage.journal import Entry, UnreadableError, read_journal

MOST = 10
"""Cases that are shown at a time: an evening's work, and some ten seconds of trying."""


def add_command(add: AddCommand) -> None:
    parser = add(
        "review", _review, "Show what was not answered, and what to write about it.", "review --most 3"
    )
    parser.add_argument(
        "--journal", type=Path, metavar="FILE", help="another journal than that of the settings (JOURNAL)"
    )
    parser.add_argument(
        "--most", type=_number, default=MOST, metavar="N", help=f"show so many cases (default: {MOST})"
    )
    parser.add_argument(
        "--questions", type=Path, metavar="FILE", help="a question file whose answers must not become wrong"
    )
    parser.add_argument(
        "--export", type=Path, metavar="FILE", help="write them as questions for evaluate, with TODOs"
    )


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f'"{text}" is no number of cases like {MOST}')
    return int(text)


def _review(options: argparse.Namespace) -> int:
    settings, invalid = settings_of_env()
    path = options.journal or settings.journal
    if invalid and not options.journal:
        return usage_error("\n".join(invalid))
    if path is None:
        return usage_error("review: JOURNAL is off, so that nothing was kept; name a file with --journal")
    if options.journal and not path.exists():
        return usage_error(f"review: there is no journal {path}")
    try:
        entries = read_journal(path)
    except UnreadableError as error:
        return usage_error(f"review: {shown(path)} cannot be read: {error}")
    if not entries:
        print("review: nothing was kept yet", file=sys.stderr)
        return CLEAN
    questions = question_files("review", [options.questions] if options.questions else [])
    return _show(options, entries, questions, load_bot(options))


def _show(
    options: argparse.Namespace, entries: tuple[Entry, ...], questions: tuple[Question, ...], bot: Bot
) -> int:
    """The cases that are still open. Only --export writes, and only a new file."""
    cases = group_cases(entries)
    open_cases = [case for case in cases if not is_settled(case, bot)]
    if options.export:
        write_file("review", options.export, question_lines(open_cases))
        print(f"written: {shown(options.export)}: {len(open_cases)} questions; replace each TODO")
        return CLEAN
    shown_cases = open_cases[: options.most]
    proposals = progress(propose(shown_cases, bot, questions), len(shown_cases), "cases")
    print(review_text(proposals, len(cases) - len(open_cases)))
    if len(open_cases) > options.most:
        print(f"\n{len(open_cases) - options.most} more are open; --most {len(open_cases)} shows all.")
    return CLEAN
