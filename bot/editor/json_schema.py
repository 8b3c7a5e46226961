"""JSON Schemas of our files, with which text editors complete and check what is typed."""

import json
from typing import Any

from bot.corpus.intent_files import INTENT_FILE
from bot.corpus.metadata import CARD
from bot.corpus.phrase_files import PHRASE_LISTS
from bot.corpus.translations import MEANING
from bot.yamlfiles.fields import ID, LANGUAGE_CODE, Field, Record, Shape

_SCALAR = {"type": ["string", "number", "boolean"]}
"""The loader takes every scalar as text; an editor reads `yes` and `2008` as other types."""


def schema_text(name: str) -> str:
    """The schema of that name, as it stands in schemas/NAME.schema.json.

    >>> json.loads(schema_text("card"))["title"]
    'a source card'
    """
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", **SCHEMAS[name]}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _record(record: Record) -> dict[str, Any]:
    return {
        "title": record.name,
        "type": "object",
        "properties": {field.key: {"description": field.meaning, **_field(field)} for field in record.fields},
        "required": [field.key for field in record.fields if field.required],
        "additionalProperties": False,
    }


def _field(field: Field) -> dict[str, Any]:
    match field.shape:
        case Shape.TEXT | Shape.NUMBER:
            return _text(field)
        case Shape.FLAG:
            return {"enum": [True, False, "true", "false"]}
        case Shape.TEXTS:
            return _list(_text(field))
        case Shape.BY_LANGUAGE:
            return _by_key(LANGUAGE_CODE.pattern, _SCALAR)
        case Shape.LISTS_BY_LANGUAGE:
            return _by_key(LANGUAGE_CODE.pattern, _list(_SCALAR))
        case Shape.LISTS:
            return _list(_list(_SCALAR))
        case Shape.NUMBERS:
            return {"type": "object", "additionalProperties": {"type": "number"}}
        case Shape.RECORDS:
            return _list(_record(field.entries) if field.entries else {"type": "object"})


def _text(field: Field) -> dict[str, Any]:
    if field.choices:
        return {"enum": list(field.choices)}
    return {**_SCALAR, "pattern": f"^(?:{field.pattern})$"} if field.pattern else dict(_SCALAR)


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _by_key(pattern: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "patternProperties": {f"^(?:{pattern})$": value}, "additionalProperties": False}


SCHEMAS = {
    "intents": _record(INTENT_FILE),
    "card": _record(CARD),
    "phrases": {"title": "a file of phrases", **_by_key(ID, _record(PHRASE_LISTS))},
    "translations": {
        "title": "a file of translations",
        "type": "object",
        "additionalProperties": {"description": MEANING, **_SCALAR},
    },
}
"""What a file holds, by the name of its schema."""
