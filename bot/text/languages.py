"""The languages of texts: which script and language a text is in, one text in several of them, and stems of words."""

import re
import sys
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

FALLBACK = "en"
"""English. Used for a visitor whose language the bot does not speak, and where a text in that language is missing."""

LANGUAGE_OF_SCRIPT = {"latin": "en", "cyrillic": "ru", "arabic": "fa"}
"""The wording files decide which of these languages the bot speaks."""

# Shortcuts: a text that is not ASCII and has nothing else than these characters is of one script.
OTHER_THAN_CYRILLIC = re.compile("[^\u0410-\u044f\u0401\u0451 .,?!:;0-9-]")
OTHER_THAN_ARABIC = re.compile(
    "[^\u0620-\u064a\u066e\u066f\u0671-\u06d3\u200c .,?!:;\u060c\u061f0-9\u06f0-\u06f9-]"
)

_NO_CACHE = 0
"""PyStemmer would keep ten thousand words for each language, two megabytes; `stem` has a cache of its own."""

_STEMMERS = {
    "latin": Stemmer.Stemmer("english", _NO_CACHE),
    "cyrillic": Stemmer.Stemmer("russian", _NO_CACHE),
    "arabic": Stemmer.Stemmer("persian", _NO_CACHE),
}


def script_of(text: str) -> str | None:
    """The script most letters of `text` belong to: "latin", "cyrillic", "arabic", or None.

    >>> script_of("что с Yandex"), script_of("15 %")
    ('cyrillic', None)

    A Latin letter counts half, since names are written in Latin letters in every language. Of equal numbers the script
    met first wins. Without letters, Persian digits and punctuation count as "arabic".
    """
    if text.isascii():
        return "latin" if any(char.isalpha() for char in text) else None
    if not OTHER_THAN_CYRILLIC.search(text):
        return "cyrillic"
    if not OTHER_THAN_ARABIC.search(text):
        return "arabic"
    counts: dict[str, float] = {}
    for char in text:
        script = _letter_script(char)
        if script:
            counts[script] = counts.get(script, 0.0) + (0.5 if script == "latin" else 1.0)
    return max(counts, key=lambda script: counts[script]) if counts else None


@lru_cache(maxsize=4096)
def _letter_script(char: str) -> str | None:
    if not char.isalpha():
        return None
    if char < "\u0250":
        return "latin"
    if "\u0400" <= char <= "\u052f":
        return "cyrillic"
    if "\u0600" <= char <= "\u08ff" or "\ufb50" <= char <= "\ufefc":
        return "arabic"
    return None


def language_of(text: str) -> str | None:
    """The language that the script of `text` stands for, or None where it has no such letters.

    >>> language_of("یاندکس"), language_of("👍")
    ('fa', None)
    """
    script = script_of(text)
    return LANGUAGE_OF_SCRIPT[script] if script else None


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The stem of a folded word; of a word in another script, and of one that no dictionary has, the word itself.

    >>> stem("companies"), stem("компаниями")
    ('compani', 'компан')

    Equal stems are one object, since tens of thousands are kept.
    """
    script = script_of(word)
    if script is None or len(word) > 40:  # keys pressed at random
        return word
    return sys.intern(str(_STEMMERS[script].stemWord(word)) or word)


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
