"""The form in which two strings are compared: case, accents, letter variants, digits and marks folded.

Numbers in words are digits in it, in English, Russian and Persian ("ninety nine" and 99 are the same), but only from
ten on: "one" and "two" are more often something else than a count. What these functions return is for comparing and is
never shown.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from bot.text.languages import OTHER_THAN_ARABIC, OTHER_THAN_CYRILLIC

# Arabic and Persian keyboards produce different code points for kaf, yeh and heh; Russian is typed with and without
# the dots of ё; apostrophes are left out.
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
_ACRONYM = re.compile(r"\b(?:[^\W\d_]\.)+[^\W\d_]\b")
_THOUSANDS = re.compile(r"(?<=\d)[,٬](?=\d{3}\b)")
_COMPOUNDS = {
    "start": "up",
    "co": "operat",
    "старт": "ап",
    "гос": "услуг",
    "соц": "сет",
    "кибер": "безопасн",
    "استارت": "اپ",
    "بین": "الملل",
}
_GENERATION = frozenset({"g", "г"})
_JOINED = _COMPOUNDS.keys() | _GENERATION

# Persian prefixes and endings are typed joined, with a half-space, or with a space; all three become one word.
_JOINS_NEXT = frozenset({"می", "نمی"})
_JOINS_PREVIOUS = frozenset({"ها", "های", "هایی", "هاش", "هاشون", "تر", "ترین", "ای", "ام", "اند"})

_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_RUSSIAN = (
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
_PERSIAN = "صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده"
_TENS = (
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
    "بیست سی چهل پنجاه شصت هفتاد هشتاد نود",
)
_HUNDREDS = (
    "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот",
    "صد دویست سیصد چهارصد پانصد",
)

_ORDINALS = {
    "перв": 1, "втор": 2, "трет": 3, "четверт": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8, "девят": 9,
    **{word.removesuffix("ь"): value for value, word in enumerate(_RUSSIAN.split()) if value > 9},
    "двадцат": 20, "тридцат": 30, "сороков": 40, "пятидесят": 50, "шестидесят": 60, "семидесят": 70,
    "восьмидесят": 80, "девяност": 90,
}  # fmt: skip
_ORDINAL_ENDINGS = tuple("ый ий ой ого его ому ему ом ем ым им ая ую ое ье ья ьего ьем".split())  # noqa: SIM905

_VALUES = {
    **{word: value for row in (_ENGLISH, _RUSSIAN, _PERSIAN) for value, word in enumerate(row.split())},
    **{word: 10 * value for row in _TENS for value, word in enumerate(row.split(), 2)},
    **{word: 100 * value for row in _HUNDREDS for value, word in enumerate(row.split(), 1)},
    **{stem + ending: value for stem, value in _ORDINALS.items() for ending in _ORDINAL_ENDINGS},
    # cases of Russian that counts stand in
    "девяноста": 90, "сорока": 40, "две": 2, "двух": 2, "трех": 3, "четырех": 4,
    **{word[:-1] + "и": value for value, word in enumerate(_RUSSIAN.split()) if value > 4 and word.endswith("ь")},
    "двадцати": 20, "тридцати": 30,
}  # fmt: skip
_MULTIPLIERS = {
    "hundred": 100,
    "هزار": 1000,
    **dict.fromkeys(("thousand", "тысяча", "тысячи", "тысяч", "тысячу"), 1000),
}
_BETWEEN = frozenset({"and", "و"})
_NUMBER_WORDS = _VALUES.keys() | _MULTIPLIERS.keys()

SMALLEST = 10


def comparison_key(text: str) -> str:
    """The folded words of `text`, one space between two.

    >>> comparison_key("  Wasn’t it  СТАРТАПЁ ۱۵؟ ")
    'wasnt it стартапе 15'

    It is at most eighteen times as long as `text` (NFKC has a ligature of eighteen letters).
    """
    return " ".join(words(text))


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[str, ...]:
    """The folded words of `text`, in order. A text without letters and digits has none.

    >>> words("Start-up: e-Government?"), words("the U.N. on 5 G: ninety nine of 30,000")
    (('startup', 'e', 'government'), ('the', 'un', 'on', '5g', '99', 'of', '30000'))
    """
    folded = _folded(text)
    if not _JOINED.isdisjoint(folded):
        folded = _joined(folded)
    return tuple(folded if _NUMBER_WORDS.isdisjoint(folded) else with_digits(folded))


def _joined(folded: list[str]) -> list[str]:
    """The words, with "5 g" and "start up" as one; of words, not of the text, so that a key folds to itself."""
    joined = folded[:1]
    for word in folded[1:]:
        before = joined[-1]
        generation = word in _GENERATION and len(before) == 1 and before.isdigit()
        if generation or (before in _COMPOUNDS and word.startswith(_COMPOUNDS[before])):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _folded(text: str) -> list[str]:
    """The words, with what is written in several ways (U.N. and UN, 30,000 and 30000) in one."""
    if "." in text:
        text = _ACRONYM.sub(lambda found: found[0].replace(".", ""), text)
    if "," in text or "٬" in text:
        text = _THOUSANDS.sub("", text)
    if text.isascii():
        return _WORD.findall(text.casefold().replace("'", "").replace("`", ""))
    if not OTHER_THAN_CYRILLIC.search(text):
        return _WORD.findall(text.casefold().replace("ё", "е"))
    if OTHER_THAN_ARABIC.search(text):
        text = unicodedata.normalize("NFKC", text)
    folded = text.casefold().translate(_PLAIN_LETTERS)
    found = _WORD.findall(folded)
    return _join_persian_affixes(found) if "\u0600" <= max(folded, default="") else found


def _plain_letter(typed: str) -> str:
    """The character without its accent; "" for a combining or invisible one."""
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
    """`_plain_letter` as a table for `str.translate`, filled as characters are met."""

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


def with_digits(folded: Sequence[str]) -> list[str]:
    """The folded words, with numbers from ten on in digits.

    >>> with_digits(["about", "ninety", "nine", "percent", "since", "two", "thousand", "and", "eight"])
    ['about', '99', 'percent', 'since', '2008']
    """
    return [word for run in _runs(folded) for word in _read(run)]


def _runs(folded: Iterable[str]) -> Iterator[list[str]]:
    """The words in runs: the words of one number are together, any other word is alone."""
    run: list[str] = []
    for word in folded:
        if run and (word in _BETWEEN or _goes_on(run, word)):
            run.append(word)
        else:
            yield run
            run = [word]
    yield run


def _goes_on(run: Sequence[str], word: str) -> bool:
    """Whether a word can follow in the same number: "five" behind "twenty", but not behind "five"."""
    before = next((each for each in reversed(run) if each not in _BETWEEN), "")
    if word in _MULTIPLIERS:
        least = _MULTIPLIERS.get(before, 1)
        return _MULTIPLIERS[word] > least and (before in _NUMBER_WORDS or _is_figure(before))
    if before in _MULTIPLIERS:
        return word in _VALUES
    value = _VALUES.get(before, 0)
    return word in _VALUES and 0 < _VALUES[word] < (100 if value >= 100 else 10 if value >= 20 else 0)


def _is_figure(word: str) -> bool:
    """Whether the word is a number in digits, which "thousand" may follow."""
    return word.isdecimal() and len(word) <= 6


def _read(run: list[str]) -> list[str]:
    """A run as one number in digits, where it is one from SMALLEST on; an "and" behind it stays a word."""
    behind = []
    while len(run) > 1 and run[-1] in _BETWEEN:
        behind.append(run.pop())
    if not run or not (run[0] in _NUMBER_WORDS or (len(run) > 1 and _is_figure(run[0]))):
        return [*run, *reversed(behind)]
    total = part = 0
    for word in run:
        if word == "hundred":
            part = 100 * max(1, part)
        elif word in _MULTIPLIERS:
            total, part = total + max(1, part) * _MULTIPLIERS[word], 0
        else:
            part += int(word) if word.isdecimal() else _VALUES.get(word, 0)
    number = total + part
    return [*(run if number < SMALLEST else [str(number)]), *reversed(behind)]
