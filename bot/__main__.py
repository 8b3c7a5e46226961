"""`python -m bot`: finds the command and runs it.

Only that command is imported, so that an answer does not wait for the imports of the editor tools.
"""

import argparse
import importlib
import sys

from bot.cli.streams import end_quietly_on_interrupt, run_guarded

if __name__ == "__main__":
    end_quietly_on_interrupt()

from bot.cli.common import CLEAN, USAGE_ERROR, shared_options

COMMANDS = (
    "chat",
    "ask",
    "check",
    "explain",
    "schema",
    "coverage",
    "new",
    "derive",
    "format",
    "evaluate",
    "calibrate",
    "doctor",
    "review",
)
"""In the order in which help shows them. Each is a module of bot/cli of the same name (see there)."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code. Options that cannot be parsed raise SystemExit(2), as in argparse."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words:
        _parser("").print_help(sys.stderr)
        return USAGE_ERROR
    options = _parser(words[0]).parse_args(words)
    return run_guarded(lambda: options.run(options) or CLEAN)


def _parser(command: str) -> argparse.ArgumentParser:
    """The parser with this command alone; with all commands where there is no such command, for help and errors."""
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Answers questions about one interview."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    shared = shared_options()
    for name in [command] if command in COMMANDS else COMMANDS:
        module = importlib.import_module(f"bot.cli.{name}")
        added = commands.add_parser(
            name,
            help=module.__doc__,
            description=module.__doc__,
            epilog=f"example: python -m bot {name} {getattr(module, 'EXAMPLE', '')}".rstrip(),
            parents=[] if name == "new" else [shared],  # which makes what the others work on
        )
        module.add_options(added)
        added.set_defaults(run=module.run)
    return parser


if __name__ == "__main__":
    sys.exit(run_guarded(main))  # also help may be printed where nobody reads it
