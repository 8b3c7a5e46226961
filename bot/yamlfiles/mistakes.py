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

_NOT_YAML = (
    (
        re.compile(r"(<{7}|={7}|>{7})(?= |$)"),
        "a mark of an unfinished merge; keep one version and remove the marks",
    ),
    (re.compile(r"(\.\.\.)\s*$"), "three dots end a YAML document; remove the line"),
    (
        re.compile(rf" *((?![ \t])\s|{_INVISIBLE.pattern})"),
        "the line is indented with {}; indent it with spaces",
    ),
)
"""Lines that make a file unreadable somewhere below them, and what to do."""

_WITHOUT_COLON = re.compile(r"\s*(- (?=id\b))?(\w[\w-]*)((?:[;：]\S*|:\S+)?(?: [^:]*)?)")
_KEY = re.compile(r"( *)[\w-]+(?=:( |$))")
_NO_DASH = 'begin the line with "- " (a hyphen and a space), as the others'
_DASHES = "the dashes of a list stand below one another"
_IN_BRACKETS = re.compile(r" *- ([\[{]).*[\]}]")
_INDICATORS = frozenset("@`%*&!|>,]}")
"""Characters with which no text without quotation marks can begin, and which begin nothing in our files."""

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
    return f"; delete the invisible character in column {at.column + found.start()} ({_name(found[0])})"


def _name(character: str) -> str:
    return f"U+{ord(character):04X}, {unicodedata.name(character, 'without a name').lower()}"


def closest(word: str, names: Sequence[str]) -> str:
    """The one of the names that may be meant, "" where none is similar."""
    return next(iter(difflib.get_close_matches(word, names, n=1, cutoff=_LIKE)), "")


def syntax_mistake(
    lines: list[str], place: Place, began: Place, last: tuple[Place, Place, bool] | None, reason: str
) -> tuple[Place, str] | None:
    """The place of the mistake and what would be right, where YAML cannot be read at `place`; None where nobody knows.

    began   where that begins which the parser could not read to its end
    last    the beginning and the end of the last text before, and whether it is in quotation marks
    reason  the parser's words
    """
    for number, line in enumerate(lines[: place[0] + 1]):
        for pattern, advice in _NOT_YAML:
            if mark := pattern.match(line):
                return (number, mark.start(1)), advice.format(_name(mark[1][0]))
    if "quoted scalar" in reason and "end of stream" in reason:
        return began, "the quotation mark that opens here is never closed; close it where the text ends"
    if last and last[2] and last[1][0] == place[0]:
        return last[0], _text_behind_quotation(lines, *last[:2])
    if "mapping values" in reason and last and last[0][0] < place[0]:
        began = last[0]
    is_key = "mapping values" in reason or "expected ':'" in reason
    if is_key and began[0] < place[0] and (found := _without_colon(lines, began)):
        return found
    if "expected '-'" in reason and place[1] == began[1]:
        return place, _NO_DASH
    if "expected ',' or" in reason:
        return began, "the bracket that opens here is not closed, or a comma is missing behind it"
    found = _wrong_character(lines, place, began) or _dash_mistake(lines, place) or _key_mistake(lines, place)
    if found or not any(each in reason for each in ("expected ':'", "expected key", "expected '-'")):
        return found
    return _stray_line(lines, began if is_key else place)


def _without_colon(lines: list[str], began: Place) -> tuple[Place, str] | None:
    """Of a line that is neither a key nor an item."""
    number, column = began
    if number and lines[number - 1].startswith(" " * column + "- "):
        return None if _DASH_WITHOUT_SPACE.match(lines[number]) else (began, _NO_DASH)
    found = _WITHOUT_COLON.fullmatch(lines[number])
    if found is None:
        return None
    rest = found[3].strip()
    may_be_item = rest and found[3].startswith(" ") and not found[1]
    advice = ', or "- " before it if it is a line of a list' if may_be_item else ""
    return began, f'put a colon{" and a space" if rest else ""} behind "{found[2]}"{advice}'


