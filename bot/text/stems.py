"""Stems of folded words, by the Snowball algorithm of each script's language."""

import sys
from functools import lru_cache

import Stemmer

from bot.text.scripts import script_of

_NO_CACHE = 0
"""PyStemmer would keep ten thousand words for each language, two megabytes; `stem` has a cache of its own."""

_STEMMERS = {
    "latin": Stemmer.Stemmer("english", _NO_CACHE),
    "cyrillic": Stemmer.Stemmer("russian", _NO_CACHE),
    "arabic": Stemmer.Stemmer("persian", _NO_CACHE),
}


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
