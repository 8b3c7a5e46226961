"""`explain`: why the bot replies as it does."""

import argparse
import json

from bot.cli.common import CLEAN, PROBLEMS, AddCommand, load_or_report
from bot.conversation.answers import Responder
from bot.editor.explain.explainer import Explainer
from bot.editor.explain.report import explanation_record, explanation_text


def add_command(add: AddCommand) -> None:
    explaining = add(
        "explain", _explain, "Say why the bot replies as it does.", 'explain "why did yadnex leave iran"'
    )
    explaining.add_argument("text", help="the message")
    explaining.add_argument("--json", action="store_true", help="print one JSON list")


def _explain(options: argparse.Namespace) -> int:
    loaded = load_or_report(options)
    if loaded.responder is None:
        return PROBLEMS
    if options.json:
        found = Explainer(loaded.responder).explain(options.text)
        print(json.dumps([explanation_record(each) for each in found], ensure_ascii=False))
    else:
        print(explained(loaded.responder, options.text))
    return CLEAN


def explained(responder: Responder, text: str) -> str:
    """The explanation of a message as text, one question after another."""
    source = responder.explained_by()[0].source
    found = Explainer(responder).explain(text)
    return "\n\n".join(explanation_text(each, source) for each in found) or "There are no words in it."
