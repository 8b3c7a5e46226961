"""Lines in which left-to-right and right-to-left words stand side by side.

Rule: only the bot's own lines are marked, never a quotation. Apps lay a line out in the direction of
its first letter (the Unicode Bidirectional Algorithm, rules P2 and P3: https://www.unicode.org/reports/tr9/),
so that a Persian line which begins with "Yandex" would be torn apart. An invisible mark at its start
says which way the line runs. Telegram drops U+2028 to U+202E from texts, but neither of these marks.
"""

import unicodedata

RIGHT_TO_LEFT_LANGUAGES = frozenset({"ar", "fa", "he", "ur"})
"""Those a wording file may be added for; Persian is there."""

_LEFT, _RIGHT = "left", "right"
_DIRECTIONS = {"L": _LEFT, "R": _RIGHT, "AL": _RIGHT}  # strong types of unicodedata.bidirectional
_MARKS = {_LEFT: "\u200e", _RIGHT: "\u200f"}


def directed(text: str, language: str) -> str:
    """`text` with a mark before each line that would run the wrong way for `language`.

    >>> directed("Yandex", "fa"), directed("Yandex در ایران", "fa")
    ('Yandex', '\\u200fYandex در ایران')

    A line in one direction only, such as an address, is left alone.
    """
    wanted = _RIGHT if language in RIGHT_TO_LEFT_LANGUAGES else _LEFT
    return "\n".join(_directed_line(line, wanted) for line in text.split("\n"))


def _directed_line(line: str, wanted: str) -> str:
    found = [_DIRECTIONS.get(unicodedata.bidirectional(char)) for char in line]
    directions = [each for each in found if each]
    if len(set(directions)) < 2 or directions[0] == wanted:
        return line
    return _MARKS[wanted] + line
