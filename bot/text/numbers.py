"""Numbers in words as digits, in English, Russian and Persian: "ninety nine" and "99" are the same.

Only numbers from ten on: "one" and "two" are more often something else than a count.
"""

from collections.abc import Iterable, Iterator, Sequence

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

_VALUES = {
    **{word: value for row in (_ENGLISH, _RUSSIAN, _PERSIAN) for value, word in enumerate(row.split())},
    **{word: 10 * value for row in _TENS for value, word in enumerate(row.split(), 2)},
    **{word: 100 * value for row in _HUNDREDS for value, word in enumerate(row.split(), 1)},
    # cases of Russian that years and counts stand in
    "девяноста": 90, "сорока": 40, "две": 2, "восьмом": 8, "восьмого": 8, "пятнадцатом": 15, "пятнадцати": 15,
    "семнадцатого": 17, "семнадцатое": 17, "двадцати": 20, "тридцати": 30,
}  # fmt: skip
_MULTIPLIERS = {"hundred": 100, "thousand": 1000, "тысяча": 1000, "тысячи": 1000, "тысяч": 1000, "هزار": 1000}
_BETWEEN = frozenset({"and", "و"})
_NUMBER_WORDS = _VALUES.keys() | _MULTIPLIERS.keys()

SMALLEST = 10


def with_digits(folded: Sequence[str]) -> list[str]:
    """The folded words, with numbers from ten on in digits.

    >>> with_digits(["about", "ninety", "nine", "percent", "since", "two", "thousand", "and", "eight"])
    ['about', '99', 'percent', 'since', '2008']
    """
    if _NUMBER_WORDS.isdisjoint(folded):
        return list(folded)
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
    if before in _MULTIPLIERS:
        return word in _VALUES
    value = _VALUES.get(before, 0)
    if word in _MULTIPLIERS:
        return value > 0
    return word in _VALUES and 0 < _VALUES[word] < (100 if value >= 100 else 10 if value >= 20 else 0)


def _read(run: list[str]) -> list[str]:
    """A run as one number in digits, where it is one from SMALLEST on; an "and" behind it stays a word."""
    behind = []
    while len(run) > 1 and run[-1] in _BETWEEN:
        behind.append(run.pop())
    if not run or run[0] not in _NUMBER_WORDS:
        return [*run, *behind]
    total = part = 0
    for word in run:
        if word in _MULTIPLIERS:
            total, part = total + max(1, part) * _MULTIPLIERS[word], 0
        else:
            part += _VALUES.get(word, 0)
    number = total + part
    return [*(run if number < SMALLEST else [str(number)]), *behind]
