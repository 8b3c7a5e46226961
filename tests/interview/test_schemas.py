"""Our own files name their schema and fit it."""

from pathlib import Path

import pytest

from bot.loading.loader import INTENTS, SOURCE
from bot.loading.topics import intent_files
from tests.editor.test_json_schema import refusals

TRANSLATIONS = [SOURCE.with_suffix(".ru.yaml"), SOURCE.with_suffix(".fa.yaml")]
OURS = [*intent_files(INTENTS), SOURCE.with_suffix(".yaml"), *TRANSLATIONS]


def name_for(path: Path) -> str:
    if path in TRANSLATIONS:
        return "translations"
    return "card" if path.parent == SOURCE.parent else "intents"


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_our_files_name_their_schema_and_fit_it(path: Path) -> None:
    """In the form that YAML language servers read, in the first line."""
    text = path.read_text(encoding="utf-8")
    first = f"# yaml-language-server: $schema=../schemas/{name_for(path)}.schema.json"
    assert first == text.splitlines()[0]
    assert [] == refusals(name_for(path), text)
