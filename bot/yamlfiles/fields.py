"""Tables of the fields that a YAML file may have, and what was read by them.

The reader (`reading.py`), its messages and the published schemas are made from the same tables, so they cannot
disagree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from bot.text.languages import Localized
from bot.yamlfiles.documents import Listing, Mapping, Node, Text
from bot.yamlfiles.mistakes import closest
from bot.yamlfiles.problems import Location, is_todo

LANGUAGE_CODE = re.compile(r"[a-z]{2,3}")
ID = r"[a-z0-9][a-z0-9-]{0,39}"
"""Ids of intents, passages and speakers. Short and plain, for they stand in links and in buttons of 64 bytes."""
SHOWN = 60
"""Characters of a value that a problem shows."""
NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Shape(Enum):
    """The forms of a value, in the words of a problem."""

    TEXT = "text"
    TEXTS = "a list of texts"
    BY_LANGUAGE = "texts by language, like {en: ..., ru: ...}"
    LISTS_BY_LANGUAGE = "lists of texts by language, like {en: [...], ru: [...]}"
    RECORDS = "a list of entries, each beginning with a dash"
    LISTS = "a list of lists of texts, like [[...], [...]]"
    NUMBER = "a number"
    NUMBERS = "numbers by name, like {name: 1.5}"
    FLAG = "true or false"


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record. `pattern` must match a text as a whole; `entries` are what RECORDS hold. Of `one_line` texts
    each stands in a line of its own."""

    key: str
    shape: Shape
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()
    pattern: str = ""
    one_line: bool = False
    entries: "Record | None" = None


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys, such as an intent or the source card."""

    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A mapping that was read by its `Record`. Absent values, and those of the wrong form, read as empty."""

    record: Record
    mapping: Mapping

    @property
    def at(self) -> Location:
        return self.mapping.at

    def place(self, key: str) -> Location:
        """The place of the value of `key`, or of the record where it is absent."""
        node = self.mapping.get(key)
        return node.at if node else self.mapping.at

    def has(self, key: str) -> bool:
        """Whether there is a value of `key`, or of a key that is a misspelling of it, which is reported."""
        return self.mapping.get(key) is not None or key in misspelt(self.mapping, self.record).values()

    def holds(self, key: str) -> bool:
        """Whether `key` has a value as above, and a list or mapping there is not empty."""
        return self.has(key) and not _is_empty(self.mapping.get(key))

    def text(self, key: str, default: str = "") -> str:
        node = self.mapping.get(key)
        return node.value if isinstance(node, Text) and node.value else default

    def flag(self, key: str) -> bool:
        return self.text(key) == "true"

    def texts(self, key: str) -> tuple[Text, ...]:
        return _texts(self.mapping.get(key))

    def by_language(self, key: str) -> Localized:
        entries = _entries(self.mapping.get(key))
        return Localized(tuple((k.value, v.value) for k, v in entries if isinstance(v, Text)))

    def lists_by_language(self, key: str) -> Iterator[tuple[str, Text]]:
        """(language, text) for every text under `key`, in file order."""
        for language, listing in _entries(self.mapping.get(key)):
            for text in _texts(listing):
                yield language.value, text

    def number(self, key: str) -> float:
        return float(self.text(key))

    def numbers(self, key: str) -> tuple[tuple[str, float], ...]:
        """(name, number) for every entry, in file order."""
        return tuple((name, float(text)) for name, text in self.by_language(key).texts)

    def lists(self, key: str) -> tuple[tuple[Text, ...], ...]:
        return tuple(map(_texts, _items(self.mapping.get(key))))

    def records(self, key: str) -> tuple["Form", ...]:
        field = next(field for field in self.record.fields if field.key == key)
        assert field.entries is not None, f"{key} is no list of records"
        items = _items(self.mapping.get(key))
        return tuple(Form(field.entries, item) for item in items if isinstance(item, Mapping))


def misspelt(node: Mapping, record: Record) -> dict[str, str]:
    """The unknown keys, each with the key of the record that it is most like, where that one is absent."""
    known = [field.key for field in record.fields]
    close = {key.value: closest(key.value, known) for key, _ in node.entries if key.value not in known}
    return {key: found for key, found in close.items() if found and node.get(found) is None}


def _is_empty(node: Node | None) -> bool:
    """Whether a list or mapping holds nothing. A value of the wrong form is reported elsewhere."""
    if isinstance(node, Mapping):
        return all(_is_empty(value) for _, value in node.entries)
    return isinstance(node, Listing) and not node.items


def _texts(node: Node | None) -> tuple[Text, ...]:
    """The texts of a list, without those that are empty or still to be written."""
    texts = (item for item in _items(node) if isinstance(item, Text))
    return tuple(text for text in texts if text.value.strip() and not is_todo(text.value))


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Listing) else ()


def _entries(node: Node | None) -> tuple[tuple[Text, Node], ...]:
    return node.entries if isinstance(node, Mapping) else ()
