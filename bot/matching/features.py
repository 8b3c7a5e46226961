"""From an utterance and the intents that it may mean to the features that decide.

A `Comparison` is an utterance beside the phrases of its language; the features that it gives are in `values`.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from bot.matching.index import PhraseClass
from bot.matching.lexicon import KINDS
from bot.matching.model import MOST_NAMES, Model
from bot.matching.scores import Vector, Weighted
from bot.matching.terms import terms_of
from bot.matching.values import AboutFeatures, AnsweredFeatures, CandidateFeatures, Utterance

CENTROID, PHRASE = 0.75, 0.25
"""How an intent's similarity is mixed. Fitted anew with the centroid alone, 5 of 1,264 questions fewer are answered
rightly."""

CLOSE = 6
"""Only this many intents with the best centroids are compared phrase by phrase. With 8 as many questions are answered
rightly, in a sixth more time; with 5 a few more wrongly."""

NEAREST_OUT_OF_SCOPE = 4
"""Out-of-scope intents with the best centroids that are compared word by word."""

WORDS_COUNTED = 12
"""A message of more words tells as much of what it is about."""

RARELY_NAMED = 0.03
"""Part of the leader's phrases in which a name may be without being what they ask about."""

COMBINATIONS = 20
"""Of names in one question, about: for smoothing."""

ORDERED = 0.1
"""Part of the phrases that name the same two from which on an order is usual."""

TELLING_WEIGHT = 0.3
"""Part of the greatest weight from which on a word is telling."""

EXPECTED = 2.0
"""Phrases of the leading intent that halve what evidence a term gives. 1 to 4 measured alike; without the discount
three in a hundred answerable questions fewer are answered at the same rate of false answers."""

T = TypeVar("T")


