"""`python -m bot`: finds the command and runs it.

Rule: only what the command needs is imported, so that the first answer does not wait for the tools of editors.
"""

import argparse
import importlib
import io
import os
import sys

from bot.cli.common import CLEAN, Run, shared_options

COMMANDS = (
    "chat",
    "ask",
    "check",
    "explain",
    "schema",
    "coverage",
    "derive",
    "evaluate",
    "calibrate",
    "doctor",
    "review",
)
"""In the order in which help shows them. Each is a module of bot/cli of the same name."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code. A usage error ends in SystemExit(2), as argparse does."""
    words = sys.argv[1:] if arguments is None else arguments
    options = _parser(words[0] if words else "").parse_args(words)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # any text can be printed, whatever the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return int(options.run(options))
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN


def _parser(command: str) -> argparse.ArgumentParser:
    """The parser with this command alone, or with all where there is no such command (for help and complaints)."""
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Answers questions about one interview."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    shared = shared_options()

    def add(name: str, run: Run, summary: str, example: str) -> argparse.ArgumentParser:
        added = commands.add_parser(
            name,
            help=summary,
            description=summary,
            epilog=f"example: python -m bot {example}",
            parents=[shared],
        )
        added.set_defaults(run=run)
        return added

    for module in [command] if command in COMMANDS else COMMANDS:
        importlib.import_module(f"bot.cli.{module}").add_command(add)
    return parser


if __name__ == "__main__":
    sys.exit(main())
