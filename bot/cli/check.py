"""Say what is wrong in the source card and the intents."""

import argparse
import json
import sys
from dataclasses import asdict

from bot.cli.common import CLEAN, PROBLEMS, read_file, report
from bot.editor.check import check
from bot.loading.loader import load
from bot.loading.unread_files import unread_files
from bot.settings import HOME
from bot.yamlfiles.problems import Problem, errors, in_file_order

RULES_PAGE = HOME / "docs" / "check-rules.md"


def add_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--strict", action="store_true", help="let warnings fail, too (for CI)")
    add("--rules", action="store_true", help="print what every rule says, with examples")
    add("--format", choices=("text", "json", "github"), default="text", help="how problems are printed")


def run(options: argparse.Namespace) -> int:
    """Warnings about the content are given only when there is no error of form."""
    if options.rules:
        print(read_file("check", RULES_PAGE), end="")
        return CLEAN
    loaded = load(options.source, options.intents)
    found = [*loaded.problems, *unread_files(options.source, options.intents)]
    if loaded.bot is not None:
        found += check(loaded.bot)
    problems = in_file_order(found)
    match options.format:
        case "json":
            print(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
        case "github":
            print(*map(_annotation, problems), sep="\n", end="\n" if problems else "")
        case _:
            report(problems, sys.stdout)
    return PROBLEMS if errors(problems) or (options.strict and problems) else CLEAN


def _annotation(problem: Problem) -> str:
    """A line that GitHub shows beside the place
    (https://docs.github.com/actions/reference/workflow-commands-for-github-actions)."""
    at = problem.at
    text = problem.message.replace("%", "%25").replace("\n", "%0A")
    place = f"file={at.path},line={max(1, at.line)},col={max(1, at.column)}"
    return f"::{problem.level} {place},title={problem.rule}::{text}"
