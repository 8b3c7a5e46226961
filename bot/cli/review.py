"""`review`: what the running bot could not answer, and what to write about it."""

import argparse
import sys
from pathlib import Path

from bot.cli.common import CLEAN, PROBLEMS, AddCommand, load_or_report, report, usage_error, write_new
from bot.editor.questions import Question, read_questions
from bot.editor.review import Case, Reviewer, cases, question_lines, review_text
from bot.loading.loader import shown
from bot.settings import HOME, environment_with_file, read_settings
from bot.storage.entries import Entry
from bot.storage.journal import UnreadableError, read_journal

MOST = 10
"""Cases that are shown at a time: an evening's work, and some ten seconds of trying."""


def add_command(add: AddCommand) -> None:
    reviewing = add(
        "review", _review, "Show what was not answered, and what to write about it.", "review --most 3"
    )
    reviewing.add_argument(
        "--journal", type=Path, metavar="FILE", help="another journal than that of the settings (JOURNAL)"
    )
    reviewing.add_argument(
        "--most", type=int, default=MOST, metavar="N", help=f"show so many cases (default: {MOST})"
    )
    reviewing.add_argument(
        "--questions", type=Path, metavar="FILE", help="a question file whose answers must not become wrong"
    )
    reviewing.add_argument(
        "--export", type=Path, metavar="FILE", help="write them as questions for evaluate, with TODOs"
    )


def _review(options: argparse.Namespace) -> int:
    path = options.journal or read_settings(environment_with_file(HOME / ".env"))[0].journal
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
    return _show(options, entries)


def _show(options: argparse.Namespace, entries: tuple[Entry, ...]) -> int:
    """The cases that are still open. Only --export writes, and only a new file."""
    questions, code = _questions(options.questions)
    loaded = load_or_report(options)
    if code != CLEAN or loaded.bot is None:
        return code or PROBLEMS
    reviewer, found = Reviewer(loaded.bot, questions), cases(entries)
    open_cases = reviewer.unsettled(found)
    if options.export:
        return _export(options.export, open_cases)
    proposals = reviewer.proposals(open_cases[: options.most])
    print(review_text(proposals, len(found) - len(open_cases)))
    if len(open_cases) > options.most:
        print(f"\n{len(open_cases) - options.most} more are open; --most {len(open_cases)} shows all.")
    return CLEAN


def _questions(path: Path | None) -> tuple[tuple[Question, ...], int]:
    if path is None:
        return (), CLEAN
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return (), usage_error(f"review: {path} cannot be read: {error}")
    found, problems = read_questions(text.splitlines(), str(path))
    report(problems, sys.stderr)
    return found, PROBLEMS if problems else CLEAN


def _export(path: Path, found: tuple[Case, ...]) -> int:
    if code := write_new("review", path, question_lines(found)):
        return code
    print(f"written: {shown(path)}: {len(found)} questions; replace each TODO")
    return CLEAN
