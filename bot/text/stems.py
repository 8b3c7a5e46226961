"""Stems of folded words, by the Snowball algorithm of each script's language: the only file that uses PyStemmer."""

import sys
from functools import lru_cache

import Stemmer

from bot.text.scripts import script_of

_NO_CACHE = (
    0  # PyStemmer would keep ten thousand words for each language, two megabytes; `stem` keeps its own
)
_STEMMERS = {
    "latin": Stemmer.Stemmer("english", _NO_CACHE),
    "cyrillic": Stemmer.Stemmer("russian", _NO_CACHE),
    "arabic": Stemmer.Stemmer("persian", _NO_CACHE),
}


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The stem of a folded word, by the Snowball algorithm of its script's language.

    >>> stem("companies"), stem("компаниями")
    ('compani', 'компан')

    A very long "word" (key mashing) is its own stem: no dictionary word is that long. Equal stems are one object,
    for they are kept by ten thousands.
    """
    script = script_of(word)
    if script is None or len(word) > 40:
        return word
    return sys.intern(str(_STEMMERS[script].stemWord(word)) or word)
