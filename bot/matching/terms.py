"""From words to terms: stems, neighbouring pairs, and word groups.

Rule: phrases and utterances become terms by the same function, so that they can be compared.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, pairwise

from bot.matching.values import Word
from bot.text.languages import stem

PAIR = 0.3
"""The part of a word's weight that a pair of neighbours has. 0.25 to 0.4 measured alike."""

GROUP, GROUP_OF_UNKNOWN = 0.3, 0.8
"""The part of a word's weight that its word group has. A synonym says less than the word itself; but of a
word that no phrase has, its group is all that is known. 0.2 to 0.35 measured alike."""

DOUBTFUL, REST = 0.77, 0.55
"""A correction below this similarity (one letter wrong in four) may as well be another word, so that what was typed
counts, too, by this part of an unknown word: of questions that nothing answers more are refused (on CLINC150 the
area under the curve rises by three thousandths), and misspelt ones still find their intent."""

SHORT = 3
"""Letters. An unknown word of no more is mostly a slip in a common word, which tells little."""

START, END = "^", "$"
GROUP_MARK = "~"


class WordGroups:
    """Which words visitors use for one another. A stem (by `stem_of`) belongs to one group at most."""

    def __init__(self, groups: Iterable[Iterable[str]] = (), stem_of: Callable[[str], str] = stem) -> None:
        self.stem = stem_of
        named: dict[str, str] = {}
        for group in groups:
            stems = sorted({stem_of(word) for word in group})
            for member in stems:
                named.setdefault(member, GROUP_MARK + stems[0])
        self._named = named
        self.name_of = named.get
        """The name of a stem's group ("~acquir"), or None."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WordGroups) and (self._named, self.stem) == (other._named, other.stem)

    __hash__ = None  # type: ignore[assignment]

    def meanings(self, words: Iterable[str]) -> tuple[str, ...]:
        """Folded words without what can be said otherwise: their groups or stems, whatever their order.

        >>> WordGroups([["leave", "quit"]]).meanings(["why", "quit", "companies"])
        ('compani', 'whi', '~leav')
        """
        return tuple(sorted(self._named.get(each, each) for each in map(self.stem, words)))


def terms_of(words: Sequence[Word], groups: WordGroups) -> dict[str, float]:
    """The terms of an utterance with their counts (1.0 for a word that is there once).

    A corrected word counts by its similarity, shared among the words it may stand for. A pair is
    written without a space, so that "start up" and "startup" meet in the term "startup".
    """
    terms: defaultdict[str, float] = defaultdict(float)
    stems = [_stems(word, groups.stem) for word in words]
    for word, options in zip(words, stems, strict=True):
        part = GROUP if word.similarity == 1.0 else GROUP_OF_UNKNOWN
        for stemmed, amount in options:
            terms[stemmed] += amount
            group = groups.name_of(stemmed)
            if group:
                terms[group] += part * amount
    for pair in pairs_of(options[0][0] for options in stems):
        terms[pair] += PAIR
    return dict(terms)


def words_and_groups(stems: Sequence[str], groups: WordGroups) -> Iterable[str]:
    """The terms of a phrase, whose words are all known, but for its pairs."""
    return chain(stems, filter(None, map(groups.name_of, stems)))


def pairs_of(stems: Iterable[str]) -> Iterable[str]:
    """The names of the neighbouring pairs, those with the start and the end among them."""
    return map("".join, pairwise((START, *stems, END)))


def _stems(word: Word, stem: Callable[[str], str]) -> list[tuple[str, float]]:
    """The stems that a word stands for, with their amounts; an unknown word stands for itself."""
    if not word.known:
        return [(stem(word.typed), 1.0 if len(word.typed) > SHORT else REST)]
    if word.similarity == 1.0:
        return [(stem(known), 1.0) for known in word.known]
    first, *others = word.known
    share = word.similarity**2
    found = [(stem(first), share), *((stem(other), share / 2) for other in others)]
    return [*found, (stem(word.typed), REST)] if word.similarity < DOUBTFUL else found