def _text_behind_quotation(lines: list[str], begin: Place, end: Place) -> str:
    if begin[0] < end[0]:
        closes = f"the quotation mark that opens here closes only in line {end[0] + 1}"
        return f"{closes}; close it where the text ends"
    whole, behind = lines[begin[0]][begin[1] :].strip(), lines[end[0]][end[1] :]
    mark = whole[:1]
    if behind[:1].isalnum():  # the mark closes nothing: it is an apostrophe, or opens another quotation
        whole = whole.removeprefix(mark).removesuffix(mark)
    shown = "" if whole.endswith(("]", "}", ",")) else f": {_quoted_whole(whole)}"
    return f"text goes on behind the closing quotation mark; quote the whole line{shown}"


def _wrong_character(lines: list[str], place: Place, began: Place) -> tuple[Place, str] | None:
    """A character with a meaning in YAML, at `place` or where the unreadable text begins."""
    for number, column in (place, began):
        line = lines[number] if number < len(lines) else ""
        character = line[column : column + 1] or " "
        if character == "\t":
            return place, "a tab stands here; indent with spaces"
        if character == "\\":
            return place, "a backslash has a meaning in double quotation marks; use single ones, or none"
        if character in _INDICATORS:
            is_bullet = character == "*" and line[:column].isspace()
            advice = ', or write "- " instead' if is_bullet else ""
            message = f"a text cannot begin with {character}; put it in quotation marks{advice}"
            return (number, column), message
    found = _IN_BRACKETS.match(lines[place[0]]) if place[0] < len(lines) else None
    if found and found.end() <= place[1]:
        return (place[0], found.start(1)), f"put the line in quotation marks, since it begins with {found[1]}"
    return None


def _dash_mistake(lines: list[str], place: Place) -> tuple[Place, str] | None:
    """A dash without a space behind it, in the line or in the one before it; or one that is indented otherwise."""
    for number in range(max(0, place[0] - 1), min(place[0] + 1, len(lines))):
        if _DASH_WITHOUT_SPACE.match(lines[number]):
            return (number, lines[number].index("-")), "put a space behind the dash"
    if place[0] < len(lines) and lines[place[0]][place[1] :].startswith("- "):
        return _first_of_list(lines, place) or (place, f"{_DASHES}; indent this line as those before it")
    return None


def _first_of_list(lines: list[str], place: Place) -> tuple[Place, str] | None:
    """What is wrong with the first item above those that begin at `place`: it has no dash, or alone stands further to
    the right."""
    margin = " " * place[1]
    start = place[0]
    while start and (not lines[start - 1].strip() or lines[start - 1].startswith(margin + " ")):
        start -= 1
    indent = len(lines[start]) - len(lines[start].lstrip())
    items = [line for line in lines[start : place[0]] if line.startswith(" " * indent + "- ")]
    following = [line for line in lines[place[0] + 1 :] if not line.startswith(margin + " ")]
    if not items and start < place[0] and margin and not lines[start - 1].startswith(margin):
        return (start, indent), _NO_DASH
    if len(items) == 1 and following and following[0].startswith(margin + "- "):
        return (start, indent), f"{_DASHES}; indent this line as those below it"
    return None


def _key_mistake(lines: list[str], place: Place) -> tuple[Place, str] | None:
    """A key that is indented otherwise than the others of its entry; YAML stops at it or at its colon."""
    found = _KEY.match(lines[place[0]]) if place[0] < len(lines) else None
    if found is None or place[1] not in {found.end(1), found.end()}:
        return None
    first = next(number for number, line in enumerate(lines) if line.strip() and line.lstrip()[0] != "#")
    if not found[1] and lines[first].startswith(" "):
        return (first, 0), "remove the spaces before the first key; the others stand at the left margin"
    message = "the keys of one entry stand below one another; indent this line as those before it"
    return (place[0], found.end(1)), message


def _stray_line(lines: list[str], place: Place) -> tuple[Place, str] | None:
    """A line that is neither a key nor an item, as the second half of a text that was broken in two."""
    if place[0] >= len(lines) or lines[place[0]][: place[1]].strip():
        return None
    return (
        place,
        "this line is no key (name: text) and no item (- text); join it with the line that it belongs to",
    )


def _quoted_whole(text: str) -> str:
    if '"' not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
