"""From words to terms: stems, neighbouring pairs, and word groups.

Rule: phrases and utterances become terms by the same function, so that they can be compared.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bot.language import stem
from bot.matching.values import Word

PAIR = 0.3
"""The part of a word's weight that a pair of neighbours has. 0.25 to 0.4 measured alike."""

GROUP, GROUP_OF_UNKNOWN = 0.3, 0.8
"""The part of a word's weight that its word group has. A synonym says less than the word itself; but of a
word that no phrase has, its group is all that is known. 0.2 to 0.35 measured alike."""

START, END = "^", "$"


class WordGroups:
    """Which words visitors use for one another. A stem belongs to one group at most."""

    def __init__(self, groups: Iterable[Iterable[str]] = ()) -> None:
        self._group_of: dict[str, str] = {}
        for group in groups:
            stems = sorted({stem(word) for word in group})
            for member in stems:
                self._group_of.setdefault(member, f"~{stems[0]}")

    def __getitem__(self, stemmed: str) -> str | None:
        """The name of the stem's group ("~acquir"), or None."""
        return self._group_of.get(stemmed)


def terms_of(words: Sequence[Word], groups: WordGroups) -> dict[str, float]:
    """The terms of an utterance with their counts (1.0 for a word that is there once).

    A corrected word counts by its likeness, shared among the words it may stand for. A pair is
    written without a space, so that "start up" and "startup" meet in the term "startup".
    """
    terms: dict[str, float] = {}
    stems = [_stems(word) for word in words]
    for word, options in zip(words, stems, strict=True):
        part = GROUP if word.likeness == 1.0 else GROUP_OF_UNKNOWN
        for stemmed, amount in options:
            _add(terms, stemmed, amount)
            group = groups[stemmed]
            if group:
                _add(terms, group, part * amount)
    for pair in pairs_of(options[0][0] for options in stems):
        _add(terms, pair, PAIR)
    return terms


def terms_of_known(stems: Sequence[str], groups: WordGroups) -> dict[str, float]:
    """The terms of words that are all known, as those of phrases are, with the counts of `terms_of`."""
    terms: dict[str, float] = {}
    for stemmed in stems:
        _add(terms, stemmed, 1.0)
        group = groups[stemmed]
        if group:
            _add(terms, group, GROUP)
    for pair in pairs_of(stems):
        _add(terms, pair, PAIR)
    return terms


def pairs_of(stems: Iterable[str]) -> Iterable[str]:
    """The names of the neighbouring pairs, those with the start and the end among them."""
    return map("".join, pairwise((START, *stems, END)))


def _stems(word: Word) -> list[tuple[str, float]]:
    """The stems that a word stands for, with their amounts; an unknown word stands for itself."""
    if not word.known:
        return [(stem(word.typed), 1.0)]
    if word.likeness == 1.0:
        return [(stem(known), 1.0) for known in word.known]
    first, *others = word.known
    share = word.likeness**2
    return [(stem(first), share), *((stem(other), share / 2) for other in others)]


def _add(terms: dict[str, float], term: str, amount: float) -> None:
    terms[term] = terms.get(term, 0.0) + amount


def scaled(terms: Mapping[str, float], weights: Mapping[str, float]) -> dict[str, float]:
    """The terms with their counts multiplied by their weights; terms without a weight are left out."""
    return {term: amount * weights[term] for term, amount in terms.items() if term in weights}
