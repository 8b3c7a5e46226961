"""`python -m bot`: finds the verb and runs it."""

import argparse
import io
import os
import sys

from bot.verbs import asking, editing, measuring
from bot.verbs.shared import CLEAN, Run, shared_options


def main(arguments: list[str] | None = None) -> int:
    """Runs one verb and returns its exit code. Misuse ends in SystemExit(2), as argparse does."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # any text can be printed, whatever the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return int(options.run(options))
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Answers questions about one interview."
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    shared = shared_options()

    def add(name: str, run: Run, summary: str, example: str) -> argparse.ArgumentParser:
        verb = verbs.add_parser(
            name,
            help=summary,
            description=summary,
            epilog=f"example: python -m bot {example}",
            parents=[shared],
        )
        verb.set_defaults(run=run)
        return verb

    for group in (asking, editing, measuring):
        group.add_verbs(add)
    return parser


if __name__ == "__main__":
    sys.exit(main())
