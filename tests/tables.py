"""Reads tables of cases (tests/data, tests/interview/tables): YAML lists of cases, each named by its place in the file.

An editor adds a case there; a failing one is named after its file and line. A case that the bot is known to get wrong
has the reason under `miss`, and fails as soon as the bot gets it right: then the reason goes.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.yamlfiles.documents import Listing, Mapping, Node, Text, parse_document

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Case:
    """One entry of a table. A missing key reads as "" or as an empty tuple."""

    node: Mapping

    def text(self, key: str) -> str:
        value = self.node.get(key)
        return value.value if isinstance(value, Text) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.node.get(key)
        if isinstance(value, Text):
            return (value.value,)
        items: tuple[Node, ...] = value.items if isinstance(value, Listing) else ()
        return tuple(item.value for item in items if isinstance(item, Text))

    def cases(self, key: str) -> tuple["Case", ...]:
        value = self.node.get(key)
        items: tuple[Node, ...] = value.items if isinstance(value, Listing) else ()
        return tuple(Case(item) for item in items if isinstance(item, Mapping))


def table(name: str, folder: Path = DATA) -> list[object]:
    """The cases of a table as pytest parameters. An empty or unreadable one fails."""
    path = folder / name
    node, problems = parse_document(path.read_text(encoding="utf-8"), name)
    assert not problems, problems
    assert isinstance(node, Listing), f"{name} is no list"
    assert node.items, f"{name} has no cases"
    cases = [Case(item) for item in node.items if isinstance(item, Mapping)]
    return [
        pytest.param(case, id=f"{name}:{case.node.at.line}", marks=known_miss(case.text("miss")))
        for case in cases
    ]


def known_miss(reason: str) -> tuple[pytest.MarkDecorator, ...]:
    """The mark of a case that must fail, for that reason; none without a reason."""
    return (pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason),) if reason else ()
