"""Takes out of a text what could lead to a person, before the text is kept.

It rather takes out too much: the editor needs the question, not its details. A name that is written like any other
word is not recognised, which is why /privacy says that the text is kept.
"""

import re
from collections.abc import Callable

LONGEST = 300
"""Characters that are kept of a text: more than a question has."""

_LONGEST_READ = 4 * LONGEST
"""Characters that are looked at. What the end of these cuts in half is left out: half of an address or of a number is
not recognised."""

_DAY, _YEAR, _BETWEEN = r"[0-3۰-۳]?\d", r"[12۱۲]\d{3}", "([./-])"
_DATE = rf"(?<!\w)(?P<date>{_DAY}{_BETWEEN}{_DAY}\2{_YEAR}|{_YEAR}{_BETWEEN}{_DAY}\3{_DAY})(?![./-]?\w)"
"""17.06.2018, 6/17/2018 or 2018-06-17, also in Persian digits."""

_REPLACEMENTS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?i)(?:\b[a-z]{2,9}://|\bwww\.)\S+|(?<![\w.-])[\w.-]*[\w-]\.[\w-]+/\S*"), "[link]"),
    (re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*"), "[e-mail]"),
    (re.compile(r"(?<!\w)@\w{2,}"), "[name]"),
    (
        re.compile(rf"{_DATE}|(?<!\w)\+?\(?\d(?:[\s()./\u2010-\u2015-]{{0,2}}\d){{6,}}"),
        lambda it: it["date"] or "[number]",
    ),
)
"""In this order: a link may hold all others, and an e-mail address holds an @. Seven digits are the shortest telephone
number that people write. A date with its year is none, nor a sum with commas; a sum of seven digits with spaces looks
like one. Each begins only where a word or a run of its characters begins, or is bounded: else "1-1-1-..." takes 20 ms,
and ten times the length a hundred times as long."""


def redacted(text: str) -> str:
    """`text` in one line without links, e-mail addresses, account names and long numbers, at most LONGEST.

    >>> redacted("Call +98 21 555 0100 or @somebody,\\nsee https://example.org/x?y=1")
    'Call [number] or [name], see [link]'
    """
    # half of a pair of surrogates fits no file
    printable = text[:_LONGEST_READ].encode(errors="replace").decode()
    is_cut = len(text) > _LONGEST_READ
    line = " ".join(_whole_words(printable) if is_cut else printable.split())
    for pattern, replacement in _REPLACEMENTS:
        line = pattern.sub(replacement, line)
    is_cut |= len(line) > LONGEST
    return line[: LONGEST - 1].rstrip() + "…" if is_cut else line


def _whole_words(cut: str) -> list[str]:
    """The words of a text that was cut, without its last one, and without what may be the beginning of a number."""
    words = cut.split()[:-1]
    while words and not any(map(str.isalpha, words[-1])):
        words.pop()
    return words
