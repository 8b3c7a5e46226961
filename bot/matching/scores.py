"""How similar an utterance is to what an index knows: to the phrases of each intent, and to single examples."""

import math
from bisect import bisect_left
from collections.abc import Iterable
from itertools import repeat
from operator import mul
from typing import NamedTuple

from bot.matching.index import Index, PhraseClass, Term

SMOOTHING = 10.0
"""Phrases' worth of doubt in a likelihood: an intent has a hundred phrases in a language at most, so a
word in none of them is unlikely, not impossible. 2 to 20 measured alike."""

NEAREST = 3
"""Phrases whose similarity counts beside the nearest one; half a point better than the nearest alone."""

LEAST_VALUE = 0.06
"""Part of a vector. What weighs less is left out of similarities; the totals of the question files stay the same."""


class Weighted(NamedTuple):
    """A term of an utterance: how much of it is there (1.0 is a word, once), and its part of a vector of length 1."""

    name: str
    term: Term
    amount: float
    value: float


Vector = tuple[Weighted, ...]


class Scores:
    """Compares vectors of terms with the classes of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def vector(self, terms: Iterable[tuple[str, float]]) -> Vector:
        """The terms weighted and scaled to length 1. Unknown words weigh as much as any can:
        a word that no phrase has is a sign that something else is meant."""
        found = [
            (name, self._index.term(name), amount)
            for name, amount in terms
            if amount > 0.5 or name in self._index.places  # unknown pairs are no information
        ]
        length = math.sqrt(sum((amount * term.weight) ** 2 for _, term, amount in found))
        return tuple(
            [Weighted(name, term, amount, amount * term.weight / length) for name, term, amount in found]
        )

    def centroids(self, vector: Vector) -> list[float]:
        """By intent, the cosine of the vector with the centroid of its phrases, 0 to 1."""
        scores = [0.0] * self._index.intents
        for _, term, _, value in vector:
            if value >= LEAST_VALUE:
                for number, part in zip(term.phrases, map(mul, repeat(value), term.amounts), strict=True):
                    scores[number] += part
        return list(map(mul, scores, self._index.scales))

    def nearest_examples(self, vector: Vector, classes: Iterable[PhraseClass]) -> list[tuple[float, int]]:
        """For each class how similar its nearest examples are, 0 to 1, and the place of the nearest one in it.

        Half of it is the nearest example, half the mean of the nearest three: one may be like the
        utterance by chance. The place is -1 where none is similar.
        """
        strong = [
            (term.phrases, term.negatives, term.places, value * term.strength)
            for _, term, _, value in vector
            if value >= LEAST_VALUE
        ]
        found = []
        for of_class in classes:
            intent, negative = of_class
            start, end = self._index.ranges.get(of_class, (0, 0))
            totals = [0.0] * (end - start)
            for phrases, negatives, places, part in strong:
                count = (negatives if negative else phrases).get(intent)
                if count:
                    first = bisect_left(places, start)
                    for place in places[first : first + count]:
                        totals[place - start] += part
            scores = list(map(mul, totals, self._index.inverses[start:end]))
            nearest = sorted(scores, reverse=True)[:NEAREST]
            if nearest and nearest[0]:
                found.append(((nearest[0] + sum(nearest) / NEAREST) / 2, scores.index(nearest[0])))
            else:
                found.append((0.0, -1))
        return found

    def likelihoods(self, vector: Vector, classes: Iterable[PhraseClass]) -> list[float]:
        """For each class how much likelier the terms are among its examples than among all: a sum of
        log-odds (naive Bayes), over the root of the number of terms, so that long ones compare.

        Classes without examples get 0.0.
        """
        size, ranges = len(self._index.inverses), self._index.ranges
        known = [
            (term.phrases, term.negatives, amount, SMOOTHING * term.total / size)
            for _, term, amount, _ in vector
            if term.total
        ]
        whole = sum([amount for _, _, amount, _ in known])
        scale = math.sqrt(max(1, len(known)))
        found = []
        for of_class in classes:
            (number, negative), (start, end) = of_class, ranges.get(of_class, (0, 0))
            examples, total = end - start, 0.0
            if examples:
                total = whole * math.log(SMOOTHING / (examples + SMOOTHING))
                for phrases, negatives, amount, usual in known:
                    count = (negatives if negative else phrases).get(number)
                    if count:
                        total += amount * math.log1p(count / usual)
            found.append(total / scale)
        return found
