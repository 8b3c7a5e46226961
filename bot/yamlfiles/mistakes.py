"""What an editor probably mistyped where YAML cannot be read, or is read as something else than it looks like."""

import difflib
import re
import unicodedata
from collections.abc import Sequence

from bot.yamlfiles.problems import Location

_CUT = re.compile(r"(?<=[^\s#])[ \t]+#(?=[^\s#])")
_DASH_WITHOUT_SPACE = re.compile(r" *-[^\s-]")
_INVISIBLE = re.compile("[\u00a0\u00ad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff]")
"""Spaces that are no space, joiners, hyphens and direction marks."""

_LIKE = 0.5
"""How much alike two words are (0 to 1), from which on one may be meant by the other."""

Place = tuple[int, int]
"""A line and a column, both counted from 0."""


def probable_cuts(text: str) -> set[Place]:
    """Where " #" may cut a text off: no space follows it, as one does in a comment. `text` is the whole document.

    >>> probable_cuts("- is startup #1 in it # a comment")
    {(0, 12)}
    """
    if " #" not in text:
        return set()
    found = (match.start() for match in _CUT.finditer(text))
    return {(text.count("\n", 0, start), start - text.rfind("\n", 0, start) - 1) for start in found}


def invisible_hint(text: str, at: Location) -> str:
    """The rest of a message about a text, where a character of it cannot be seen; else nothing.

    >>> invisible_hint("phrases\u00a0", Location("a.yaml", 1, 3))
    '; delete the invisible character in column 10 (U+00A0, no-break space)'
    """
    found = _INVISIBLE.search(text)
    if found is None:
        return ""
    code, name = ord(found[0]), unicodedata.name(found[0], "without a name").lower()
    return f"; delete the invisible character in column {at.column + found.start()} (U+{code:04X}, {name})"


def closest(word: str, names: Sequence[str]) -> str:
    """The one of the names that may be meant, "" where none is similar."""
    return next(iter(difflib.get_close_matches(word, names, n=1, cutoff=_LIKE)), "")


def syntax_mistake(
    lines: list[str], place: Place, unclosed: Place | None, quoted: tuple[Place, Place] | None
) -> tuple[Place, str] | None:
    """The place of the mistake and what would be right, where YAML cannot be read at `place`; None where nobody knows.

    unclosed  where a quotation mark opens that is never closed
    quoted    the beginning and the end of the last text in quotation marks
    """
    if unclosed:
        return unclosed, "the quotation mark that opens here is never closed; close it where the text ends"
    if quoted and quoted[1][0] == place[0]:
        (line, column), end = quoted
        if line < end[0]:
            closes = f"the quotation mark that opens here closes only in line {end[0] + 1}"
            return quoted[0], f"{closes}; close it where the text ends"
        whole = lines[line][column:].strip()
        shown = "" if whole.endswith(("]", "}", ",")) else f": {_quoted_whole(whole)}"
        return quoted[0], f"text goes on behind the closing quotation mark; quote the whole line{shown}"
    character = (lines[place[0]] if place[0] < len(lines) else "")[place[1] : place[1] + 1]
    if character == "\t":
        return place, "a tab stands here; indent with spaces"
    if character and character in "@`%":
        return place, f"a text cannot begin with {character}; put it in quotation marks"
    return _dash_mistake(lines, place)


def _dash_mistake(lines: list[str], place: Place) -> tuple[Place, str] | None:
    """A dash without a space behind it, in the line or in the one before it; or one that is indented otherwise."""
    for number in range(max(0, place[0] - 1), min(place[0] + 1, len(lines))):
        if _DASH_WITHOUT_SPACE.match(lines[number]):
            return (number, lines[number].index("-")), "put a space behind the dash"
    if place[0] < len(lines) and lines[place[0]][place[1] :].startswith("- "):
        return place, "the dashes of a list stand below one another; indent this line as those before it"
    return None


def _quoted_whole(text: str) -> str:
    if '"' not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
