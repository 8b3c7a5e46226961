"""A place in a file and what is wrong there.

Nothing in this project raises on an editor's mistake: functions that read files return the values that they could
build together with every `Problem`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

TODO = "TODO"
"""Stands where a person must still write (`derive` writes it). It is an error, so that no visitor reads it."""

Level = Literal["error", "warning"]


class Location(NamedTuple):
    """A place in a text file. Lines and columns count from 1; 0 means "the file as a whole".

    >>> str(Location("intents/yandex.yaml", 12, 3))
    'intents/yandex.yaml:12:3'
    """

    path: str
    line: int = 0
    column: int = 0

    @classmethod
    def of_offset(cls, path: str, text: str, offset: int) -> "Location":
        """The place of the character of the file's text at `offset`, which may be its end."""
        return cls(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One located complaint: what is wrong, and what would be right.

    >>> print(Problem(Location("a.yaml", 3, 5), "empty-intent", 'intent "x" has no phrases'))
    a.yaml:3:5: error: intent "x" has no phrases (empty-intent)
    """

    at: Location
    rule: str
    message: str
    level: Level = "error"

    def __str__(self) -> str:
        return f"{self.at}: {self.level}: {self.message} ({self.rule})"


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems with which the bot does not start, in the order given."""
    return tuple(problem for problem in problems if problem.level == "error")


def in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems sorted by place, each once."""
    return tuple(sorted(set(problems)))


def is_todo(text: str) -> bool:
    """Whether a text is still to be written.

    >>> is_todo("TODO: the title in Russian"), is_todo("my todo list")
    (True, False)
    """
    return text.startswith(TODO) and re.match(rf"{TODO}\b", text) is not None
