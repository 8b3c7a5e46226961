"""Where a new line belongs in the files of intents, and the file with it.

A line goes below the last one of the list that grows, indented alike. Where there is no such list, or one between
brackets, it goes into the file of phrases of its language, which may have to be made: what stands in both counts
together.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.corpus.intents import IntentSet
from bot.editor.review.effects import Line
from bot.yamlfiles.documents import Listing, Mapping, Node, Text, parse_document, written
from bot.yamlfiles.problems import Location, errors

_SCHEMA = "# yaml-language-server: $schema="


@dataclass(frozen=True, slots=True)
class Insertion:
    """Lines that are to stand below line `below` of a file; 0 where they begin a new file."""

    path: str
    below: int
    lines: tuple[str, ...]

    @property
    def place(self) -> str:
        return f"below line {self.below} of {self.path}" if self.below else f"into the new file {self.path}"

    def text(self) -> str:
        """The text of the file with the lines. Nothing else in it changes, and its line ends stay as they are."""
        before = _read(self.path)
        end = "\r\n" if "\r\n" in before else "\n"
        lines = before.splitlines()
        return "".join(line + end for line in (*lines[: self.below], *self.lines, *lines[self.below :]))


def insertion(line: Line) -> Insertion | None:
    """Where the line belongs; None where more would change, as in a file that is not valid, or between brackets."""
    item = f"- {written(_one_line(line))}"
    topic = Path(line.intent.at.path)
    file = str(topic.parent / line.phrase.language / topic.name)
    listed = line.intent.negatives if line.negative else line.intent.phrases
    places = [each.at for each in listed if each.language == line.phrase.language]
    for path in (file, str(topic)):
        last = max((at for at in places if at.path == path), default=None)
        lines = _read(path).splitlines() if last else []
        if last and last.line <= len(lines) and lines[last.line - 1][: last.column - 1].strip() == "-":
            indent = lines[last.line - 1].index("-")
            found = Insertion(path, _end(lines, last.line, indent), (" " * indent + item,))
            break
    else:
        found = _in_phrase_file(line, item, file)
    return found if adds_only(line, _read(found.path), found.text()) else None


def _in_phrase_file(line: Line, item: str, path: str) -> Insertion:
    """At the end of the intent, else at the end of the file."""
    name, key, text = line.intent.id, "not" if line.negative else "phrases", _read(path)
    new = (f"{name}:", f"  {key}:", f"    {item}")
    if not text:
        return Insertion(path, 0, (*_schema(_read(line.intent.at.path)), *new))
    node, lines = parse_document(text, path)[0], text.splitlines()
    lists = node.get(name) if isinstance(node, Mapping) else None
    if not isinstance(lists, Mapping) or not lists.entries:
        return Insertion(path, len(lines), ("", *new) if lines[-1].strip() else new)
    indent, last = lists.at.column - 1, lists.entries[-1][1]
    at = last.items[-1].at if isinstance(last, Listing) and last.items else last.at
    below = _end(lines, at.line, indent)
    return Insertion(path, below, (" " * indent + f"{key}:", " " * (indent + 2) + item))


def _read(path: str) -> str:
    """With its line ends as they are; "" where there is no such file."""
    return Path(path).read_bytes().decode("utf-8-sig") if Path(path).exists() else ""


def _schema(topic: str) -> tuple[str, ...]:
    """The first lines of a new file of phrases, where the topic's own file begins with its schema."""
    first = topic.partition("\n")[0].strip()
    if not first.startswith(_SCHEMA):
        return ()
    return first.replace(_SCHEMA, f"{_SCHEMA}../").replace("intents.schema", "phrases.schema"), ""


def _end(lines: Sequence[str], number: int, indent: int) -> int:
    """The last line (from 1) of what begins in line `number`: the last one below it that is indented deeper than
    `indent`, without empty lines and comments behind it."""
    end = number
    for place, line in enumerate(lines[number:], number + 1):
        text = line.lstrip(" ")
        if text and not text.startswith("#"):
            if len(line) - len(text) <= indent:
                break
            end = place
    return end


def already_written(line: Line, intents: IntentSet) -> Location | None:
    """Where the same words stand as a phrase or a negative example: two of them contradict each other."""
    lists = (listed for each in intents.intents for listed in (each.phrases, each.negatives))
    return next((each.at for listed in lists for each in listed if each.key == line.phrase.key), None)


def adds_only(line: Line, before: str, after: str) -> bool:
    """Whether the text of a file is valid YAML with the line's phrase in it, and else says what it said before."""
    node, problems = parse_document(after, "")
    wanted = _texts(parse_document(before, "")[0]) + Counter([_one_line(line)])
    return not errors(problems) and _texts(node) == wanted


def _texts(node: Node | None) -> Counter[str]:
    match node:
        case Text(value):
            return Counter([value])
        case Listing(items):
            return sum(map(_texts, items), Counter())
        case Mapping(entries):
            return sum((_texts(value) for _, value in entries), Counter())
    return Counter()


def _one_line(line: Line) -> str:
    return " ".join(line.phrase.text.split())
