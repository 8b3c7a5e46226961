"""Moves how people ask out of the file of a topic into files of phrases, one for each language.

Whole lines are moved, with their comments and in their order. What is written between brackets is written as lines.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from bot.corpus.intent_files import read_intents
from bot.corpus.phrase_files import read_phrase_file
from bot.yamlfiles.documents import Listing, Mapping, Node, Text, parse_document, written

_KEYS = ("phrases", "not")
_SCHEMA = re.compile(r"(# yaml-language-server: \$schema=)(\S*)intents(\.schema\.json)")
_COMMENT_BEHIND_KEY = re.compile(r":\s*(#.*)$")
_ITEM = " " * 4
"""Before the dash of a phrase in a file of phrases."""


@dataclass(frozen=True, slots=True)
class Formatted:
    """The files of one topic as they should be: the topic's own, and the files of phrases by language. `kept` says of
    each thing that stays where it is why it does."""

    topic: str
    phrases: dict[str, str]
    kept: tuple[str, ...]

    def files(self, path: Path) -> dict[Path, str]:
        """The texts by path, that of the topic (`path`) at the end: where the writing is interrupted, phrases stand
        twice, and none is lost."""
        phrases = {path.parent / language / path.name: text for language, text in self.phrases.items()}
        return {**phrases, path: self.topic}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key with its value, in lines counted from 0: comments from `first`, the key in `line`, the end before `end`."""

    key: Text
    value: Node
    first: int
    line: int
    end: int


@dataclass(slots=True)
class _Moved:
    """What is moved: the lists by language, each as (id of the intent, key, lines as they stand in a file of phrases);
    the lines of the topic's file that are gone; and why others are kept."""

    lists: dict[str, list[tuple[str, str, list[str]]]] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    kept: list[str] = field(default_factory=list)


def format_topic(name: str, text: str, phrases: dict[str, str]) -> Formatted:
    """The files of the topic `name` with all phrases in files of phrases, from its text and those of its files of
    phrases by language. All must be valid YAML. Without phrases in the topic's file nothing changes."""
    node, lines = parse_document(text, f"{name}.yaml")[0], text.splitlines()
    moved = _Moved()
    for intent, end in _intents(node, len(lines)):
        _move(intent, lines, end, moved)
    if not moved.lists:
        return Formatted(text, phrases, tuple(moved.kept))
    topic = [line for number, line in enumerate(lines) if number not in moved.gone]
    header = [_SCHEMA.sub(r"\1../\2phrases\3", line) for line in lines[:1] if _SCHEMA.fullmatch(line)]
    grown = dict(phrases)
    for language, lists in moved.lists.items():
        grown[language] = _with_lists(phrases.get(language, _joined(header, "")), lists)
    result = Formatted(_joined(topic, text), grown, tuple(moved.kept))
    if _content(name, text, phrases) != _content(name, result.topic, result.phrases):
        changed = f"{name}.yaml: its phrases would not stay the same; move them by hand"
        return Formatted(text, phrases, (changed,))
    return result


def _intents(node: Node | None, end: int) -> Iterator[tuple[Mapping, int]]:
    """The intents that are written in lines, and where each ends."""
    listing = node.get("intents") if isinstance(node, Mapping) else None
    if not isinstance(node, Mapping) or not isinstance(listing, Listing):
        return
    later = [key.at.line - 1 for key, _ in node.entries if key.at > listing.at]
    starts = [item.at.line - 1 for item in listing.items]
    for item, stop in zip(listing.items, [*starts[1:], min(later, default=end)], strict=True):
        if isinstance(item, Mapping):
            yield item, stop


def _move(intent: Mapping, lines: Sequence[str], end: int, moved: _Moved) -> None:
    name = intent.get("id")
    if not isinstance(name, Text) or not any(intent.get(key) for key in _KEYS):
        return
    if _in_brackets(intent, lines):
        moved.kept.append(f"{intent.at}: {name.value} is written between brackets; its phrases stay")
        return
    for entry in _entries(intent, lines, end):
        if entry.key.value in _KEYS:
            try:
                lists = list(_lists(entry, lines))
            except _CannotBeCutError:
                place = f"{entry.key.at}: {entry.key.value}"
                moved.kept.append(f"{place} of {name.value} stay; write each phrase in a line of its own")
                continue
            for language, cut in lists:
                moved.lists.setdefault(language, []).append((name.value, entry.key.value, cut))
            moved.gone.update(range(entry.first, entry.end))


class _CannotBeCutError(Exception):
    """Lines hold something else besides the phrases, which would be lost."""


