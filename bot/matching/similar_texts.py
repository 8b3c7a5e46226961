"""Which texts ask the same in nearly the same letters.

Rule: order and frequency decide, never chance: texts that were asked most often lead a group, and each other
text belongs to the first leader that it resembles. rapidfuzz compares raw strings, so texts are folded first.
"""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import Indel

from bot.text.folding import words

NEARLY_EQUAL = 0.88
"""Least Indel similarity of the folded texts, their words in alphabetical order: a slip or two, another
ending, a word more in a long question. "why did it leave" and "why did it come" stay apart."""


def nearly_equal(texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """The places of `texts` in groups: the leader of each first, groups and members in the order of `texts`.

    >>> nearly_equal(["why did yandex leave", "what is b2g", "why did yadnex leave?"])
    ((0, 2), (1,))

    Texts without words are a group.
    """
    leaders: list[str] = []
    groups: list[list[int]] = []
    for place, text in enumerate(texts):
        key = " ".join(sorted(words(text)))
        found = process.extractOne(
            key, leaders, scorer=Indel.normalized_similarity, score_cutoff=NEARLY_EQUAL
        )
        if found:
            groups[found[2]].append(place)
        else:
            leaders.append(key)
            groups.append([place])
    return tuple(map(tuple, groups))
