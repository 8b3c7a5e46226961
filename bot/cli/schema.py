"""Print the JSON Schema of our files."""

import argparse

from bot.editor.json_schema import SCHEMAS, schema_text

EXAMPLE = "intents"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", choices=sorted(SCHEMAS), help="the kind of file")


def run(options: argparse.Namespace) -> None:
    print(schema_text(options.name), end="")
