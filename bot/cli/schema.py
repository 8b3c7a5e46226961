"""`schema`: the JSON Schemas of our files."""

import argparse

from bot.cli.common import CLEAN, AddCommand
from bot.editor.json_schema import SCHEMAS, schema_text


def add_command(add: AddCommand) -> None:
    adding = add("schema", _schema, "Print the JSON Schema of our files.", "schema intents")
    adding.add_argument("name", choices=sorted(SCHEMAS), help="the kind of file")


def _schema(options: argparse.Namespace) -> int:
    print(schema_text(options.name), end="")
    return CLEAN
