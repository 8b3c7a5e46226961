"""Tables of the fields that a YAML file may have, and the reader that applies them.

The reader, its messages and the published schemas are made from the same tables, so they cannot disagree.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from bot.text.languages import Localized
from bot.yamlfiles.documents import Listing, Mapping, Node, Text
from bot.yamlfiles.mistakes import closest, invisible_hint
from bot.yamlfiles.problems import Location, Problem, is_todo

LANGUAGE_CODE = re.compile(r"[a-z]{2,3}")
ID = r"[a-z0-9][a-z0-9-]{0,39}"
"""Ids of intents, passages and speakers. Short and plain, for they stand in links and in buttons of 64 bytes."""
SHOWN = 60
"""Characters of a value that a problem shows."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


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
        return self.mapping.get(key) is not None or key in _misspelt(self.mapping, self.record).values()

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


def read_record(node: Node, record: Record) -> tuple[Form | None, tuple[Problem, ...]]:
    """`node` as a `Form` of `record`, and a problem for each deviation from the table. The form is None where `node` is
    no mapping at all."""
    if not isinstance(node, Mapping):
        keys = [field.key for field in record.fields]
        begun = node.value.split()[0] if isinstance(node, Text) and node.value.strip() else ""
        required = [field.key for field in record.fields if field.required] or keys
        advice = (
            f'put a colon behind "{begun}"' if begun in keys else f"write its keys ({', '.join(required)})"
        )
        message = f"here {node.kind} stands instead of {record.name}; {advice}"
        return None, (Problem(node.at, "not-text", message),)
    return Form(record, node), tuple(_record_problems(node, record))


def nearest(word: str, names: tuple[str, ...]) -> str:
    """`; did you mean "x"?` for the most similar of `names`, or nothing where none is similar."""
    close = closest(word, names)
    return f'; did you mean "{close}"?' if close else ""


def _misspelt(node: Mapping, record: Record) -> dict[str, str]:
    """The unknown keys, each with the key of the record that it is most like, where that one is absent."""
    known = [field.key for field in record.fields]
    close = {key.value: closest(key.value, known) for key, _ in node.entries if key.value not in known}
    return {key: found for key, found in close.items() if found and node.get(found) is None}


def _record_problems(node: Mapping, record: Record) -> Iterator[Problem]:
    """Of a misspelt key only that, and not also that the right one is missing."""
    fields = {field.key: field for field in record.fields}
    misspelt = _misspelt(node, record)
    for key, value in node.entries:
        field = fields.get(key.value)
        if field is None:
            hint = invisible_hint(key.value, key.at) or nearest(key.value, tuple(fields))
            hint = _indentation_hint(key.value, record) or hint or f"; known are {', '.join(fields)}"
            yield Problem(key.at, "unknown-key", f'{record.name} has no "{key.value}"{hint}')
        else:
            yield from _value_problems(value, field)
    for field in record.fields:
        if field.required and node.get(field.key) is None and field.key not in misspelt.values():
            message = f'{record.name} has no "{field.key}" ({field.meaning}); add {field.shape.value}'
            yield Problem(node.at, "missing-key", message)


def _indentation_hint(key: str, record: Record) -> str:
    """Of a key that belongs into the entries of a list of the record."""
    owners = [each for each in record.fields if each.entries and key in {f.key for f in each.entries.fields}]
    return f'; indent it below its entry of "{owners[0].key}"' if owners else ""


def _value_problems(node: Node, field: Field) -> Iterator[Problem]:
    match field.shape, node:
        case Shape.TEXT | Shape.FLAG | Shape.NUMBER, Text():
            yield from text_problems(node, field)
        case Shape.NUMBERS, Mapping():
            for _, value in node.entries:
                yield from text_problems(value, field)
        case Shape.BY_LANGUAGE | Shape.LISTS_BY_LANGUAGE, Mapping():
            value_problems = text_problems if field.shape is Shape.BY_LANGUAGE else _listing_problems
            for key, value in node.entries:
                yield from _language_problems(key, field)
                yield from value_problems(value, field)
        case Shape.TEXTS, Listing():
            yield from _listing_problems(node, field)
        case Shape.LISTS, Listing():
            for item in node.items:
                yield from _listing_problems(item, field)
        case Shape.RECORDS, Listing():
            assert field.entries is not None, f"{field.key} is no list of records"
            for item in node.items:
                yield from read_record(item, field.entries)[1]
        case _:
            message = f'"{field.key}" is {node.kind}, but should be {field.shape.value}'
            yield Problem(node.at, "not-text", message + _list_hint(node, field))


