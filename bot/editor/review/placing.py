"""Where a new line belongs in the files of intents, and the file with it.

A line goes below the last one of the list that grows, indented alike. Where there is no such list, or one between
brackets, it goes into the file of phrases of its language, which may have to be made: what stands in both counts
together.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.corpus.intents import IntentSet
from bot.editor.review.effects import Line
from bot.yamlfiles.documents import Listing, Mapping, Node, Text, parse_document, written
from bot.yamlfiles.problems import Location, errors

_SCHEMA = "# yaml-language-server: $schema="

ReadFile = Callable[[str], str | None]
"""The text of the file at a path; None where there is none."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """Lines that are to stand below line `below` of a file; 0 where they begin a new file."""

    path: str
    below: int
    lines: tuple[str, ...]

    @property
    def place(self) -> str:
        return f"below line {self.below} of {self.path}" if self.below else f"into the new file {self.path}"

    def into(self, text: str) -> str:
        """The text of the file with the lines. Nothing else in it changes, and its line ends stay as they are."""
        end = "\r\n" if "\r\n" in text else "\n"
        before = text.splitlines()
        grown = [*before[: self.below], *self.lines, *before[self.below :]]
        return "".join(line + end for line in grown)


def insertion(line: Line, read: ReadFile) -> Insertion | None:
    """Where the line belongs; None where its file of phrases is not valid, or written between brackets."""
    item = f"- {written(_one_line(line))}"
    file = phrase_file(line)
    listed = line.intent.negatives if line.negative else line.intent.phrases
    places = [each.at for each in listed if each.language == line.phrase.language]
    for path in (file, line.intent.at.path):
        last = max((at for at in places if at.path == path), default=None)
        lines = (read(path) or "").splitlines() if last else []
        if last and _dash(lines, last):
            indent = lines[last.line - 1].index("-")
            return Insertion(path, _end(lines, last.line, indent), (" " * indent + item,))
    return _in_phrase_file(line, item, file, read)


def phrase_file(line: Line) -> str:
    """The file that holds the phrases of the line's intent in its language, or would."""
    topic = Path(line.intent.at.path)
    return str(topic.parent / line.phrase.language / topic.name)


def _dash(lines: Sequence[str], at: Location) -> bool:
    """Whether a dash, and nothing else, stands before the item at that place."""
    return at.line <= len(lines) and lines[at.line - 1][: at.column - 1].strip() == "-"


def _in_phrase_file(line: Line, item: str, path: str, read: ReadFile) -> Insertion | None:
    name, key, text = line.intent.id, "not" if line.negative else "phrases", read(path)
    new = (f"{name}:", f"  {key}:", f"    {item}")
    if text is None:
        return Insertion(path, 0, (*_schema(read(line.intent.at.path) or ""), *new))
    node, problems = parse_document(text, path)
    lines = text.splitlines()
    if errors(problems) or (node is not None and not isinstance(node, Mapping)):
        return None
    lists = node.get(name) if node else None
    if node is None or lists is None:
        return Insertion(path, len(lines), ("", *new) if lines and lines[-1].strip() else new)
    if not isinstance(lists, Mapping) or not lists.entries or lists.get(key):
        return None
    indent = lists.at.column - 1
    last = lists.entries[-1][0].at.line
    if lines[lists.at.line - 1][:indent].strip():
        return None
    return Insertion(
        path, _end(lines, last, indent, dashes=True), (" " * indent + f"{key}:", " " * (indent + 2) + item)
    )


def _schema(topic: str) -> tuple[str, ...]:
    """The first lines of a new file of phrases, where the topic's own file begins with its schema."""
    first = topic.partition("\n")[0].strip()
    if not first.startswith(_SCHEMA):
        return ()
    return first.replace(_SCHEMA, f"{_SCHEMA}../").replace("intents.schema", "phrases.schema"), ""


def _end(lines: Sequence[str], number: int, indent: int, dashes: bool = False) -> int:
    """The last line (from 1) of what begins in line `number`, indented by `indent`: the lines below it that are
    indented deeper or, with `dashes`, begin with one there. Empty lines and comments behind it are not part of it."""
    end = number
    for place, line in enumerate(lines[number:], number + 1):
        text = line.lstrip(" ")
        depth = len(line) - len(text)
        if not text or text.startswith("#"):
            continue
        if depth <= indent and not (dashes and depth == indent and text.startswith("-")):
            break
        end = place
    return end


def already_written(line: Line, intents: IntentSet) -> Location | None:
    """Where the same words stand as a phrase or a negative example: two of them contradict each other."""
    for intent in intents.intents:
        for each in (*intent.phrases, *intent.negatives):
            if each.key == line.phrase.key:
                return each.at
    return None


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
