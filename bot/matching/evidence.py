"""Which words speak against an answer, whatever a question is about.

Counted from the phrases of answers against negative examples and out-of-scope phrases, never fitted. Words that are
commoner in phrases than there count nothing: a "pls" or a "lol" makes no question answered.
"""

import math
from collections.abc import Mapping, Set
from functools import lru_cache

from bot.matching.index import Index, PhraseClass

ENOUGH = 5.0
"""Phrases that halve the doubt in a term: what one phrase alone has may be there by chance."""

EXPECTED = 2.0
"""Phrases of the leading intent that halve what a term tells. 1 to 4 measured alike; without the discount
three in a hundred answerable questions fewer are answered at the same rate of false answers."""


class Evidence:
    """For each term how much rarer it is in phrases than where a question is refused, as a smoothed log-odds: about
    -3 for "email", 0.0 for unknown terms, for those that rather tell of an answer, and where nothing is refused."""

    def __init__(self, index: Index, answered: Set[PhraseClass], refused: Set[PhraseClass]) -> None:
        self._index = index
        self._answered = frozenset(each.intent for each in answered)
        self._out_of_scope = frozenset(each.intent for each in refused if not each.negative)
        n, m = index.total(answered), index.total(refused)
        self._shift = math.log(m / n) if n and m else None
        self.of_term = lru_cache(maxsize=5000)(self._of_term)
        self.support = lru_cache(maxsize=5000)(self._support)

    def of(self, terms: Mapping[str, float], leader: int) -> float:
        """That of all terms together, about -5 to 0; pairs and groups count by their amounts.

        The more phrases of the leading intent have a term, the less it tells here: "how many" speaks against
        an answer, but not where how many is just what the intent answers.
        """
        total = sum(amount * self.of_term(term) * self._doubt(term, leader) for term, amount in terms.items())
        return total / math.sqrt(max(1, len(terms)))

    def _support(self, name: str) -> float:
        """How well a term is known from phrases of answers and small talk, 0 to 1: n / (n + ENOUGH) for n of them."""
        phrases = self._index.term(name).phrases.items()
        count = sum(count for number, count in phrases if number not in self._out_of_scope)
        return count / (count + ENOUGH)

    def _answered_phrases(self, name: str) -> int:
        phrases = self._index.term(name).phrases.items()
        return sum(count for number, count in phrases if number in self._answered)

    def _doubt(self, term: str, leader: int) -> float:
        return EXPECTED / (EXPECTED + self._index.term(term).phrases.get(leader, 0))

    def _of_term(self, name: str) -> float:
        if self._shift is None or not self._index.knows(name):
            return 0.0
        term = self._index.term(name)
        answered = self._answered_phrases(name)
        refused = sum(count for number, count in term.phrases.items() if number in self._out_of_scope)
        refused += sum(term.negatives.values())
        return min(0.0, self._shift + math.log((answered + 1.0) / (refused + 1.0)))
