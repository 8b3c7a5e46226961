"""Questions, each with the reply that our own engine gives in this process.

Two questions never have the same reply, so that a reply identifies its question.
"""

from dataclasses import dataclass

from bot.conversation.bot import Bot
from bot.loading.loader import load
from bot.telegram_app.render import render


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Questions in a fixed order, and which of them a reply belongs to."""

    questions: tuple[str, ...]
    number_of_reply: dict[str, int]


def read_catalogue() -> Catalogue:
    """That of our own intents. Raises RuntimeError when our own files have errors."""
    loaded = load()
    if loaded.bot is None:
        raise RuntimeError("the intents have errors; run: python -m bot check")
    return catalogue_of(loaded.bot)


def catalogue_of(bot: Bot) -> Catalogue:
    """The titles of the intents in all languages: asked like that, each is answered by one message.

    The text is compared as a whole: a reply that is cut off or mixed up belongs to no question.
    """
    titles = [text for intent in bot.corpus.intents.intents for _, text in intent.title.texts if text]
    found: dict[str, str] = {}
    for title in titles:
        reply = bot.answer(title, "en")
        messages = render(reply)
        if reply.kind == "answer" and len(messages) == 1:
            found.setdefault(messages[0].text.strip(), title)
    return Catalogue(tuple(found.values()), {reply: number for number, reply in enumerate(found)})
