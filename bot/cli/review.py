"""Show what was not answered, and what to write about it."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.cli.common import (
    load_bot,
    progress,
    question_files,
    settings_of_env,
    usage_error,
    write_file,
    write_files,
)
from bot.conversation.bot import Bot
from bot.editor.questions import Question
from bot.editor.review.placing import already_written, insertion
from bot.editor.review.proposals import Case, group_cases, is_settled, line_under, propose, propose_line
from bot.editor.review.report import proposal_text, question_lines
from bot.loading.files import shown
from bot.storage.journal import UnreadableError, read_journal

MOST = 10
"""Cases that are shown at a time: an evening's work, and some ten seconds of trying."""


EXAMPLE = "--most 3"


def add_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--journal", type=Path, metavar="FILE", help="another journal than that of the settings (JOURNAL)")
    add("--most", type=_number, default=MOST, metavar="N", help=f"show so many cases (default: {MOST})")
    add("--questions", type=Path, metavar="FILE", help="a question file whose answers must not become wrong")
    add("--export", type=Path, metavar="FILE", help="write them as questions for evaluate, with TODOs")
    add("--apply", type=_number, metavar="N", help="show what the line of case N would change in which file")
    add("--write", action="store_true", help="with --apply: write it")
    add("--to", metavar="ID", help="with --apply: a line of this intent instead")
    add("--not", action="store_true", dest="negative", help="with --apply: under not: instead")


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f'"{text}" is no number of cases like {MOST}')
    return int(text)


def run(options: argparse.Namespace) -> None:
    settings, invalid = settings_of_env()
    path = options.journal or settings.journal
    if invalid and not options.journal:
        usage_error("\n".join(invalid))
    if options.apply is None and (options.write or options.to or options.negative):
        usage_error("review: --write, --to and --not say how to --apply a case; name its number")
    if path is None:
        usage_error("review: JOURNAL is off, so that nothing was kept; name a file with --journal")
    if options.journal and not path.exists():
        usage_error(f"review: there is no journal {path}")
    try:
        entries = read_journal(path)
    except UnreadableError as error:
        usage_error(f"review: {shown(path)} cannot be read: {error}")
    if not entries:
        print("review: nothing was kept yet", file=sys.stderr)
        return
    questions = question_files("review", [options.questions] if options.questions else [])
    bot = load_bot(options)
    cases = group_cases(entries)
    open_cases = [case for case in progress(cases, len(cases), "cases") if not is_settled(case, bot)]
    if options.apply is not None:
        _apply(options, open_cases, bot)
    elif options.export:
        write_file("review", options.export, question_lines(open_cases, bot.language))
        print(f"written: {shown(options.export)}: {len(open_cases)} questions; replace each TODO")
    else:
        _show(open_cases, options.most, bot, questions)
        if settled := len(cases) - len(open_cases):
            print(f"{settled} more: today's intents settle them.")


def _show(cases: Sequence[Case], most: int, bot: Bot, questions: Iterable[Question]) -> None:
    """Prints each proposal as soon as it is known, since one takes a second or more."""
    for number, proposal in enumerate(propose(cases[:most], bot, questions), 1):
        where = insertion(proposal.effect.line) if proposal.effect else None
        print(proposal_text(number, proposal, where), end="\n\n", flush=True)
    if len(cases) > most:
        print(f"{len(cases) - most} more are open; --most {len(cases)} shows all.")


def _apply(options: argparse.Namespace, cases: Sequence[Case], bot: Bot) -> None:
    """Puts the line of one case where it belongs. Writes with --write only."""
    if not 1 <= options.apply <= len(cases):
        usage_error(f"review: there is no case {options.apply}; {len(cases)} are open")
    case = cases[options.apply - 1]
    line = propose_line(case, bot)
    intent = bot.corpus.intents.get(options.to) if options.to else line.intent if line else None
    if intent is None:
        unknown = f'"{options.to}" is no intent' if options.to else "no answer is near"
        usage_error(f"review: {unknown}; name one of the intents with --to")
    if line is None or options.to or options.negative:
        line = line_under(case, intent, bot, negative=options.negative)
    if written := already_written(line, bot.corpus.intents):
        usage_error(f'review: "{line.phrase.text}" stands already in {written}; remove it there first')
    where = insertion(line)
    if where is None:
        usage_error(f"review: the files of {intent.id} ({intent.at}) cannot be changed; write it by hand")
    print(f"{'not' if line.negative else 'phrases'} of {intent.id}, {where.place}:\n")
    print("\n".join(where.lines), end="\n\n")
    if options.write:
        write_files("review", {Path(where.path): where.text()}, overwrite=True)
        print(f"written: {where.path}. The other cases have new numbers now.")
    else:
        print("Nothing was written; add --write to do so.")
