"""Say why the bot replies as it does."""

import argparse
import json

from bot.cli.common import load_bot
from bot.cli.streams import typed
from bot.conversation.bot import Bot
from bot.editor.explain.explainer import explain
from bot.editor.explain.report import explanation_record, explanation_text

EXAMPLE = '"why did yadnex leave iran"'


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="+", help="the message; it needs no quotation marks")
    parser.add_argument("--numbers", action="store_true", help="also say how everything was weighed")
    parser.add_argument("--json", action="store_true", help="print one JSON list")


def run(options: argparse.Namespace) -> None:
    bot, text = load_bot(options), typed(options.text)
    if options.json:
        print(json.dumps([explanation_record(each) for each in explain(bot, text)], ensure_ascii=False))
    else:
        print(explained(bot, text, options.numbers))


def explained(bot: Bot, text: str, numbers: bool = False) -> str:
    """The explanation of a message as text, with each of its questions."""
    parts = [explanation_text(each, bot.corpus.source, numbers) for each in explain(bot, text)]
    return "\n\n".join(parts) or "There are no words in it."
