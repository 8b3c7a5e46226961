"""`schema`: what editors need to complete and check our files while one types."""

import argparse

from bot.cli.common import CLEAN, AddCommand
from bot.editor.json_schema import SCHEMAS, schema_text


def add_command(add: AddCommand) -> None:
    adding = add("schema", _schema, "Print the JSON Schema of our files.", "schema intents")
    adding.add_argument("name", choices=sorted(SCHEMAS), help="of which files")


def _schema(options: argparse.Namespace) -> int:
    print(schema_text(options.name), end="")
    return CLEAN