def _lists(entry: _Entry, lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """For each language under `phrases:` or `not:` the lines of its list, as they stand in a file of phrases."""
    value, before_key = entry.value, lines[entry.line][: entry.key.at.column - 1]
    if not isinstance(value, Mapping) or not value.entries or "-" in before_key:
        raise _CannotBeCutError
    comments = _comments(lines[entry.first : entry.line])
    if _in_brackets(value, lines):
        for key, listing in value.entries:
            yield key.value, comments + _written_out(listing, lines[entry.line : entry.end])
            comments = []
        return
    comments += _behind_key(lines[entry.line])
    subentries = list(_entries(value, lines, entry.end))
    for place, each in enumerate(subentries):
        last = each.end if place + 1 < len(subentries) else entry.end
        comments += _comments(lines[each.first : each.line])
        if isinstance(each.value, Listing) and not _in_brackets(each.value, lines):
            body = _shifted(lines[each.line + 1 : last])
            yield each.key.value, comments + _behind_key(lines[each.line]) + body
        else:
            yield each.key.value, comments + _written_out(each.value, lines[each.line : last])
        comments = []


def _entries(mapping: Mapping, lines: Sequence[str], end: int) -> Iterator[_Entry]:
    """The entries of a mapping that is written in lines. Empty lines, and comments no deeper than its keys, belong to
    what follows them."""
    starts = [key.at.line - 1 for key, _ in mapping.entries]
    first = starts[0]
    while first and _comments([lines[first - 1]]) and _indent(lines[first - 1]) >= mapping.at.column - 1:
        first -= 1
    for (key, value), line, stop in zip(mapping.entries, starts, [*starts[1:], end], strict=True):
        own = stop
        while own > line + 1 and _is_between(lines[own - 1], key.at.column - 1):
            own -= 1
        yield _Entry(key, value, first, line, own)
        first = own


def _with_lists(text: str, lists: Iterable[tuple[str, str, list[str]]]) -> str:
    """The text of a file of phrases with further lists: each at the end of the list that is there, else at the end of
    its intent, else at the end of the file."""
    lines = text.splitlines()
    node = parse_document(text, "")[0]
    intents = {e.key.value: e for e in _entries(node, lines, len(lines))} if isinstance(node, Mapping) else {}
    inserted: defaultdict[int, list[str]] = defaultdict(list)
    new: dict[str, list[str]] = {}
    for intent_id, key, added in lists:
        there = intents.get(intent_id)
        if there is None:
            new.setdefault(intent_id, ["", f"{intent_id}:"]).extend([f"  {key}:", *added])
        elif isinstance(there.value, Mapping):
            ends = {e.key.value: e.end for e in _entries(there.value, lines, there.end)}
            head = [] if key in ends else [f"  {key}:"]
            inserted[ends.get(key, there.end)] += [*head, *added]
    for place in sorted(inserted, reverse=True):
        lines[place:place] = inserted[place]
    stanzas = list(chain.from_iterable(new.values()))
    return _joined(lines + (stanzas if lines else stanzas[1:]), text)


def _content(name: str, topic: str, phrases: dict[str, str]) -> list[tuple[object, ...]]:
    """All that the intents say, to be compared. Phrases in any order, since those of two files may stand together."""
    node = parse_document(topic, "")[0]
    nodes = {language: parse_document(text, "")[0] for language, text in phrases.items()}
    files = [read_phrase_file(language, each)[0] for language, each in nodes.items() if each]
    intents = read_intents(name, node, files)[0] if node else ()
    found: list[tuple[object, ...]] = []
    for each in intents:
        lists = (("phrases", each.phrases), ("not", each.negatives))
        found.append((each.content(),))
        found += sorted((each.id, key, text.language, text.text) for key, texts in lists for text in texts)
    return found


def _written_out(node: Node, lines: Sequence[str]) -> list[str]:
    """A list between brackets (in these lines) as lines."""
    texts = [item for item in node.items if isinstance(item, Text)] if isinstance(node, Listing) else []
    if not isinstance(node, Listing) or len(texts) < len(node.items) or any("#" in line for line in lines):
        raise _CannotBeCutError
    return [f"{_ITEM}- {written(text.value)}" for text in texts]


def _shifted(lines: Sequence[str]) -> list[str]:
    """The lines of a list with its dashes where those of a file of phrases are."""
    first = next(line for line in lines if line.lstrip().startswith("-"))
    change = len(_ITEM) - _indent(first)
    return [
        (" " * change + line if change >= 0 else line[min(-change, _indent(line)) :]) if line.strip() else ""
        for line in lines
    ]


def _comments(lines: Sequence[str]) -> list[str]:
    return [_ITEM + line.strip() for line in lines if line.lstrip().startswith("#")]


def _behind_key(line: str) -> list[str]:
    found = _COMMENT_BEHIND_KEY.search(line)
    return [_ITEM + found[1]] if found else []


def _is_between(line: str, column: int) -> bool:
    return not line.strip() or (line.lstrip().startswith("#") and _indent(line) <= column)


def _in_brackets(node: Node, lines: Sequence[str]) -> bool:
    return lines[node.at.line - 1][node.at.column - 1] in "{["


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _joined(lines: Sequence[str], like: str) -> str:
    """The lines as one text, with the line ends of the text `like`."""
    end = "\r\n" if "\r\n" in like else "\n"
    return "".join(f"{line}{end}" for line in lines)
