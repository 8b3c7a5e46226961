"""What the questions of visitors are compared with: the centroid and the examples of each class.

Rule: built once from the examples, never changed. Each class is one vector (the centroid of its examples) and a
list of its examples' words; what makes these quick to compare with is made when a class is first looked at
closely. What the terms weigh, and what a class is, `postings` knows.
"""

import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from sys import intern
from typing import NamedTuple

from bot.matching.postings import POWERS, Members, Postings
from bot.matching.terms import GROUP, GROUP_MARK, PAIR, WordGroups, names_of

SMOOTHING = 10.0
"""Phrases' worth of doubt in a likelihood: an intent has a hundred phrases in a language at most, so a
word in none of them is unlikely, not impossible. 2 to 20 measured alike."""

NEAREST = 3
"""Phrases whose similarity counts beside the nearest one; half a point better than the nearest alone."""

REMEMBERED = 2048
"""Terms that are kept at hand: all words of a language that are asked for often, and some megabytes at most."""


@dataclass(frozen=True, slots=True)
class Term:
    """What the examples tell of a term.

    weight    the information that it carries; an unknown one is taken to carry as much as any can
    strength  what it weighs in an example that has it
    total     how many examples have it; 0 for an unknown one
    classes   how many examples of each class have it
    """

    weight: float
    strength: float
    total: int
    classes: Mapping[int, int]


class Weighted(NamedTuple):
    """A term of an utterance: how much of it is there (1.0 is a word, once), and its part of a vector of length 1."""

    name: str
    term: Term
    amount: float
    value: float


Vector = tuple[Weighted, ...]


class Index:
    """Answers how similar a vector of terms is to each class.

    Classes are numbers, as in `postings`, `intents` that of all intents. The examples of a class have places, from 0
    in the order given.
    """

    def __init__(self, members: Members, intents: int, groups: WordGroups) -> None:
        self.intents = intents
        self._members = members
        self._groups = groups
        self._size = sum(map(len, members.values()))
        self._words = frozenset(stem for examples in members.values() for stems in examples for stem in stems)
        self._postings = Postings(members, intents, groups)
        self._known = self._postings.names
        self._scales = self._postings.scales()
        self.weight = self._postings.weight
        self.total = self._postings.total
        self.unknown_weight = self._postings.unknown_weight
        self._nearby = cache(self._build_nearby)
        self.term = lru_cache(maxsize=REMEMBERED)(self._term)

    def knows(self, name: str) -> bool:
        """Whether any example has the term."""
        return name in self._known

    def vector(self, terms: Mapping[str, float]) -> Vector:
        """The terms weighted and scaled to length 1. Unknown words weigh as much as any can:
        a word that no phrase has is a sign that something else is meant."""
        found = [
            (name, self.term(name), amount)
            for name, amount in terms.items()
            if amount > 0.5 or name in self._known  # unknown pairs are no information
        ]
        length = math.sqrt(sum((amount * term.weight) ** 2 for _, term, amount in found))
        return tuple(
            Weighted(name, term, amount, amount * term.weight / length) for name, term, amount in found
        )

    def centroid_scores(self, vector: Vector) -> list[float]:
        """Cosine with the centroid of each class, 0 to 1; the item's place is the class's number."""
        scores = [0.0] * (2 * self.intents)
        for _, term, _, value in vector:
            part = value * term.weight
            for number, count in term.classes.items():
                scores[number] += part * POWERS[count]
        return [score * scale for score, scale in zip(scores, self._scales, strict=True)]

    def phrase_score(self, vector: Vector, number: int) -> tuple[float, int]:
        """How similar the nearest examples of a class are, 0 to 1, and the place of the nearest one.

        Half of it is the nearest example, half the mean of the nearest three: one may be like the
        utterance by chance. The place is -1 where none is similar.
        """
        places, lengths = self._nearby(number)
        totals = [0.0] * len(lengths)
        for name, term, _, value in vector:
            part = value * term.strength
            for place in places.get(name, ()):
                totals[place] += part
        scores = [total / length for total, length in zip(totals, lengths, strict=True)]
        nearest = sorted(scores, reverse=True)[:NEAREST]
        if not nearest or not nearest[0]:
            return 0.0, -1
        return (nearest[0] + sum(nearest) / NEAREST) / 2, scores.index(nearest[0])

    def likelihoods(self, vector: Vector, numbers: Sequence[int]) -> list[float]:
        """For each class how much likelier the terms are among its examples than among all: a sum of
        log-odds (naive Bayes), over the root of the number of terms, so that long ones compare.

        Classes without examples get 0.0.
        """
        known = [each for each in vector if each.term.total]
        sizes = {number: len(self._members[number]) for number in numbers if number in self._members}
        whole = sum(each.amount for each in known)
        sums = {number: whole * math.log(SMOOTHING / (size + SMOOTHING)) for number, size in sizes.items()}
        for _, term, amount, _ in known:
            usual = SMOOTHING * term.total / self._size
            for number in sums.keys() & term.classes.keys():
                sums[number] += amount * math.log1p(term.classes[number] / usual)
        scale = math.sqrt(max(1, len(known)))
        return [sums.get(number, 0.0) / scale for number in numbers]

    def warm_up(self) -> None:
        """Makes now what would be made at the first questions, for a bot that answers many."""
        for number in self._members:
            if number < self.intents:
                self._nearby(number)

    def _term(self, name: str) -> Term:
        """What the posting of a term says, in a form that is quick to use."""
        classes = self._postings.classes(name)
        return Term(self.weight(name), self._strength(name), sum(classes.values()), classes)

    def _build_nearby(self, number: int) -> tuple[dict[str, Sequence[int]], "array[float]"]:
        """For each term of a class the places of the examples that have it, and the lengths of all of them."""
        examples = self._members.get(number, ())
        places: dict[str, list[int]] = defaultdict(list)
        for place, stems in enumerate(examples):
            for name in names_of(stems, self._known, self._groups):
                places[name].append(place)
        squares = [0.0] * len(examples)
        for name, found in places.items():
            square = self._strength(name) ** 2
            for place in found:
                squares[place] += square
        lengths = array("f", (math.sqrt(square) or 1.0 for square in squares))
        pack: Callable[[list[int]], Sequence[int]] = bytes if len(examples) <= 256 else tuple
        return {intern(name): pack(found) for name, found in places.items()}, lengths

    def _strength(self, name: str) -> float:
        """The weight that a term has in an example: a pair and a group say less than a word. What is typed
        as one word somewhere and as two elsewhere ("startup", "start up") is a word in both."""
        if name in self._words:
            return self.weight(name)
        return self.weight(name) * (GROUP if name.startswith(GROUP_MARK) else PAIR)