@dataclass(frozen=True)
class Comparison:
    """An utterance, compared with what a model knows. `scores` are of the centroids, by intent; `close` are the
    numbers of the intents that are looked at closely."""

    utterance: Utterance
    model: Model
    vector: Vector
    scores: Sequence[float]
    discriminative: Sequence[float]
    close: tuple[int, ...]

    def candidates(self, intents: Sequence[int]) -> dict[int, CandidateFeatures]:
        """What speaks for each of these intents."""
        classes, scores = [PhraseClass(n) for n in intents], self.model.scores
        likelihoods, phrases = (
            scores.likelihoods(self.vector, classes),
            scores.nearest_examples(self.vector, classes),
        )
        found = {}
        for n, likelihood, (phrase, _) in zip(intents, likelihoods, phrases, strict=True):
            coverage = sum([value**2 for _, term, _, value in self.vector if n in term.phrases])
            similarity = CENTROID * self.scores[n] + PHRASE * phrase
            found[n] = CandidateFeatures(similarity, phrase, likelihood, coverage, self.discriminative[n])
        return found

    def about(self, leader: int, features: CandidateFeatures) -> AboutFeatures:
        """What tells whether the utterance is about the interview, if it means the intent `leader`."""
        unknown = support = 0.0
        for _, term, _, value in self.vector:
            support += value**2 * term.support
            if not term.total:
                unknown += value**2
        scores = ((-self.scores[n], n) for n in self.model.index.out_of_scope if self.scores[n] > 0)
        out_of_scope = [PhraseClass(n) for _, n in sorted(scores)[:NEAREST_OUT_OF_SCOPE]]
        likelihood, similarity = self._closest(out_of_scope)
        telling = sum(self._is_telling(each, leader) for each in self.vector)
        passage_names = self.model.facts(leader).passage_names
        return AboutFeatures(
            similarity=features.similarity,
            coverage=features.coverage,
            unknown=unknown,
            support=support,
            telling=min(telling, 3) / 3,
            words=math.log(min(WORDS_COUNTED, len(self.utterance.words))),
            names=min(2, len(passage_names.intersection(self._names))) / 2,
            ahead=_within(features.likelihood - likelihood, 3.0),
            discriminative=max(self.discriminative),
            nearer=features.best_phrase - similarity,
        )

    def settled(self, leader: int) -> Utterance:
        """The utterance, each misspelt word read as one that the phrases of the intent `leader` have, if it may stand
        for one. That it may stand for other words, too, is no doubt about the leader, where another word speaks for it.
        """
        stem, term = self.model.groups.stem, self.model.index.term
        read = list(self.utterance.words)
        for place, word in enumerate(read):
            if word.similarity < 1.0:
                known = next((each for each in word.known if leader in term(stem(each)).phrases), None)
                read[place] = replace(word, known=(known,), similarity=1.0) if known else word
        if tuple(read) == self.utterance.words:
            return self.utterance
        sure = {stem(word.typed) for word in self.utterance.words if word.similarity == 1.0}
        if not any(each.name in sure and self._is_telling(each, leader) for each in self.vector):
            return self.utterance
        terms = tuple(terms_of(read, self.model.groups).items())
        return replace(self.utterance, words=tuple(read), terms=terms)

    def _is_telling(self, weighted: Weighted, leader: int) -> bool:
        _, term, amount, _ = weighted
        least = TELLING_WEIGHT * self.model.index.unknown_weight
        return amount >= 0.5 and term.weight > least and term.phrases.get(leader, 0) >= 2

    def answered(
        self, leader: int, features: CandidateFeatures, about: AboutFeatures
    ) -> AnsweredFeatures | None:
        """What tells whether the passage of the intent `leader` answers it; None where nothing is refused."""
        if not self.model.refuses:
            return None
        facts = self.model.facts(leader)
        names = self._names
        known = {n for _, term, _, _ in self.vector for n in self.close if n in term.negatives}
        likelihood, similarity = self._closest(
            [PhraseClass(n, negative=True) for n in self.close if n in known]
        )
        kind = self.model.lexicon.kinds.kind(" ".join(self.utterance.corrected), self.model.language)
        return AnsweredFeatures(
            contrast=_within(features.likelihood - likelihood, 4.0),
            evidence=self._evidence(leader),
            ahead=about.ahead,
            kind=_preference(facts.kinds, kind, len(KINDS)),
            actors=min(0.0, _preference(facts.names, names[:MOST_NAMES], COMBINATIONS)),
            swapped=float(_is_swapped(facts.names[0], names[:2])),
            lacking=float(kind in facts.lacks),
            foreign=float(self._is_foreign(leader)),
            nearer=features.best_phrase - similarity,
        )

    @cached_property
    def _names(self) -> tuple[int, ...]:
        """The rows of names in the utterance."""
        return self.model.lexicon.names.in_order(self.utterance.corrected)

    def _closest(self, classes: Sequence[PhraseClass]) -> tuple[float, float]:
        """How likely the words are under the likeliest of the classes, and how much the utterance looks like the most
        similar example of any."""
        scores = self.model.scores
        likelihood = max(scores.likelihoods(self.vector, classes), default=0.0)
        return likelihood, max(scores.nearest_examples(self.vector, classes), default=(0.0, -1))[0]

    def _evidence(self, leader: int) -> float:
        """That of all terms together. A term tells less here the more phrases of the leader have it ("how many" speaks
        against an answer, but not where how many is just what the intent answers), and the greater a part of what is
        refused with it is the leader's: then it is its subject."""
        total = 0.0
        for _, term, amount, _ in self.vector:
            if term.evidence:
                elsewhere = 1.0 - term.negatives.get(leader, 0) / max(1, term.refused)
                total += (
                    amount * term.evidence * elsewhere * EXPECTED / (EXPECTED + term.phrases.get(leader, 0))
                )
        return total / math.sqrt(max(1, len(self.utterance.terms)))

    def _is_foreign(self, leader: int) -> bool:
        """Whether a name or a number is asked about that neither the leader's phrases nor its passage have."""
        facts, table = self.model.facts(leader), self.model.lexicon.names
        foreign = [table.stems(row) for row in self._names if row not in facts.passage_names]
        foreign += [
            frozenset({each.typed})
            for each in self.utterance.words
            if each.typed.isdecimal() and each.typed not in facts.passage_words
        ]
        usual = RARELY_NAMED * len(self.model.phrases.get(PhraseClass(leader), ()))
        term = self.model.index.term
        return any(sum(term(each).phrases.get(leader, 0) for each in stems) <= usual for stems in foreign)


def _preference(counts: tuple[Counter[T], Counter[T]], value: T, values: int) -> float:
    """How much more usual a value is among phrases than among negative examples: log-odds of the smoothed parts, -3 to
    3, where there are so many values."""
    phrases, negatives = ((each[value] + 0.5) / (each.total() + 0.5 * values) for each in counts)
    return _within(math.log(phrases / negatives), 3.0)


def _is_swapped(named: Counter[tuple[int, ...]], two: tuple[int, ...]) -> bool:
    """Whether phrases name the two mostly in the other order."""
    if len(two) < 2:
        return False
    first, second = two
    orders = [
        rows.index(first) < rows.index(second)
        for rows in named.elements()
        if first in rows and second in rows
    ]
    return sum(orders) < ORDERED * len(orders)


def _within(value: float, bound: float) -> float:
    """`value`, but no further from 0 than `bound`: beyond it tells no more."""
    return max(-bound, min(bound, value))
