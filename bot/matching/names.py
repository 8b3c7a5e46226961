"""Which people, places, companies and roles a text names, in whatever language and form."""

from collections.abc import Iterable, Set

from bot.text.folding import words
from bot.text.stems import stem


class NameTable:
    """Rows of names: each row is one thing in all its spellings, and has a number.

    >>> table = NameTable([["china", "китай"], ["minister", "министр"]])
    >>> table.rows(["китаем", "iran"]), sorted(table.stems(0))
    (frozenset({0}), ['china', 'кита'])
    """

    def __init__(self, rows: Iterable[Iterable[str]] = ()) -> None:
        self._stems: list[frozenset[str]] = []
        self._row_of: dict[str, int] = {}
        for number, row in enumerate(rows):
            stems = frozenset(stem(word) for name in row for word in words(name))
            self._stems.append(stems)
            for each in stems:
                self._row_of.setdefault(each, number)

    def rows(self, folded: Iterable[str]) -> frozenset[int]:
        """The rows that folded words name."""
        found = (self._row_of.get(stem(word)) for word in folded)
        return frozenset(number for number in found if number is not None)

    def in_order(self, folded: Iterable[str], most: int = 3) -> tuple[int, ...]:
        """The rows that folded words name, each once, in the order of the words; at most `most`."""
        found = (self._row_of.get(stem(word)) for word in folded)
        return tuple(dict.fromkeys(number for number in found if number is not None))[:most]

    def stems(self, row: int) -> Set[str]:
        """All stems of a row."""
        return self._stems[row]
