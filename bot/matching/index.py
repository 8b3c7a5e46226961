"""What the questions of visitors are compared with: the terms, the centroid and the examples of each class.

A *class* is the phrases of one intent, or its negative examples. The index is counted once from the examples and never
changes. A term's weight is the information that it carries about the intent: log(number of intents) less the entropy
of the intent given the term. So frame words ("what did he say about") fall to near nothing by themselves, and no stop
list is needed.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from sys import intern
from typing import NamedTuple, TypeAlias

from bot.matching.terms import GROUP, GROUP_MARK, PAIR, WordGroups, names_of, pairs_of

WEIGHT_POWER = 0.6
"""Flattens the weights. 0.5 to 0.7 measured alike; 1.0 lets rare words drown the rest."""
COUNT_POWER = 0.6
"""A term in ten phrases of an intent counts four times one in a single phrase, not ten times."""
MOST_COUNTED = 1000
"""No class has more examples with one term that would still count."""
LEAST_WEIGHT = 0.02
"""What a word keeps that occurs with every intent alike, as a part of the greatest weight."""
SMOOTHING = 10.0
"""Phrases' worth of doubt in a likelihood: an intent has a hundred phrases in a language at most, so a
word in none of them is unlikely, not impossible. 2 to 20 measured alike."""

NEAREST = 3
"""Phrases whose similarity counts beside the nearest one; half a point better than the nearest alone."""

REMEMBERED = 2048
"""Terms that are kept at hand: all words of a language that are asked for often, and some megabytes at most."""

_POWERS = tuple(count**COUNT_POWER for count in range(MOST_COUNTED + 1))
_Posting: TypeAlias = "array[int]"

Stems = tuple[str, ...]


class PhraseClass(NamedTuple):
    """The phrases of the intent of that number, or its negative examples."""

    intent: int
    negative: bool = False


Members = Mapping[PhraseClass, Sequence[Stems]]
"""The stems of each example of each class."""


@dataclass(frozen=True, slots=True)
class Term:
    """What the examples tell of a term.

    weight     the information that it carries; an unknown one is taken to carry as much as any can
    strength   what it weighs in an example that has it
    total      how many examples have it; 0 for an unknown one
    phrases    by intent, how many of its phrases have it
    negatives  by intent, how many of its negative examples have it
    """

    weight: float
    strength: float
    total: int
    phrases: Mapping[int, int]
    negatives: Mapping[int, int]

    def of(self, of_class: PhraseClass) -> int:
        """How many examples of the class have the term."""
        return (self.negatives if of_class.negative else self.phrases).get(of_class.intent, 0)


class Weighted(NamedTuple):
    """A term of an utterance: how much of it is there (1.0 is a word, once), and its part of a vector of length 1."""

    name: str
    term: Term
    amount: float
    value: float


Vector = tuple[Weighted, ...]


class CentroidScores(NamedTuple):
    """By intent, the cosine of a vector with the centroid of its phrases and of its negative examples, 0 to 1."""

    phrases: Sequence[float]
    negatives: Sequence[float]


class Index:
    """Answers how similar a vector of terms is to each class. Intents are numbers from 0 to `intents` - 1.

    A pair that only one example has is left out: that is three pairs in four, and they help nobody who does not type
    that very phrase.
    """

    def __init__(self, members: Members, intents: int, groups: WordGroups) -> None:
        self.intents = intents
        self._members = members
        self._groups = groups
        self._size = sum(map(len, members.values()))
        self._words = frozenset(stem for examples in members.values() for stems in examples for stem in stems)
        self._totals: Counter[PhraseClass] = Counter()
        self._postings = self._count()
        most = math.log(max(2, intents))
        self.unknown_weight: float = most**WEIGHT_POWER
        self._weights = self._information(most)
        self._scales = self._centroid_scales()
        self._nearby = cache(self._build_nearby)
        self.term = lru_cache(maxsize=REMEMBERED)(self._term)

    def knows(self, name: str) -> bool:
        """Whether any example has the term."""
        return name in self._postings

    def weight(self, name: str) -> float:
        """The information that a term carries; one of a single class says all, and so does an unknown one."""
        return self._weights.get(name, self.unknown_weight)

    def total(self, classes: Iterable[PhraseClass]) -> int:
        """How many terms the examples of these classes have, each example's terms counted once."""
        return sum(self._totals[each] for each in classes)

    def vector(self, terms: Mapping[str, float]) -> Vector:
        """The terms weighted and scaled to length 1. Unknown words weigh as much as any can:
        a word that no phrase has is a sign that something else is meant."""
        found = [
            (name, self.term(name), amount)
            for name, amount in terms.items()
            if amount > 0.5 or name in self._postings  # unknown pairs are no information
        ]
        length = math.sqrt(sum((amount * term.weight) ** 2 for _, term, amount in found))
        return tuple(
            Weighted(name, term, amount, amount * term.weight / length) for name, term, amount in found
        )

    def centroid_scores(self, vector: Vector) -> CentroidScores:
        """How similar the vector is to the centroid of each class."""
        phrases, negatives = [0.0] * self.intents, [0.0] * self.intents
        for _, term, _, value in vector:
            part = value * term.weight
            for number, count in term.phrases.items():
                phrases[number] += part * _POWERS[count]
            for number, count in term.negatives.items():
                negatives[number] += part * _POWERS[count]
        return CentroidScores(
            _products(phrases, self._scales.phrases), _products(negatives, self._scales.negatives)
        )

    def phrase_score(self, vector: Vector, of_class: PhraseClass) -> tuple[float, int]:
        """How similar the nearest examples of a class are, 0 to 1, and the place of the nearest one.

        Half of it is the nearest example, half the mean of the nearest three: one may be like the
        utterance by chance. The place is -1 where none is similar.
        """
        places, lengths = self._nearby(of_class)
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

    def likelihoods(self, vector: Vector, classes: Sequence[PhraseClass]) -> list[float]:
        """For each class how much likelier the terms are among its examples than among all: a sum of
        log-odds (naive Bayes), over the root of the number of terms, so that long ones compare.

        Classes without examples get 0.0.
        """
        known = [each for each in vector if each.term.total]
        sizes = {each: len(self._members[each]) for each in classes if each in self._members}
        whole = sum(each.amount for each in known)
        sums = {each: whole * math.log(SMOOTHING / (size + SMOOTHING)) for each, size in sizes.items()}
        for _, term, amount, _ in known:
            usual = SMOOTHING * term.total / self._size
            for each in sums:
                count = term.of(each)
                if count:
                    sums[each] += amount * math.log1p(count / usual)
        scale = math.sqrt(max(1, len(known)))
        return [sums.get(each, 0.0) / scale for each in classes]

    def warm_up(self) -> None:
        """Makes now what would be made at the first questions, for a bot that answers many."""
        for each in self._members:
            self._nearby(each)

    def _count(self) -> dict[str, _Posting]:
        """By term, in a flat array of small numbers, each class that has it and in how many examples, in turn: there
        are ten thousands of terms."""
        repeated = _repeated_pairs(self._members)
        postings: dict[str, _Posting] = {}
        for of_class, examples in self._members.items():
            named = (names_of(stems, repeated, self._groups) for stems in examples)
            counts = Counter(chain.from_iterable(named))
            self._totals[of_class] = counts.total()
            for name, count in counts.items():
                posting = postings.get(name)
                if posting is None:
                    posting = postings[intern(name)] = array("H")  # one string for all classes
                posting.append(2 * of_class.intent + of_class.negative)
                posting.append(min(count, MOST_COUNTED))
        return postings

    def _information(self, most: float) -> dict[str, float]:
        """The weights of the terms that the phrases of several intents have. Of a term that stands in negative
        examples alone these are counted: a name that is asked about everywhere and answered in one place tells much."""
        weights = {}
        for name, posting in self._postings.items():
            if len(posting) > 2:
                phrases = [count for code, count in _pairs(posting) if code % 2 == 0]
                counts = phrases or [count for _, count in _pairs(posting)]
                information = max(most - _entropy(counts), LEAST_WEIGHT * most)
                weights[name] = information**WEIGHT_POWER
        return weights

    def _centroid_scales(self) -> CentroidScores:
        """What makes the length of each centroid 1; 0.0 for a class without examples."""
        phrases, negatives = [0.0] * self.intents, [0.0] * self.intents
        for name, posting in self._postings.items():
            square = self.weight(name) ** 2
            for code, count in _pairs(posting):
                (negatives if code % 2 else phrases)[code // 2] += square * _POWERS[count] ** 2
        return CentroidScores(_inverse_roots(phrases), _inverse_roots(negatives))

    def _term(self, name: str) -> Term:
        """What the posting of a term says, in a form that is quick to use."""
        sides: tuple[dict[int, int], dict[int, int]] = ({}, {})
        for code, count in _pairs(self._postings.get(name, ())):
            sides[code % 2][code // 2] = count
        total = sum(sides[0].values()) + sum(sides[1].values())
        return Term(self.weight(name), self._strength(name), total, *sides)

    def _build_nearby(self, of_class: PhraseClass) -> tuple[dict[str, Sequence[int]], "array[float]"]:
        """For each term of a class the places of the examples that have it, and the lengths of all of them."""
        examples = self._members.get(of_class, ())
        places: dict[str, list[int]] = defaultdict(list)
        for place, stems in enumerate(examples):
            for name in names_of(stems, self._postings, self._groups):
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


def _products(some: Iterable[float], others: Iterable[float]) -> list[float]:
    return [one * other for one, other in zip(some, others, strict=True)]


def _inverse_roots(squares: Iterable[float]) -> list[float]:
    return [1.0 / math.sqrt(square) if square else 0.0 for square in squares]


def _pairs(posting: Iterable[int]) -> Iterable[tuple[int, int]]:
    """The codes of a posting's classes, each with its count."""
    flat = iter(posting)
    return zip(flat, flat, strict=True)


def _entropy(counts: Iterable[int]) -> float:
    """Shannon entropy in nats of a distribution given by counts."""
    known = list(counts)
    total = sum(known)
    return math.log(total) - sum(n * math.log(n) for n in known) / total
