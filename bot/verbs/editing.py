"""`check`: what is wrong in the source card and the intents."""

import argparse
import sys

from bot.loading import load
from bot.problems import errors
from bot.verbs.shared import CLEAN, PROBLEMS, AddVerb, report


def add_verbs(add: AddVerb) -> None:
    checking = add("check", _check, "Say what is wrong in the source card and the intents.", "check")
    checking.add_argument("--strict", action="store_true", help="let warnings fail, too (for CI)")


def _check(options: argparse.Namespace) -> int:
    problems = load(options.source, options.intents).problems
    report(problems, sys.stdout)
    return PROBLEMS if errors(problems) or (options.strict and problems) else CLEAN
