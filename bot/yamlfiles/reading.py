"""Reads a node by the table of its fields, with a located problem for each deviation."""

import re
import textwrap
from collections.abc import Iterator

from bot.yamlfiles.documents import Listing, Mapping, Node, Text
from bot.yamlfiles.fields import LANGUAGE_CODE, NUMBER, SHOWN, Field, Form, Record, Shape, misspelt
from bot.yamlfiles.mistakes import closest, invisible_hint
from bot.yamlfiles.problems import Problem, is_todo


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


def did_you_mean(word: str, names: tuple[str, ...]) -> str:
    """`; did you mean "x"?` for the most similar of `names`, or nothing where none is similar."""
    close = closest(word, names)
    return f'; did you mean "{close}"?' if close else ""


def _record_problems(node: Mapping, record: Record) -> Iterator[Problem]:
    """Of a misspelt key only that, and not also that the right one is missing."""
    fields = {field.key: field for field in record.fields}
    slips = misspelt(node, record)
    for key, value in node.entries:
        field = fields.get(key.value)
        if field is None:
            hint = invisible_hint(key.value, key.at) or did_you_mean(key.value, tuple(fields))
            hint = _indentation_hint(key.value, record) or hint or f"; known are {', '.join(fields)}"
            yield Problem(key.at, "unknown-key", f'{record.name} has no "{key.value}"{hint}')
        else:
            yield from _value_problems(value, field)
    for field in record.fields:
        if field.required and node.get(field.key) is None and field.key not in slips.values():
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
    elif field.shape in (Shape.NUMBER, Shape.NUMBERS) and not NUMBER.fullmatch(node.value):
        yield Problem(node.at, "unknown-value", f'under "{field.key}" a number should stand, like 1.5')
    elif choices and node.value not in choices:
        hint = did_you_mean(node.value, choices) or f"; it may be {', '.join(choices)}"
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
