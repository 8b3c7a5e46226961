"""What the questions of visitors are compared with: in which examples each term stands, and what it tells.

A *class* is the phrases of one intent, or its negative examples. The index is made once from the examples and never
changes. A term's weight is the information that it carries about the intent: log(number of intents) less the entropy
of the intent given the term. So frame words ("what did he say about") fall to near nothing by themselves, and no stop
list is needed.
"""

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import chain, repeat
from sys import intern
from typing import NamedTuple

from bot.matching.terms import GROUP, GROUP_MARK, PAIR, WordGroups, pairs_of, words_and_groups

WEIGHT_POWER = 0.6
"""Flattens the weights. 0.5 to 0.7 measured alike; 1.0 lets rare words drown the rest."""
COUNT_POWER = 0.6
"""A term in ten phrases of an intent counts four times one in a single phrase, not ten times."""
LEAST_WEIGHT = 0.02
"""What a word keeps that occurs with every intent alike, as a part of the greatest weight."""

ENOUGH = 5.0
"""Phrases that halve the doubt in a term: what one phrase alone has may be there by chance."""

REMEMBERED = 2048
"""Terms that are kept at hand: all words of a language that are asked for often, and some megabytes at most."""

_POWERS = [count**COUNT_POWER for count in range(10_000)]
_NOWHERE = array("I")

Stems = tuple[str, ...]


class PhraseClass(NamedTuple):
    """The phrases of the intent of that number, or its negative examples."""

    intent: int
    negative: bool = False


Members = Mapping[PhraseClass, Sequence[Stems]]
"""The stems of each example of each class."""


class Term(NamedTuple):
    """What the examples tell of a term.

    places     the examples that have it, in order
    total      how many these are; 0 for an unknown term
    weight     the information that it carries; an unknown one is taken to carry as much as any can
    strength   what it weighs in an example that has it
    phrases    by intent, how many of its phrases have it
    amounts    for each of these intents, how much of it is in the centroid of its phrases
    negatives  by intent, how many of its negative examples have it
    refused    how many negative examples and out-of-scope phrases have it
    support    how well it is known from phrases that are not out of scope, 0 to 1: n / (n + ENOUGH) for n of them
    evidence   how much rarer it is in phrases of answers than where a question is refused: about -3 for "email",
               0.0 for one that rather tells of an answer
    """

    places: Sequence[int]
    total: int
    weight: float
    strength: float
    phrases: Mapping[int, int]
    amounts: Sequence[float]
    negatives: Mapping[int, int]
    refused: int
    support: float
    evidence: float


