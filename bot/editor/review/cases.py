"""The journal's rows as cases: what was asked in nearly the same words, and what became of it.

Rule: what was asked most often comes first.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.matching import nearly_equal
from bot.storage.entries import NONE_TAKEN, Entry


@dataclass(frozen=True, slots=True)
class Case:
    """Questions in nearly the same words.

    texts     each wording once, the most frequent first
    entries   all rows, oldest first
    """

    texts: tuple[str, ...]
    entries: tuple[Entry, ...]

    def number(self, kind: str) -> int:
        """How many rows are of that kind."""
        return sum(entry.kind == kind for entry in self.entries)

    def taken(self) -> tuple[tuple[str, int], ...]:
        """The intents that were chosen from offers, most often first; NONE_TAKEN is not among them."""
        counts = Counter(entry.taken for entry in self.entries if entry.taken not in {"", NONE_TAKEN})
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    def refused(self) -> int:
        """How often all that was offered was refused."""
        return sum(entry.taken == NONE_TAKEN for entry in self.entries)

    def shown(self, kind: str) -> tuple[str, ...]:
        """The intent that rows of that kind showed first, most often first."""
        firsts = Counter(entry.shown[0] for entry in self.entries if entry.kind == kind and entry.shown)
        return tuple(sorted(firsts, key=lambda intent_id: (-firsts[intent_id], intent_id)))


def cases(entries: Iterable[Entry]) -> tuple[Case, ...]:
    """The cases, most frequent first; of equally frequent ones in the order of the alphabet."""
    rows = tuple(entries)
    counts = Counter(entry.text for entry in rows)
    texts = sorted(counts, key=lambda text: (-counts[text], len(text), text))
    found = []
    for group in nearly_equal(texts):
        members = tuple(texts[place] for place in group)
        found.append(Case(members, tuple(entry for entry in rows if entry.text in members)))
    return tuple(sorted(found, key=lambda case: (-len(case.entries), case.texts[0])))
