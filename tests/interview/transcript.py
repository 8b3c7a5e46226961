"""The conversations in `conversations/` as a transcript: `python -m tests.interview.transcript [WORDS]`.

With words, only those conversations whose title or file has them. What is printed was sent: a bar marks the text of
a blockquote, and brackets mark a button.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from bot.conversation.bot import Bot
from bot.loading.loader import INTENTS, SOURCE, load
from tests.telegram_app.conversation_files import Conversation, Step, conversations
from tests.telegram_app.player import Shown, play
from tests.telegram_app.recorder import Json, quoted

FOLDER = Path(__file__).parent / "conversations"


def transcript(conversation: Conversation, bot: Bot) -> str:
    """One conversation, from its title on."""
    lines = [f"== {conversation.title} ({conversation.where}, {conversation.place})"]
    for step, shown in play(conversation, bot):
        lines += ["", *_step(step, shown)]
    return "\n".join(lines)


def _step(step: Step, shown: Shown) -> Iterator[str]:
    done = f"{step.action}: {step.text(step.action)}"
    details = [f"{key}: {step.text(key)}" for key in ("to", "caption") if step.text(key)]
    yield "> " + ", ".join([done, *details])
    edited = "editMessageText" in [call.method for call in shown.calls]
    for message in shown.messages:
        yield "  (in place)" if edited else ""
        yield from (f"  {line}".rstrip() for line in _message(message))
    if not shown.calls:
        yield "  (nothing)"


def _message(message: Json) -> Iterator[str]:
    text = message["text"]
    for quote in quoted(message):
        text = text.replace(quote, "│ " + quote.replace("\n", "\n│ "))
    yield from text.split("\n")
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        yield " ".join(f"[{button['text']}]" for button in row)


def main(words: list[str]) -> int:
    """Prints the transcripts; 1 when the bot could not be loaded."""
    loaded = load(SOURCE, INTENTS)
    if loaded.bot is None:
        print(*loaded.problems, sep="\n", file=sys.stderr)
        return 1
    for conversation in conversations(FOLDER):
        if all(word in f"{conversation.title} {conversation.place}" for word in words):
            print(transcript(conversation, loaded.bot), end="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