class Index:
    """All terms of the examples. Intents are numbers from 0 to `intents` - 1; those that are `answered` by a quotation,
    and those that are `out_of_scope`, tell evidence.

    A pair that only one example has is left out: that is three pairs in four, and they help nobody who does not type
    that very phrase.

    places    by term the places of the examples that have it, in order
    ranges    by class the places of its examples: the first one, and the one behind the last
    inverses  by place what makes the length of the example 1
    scales    by intent what makes the length of the centroid of its phrases 1
    """

    def __init__(
        self,
        members: Members,
        intents: int,
        groups: WordGroups,
        answered: Set[int] = frozenset(),
        out_of_scope: Set[int] = frozenset(),
    ) -> None:
        self.intents = intents
        self._answered, self.out_of_scope = answered, out_of_scope
        self._classes = array("I")  # by place: 2 * intent + negative
        self.ranges: dict[PhraseClass, tuple[int, int]] = {}
        for of_class, examples in members.items():
            start = len(self._classes)
            self._classes.extend(repeat(2 * of_class.intent + of_class.negative, len(examples)))
            self.ranges[of_class] = start, start + len(examples)
        examples = list(chain.from_iterable(members.values()))
        self._words = frozenset(chain.from_iterable(examples))
        self.places = self._place(examples, groups)
        self._most = math.log(max(2, intents))
        self.unknown_weight: float = self._most**WEIGHT_POWER
        self._weights: dict[str, float] = {}
        self.inverses = array("d", bytes(8 * len(self._classes)))
        self.scales, self._shift = self._measure()
        self.term: Callable[[str], Term] = lru_cache(maxsize=REMEMBERED)(self._term)

    def weight(self, name: str) -> float:
        """The information that a term carries; one of a single class says all, and so does an unknown one."""
        return self._weights.get(name, self.unknown_weight)

    def _place(self, examples: Iterable[Stems], groups: WordGroups) -> dict[str, "array[int]"]:
        """By term the places of the examples that have it, in order."""
        places: dict[str, array[int]] = {}
        once: dict[str, int] = {}  # pairs that one example has so far
        for place, stems in enumerate(examples):
            for name in words_and_groups(stems, groups):
                found = places.get(name)
                if found is None:
                    places[name] = array(
                        "I", (once[name], place) if once.get(name, place) < place else (place,)
                    )
                elif found[-1] != place:
                    found.append(place)
            for pair in pairs_of(stems):
                found = places.get(pair)
                if found is not None:
                    if found[-1] != place:
                        found.append(place)
                elif (first := once.setdefault(pair, place)) != place:
                    places[intern(pair)] = array("I", (first, place))
        return places

    def _measure(self) -> tuple[list[float], float | None]:
        """Fills in the weights of the terms that several classes have, and the lengths of the examples. Returns what
        makes the length of each intent's centroid 1, and by how much terms are commoner where questions are refused.

        Of a term that stands in negative examples alone these are counted: a name that is asked about everywhere and
        answered in one place tells much.
        """
        squares, lengths = [0.0] * self.intents, self.inverses
        answered = refused = 0
        for name, places in self.places.items():
            phrases, negatives = self._counts(places)
            if len(phrases) + len(negatives) > 1:
                counts = phrases.values() or negatives.values()
                information = max(self._most - _entropy(counts), LEAST_WEIGHT * self._most)
                self._weights[name] = information**WEIGHT_POWER
            square = self.weight(name) ** 2
            for number, count in phrases.items():
                squares[number] += square * count ** (2 * COUNT_POWER)
                answered += count if number in self._answered else 0
                refused += count if number in self.out_of_scope else 0
            refused += sum(negatives.values())
            strength = self._strength(name) ** 2
            for place in places:
                lengths[place] += strength
        for place, length in enumerate(lengths):
            lengths[place] = 1.0 / (math.sqrt(length) or 1.0)
        scales = [1.0 / math.sqrt(square) if square else 0.0 for square in squares]
        return scales, math.log(refused / answered) if refused and answered else None

    def _counts(self, places: Iterable[int]) -> tuple[dict[int, int], dict[int, int]]:
        """By intent how many of its phrases, and how many of its negative examples, are at these places."""
        phrases: dict[int, int] = {}
        negatives: dict[int, int] = {}
        for code, count in Counter(map(self._classes.__getitem__, places)).items():
            (negatives if code % 2 else phrases)[code // 2] = count
        return phrases, negatives

    def _term(self, name: str) -> Term:
        places = self.places.get(name, _NOWHERE)
        phrases, negatives = self._counts(places)
        answered = known = 0
        refused = sum(negatives.values())
        for number, count in phrases.items():
            if number in self.out_of_scope:
                refused += count
            else:
                known += count
                answered += count if number in self._answered else 0
        evidence = 0.0
        if self._shift is not None and places:
            evidence = min(0.0, self._shift + math.log((answered + 1.0) / (refused + 1.0)))
        weight, support = self.weight(name), known / (known + ENOUGH)
        amounts = [weight * _POWERS[count] for count in phrases.values()]
        return Term(
            places,
            len(places),
            weight,
            self._strength(name),
            phrases,
            amounts,
            negatives,
            refused,
            support,
            evidence,
        )

    def _strength(self, name: str) -> float:
        """The weight that a term has in an example: a pair and a group say less than a word. What is typed
        as one word somewhere and as two elsewhere ("startup", "start up") is a word in both."""
        if name in self._words:
            return self.weight(name)
        return self.weight(name) * (GROUP if name.startswith(GROUP_MARK) else PAIR)


def _entropy(counts: Iterable[int]) -> float:
    """Shannon entropy in nats of a distribution given by counts."""
    known = list(counts)
    total = sum(known)
    return math.log(total) - sum(n * math.log(n) for n in known) / total