def _list_hint(node: Node, field: Field) -> str:
    if isinstance(node, Text) and not node.value:
        return "; write lines below it or remove the key"
    is_list = isinstance(node, Text) and field.shape is Shape.TEXTS
    return '; begin each line with "- " (a hyphen and a space)' if is_list else ""


def text_problems(node: Node, field: Field) -> Iterator[Problem]:
    """What is wrong with one text of a field."""
    choices = ("true", "false") if field.shape is Shape.FLAG else field.choices
    if not isinstance(node, Text):
        cause = f"begins with {node.begins}" if node.begins else 'contains ": "'
        hint = f"put text that {cause} in quotes"
        message = f'under "{field.key}" {node.kind} stands where a text should; {hint}'
        yield Problem(node.at, "not-text", message)
    elif not node.value.strip():
        yield Problem(
            node.at, "empty-text", f'"{field.key}" has an empty text; write it, or remove its key or its dash'
        )
    elif is_todo(node.value):
        message = f'"{field.key}" is still to be written ({field.meaning}); write it or remove the line'
        yield Problem(node.at, "todo", message)
    elif field.shape in (Shape.NUMBER, Shape.NUMBERS) and not _NUMBER.fullmatch(node.value):
        yield Problem(node.at, "unknown-value", f'under "{field.key}" a number should stand, like 1.5')
    elif choices and node.value not in choices:
        hint = nearest(node.value, choices) or f"; it may be {', '.join(choices)}"
        yield Problem(node.at, "unknown-value", f'"{field.key}" cannot be "{node.value}"{hint}')
    elif field.pattern and not re.fullmatch(field.pattern, node.value):
        hint = invisible_hint(node.value, node.at)
        message = f'"{node.value}" does not have the form of {field.meaning}{hint}'
        yield Problem(node.at, "unknown-value", message)


def _listing_problems(node: Node, field: Field) -> Iterator[Problem]:
    if not isinstance(node, Listing):
        message = f'under "{field.key}" {node.kind} stands where a list should; begin each line with "- "'
        yield Problem(node.at, "not-text", message)
        return
    for item in node.items:
        yield from text_problems(item, field)
        if field.one_line and isinstance(item, Text) and item.joined:
            begun = textwrap.shorten(item.value, SHOWN, placeholder=" ...")
            message = f'several lines are one text here: "{begun}"; begin each with "- ", all equally far to the right'
            yield Problem(item.at, "joined-lines", message)


def _language_problems(key: Text, field: Field) -> Iterator[Problem]:
    if not LANGUAGE_CODE.fullmatch(key.value):
        hint = invisible_hint(key.value, key.at) or "; write en, ru, fa ..."
        message = f'"{key.value}" under "{field.key}" is no language code{hint}'
        yield Problem(key.at, "unknown-key", message)


def is_empty(node: Node | None) -> bool:
    """Whether a list or mapping holds nothing. A value of the wrong form is reported elsewhere."""
    if isinstance(node, Mapping):
        return all(is_empty(value) for _, value in node.entries)
    return isinstance(node, Listing) and not node.items


def _texts(node: Node | None) -> tuple[Text, ...]:
    """The texts of a list, without those that are empty or still to be written."""
    texts = (item for item in _items(node) if isinstance(item, Text))
    return tuple(text for text in texts if text.value.strip() and not is_todo(text.value))


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Listing) else ()


def _entries(node: Node | None) -> tuple[tuple[Text, Node], ...]:
    return node.entries if isinstance(node, Mapping) else ()
