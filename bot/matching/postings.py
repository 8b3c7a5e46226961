"""How many examples of each class have a term, and how much it tells of the intent.

Rule: counted once from the examples, never changed. A term's weight is the information it carries about the
intent: log(number of intents) less the entropy of the intent given the term. So the frame words ("what did he
say about") fall to near nothing by themselves, and no stop list is needed.

A *class* is the phrases of one intent, or its negative examples (its *opposite*): number i for the phrases of intent i,
`intents` + i for its negative examples.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain
from sys import intern
from typing import TypeAlias

from bot.matching.terms import WordGroups, names_of, pairs_of

WEIGHT_POWER = 0.6
"""Flattens the weights. 0.5 to 0.7 measured alike; 1.0 lets rare words drown the rest."""

COUNT_POWER = 0.6
"""A term in ten phrases of an intent counts four times one in a single phrase, not ten times."""

MOST_COUNTED = 1000
"""No class has more examples with one term that would still count."""

LEAST_WEIGHT = 0.02
"""What a word keeps that occurs with every intent alike, as a part of the greatest weight."""

Stems = tuple[str, ...]
Members = Mapping[int, Sequence[Stems]]
"""The stems of each example of each class."""

POWERS = tuple(count**COUNT_POWER for count in range(MOST_COUNTED + 1))
"""What so many examples with one term count in a centroid."""

_SQUARES = tuple(power * power for power in POWERS)
_Posting: TypeAlias = "array[int]"


class Postings:
    """For each term the classes that have it, each with the number of its examples that do.

    A pair that only one example has is left out: that is three pairs in four, and they help nobody who does not
    type that very phrase.
    """

    def __init__(self, members: Members, intents: int, groups: WordGroups) -> None:
        self._intents = intents
        self._totals: Counter[int] = Counter()
        self._postings = self._count(members, groups)
        most = math.log(max(2, intents))
        self.unknown_weight: float = most**WEIGHT_POWER
        self._weights = self._information(most)

    @property
    def names(self) -> Container[str]:
        """All terms."""
        return self._postings

    def weight(self, name: str) -> float:
        """The information that a term carries; one of a single class says all, and so does an unknown one."""
        return self._weights.get(name, self.unknown_weight)

    def classes(self, name: str) -> dict[int, int]:
        """How many examples of each class have the term; none for an unknown one."""
        return dict(_pairs(self._postings.get(name, ())))

    def total(self, numbers: Iterable[int]) -> int:
        """How many terms the examples of these classes have, each example's terms counted once."""
        return sum(self._totals[number] for number in numbers)

    def scales(self) -> list[float]:
        """By class, what makes its centroid's length 1; 0.0 for a class without examples."""
        squares = [0.0] * (2 * self._intents)
        for name, posting in self._postings.items():
            square = self.weight(name) ** 2
            for number, count in _pairs(posting):
                squares[number] += square * _SQUARES[count]
        return [1.0 / math.sqrt(square) if square else 0.0 for square in squares]

    def _count(self, members: Members, groups: WordGroups) -> dict[str, _Posting]:
        """In flat arrays of small numbers, a class and its count in turn, for there are ten thousands of terms."""
        repeated = _repeated_pairs(members)
        postings: dict[str, _Posting] = {}
        for number, examples in members.items():
            counts = Counter(chain.from_iterable(names_of(stems, repeated, groups) for stems in examples))
            self._totals[number] = counts.total()
            for name, count in counts.items():
                posting = postings.get(name)
                if posting is None:
                    posting = postings[intern(name)] = array("H")  # one string for all classes
                posting.append(number)
                posting.append(min(count, MOST_COUNTED))
        return postings

    def _information(self, most: float) -> dict[str, float]:
        """The weights of the terms that several classes have.

        A negative example speaks of its intent's topic, so it counts as one of the intent's own phrases here.
        """
        weights = {}
        for name, posting in self._postings.items():
            if len(posting) > 2:
                spread: dict[int, int] = defaultdict(int)
                for number, count in _pairs(posting):
                    spread[number % self._intents] += count
                information = max(most - _entropy(spread.values()), LEAST_WEIGHT * most)
                weights[name] = information**WEIGHT_POWER
        return weights


def _repeated_pairs(members: Members) -> set[str]:
    """The pairs of neighbouring words that several examples have."""
    seen: set[str] = set()
    repeated: set[str] = set()
    for examples in members.values():
        for stems in examples:
            pairs = set(pairs_of(stems))
            repeated |= pairs & seen
            seen |= pairs
    return repeated


def _pairs(posting: Iterable[int]) -> Iterable[tuple[int, int]]:
    """A posting's classes, each with its count."""
    flat = iter(posting)
    return zip(flat, flat, strict=True)


def _entropy(counts: Iterable[int]) -> float:
    """Shannon entropy in nats of a distribution given by counts."""
    known = list(counts)
    total = sum(known)
    return math.log(total) - sum(n * math.log(n) for n in known) / total
