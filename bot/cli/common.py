"""What all commands share: the options --source and --intents, exit codes, and how problems are printed."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TextIO

from bot.loading.loader import INTENTS, SOURCE, Loaded, load
from bot.yamlfiles.problems import Problem, errors

CLEAN, PROBLEMS, USAGE_ERROR = 0, 1, 2

Run = Callable[[argparse.Namespace], int]


class AddCommand(Protocol):
    """Adds a command to the parser: its name, one sentence, and an example that can be copied."""

    def __call__(self, name: str, run: Run, summary: str, example: str) -> argparse.ArgumentParser: ...


def shared_options() -> argparse.ArgumentParser:
    """The options that every command has."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--source", type=Path, default=SOURCE, metavar="FILE", help="another text than the interview"
    )
    shared.add_argument(
        "--intents", type=Path, default=INTENTS, metavar="DIR", help="another folder of intents"
    )
    return shared


def load_or_report(options: argparse.Namespace) -> Loaded:
    """Everything that the options name; what forbids a start is printed on standard error."""
    loaded = load(options.source, options.intents)
    report(errors(loaded.problems), sys.stderr)
    return loaded


def report(problems: tuple[Problem, ...], stream: TextIO) -> None:
    """Prints problems, one a line."""
    for problem in problems:
        print(problem, file=stream)


def usage_error(message: str) -> int:
    """Says on standard error what would be right, and gives the exit code of a usage error."""
    print(message, file=sys.stderr)
    return USAGE_ERROR
