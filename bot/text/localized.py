"""One text in several languages, and the best of them for a visitor."""

from dataclasses import dataclass

FALLBACK = "en"
"""English. Used for a visitor whose language the bot does not speak, and where a text in that language is missing."""


@dataclass(frozen=True, slots=True)
class Localized:
    """A text by language code, in the order written.

    >>> title = Localized((("en", "Yandex"), ("ru", "Яндекс")))
    >>> title.best("ru"), title.best("fa")
    ('Яндекс', 'Yandex')
    """

    texts: tuple[tuple[str, str], ...]

    def best(self, language: str | None) -> str:
        """The text in `language`, else in English, else the first; "" where there is none."""
        by_language = dict(self.texts)
        first = self.texts[0][1] if self.texts else ""
        return by_language.get(language or FALLBACK) or by_language.get(FALLBACK) or first

    def languages(self) -> tuple[str, ...]:
        return tuple(language for language, text in self.texts if text)
