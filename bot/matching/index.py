"""The phrases of all intents as weighted terms: what each word tells, and which intents it tells of.

Rule: built once from the phrases, never changed. A term's weight is the information it carries
about the intent: log(number of intents) less the entropy of the intent given the term. So the frame
words ("what did he say about") fall to near nothing by themselves, and no stop list is needed.

A *class* is the phrases of one intent, or its near-misses (its *opposite*). Each class is one vector (the
centroid of its examples) and a list of example vectors; the latter are made when first asked for.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.matching.values import Word

WEIGHT_POWER = 0.6
"""Flattens the weights. 0.5 to 0.7 measured alike; 1.0 lets rare words drown the rest."""

COUNT_POWER = 0.6
"""A term in ten phrases of an intent counts four times one in a single phrase, not ten times."""

SMOOTHING = 10.0
"""Phrases' worth of doubt in a likelihood: an intent has some thirty phrases in a language, so a
word in none of them is unlikely, not impossible. 2 to 20 measured alike."""

NEAREST = 3
"""Phrases whose similarity counts beside the nearest one; half a point better than the nearest alone."""

LEAST_WEIGHT = 0.02
"""What a word keeps that occurs with every intent alike, as a part of the greatest weight."""


@dataclass(frozen=True, slots=True)
class Example:
    """One phrase, or one near-miss where `opposite`, of the intent number `intent`."""

    intent: int
    opposite: bool
    script: str
    words: tuple[Word, ...]


Vector = dict[str, float]
TermsOf = Callable[[Sequence[Word]], Mapping[str, float]]


class Index:
    """Answers how similar a vector of terms is to each class.

    Classes are numbers: i for the phrases of intent i, `intents` + i for its near-misses.
    """

    def __init__(self, examples: Sequence[Example], intents: int, terms_of: TermsOf) -> None:
        self.intents = intents
        self._terms_of = terms_of
        self._members: defaultdict[int, list[Example]] = defaultdict(list)
        self._counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for example in examples:
            number = example.intent + (intents if example.opposite else 0)
            self._members[number].append(example)
            self._counts[number].update(terms_of(example.words).keys())
        self._sizes = Counter((n, each.script) for n, members in self._members.items() for each in members)
        self._all_sizes = Counter(example.script for example in examples)
        most = math.log(max(2, intents))
        self.unknown_weight: float = most**WEIGHT_POWER
        self._frequencies: Counter[str] = Counter()
        for counts in self._counts.values():
            self._frequencies.update(counts)
        self.weights = self._information(most)
        self._centroids = self._build_centroids()
        self._nearby = cache(self._phrases_of)

    def vector(self, terms: Mapping[str, float]) -> Vector:
        """The terms weighted and scaled to length 1. Unknown words weigh as much as any can:
        a word that no phrase has is a sign that something else is meant."""
        weights, unknown = self.weights, self.unknown_weight
        vector = {
            term: amount * weights.get(term, unknown)
            for term, amount in terms.items()
            if amount > 0.5 or term in weights  # unknown pairs are no information
        }
        length = math.sqrt(sum(value * value for value in vector.values()))
        return {term: value / length for term, value in vector.items()} if length else {}

    def centroid_scores(self, vector: Vector) -> list[float]:
        """Cosine with the centroid of each class, 0 to 1; the item's place is the class's number."""
        scores = [0.0] * (2 * self.intents)
        for term, value in vector.items():
            for number, weight in self._centroids.get(term, ()):
                scores[number] += value * weight
        return scores

    def phrase_score(self, vector: Vector, number: int) -> tuple[float, int]:
        """How similar the nearest examples of a class are, 0 to 1, and the place of the nearest one.

        Half of it is the nearest example, half the mean of the nearest three: one may be like the
        utterance by chance. Places count from 0 in the order given; -1 where none is similar.
        """
        totals: defaultdict[int, float] = defaultdict(float)
        nearby = self._nearby(number)
        for term, value in vector.items():
            for place, weight in nearby.get(term, ()):
                totals[place] += value * weight
        if not totals:
            return 0.0, -1
        nearest = sorted(totals, key=lambda place: (-totals[place], place))[:NEAREST]
        mean = sum(totals[place] for place in nearest) / NEAREST
        return (totals[nearest[0]] + mean) / 2, nearest[0]

    def likelihoods(self, terms: Mapping[str, float], numbers: Sequence[int], script: str) -> list[float]:
        """For each class how much likelier the terms are among its examples than among all: a sum of
        log-odds (naive Bayes), over the root of the number of terms, so that long ones compare.

        Only examples in the utterance's script count: a Russian word is no rarer for having no place
        among English phrases. Classes without such examples get 0.0.
        """
        total = self._all_sizes.get(script, 0)
        known = [
            (term, amount, self._frequencies[term]) for term, amount in terms.items() if term in self.weights
        ]
        if not known or not total:
            return [0.0] * len(numbers)
        scale = math.sqrt(len(known))
        results = []
        for number in numbers:
            counts, size = self._counts[number], self._sizes.get((number, script), 0)
            odds = 0.0
            if size:
                for term, amount, frequency in known:
                    usual = SMOOTHING * frequency / total
                    odds += amount * math.log(
                        (counts.get(term, 0) + usual) * total / ((size + SMOOTHING) * frequency)
                    )
            results.append(odds / scale)
        return results

    def evidence(self, answered: Iterable[int], refused: Iterable[int]) -> dict[str, float]:
        """How much each term speaks for a question that is answered: a smoothed log-odds of its share
        in the answered classes against that in the refused ones. Empty where nothing is refused."""
        for_answer: Counter[str] = Counter()
        for_refusal: Counter[str] = Counter()
        for number in answered:
            for_answer.update(self._counts.get(number, {}))
        for number in refused:
            for_refusal.update(self._counts.get(number, {}))
        n, m = for_answer.total(), for_refusal.total()
        if not n or not m:
            return {}
        shift = math.log(m / n)
        return {
            term: shift + math.log((for_answer[term] + 1.0) / (for_refusal[term] + 1.0))
            for term in self._frequencies
        }

    def known_to(self, term: str, number: int) -> bool:
        """Whether an example of that class has the term."""
        return term in self._counts[number]

    def warm_up(self) -> None:
        """Makes now what would be made at the first questions, for a bot that answers many."""
        for number in self._members:
            self._nearby(number)

    def _information(self, most: float) -> dict[str, float]:
        """The weight of each term. A near-miss speaks of its intent's topic, so it counts as one of
        the intent's own phrases here."""
        by_term: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for number, counts in self._counts.items():
            intent = number % self.intents
            for term, count in counts.items():
                if count < self._frequencies[term]:  # else one class alone has it: nothing to spread
                    places = by_term[term]
                    places[intent] = places.get(intent, 0) + count
        least = LEAST_WEIGHT * most
        weights = dict.fromkeys(self._frequencies, self.unknown_weight)
        for term, places in by_term.items():
            weights[term] = max(most - _entropy(places.values()), least) ** WEIGHT_POWER
        return weights

    def _build_centroids(self) -> dict[str, list[tuple[int, float]]]:
        centroids: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        weights = self.weights
        alphabets = {term: _alphabet(term) for term in weights}
        for number, counts in self._counts.items():
            vector = {term: count**COUNT_POWER * weights[term] for term, count in counts.items()}
            squares: defaultdict[str, float] = defaultdict(float)
            for term, value in vector.items():
                squares[alphabets[term]] += value * value
            lengths = {alphabet: math.sqrt(square) for alphabet, square in squares.items()}
            for term, value in vector.items():
                centroids[term].append((number, value / lengths[alphabets[term]]))
        return dict(centroids)

    def _phrases_of(self, number: int) -> dict[str, list[tuple[int, float]]]:
        """The example vectors of a class by term."""
        nearby: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, example in enumerate(self._members.get(number, ())):
            vector = {t: c * self.weights[t] for t, c in self._terms_of(example.words).items()}
            length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
            for term, value in vector.items():
                nearby[term].append((place, value / length))
        return dict(nearby)


def _alphabet(term: str) -> str:
    """The alphabet of a term, by its highest character: the words of each have a centroid of their
    own, since a question in one language is not less like an intent for its phrases in others."""
    if term.isascii():
        return "latin"
    return "arabic" if max(term) >= "\u0600" else "cyrillic"


def _entropy(counts: Iterable[int]) -> float:
    """Shannon entropy in nats of a distribution given by counts."""
    known = list(counts)
    total = sum(known)
    return math.log(total) - sum(n * math.log(n) for n in known) / total
