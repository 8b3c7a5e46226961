"""From an utterance and the intents that it may mean to the features that decide.

One `Reading` is an utterance as the model of its script sees it; what is read off it is in `values`.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from bot.corpus.intents import OUT_OF_SCOPE, Intent
from bot.matching.index import CentroidScores, PhraseClass, Vector
from bot.matching.lexicon import Lexicon
from bot.matching.model import Model
from bot.matching.question_kinds import KINDS
from bot.matching.terms import GROUP_MARK
from bot.matching.values import AboutFeatures, AnsweredFeatures, CandidateFeatures, Utterance
from bot.text.folding import words

CENTROID, PHRASE = 0.75, 0.25
"""How an intent's similarity is mixed. The nearest phrase alone loses seven points, the centroid
alone one; between 0.7 and 0.85 nothing changes."""

CLOSE = 8
"""Only this many intents with the best centroids are compared phrase by phrase."""

NEAREST_OUT_OF_SCOPE = 4
"""Out-of-scope intents with the best centroids that are compared word by word."""

FEW = 0.03
"""Part of the leader's phrases in which a name may be without being what they ask about."""

COMBINATIONS = 20
"""Of names in one question, about: for smoothing."""

T = TypeVar("T")

NEAREST_NEGATIVES = 3
"""Classes of negative examples that are compared one by one; with all eight nothing changes but the time."""

TELLING = 0.3
"""Part of the greatest weight from which on a word is telling."""


