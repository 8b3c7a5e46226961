"""The schema for editors says what the loader says."""

import json
from typing import Any

import jsonschema
import pytest

from bot.corpus.intent_files import read_intents
from bot.corpus.metadata import read_source
from bot.editor.json_schema import SCHEMAS, schema_text
from bot.settings import HOME
from bot.yamlfiles.documents import Listing, Mapping, Node, parse_document
from tests.conftest import LIGHTHOUSE


def plain(node: Node) -> Any:
    """A document as a schema library takes it."""
    if isinstance(node, Mapping):
        return {key.value: plain(value) for key, value in node.entries}
    return [plain(item) for item in node.items] if isinstance(node, Listing) else node.value


def refusals(name: str, text: str) -> list[str]:
    node, _ = parse_document(text, "x.yaml")
    assert node is not None
    validator = jsonschema.Draft7Validator(json.loads(schema_text(name)))
    return [error.message for error in validator.iter_errors(plain(node))]


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_published_schema_is_the_generated_one(name: str) -> None:
    """`python -m bot schema NAME > schemas/NAME.schema.json` makes it anew."""
    published = HOME / "schemas" / f"{name}.schema.json"
    assert schema_text(name) == published.read_text(encoding="utf-8")


GOOD = "topic: {en: T}\nintents: [{id: a, title: {en: Q}, quotes: [x], phrases: {en: [yes, 2008]}}]"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("topic: {en: T}\n", ""),
        ("topic: {en: T}", "topic: T"),
        ("topic: {en: T}", "topic: {english: T}"),
        ("topic: {en: T}", "topic: {en: [T]}"),
        ("id: a, ", ""),
        ("id: a", "id: A b"),
        ("id: a", "id: a, kind: joke"),
        ("id: a", "id: a, phrase: x"),
        ("id: a", "id: a, continues: maybe"),
        ("quotes: [x]", "quotes: x"),
        ("{en: [yes, 2008]}", "[yes]"),
        ("{en: [yes, 2008]}", "{en: yes}"),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(old: str, new: str) -> None:
    """The form, that is; whether a quotation is in the text only the loader knows."""
    assert [] == refusals("intents", GOOD)
    text = GOOD.replace(old, new)
    assert text != GOOD
    node, _ = parse_document(text, "x.yaml")
    assert node is not None
    assert read_intents("x", node)[1]
    assert refusals("intents", text)


def test_a_translation_is_one_text_for_the_schema_too() -> None:
    """A list stands for no translation."""
    assert [] == refusals("translations", "It left.: Он ушёл.")
    assert refusals("translations", "It left.: [Он, ушёл]")


def test_a_wrong_card_is_refused_by_both() -> None:
    """A speaker whose words are neither direct nor narration."""
    text = (LIGHTHOUSE / "lighthouse.yaml").read_text(encoding="utf-8")
    assert [] == refusals("card", text)
    wrong = text.replace("words: direct", "words: sung", 1)
    node, _ = parse_document(wrong, "x.yaml")
    assert node is not None
    assert read_source((LIGHTHOUSE / "lighthouse.txt").read_text(encoding="utf-8"), "x.txt", node)[1]
    assert refusals("card", wrong)
