"""`python -m bot`: finds the command and runs it.

Only that command is imported, so that an answer does not wait for the imports of the editor tools.
"""

import argparse
import importlib
import os
import sys

from bot.cli.common import CLEAN, USAGE_ERROR, Run, shared_options, use_utf_8

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
    """Runs one command and returns its exit code. Options that cannot be parsed raise SystemExit(2), as in argparse."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words:
        _parser("").print_help(sys.stderr)
        return USAGE_ERROR
    options = _parser(words[0]).parse_args(words)
    use_utf_8()
    try:
        return int(options.run(options))
    except SystemExit as stop:
        return int(stop.code or CLEAN)
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN


def _parser(command: str) -> argparse.ArgumentParser:
    """The parser with this command alone; with all commands where there is no such command, for help and errors."""
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
