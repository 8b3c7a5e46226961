"""The languages of texts: which script a text is in, one text in several languages, and stems of words.

Which of several languages in one script it is, `matching.identification` tells.
"""

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer

FALLBACK = "en"
"""English. Used for a visitor whose language the bot does not speak, and where a text in that language is missing."""


class Script(NamedTuple):
    """`language` is the one that a text in it is taken to be in where no phrases say otherwise; `letters` are ranges
    of characters, as between the brackets of a regular expression."""

    language: str
    letters: str


SCRIPTS = {
    "latin": Script("en", "A-\u02af\u1e00-\u1eff"),
    "cyrillic": Script("ru", "\u0400-\u052f"),
    "arabic": Script("fa", "\u0600-\u08ff\ufb50-\ufefc"),
}
"""A script that has no row here is not known, and `check` says so. A row is all that one needs."""

UNKNOWN_SCRIPT = "latin"
"""Where a text without letters ("5?") is looked up: numbers and signs are written alike in all of them."""

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""By language code the names of its Snowball stemmer (https://snowballstem.org/algorithms/). Words of a language that
is not among them count with each ending for themselves."""

# Shortcuts: a text that is not ASCII and has nothing else than these characters is of one script.
OTHER_THAN_CYRILLIC = re.compile("[^\u0410-\u044f\u0401\u0451 .,?!:;0-9-]")
OTHER_THAN_ARABIC = re.compile(
    "[^\u0620-\u064a\u066e\u066f\u0671-\u06d3\u200c .,?!:;\u060c\u061f\u066a-\u066c0-9\u06f0-\u06f9-]"
)

_NO_CACHE = 0
"""PyStemmer would keep ten thousand words for each language, two megabytes; `stem` has a cache of its own."""

_LONGEST_STEMMED = 40
"""What is longer is keys pressed at random."""


def script_of(text: str) -> str | None:
    """The script most letters of `text` belong to: "latin", "cyrillic", "arabic", or None.

    >>> script_of("что с Yandex"), script_of("15 %")
    ('cyrillic', None)

    A Latin letter counts half, since names are written in Latin letters in every language. Of equal numbers the script
    met first wins. Without letters, Persian digits and punctuation count as "arabic".
    """
    if text.isascii():
        return "latin" if text.lower() != text.upper() else None  # quicker than to look at each character
    if not OTHER_THAN_CYRILLIC.search(text):
        return "cyrillic"
    if not OTHER_THAN_ARABIC.search(text):
        return "arabic"
    counts: dict[str, float] = {}
    for char in text:
        script = letter_script(char)
        if script:
            counts[script] = counts.get(script, 0.0) + (0.5 if script == "latin" else 1.0)
    return max(counts, key=lambda script: counts[script]) if counts else None


def scripts_in(folded: Iterable[str]) -> frozenset[str]:
    """The scripts of folded words.

    >>> sorted(scripts_in(["что", "с", "yandex", "15"]))
    ['cyrillic', 'latin']
    """
    return frozenset(filter(None, map(script_of, folded)))


def script_for(text: str) -> str:
    """The script in which `text` is taken to be.

    >>> script_for("что с Yandex"), script_for("5?")
    ('cyrillic', 'latin')
    """
    return script_of(text) or UNKNOWN_SCRIPT


@lru_cache(maxsize=4096)
def letter_script(char: str) -> str | None:
    """The script of a letter; None for other characters, and for letters of unknown scripts."""
    if not char.isalpha():
        return None
    return next((name for name, row in SCRIPTS.items() if re.match(f"[{row.letters}]", char)), None)


def language_of(text: str) -> str | None:
    """The language that the script of `text` stands for, or None where it has no such letters.

    >>> language_of("یاندکس"), language_of("👍")
    ('fa', None)
    """
    script = script_of(text)
    return SCRIPTS[script].language if script else None


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The stem of a folded word; of a word in another script, and of one that no dictionary has, the word itself.

    >>> stem("companies"), stem("компаниями")
    ('compani', 'компан')

    Equal stems are one object, since tens of thousands are kept.
    """
    script = script_of(word)
    return _stemmed(word, SCRIPTS[script].language) if script else word


@cache
def stemmer(language: str, script: str) -> Callable[[str], str]:
    """The `stem` for texts in a language that is written in a script: words in other scripts get their usual stems.

    >>> stemmer("es", "latin")("puentes"), stemmer("es", "latin")("компаниями")
    ('puent', 'компан')
    """
    if language == SCRIPTS[script].language:
        return stem

    @lru_cache(maxsize=4096)
    def stem_own(word: str) -> str:
        return _stemmed(word, language) if script_of(word) == script else stem(word)

    return stem_own


def _stemmed(word: str, language: str) -> str:
    found = _stemmer(language)
    if found is None or len(word) > _LONGEST_STEMMED:
        return word
    return sys.intern(str(found.stemWord(word)) or word)


@cache
def _stemmer(language: str) -> "Stemmer.Stemmer | None":
    return Stemmer.Stemmer(STEMMERS[language], _NO_CACHE) if language in STEMMERS else None


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
