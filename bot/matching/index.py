"""The phrases of all intents as weighted terms: what each word tells, and which intents it tells of.

Rule: built once from the phrases, never changed. A term's weight is the information it carries
about the intent: log(number of intents) less the entropy of the intent given the term. So the frame
words ("what did he say about") fall to near nothing by themselves, and no stop list is needed.

A *class* is the phrases of one intent, or its near-misses (its *opposite*). Each class is one vector (the
centroid of its examples) and a list of its examples' words; what makes these quick to compare with is made
when a class is first looked at closely.
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

SMOOTHING = 10.0
"""Phrases' worth of doubt in a likelihood: an intent has some thirty phrases in a language, so a
word in none of them is unlikely, not impossible. 2 to 20 measured alike."""

NEAREST = 3
"""Phrases whose similarity counts beside the nearest one; half a point better than the nearest alone."""

MOST_COUNTED = 1000
"""No class has more examples with one term that would still count."""

REMEMBERED = 2048
"""Terms that are kept at hand: all words of a language that are asked for often, and some megabytes at most."""

LEAST_WEIGHT = 0.02
"""What a word keeps that occurs with every intent alike, as a part of the greatest weight."""


Stems = tuple[str, ...]
Members = Mapping[int, Sequence[Stems]]
"""The stems of each example of each class."""


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
Posting: TypeAlias = "array[int]"
_POWERS = tuple(count**COUNT_POWER for count in range(MOST_COUNTED + 1))
_SQUARES = tuple(power * power for power in _POWERS)


class Index:
    """Answers how similar a vector of terms is to each class.

    Classes are numbers: i for the phrases of intent i, `intents` + i for its near-misses. The examples of a
    class have places, from 0 in the order given.
    """

    def __init__(self, members: Members, intents: int, groups: WordGroups) -> None:
        self.intents = intents
        self._members = members
        self._groups = groups
        self._size = sum(map(len, members.values()))
        self._words = frozenset(stem for examples in members.values() for stems in examples for stem in stems)
        most = math.log(max(2, intents))
        self.unknown_weight: float = most**WEIGHT_POWER
        self._totals: Counter[int] = Counter()
        self._postings = self._build_postings()
        self._weights = self._information(most)
        self._scales = self._build_scales()
        self._nearby = cache(self._build_nearby)
        self.term = lru_cache(maxsize=REMEMBERED)(self._term)

    def weight(self, name: str) -> float:
        """The information that a term carries."""
        return self._weights.get(name, self.unknown_weight)

    def knows(self, name: str) -> bool:
        """Whether any example has the term."""
        return name in self._postings

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

    def total(self, numbers: Iterable[int]) -> int:
        """How many terms the examples of these classes have, each example's terms counted once."""
        return sum(self._totals[number] for number in numbers)

    def centroid_scores(self, vector: Vector) -> list[float]:
        """Cosine with the centroid of each class, 0 to 1; the item's place is the class's number."""
        scores = [0.0] * (2 * self.intents)
        for _, term, _, value in vector:
            part = value * term.weight
            for number, count in term.classes.items():
                scores[number] += part * _POWERS[count]
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
        classes = dict(_counts(self._postings.get(name, ())))
        return Term(self.weight(name), self._strength(name), sum(classes.values()), classes)

    def _build_postings(self) -> dict[str, Posting]:
        """For each term the classes that have it, each followed by the number of its examples that do.

        A pair that only one example has is left out: that is three pairs in four, and they help nobody who
        does not type that very phrase. Flat arrays of small numbers, for there are ten thousands of terms.
        """
        repeated = self._repeated_pairs()
        postings: dict[str, Posting] = {}
        for number, examples in self._members.items():
            counts = Counter(
                chain.from_iterable(names_of(stems, repeated, self._groups) for stems in examples)
            )
            self._totals[number] = counts.total()
            for name, count in counts.items():
                posting = postings.get(name)
                if posting is None:
                    posting = postings[intern(name)] = array("H")  # one string for all classes
                posting.append(number)
                posting.append(min(count, MOST_COUNTED))
        return postings

    def _repeated_pairs(self) -> set[str]:
        """The pairs of neighbouring words that several examples have."""
        seen: set[str] = set()
        repeated: set[str] = set()
        for examples in self._members.values():
            for stems in examples:
                pairs = set(pairs_of(stems))
                repeated |= pairs & seen
                seen |= pairs
        return repeated

    def _information(self, most: float) -> dict[str, float]:
        """The weights of the terms that several classes have; a term of one class alone says all.

        A near-miss speaks of its intent's topic, so it counts as one of the intent's own phrases here.
        """
        weights = {}
        for name, posting in self._postings.items():
            if len(posting) > 2:
                spread: dict[int, int] = defaultdict(int)
                for number, count in _counts(posting):
                    spread[number % self.intents] += count
                information = max(most - _entropy(spread.values()), LEAST_WEIGHT * most)
                weights[name] = information**WEIGHT_POWER
        return weights

    def _build_scales(self) -> list[float]:
        """By class, what makes the centroid's length 1; 0.0 for a class without examples."""
        squares = [0.0] * (2 * self.intents)
        for name, posting in self._postings.items():
            square = self.weight(name) ** 2
            for number, count in _counts(posting):
                squares[number] += square * _SQUARES[count]
        return [1.0 / math.sqrt(square) if square else 0.0 for square in squares]

    def _build_nearby(self, number: int) -> tuple[dict[str, Sequence[int]], "array[float]"]:
        """For each term of a class the places of the examples that have it, and the lengths of all of them."""
        examples = self._members.get(number, ())
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


def _counts(posting: Iterable[int]) -> Iterable[tuple[int, int]]:
    """A posting's classes, each with its count."""
    flat = iter(posting)
    return zip(flat, flat, strict=True)


def _entropy(counts: Iterable[int]) -> float:
    """Shannon entropy in nats of a distribution given by counts."""
    known = list(counts)
    total = sum(known)
    return math.log(total) - sum(n * math.log(n) for n in known) / total
