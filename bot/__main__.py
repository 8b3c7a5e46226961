"""`python -m bot`: finds the verb and runs it.

Rule: only what the verb needs is imported, so that the first answer does not wait for the tools of editors.
"""

import argparse
import importlib
import io
import os
import sys

from bot.verbs.shared import CLEAN, Run, shared_options

MODULES = {
    "chat": "asking",
    "ask": "asking",
    "check": "editing",
    "explain": "explaining",
    "schema": "publishing",
    "coverage": "covering",
    "derive": "deriving",
    "evaluate": "measuring",
    "calibrate": "measuring",
    "doctor": "operating",
    "review": "reviewing",
}
"""The module of bot/verbs that has the verb."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one verb and returns its exit code. Misuse ends in SystemExit(2), as argparse does."""
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


def _parser(verb: str) -> argparse.ArgumentParser:
    """The parser with this verb alone, or with all where there is no such verb (for help and complaints)."""
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Answers questions about one interview."
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    shared = shared_options()

    def add(name: str, run: Run, summary: str, example: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(
            name,
            help=summary,
            description=summary,
            epilog=f"example: python -m bot {example}",
            parents=[shared],
        )
        added.set_defaults(run=run)
        return added

    for module in [MODULES[verb]] if verb in MODULES else dict.fromkeys(MODULES.values()):
        importlib.import_module(f"bot.verbs.{module}").add_verbs(add)
    return parser


if __name__ == "__main__":
    sys.exit(main())
