"""Names in a question that the interview never mentions.

Rule: a question about somebody else is not answered outright, however near it comes: "does Germany suffer from
sanctions too?" is not what he was asked. A name that an editor has put into a phrase of the very intent is
no stranger there ("why use a Russian search engine and not Google?").
"""

from collections.abc import Iterable

from bot.intents import Intent
from bot.language import stem, words
from bot.passages import Source


class Strangers:
    """The names of `rows` (each row one thing, in all spellings) that the source does not mention.

    >>> Strangers([["china", "китай"], ["iran"]], source).named("что с Китаем", intent)
    'Китаем'
    """

    def __init__(self, rows: Iterable[Iterable[str]], source: Source) -> None:
        mentioned = {stem(word) for word in words(source.text)}
        known = ({stem(word) for name in row for word in words(name)} for row in rows)
        self._stems = frozenset(name for row in known if not row & mentioned for name in row)

    def named(self, text: str, intent: Intent | None = None) -> str:
        """The first such name in `text`, as it was typed, or "". Names in the phrases of `intent` do not
        count."""
        for typed in text.split():
            for word in words(typed):
                if stem(word) in self._stems and not (intent and _says(intent, stem(word))):
                    return typed.strip(".,;:!?؟«»“”\"'()")
        return ""


def _says(intent: Intent, name: str) -> bool:
    return any(name in map(stem, words(phrase.text)) for phrase in intent.phrases)
