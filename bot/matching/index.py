"""The phrases of all intents as weighted terms: what each word tells, and which intents it tells of.

Rule: built once from the phrases, never changed. A term's weight is the information it carries
about the intent: log(number of intents) less the entropy of the intent given the term. So the frame
words ("what did he say about") fall to near nothing by themselves, and no stop list is needed.

A *class* is the phrases of one intent, or its near-misses (its *opposite*). Each class is one vector (the
centroid of its examples) and a list of example vectors; the latter are made when first asked for.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from bot.matching.terms import WordGroups, pairs_of, terms_of_known

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

REMEMBERED = 4096
"""Terms whose classes are kept at hand: more than the frame words of three languages."""

LEAST_WEIGHT = 0.02
"""What a word keeps that occurs with every intent alike, as a part of the greatest weight."""


@dataclass(frozen=True, slots=True)
class Example:
    """The stems of one phrase, or of a near-miss where `opposite`, of the intent number `intent`."""

    intent: int
    opposite: bool
    stems: tuple[str, ...]


_POWERS = tuple(count**COUNT_POWER for count in range(MOST_COUNTED + 1))

Vector = dict[str, float]


class Index:
    """Answers how similar a vector of terms is to each class.

    Classes are numbers: i for the phrases of intent i, `intents` + i for its near-misses.
    """

    def __init__(self, examples: Sequence[Example], intents: int, groups: WordGroups) -> None:
        self.intents = intents
        self._groups = groups
        self._members: defaultdict[int, list[Example]] = defaultdict(list)
        for example in examples:
            self._members[example.intent + (intents if example.opposite else 0)].append(example)
        self._size = len(examples)
        most = math.log(max(2, intents))
        self.unknown_weight: float = most**WEIGHT_POWER
        self._totals: Counter[int] = Counter()
        self._postings = self._build_postings()
        self._weights = self._information(most)
        self._scales = self._build_scales()
        self._nearby = cache(self._phrases_of)
        self.classes = lru_cache(maxsize=REMEMBERED)(self._classes)

    def weight(self, term: str) -> float:
        """The information that a term carries; an unknown one is taken to carry as much as any can."""
        return self._weights.get(term, self.unknown_weight)

    def knows(self, term: str) -> bool:
        """Whether any example has the term."""
        return term in self._postings

    def vector(self, terms: Mapping[str, float]) -> Vector:
        """The terms weighted and scaled to length 1. Unknown words weigh as much as any can:
        a word that no phrase has is a sign that something else is meant."""
        vector = {
            term: amount * self.weight(term)
            for term, amount in terms.items()
            if amount > 0.5 or term in self._postings  # unknown pairs are no information
        }
        length = math.sqrt(sum(value * value for value in vector.values()))
        return {term: value / length for term, value in vector.items()} if length else {}

    def centroid_scores(self, vector: Vector) -> list[float]:
        """Cosine with the centroid of each class, 0 to 1; the item's place is the class's number."""
        scores = [0.0] * (2 * self.intents)
        for term, value in vector.items():
            amount = value * self.weight(term)
            for number, count in self.classes(term).items():
                scores[number] += amount * _POWERS[count]
        return [score * scale for score, scale in zip(scores, self._scales, strict=True)]

    def phrase_score(self, vector: Vector, number: int) -> tuple[float, int]:
        """How similar the nearest examples of a class are, 0 to 1, and the place of the nearest one.

        Half of it is the nearest example, half the mean of the nearest three: one may be like the
        utterance by chance. Places count from 0 in the order given; -1 where none is similar.
        """
        nearby = self._nearby(number)
        totals = [0.0] * len(self._members.get(number, ()))
        for term, value in vector.items():
            flat = iter(nearby.get(term, ()))
            for place, amount in zip(flat, flat, strict=True):  # two of it at a time
                totals[int(place)] += value * amount
        nearest = sorted(totals, reverse=True)[:NEAREST]
        if not nearest or not nearest[0]:
            return 0.0, -1
        return (nearest[0] + sum(nearest) / NEAREST) / 2, totals.index(nearest[0])

    def likelihoods(self, terms: Mapping[str, float], numbers: Sequence[int]) -> list[float]:
        """For each class how much likelier the terms are among its examples than among all: a sum of
        log-odds (naive Bayes), over the root of the number of terms, so that long ones compare.

        Classes without examples get 0.0.
        """
        known = [(term, amount) for term, amount in terms.items() if term in self._postings]
        sizes = {number: len(self._members.get(number, ())) for number in numbers}
        whole = sum(amount for _, amount in known)
        sums = {n: whole * math.log(SMOOTHING / (size + SMOOTHING)) for n, size in sizes.items() if size}
        for term, amount in known:
            classes = self.classes(term)
            usual = SMOOTHING * sum(classes.values()) / self._size
            for number in sums.keys() & classes.keys():
                sums[number] += amount * math.log1p(classes[number] / usual)
        scale = math.sqrt(max(1, len(known)))
        return [sums.get(number, 0.0) / scale for number in numbers]

    def total(self, numbers: Iterable[int]) -> int:
        """How many terms the examples of these classes have, each example's terms counted once."""
        return sum(self._totals[number] for number in numbers)

    def warm_up(self) -> None:
        """Makes now what would be made at the first questions, for a bot that answers many."""
        for number in self._members:
            self._nearby(number)

    def _classes(self, term: str) -> dict[int, int]:
        """The classes that have the term, with the number of their examples that do."""
        posting = self._postings.get(term, ())
        return dict(zip(posting[::2], posting[1::2], strict=True))

    def _build_postings(self) -> dict[str, "array[int]"]:
        """For each term the classes that have it, each followed by the number of its examples that do.

        A pair that only one example has is left out: that is three pairs in four, and they help nobody who
        does not type that very phrase. Flat arrays of small numbers, for there are ten thousands of terms.
        """
        repeated = self._repeated_pairs()
        postings: dict[str, array[int]] = {}
        for number, members in self._members.items():
            counts = Counter(chain.from_iterable(self._names(each.stems, repeated) for each in members))
            self._totals[number] = counts.total()
            for term, count in counts.items():
                postings.setdefault(term, array("H")).extend((number, min(count, MOST_COUNTED)))
        return postings

    def _names(self, stems: tuple[str, ...], repeated: set[str]) -> set[str]:
        """The terms of one example, of pairs only those that are `repeated`."""
        names = set(stems)
        names.update(filter(None, map(self._groups.__getitem__, stems)))
        names.update(repeated.intersection(pairs_of(stems)))
        return names

    def _repeated_pairs(self) -> set[str]:
        """The pairs of neighbouring words that several examples have."""
        seen: set[str] = set()
        repeated: set[str] = set()
        for members in self._members.values():
            for each in members:
                pairs = set(pairs_of(each.stems))
                repeated |= pairs & seen
                seen |= pairs
        return repeated

    def _information(self, most: float) -> dict[str, float]:
        """The weights of the terms that several intents have; a term of one intent alone says all.

        A near-miss speaks of its intent's topic, so it counts as one of the intent's own phrases here.
        """
        weights = {}
        for term, posting in self._postings.items():
            if len(posting) > 2:
                spread: defaultdict[int, int] = defaultdict(int)
                for place in range(0, len(posting), 2):
                    spread[posting[place] % self.intents] += posting[place + 1]
                information = max(most - _entropy(spread.values()), LEAST_WEIGHT * most)
                weights[term] = information**WEIGHT_POWER
        return weights

    def _build_scales(self) -> list[float]:
        """By class, what makes the centroid's length 1; 0.0 for a class without examples."""
        squares = [0.0] * (2 * self.intents)
        for term, posting in self._postings.items():
            weight = self.weight(term)
            for place in range(0, len(posting), 2):
                squares[posting[place]] += (weight * _POWERS[posting[place + 1]]) ** 2
        return [1.0 / math.sqrt(square) if square else 0.0 for square in squares]

    def _phrases_of(self, number: int) -> dict[str, tuple[float, ...]]:
        """The example vectors of a class by term: places and weights in turn."""
        nearby: defaultdict[str, list[float]] = defaultdict(list)
        for place, example in enumerate(self._members.get(number, ())):
            terms = terms_of_known(example.stems, self._groups)
            vector = {term: amount * self.weight(term) for term, amount in terms.items()}
            length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
            for term, value in vector.items():
                if term in self._postings:
                    nearby[term] += (place, value / length)
        return {term: tuple(flat) for term, flat in nearby.items()}


def _entropy(counts: Iterable[int]) -> float:
    """Shannon entropy in nats of a distribution given by counts."""
    known = list(counts)
    total = sum(known)
    return math.log(total) - sum(n * math.log(n) for n in known) / total
