"""The one form in which two strings are compared: folding, words, stems, script.

Rule: *compare the key, quote the source*. What leaves this room is for comparing and never shown.
What it does not know: intents, weights, and which words matter.
"""

import re
import sys
import unicodedata
from functools import lru_cache

import Stemmer

LANGUAGE_OF_SCRIPT = {"latin": "en", "cyrillic": "ru", "arabic": "fa"}
"""The language that a script stands for here. The wording files decide which ones are spoken."""

_NO_CACHE = (
    0  # PyStemmer would keep ten thousand words for each language, two megabytes; `stem` keeps its own
)
_STEMMERS = {
    "latin": Stemmer.Stemmer("english", _NO_CACHE),
    "cyrillic": Stemmer.Stemmer("russian", _NO_CACHE),
    "arabic": Stemmer.Stemmer("persian", _NO_CACHE),
}

# Letters that readers take for the same: Arabic and Persian keyboards produce different code
# points for kaf, yeh and heh; Russian is typed with and without the dots of ё. Apostrophes are no letters.
_SAME_LETTER = {
    "ё": "е",
    "ي": "ی",
    "ى": "ی",
    "ئ": "ی",
    "ك": "ک",
    "ة": "ه",
    "ۀ": "ه",
    "أ": "ا",
    "إ": "ا",
    "ٱ": "ا",
    "آ": "ا",
    "ؤ": "و",
} | dict.fromkeys("'’‘`´ʼ", "")
_WORD = re.compile(r"[^\W_]+")

# Most texts have letters of one script only, and are told at once. (After isascii(); so one of those is there.)
_OTHER_THAN_CYRILLIC = re.compile("[^\u0410-\u044f\u0401\u0451 .,?!:;0-9-]")
_OTHER_THAN_ARABIC = re.compile(
    "[^\u0620-\u064a\u066e\u066f\u0671-\u06d3\u200c .,?!:;\u060c\u061f0-9\u06f0-\u06f9-]"
)

# Persian verbs and plurals are typed joined, with a half-space, or with a space; all three join.
_JOINS_NEXT = frozenset({"می", "نمی"})
_JOINS_PREVIOUS = frozenset({"ها", "های", "هایی", "هاش", "هاشون", "تر", "ترین", "ای", "ام", "اند"})


def comparison_key(text: str) -> str:
    """`text` as it is compared: case, accents, letter variants, digits and invisible marks folded.

    >>> comparison_key("  Wasn’t it  СТАРТАПЁ ۱۵؟ ")
    'wasnt it стартапе 15'

    Words are kept apart by single spaces; everything that is neither letter nor digit is dropped.
    The length is bounded by that of `text` (times eighteen, for the rare ligatures of NFKC).
    """
    return " ".join(words(text))


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[str, ...]:
    """The folded words of `text`, in order. A text without letters and digits has none.

    >>> words("Start-up: e-Government?")
    ('start', 'up', 'e', 'government')

    """
    if text.isascii():
        return tuple(_WORD.findall(text.casefold().replace("'", "").replace("`", "")))
    if not _OTHER_THAN_CYRILLIC.search(text):
        return tuple(_WORD.findall(text.casefold().replace("ё", "е")))
    if _OTHER_THAN_ARABIC.search(text):
        text = unicodedata.normalize("NFKC", text)
    folded = text.casefold().translate(_PLAIN_LETTERS)
    found = _WORD.findall(folded)
    return tuple(_join_persian_affixes(found)) if "\u0600" <= max(folded, default="") else tuple(found)


def _plain_letter(typed: str) -> str:
    """One character as readers take it, without its accent; nothing for a combining or invisible one."""
    char = _SAME_LETTER.get(typed, typed)
    if char.isascii() or "\u0400" <= char <= "\u04ff":  # й is a letter of its own
        return char
    category = unicodedata.category(char)
    if category in {"Mn", "Cf", "Cs"} or char == "\u0640":  # tatweel only stretches a word
        return ""
    if category == "Nd":
        return str(unicodedata.digit(char))
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() and base.isalpha() else char


class _PlainLetters(dict[int, str]):
    """`_plain_letter` as a table for `str.translate`, filled as characters are met (there are a
    million at most, and a message has few)."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = _plain_letter(chr(code))
        return plain


_PLAIN_LETTERS = _PlainLetters()


def _join_persian_affixes(found: list[str]) -> list[str]:
    joined: list[str] = []
    prefix = ""
    for word in found:
        if word in _JOINS_NEXT and not prefix:
            prefix = word
        elif word in _JOINS_PREVIOUS and joined and not prefix and joined[-1] > "\u0600":
            joined[-1] += word
        else:
            joined.append(prefix + word)
            prefix = ""
    return [*joined, prefix] if prefix else joined


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


def script_of(text: str) -> str | None:
    """The script most letters of `text` belong to: "latin", "cyrillic", "arabic", or None.

    >>> script_of("что с Yandex"), script_of("15 %")
    ('cyrillic', None)

    A Latin letter counts half, for names are written in Latin letters everywhere. Equal numbers go to the
    script met first. Where there are no letters, Persian digits and signs tell as much.
    """
    if text.isascii():
        return "latin" if any(char.isalpha() for char in text) else None
    if not _OTHER_THAN_CYRILLIC.search(text):
        return "cyrillic"
    if not _OTHER_THAN_ARABIC.search(text):
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