@dataclass(frozen=True)
class Reading:
    """An utterance as its model sees it. `close` are the numbers of the intents that are looked at closely."""

    utterance: Utterance
    model: Model
    intents: Sequence[Intent]
    lexicon: Lexicon
    vector: Vector
    scores: CentroidScores
    discriminative: Sequence[float]
    close: tuple[int, ...]

    def candidates(self) -> dict[int, CandidateFeatures]:
        """What speaks for each close intent."""
        index = self.model.index
        likelihoods = index.likelihoods(self.vector, [PhraseClass(n) for n in self.close])
        found = {}
        for n, likelihood in zip(self.close, likelihoods, strict=True):
            phrase, _ = index.phrase_score(self.vector, PhraseClass(n))
            coverage = sum(each.value**2 for each in self.vector if n in each.term.phrases)
            similarity = CENTROID * self.scores.phrases[n] + PHRASE * phrase
            found[n] = CandidateFeatures(similarity, phrase, likelihood, coverage, self.discriminative[n])
        return found

    def about(self, leader: int, features: CandidateFeatures) -> AboutFeatures:
        """What tells whether the utterance is about the interview, if it means the intent `leader`."""
        words_of_weight = (
            each
            for each in self.vector
            if each.amount >= 0.5 and each.term.weight > TELLING * self.model.index.unknown_weight
        )
        telling = sum(each.term.phrases.get(leader, 0) >= 2 for each in words_of_weight)
        return AboutFeatures(
            similarity=features.similarity,
            coverage=features.coverage,
            unknown=self._unknown,
            support=sum(each.value**2 * self.model.evidence.support(each.name) for each in self.vector),
            telling=min(telling, 3) / 3,
            out_of_scope=max((self.scores.phrases[n] for n in self._out_of_scope), default=0.0),
            ahead=self._ahead(features),
            discriminative=max(self.discriminative),
        )

    def answered(self, leader: int, features: CandidateFeatures) -> AnsweredFeatures | None:
        """What tells whether the passage of the intent `leader` answers it; None where nothing is refused."""
        if not self.model.has_negatives:
            return None
        index = self.model.index
        scores = self.scores.negatives
        near = sorted((n for n in self.close if scores[n] > 0), key=lambda n: (-scores[n], n))
        negatives = [PhraseClass(n, negative=True) for n in near]
        unlikely = max(index.likelihoods(self.vector, negatives), default=0.0)
        closest = negatives[:NEAREST_NEGATIVES]
        nearest = max((index.phrase_score(self.vector, each)[0] for each in closest), default=0.0)
        evidence = self.model.evidence.of(dict(self.utterance.terms), leader)
        return AnsweredFeatures(
            contrast=_within(features.likelihood - unlikely, 4.0),
            evidence=max(-1.6, evidence),
            ahead=self._ahead(features),
            margin=_within(features.best_phrase - nearest, 0.3),
            kind=self._kind(leader),
            actors=self._actors(leader),
            lacking=float(self._lacks_what_is_asked(leader)),
            foreign=float(self._is_foreign(leader)),
            novelty=self._novelty(leader),
        )

    @cached_property
    def _unknown(self) -> float:
        return sum(each.value**2 for each in self.vector if not each.term.total)

    @cached_property
    def _out_of_scope(self) -> list[int]:
        """The nearest out-of-scope intents."""
        numbers = (n for n, intent in enumerate(self.intents) if intent.kind == OUT_OF_SCOPE)
        near = [n for n in numbers if self.scores.phrases[n] > 0]
        return sorted(near, key=lambda n: (-self.scores.phrases[n], n))[:NEAREST_OUT_OF_SCOPE]

    def _ahead(self, features: CandidateFeatures) -> float:
        others = self.model.index.likelihoods(self.vector, [PhraseClass(n) for n in self._out_of_scope])
        return _within(features.likelihood - max(others, default=0.0), 3.0)

    def _kind(self, leader: int) -> float:
        kind = self.lexicon.kinds.of(self.utterance.key, self.utterance.script)
        return self._preference(
            leader, lambda of_class: self.model.kinds(of_class, self.lexicon.kinds), kind, len(KINDS)
        )

    def _lacks_what_is_asked(self, leader: int) -> bool:
        kinds = self.lexicon.kinds
        kind = kinds.of(self.utterance.key, self.utterance.script)
        quotes = self.intents[leader].quotes  # none for small talk and what is out of scope
        return bool(quotes) and not any(kinds.holds(quote.text, kind) for quote in quotes)

    def _actors(self, leader: int) -> float:
        named = self.lexicon.names.in_order(word.typed for word in self.utterance.words)
        return self._preference(
            leader, lambda of_class: self.model.names(of_class, self.lexicon.names), named, COMBINATIONS
        )

    def _preference(
        self, leader: int, counted: Callable[[PhraseClass], Counter[T]], value: T, values: int
    ) -> float:
        """How much more usual a value is among the leader's phrases than among its negative examples: log-odds of the
        smoothed parts, -3 to 3."""
        phrases, negatives = counted(PhraseClass(leader)), counted(PhraseClass(leader, negative=True))
        return _within(_log_part(phrases, value, values) - _log_part(negatives, value, values), 3.0)

    def _is_foreign(self, leader: int) -> bool:
        """Whether a name or a number is asked about that neither the leader's phrases nor its passage have."""
        typed = [word.typed for word in self.utterance.words]
        table, passage = self.lexicon.names, self._passage_words(leader)
        rows = table.rows(typed)
        foreign = rows - table.rows(passage) if rows else rows
        numbers = {word for word in typed if word.isdecimal()} - set(passage)
        return any(not self._is_usual(leader, table.stems(row)) for row in foreign) or any(
            not self._is_usual(leader, {number}) for number in numbers
        )

    def _is_usual(self, leader: int, stems: Iterable[str]) -> bool:
        """Whether more than a few of the leader's phrases have one of the stems."""
        found = sum(self.model.index.term(each).phrases.get(leader, 0) for each in stems)
        return found > FEW * len(self.model.phrases.get(PhraseClass(leader), ()))

    def _passage_words(self, leader: int) -> list[str]:
        return [word for quote in self.intents[leader].quotes for word in words(quote.text)]

    def _novelty(self, leader: int) -> float:
        index = self.model.index
        weights = (
            min(1.0, each.amount) * each.term.weight / index.unknown_weight
            for each in self.vector
            if each.amount >= 0.5 and not each.name.startswith(GROUP_MARK) and leader not in each.term.phrases
        )
        return max(weights, default=0.0)


def _log_part(counts: Counter[T], value: T, values: int) -> float:
    return math.log((counts[value] + 0.5) / (counts.total() + 0.5 * values))


def _within(value: float, bound: float) -> float:
    """`value`, but no further from 0 than `bound`: beyond it tells no more."""
    return max(-bound, min(bound, value))
