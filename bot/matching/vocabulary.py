"""The words that the phrases know, and what a misspelt one probably stands for.

Rule: an exact word is never corrected, and a correction is by spelling alone; whether it makes
sense is for the index to weigh. rapidfuzz compares raw strings, so only folded words come here.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language import script_of, stem
from bot.matching.values import Word

SHORTEST_CORRECTED = 4
"""Below four letters nearly every word is one letter away from another."""

LIKENESS = 0.7
"""Least OSA similarity of a correction. Measured on 900 misspelt questions of a public intent set:
0.67 to 0.75 differ by less than half a point; below, clean questions begin to lose."""

NEARLY_AS_LIKE = 0.1
"""Corrections whose likeness falls behind the best one's by more are left out."""

CORRECTIONS = 3
"""How many known words a misspelt one may stand for; the index lets the intents choose."""

CACHE_SIZE = 20_000


class Vocabulary:
    """All words of all phrases, folded.

    >>> vocabulary = Vocabulary(["yandex", "search", "engine", "startup"])
    >>> vocabulary.look_up("yadnex").known
    ('yandex',)
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._stems = frozenset(stem(word) for word in self._known)
        buckets: defaultdict[tuple[str | None, int], list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) >= SHORTEST_CORRECTED:
                buckets[script_of(word), len(word)].append(word)
        self._buckets = dict(buckets)
        self.look_up = lru_cache(maxsize=CACHE_SIZE)(self._look_up)

    def __contains__(self, word: str) -> bool:
        return word in self._known or stem(word) in self._stems

    def _look_up(self, typed: str) -> Word:
        """The known words that `typed` may stand for, most similar first, equals by alphabet."""
        if typed in self:
            return Word(typed, (typed,), 1.0)
        halves = self._split(typed)
        if halves:
            return Word(typed, halves, 1.0)
        found = self._similar(typed)
        return Word(typed, tuple(word for word, _ in found), found[0][1] if found else 0.0)

    def _similar(self, typed: str) -> list[tuple[str, float]]:
        if not SHORTEST_CORRECTED <= len(typed) <= 40:
            return []
        script, slack = script_of(typed), max(1, round(len(typed) * (1 - LIKENESS)))
        choices = [
            word
            for length in range(len(typed) - slack, len(typed) + slack + 1)
            for word in self._buckets.get((script, length), ())
        ]
        found = process.extract(
            typed,
            choices,
            scorer=OSA.normalized_similarity,
            score_cutoff=LIKENESS,
            limit=4 * CORRECTIONS,
        )
        ordered = sorted(((word, score) for word, score, _ in found), key=lambda w: (-w[1], w[0]))
        distinct = {stem(word): (word, score) for word, score in reversed(ordered)}
        best = ordered[0][1] if ordered else 0.0
        kept = [(word, score) for word, score in distinct.values() if score >= best - NEARLY_AS_LIKE]
        return sorted(kept, key=lambda w: (-w[1], w[0]))[:CORRECTIONS]

    def _split(self, typed: str) -> tuple[str, ...]:
        """Two known words typed as one ("searchengine"), each of at least three letters."""
        if len(typed) < 7 or len(typed) > 40:
            return ()
        for cut in range(3, len(typed) - 2):
            if typed[:cut] in self._known and typed[cut:] in self._known:
                return typed[:cut], typed[cut:]
        return ()
