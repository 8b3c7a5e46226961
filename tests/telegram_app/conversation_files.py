"""Reads files of conversations: what a visitor does, and what must be sent.

tests/interview/conversations/README.md explains the keys. An unknown key fails, so that a slip cannot make an
expectation vanish.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.yamlfiles.documents import Listing, Mapping, Node, parse_document
from tests.tables import Case

ACTIONS = ("says", "replies", "edits", "presses", "sends", "deletes", "restarts")
DETAILS = ("to", "caption", "app")
EXPECTATIONS = (
    "answer", "nearest", "offer", "fallback", "small talk", "passage", "page", "silent", "in place", "starts",
    "contains", "buttons", "no buttons", "language", "under", "topic", "messages",
)  # fmt: skip
_OF_CONVERSATION = ("title", "where", "app", "miss", "talk")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the visitor does, and what is expected of it."""

    place: str
    action: str
    case: Case

    def text(self, key: str) -> str:
        return self.case.text(key)

    def texts(self, key: str) -> tuple[str, ...]:
        return self.case.texts(key)

    def expectations(self) -> tuple[str, ...]:
        """The words of expectations that this step uses, in the order in which it names them."""
        return tuple(key for key in _keys(self.case.node) if key in EXPECTATIONS)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in a chat: "private", "group" or "topic"; `app` is the language of the visitor's app, `miss` why
    it is known to fail, else ""."""

    title: str
    place: str
    where: str
    app: str
    miss: str
    steps: tuple[Step, ...]


def conversations(folder: Path) -> Iterator[Conversation]:
    """The conversations of a folder, file by file. Raises AssertionError with the place of what cannot be read."""
    for path in sorted(folder.glob("*.yaml")):
        node, problems = parse_document(path.read_text(encoding="utf-8"), path.name)
        assert not problems, problems
        assert isinstance(node, Listing), f"{path.name} is no list"
        for item in node.items:
            yield _conversation(item, path.name)


def _conversation(node: Node, file: str) -> Conversation:
    place = f"{file}:{node.at.line}"
    assert isinstance(node, Mapping), f"{place} is no conversation"
    _known(node, _OF_CONVERSATION, place)
    case = Case(node)
    steps = tuple(_step(each, file) for each in case.cases("talk"))
    assert steps, f"{place} has no talk"
    return Conversation(
        case.text("title"),
        place,
        case.text("where") or "private",
        case.text("app") or "en",
        case.text("miss"),
        steps,
    )


def _step(case: Case, file: str) -> Step:
    place = f"{file}:{case.node.at.line}"
    _known(case.node, (*ACTIONS, *DETAILS, *EXPECTATIONS), place)
    actions = [key for key in _keys(case.node) if key in ACTIONS]
    assert len(actions) == 1, f"{place} must have one of: {', '.join(ACTIONS)}"
    step = Step(place, actions[0], case)
    assert step.expectations() or step.action in {"deletes", "restarts"}, f"{place} expects nothing"
    return step


def _known(node: Mapping, words: tuple[str, ...], place: str) -> None:
    unknown = [key for key in _keys(node) if key not in words]
    assert not unknown, f"{place}: unknown: {', '.join(unknown)}"


def _keys(node: Mapping) -> tuple[str, ...]:
    return tuple(key.value for key, _ in node.entries)
