"""The journal's rows as cases: what was asked in nearly the same words, and what became of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.matching import nearly_equal
from bot.storage.journal import NONE_TAKEN, Entry


@dataclass(frozen=True, slots=True)
class Case:
    """Questions in nearly the same words.

    texts     each wording once, the most frequent first
    entries   all rows, oldest first
    """

    texts: tuple[str, ...]
    entries: tuple[Entry, ...]

    def count(self, kind: str) -> int:
        return sum(entry.kind == kind for entry in self.entries)

    def chosen(self) -> dict[str, int]:
        """How often each intent was chosen from an offer, most often first."""
        return _most_frequent_first(e.taken for e in self.entries if e.taken not in {"", NONE_TAKEN})

    def refused(self) -> int:
        """How often all that was offered was refused."""
        return sum(entry.taken == NONE_TAKEN for entry in self.entries)

    def shown(self, kind: str) -> tuple[str, ...]:
        """The intents that rows of that kind showed first, most often first."""
        return tuple(_most_frequent_first(e.shown[0] for e in self.entries if e.kind == kind and e.shown))


def group_cases(entries: Iterable[Entry]) -> tuple[Case, ...]:
    """The cases, most frequent first; equally frequent ones in alphabetical order."""
    rows = tuple(entries)
    counts = Counter(entry.text for entry in rows)
    texts = sorted(counts, key=lambda text: (-counts[text], len(text), text))
    groups = [tuple(texts[place] for place in group) for group in nearly_equal(texts)]
    cases = [Case(group, tuple(entry for entry in rows if entry.text in group)) for group in groups]
    return tuple(sorted(cases, key=lambda case: (-len(case.entries), case.texts[0])))


def _most_frequent_first(ids: Iterable[str]) -> dict[str, int]:
    """Each id with its number; equally frequent ones in alphabetical order."""
    return dict(sorted(Counter(ids).items(), key=lambda pair: (-pair[1], pair[0])))
