"""The words that the phrases know, and what a misspelt one probably stands for; and which texts are nearly equal.

Rule: an exact word is never corrected, and a correction is by spelling alone; whether it makes
sense is for the index to weigh. rapidfuzz compares raw strings, so only folded words come here.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from bot.matching.values import Word
from bot.text.folding import words
from bot.text.languages import script_of, stem

SHORTEST_CORRECTED = 4
"""Of shorter words nearly every one is a letter away from another; see `_short`."""

SIMILARITY = 0.7
"""Least OSA similarity of a correction. Measured on 900 misspelt questions of a public intent set:
0.67 to 0.75 differ by less than half a point; below, clean questions begin to lose."""

NEARLY_AS_SIMILAR = 0.1
"""Corrections whose similarity falls behind the best one's by more are left out."""

CORRECTIONS = 3
"""How many known words a misspelt one may stand for; the index lets the intents choose."""

LONG = 8
"""Letters from which on a word may have two letters too many or too few: looking through fewer words takes a third
less time, and the same questions are understood."""

RARE = 2
"""Phrases. A known word in no more of them may be a slip of an editor, or another form of a common word that is nearly
the same: both are looked for."""

COMMON_FROM = 20
"""Phrases that must have a short word before something unknown may be taken for it: "teh", or one half of "iniran"."""

SLIP = 0.8
"""Least similarity of a rare known word to a common one, for it to be a slip of an editor: "yandx" has 0.83."""

SURE_SIMILARITY = 0.85
"""Least similarity to a known word for hardly another to be meant: also of two words together, for them to be one
("munici palitis")."""

MOST_CORRECTED = 40
"""Words of one text that are corrected. Where more are unknown it is not misspelt but nonsense or another language,
and to look for similar words would take longer than a message may take."""

LONGEST_CORRECTED = 40
"""No word of the three languages is longer; key mashing is."""

CACHE_SIZE = 5000

NEARLY_EQUAL = 0.88
"""Least Indel similarity of the folded texts, their words in alphabetical order: a slip or two, another
ending, a word more in a long question. "why did it leave" and "why did it come" stay apart."""

APART = 0.75
"""Least similarity of each half of two words typed as one: one letter wrong in four."""

CUTS_TRIED = 2
"""Places at which an unknown word is cut, those that leave the longest known half: it bounds the time."""

_REPEATED = re.compile(r"(\w)\1+")


class Vocabulary:
    """All words of all phrases, folded. Words are given as often as they stand there, or with that number.

    >>> vocabulary = Vocabulary(["yandex", "search", "engine", "startup"])
    >>> vocabulary.look_up("yadnex").known
    ('yandex',)
    """

    def __init__(
        self, known: Iterable[str] | Mapping[str, int], stem_of: Callable[[str], str] = stem
    ) -> None:
        self._known, self._stem = Counter(known), stem_of
        self._stems = frozenset(map(stem_of, self._known))
        self._common = frozenset(word for word, count in self._known.items() if count >= COMMON_FROM)
        buckets: defaultdict[tuple[str | None, int], list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) >= SHORTEST_CORRECTED - 1:
                buckets[script_of(word), len(word)].append(word)
        self._buckets = dict(buckets)
        self.look_up = lru_cache(maxsize=CACHE_SIZE)(self._look_up)

    def __contains__(self, word: str) -> bool:
        return word in self._known or self._stem(word) in self._stems

    def known_words(self) -> Iterable[str]:
        """All known words."""
        return self._known.keys()

    def read(self, typed: Sequence[str]) -> tuple[Word, ...]:
        """Each word that was typed with what it may stand for. Two that are a known one together, and not both
        words by themselves, are one."""
        found: list[Word] = []
        unknown = 0
        for word in typed:
            unknown += word not in self
            if unknown > MOST_CORRECTED:
                found.append(self._as_typed(word))
            elif found and (one := self._as_one(found[-1], word)):
                found[-1] = one
            else:
                read = self.look_up(word)
                found.extend((read,) if read.known else self._apart(word) or (read,))
        return tuple(found)

    def _as_one(self, before: Word, word: str) -> Word | None:
        """The one word that two are, or None. Letters may be wrong in it where neither half is a word."""
        whole, known = before.typed + word, (before.similarity == 1.0) + (word in self)
        if known == 2 or not SHORTEST_CORRECTED <= len(whole) <= LONGEST_CORRECTED:
            return None
        if whole in self:
            return self.look_up(whole)
        joined = self.look_up(whole) if not known and len(whole) > 2 * SHORTEST_CORRECTED else None
        return joined if joined and len(joined.known) == 1 and joined.similarity >= SURE_SIMILARITY else None

    def _look_up(self, typed: str) -> Word:
        """The known words that `typed` may stand for, most similar first; of equals those with the same letters,
        then those of most phrases. A number stands for itself alone."""
        if any(map(str.isdigit, typed)) or len(typed) > LONGEST_CORRECTED:
            return self._as_typed(typed)
        if typed in self:
            may_be_a_slip = self._known[typed] <= RARE and len(typed) > SHORTEST_CORRECTED
            return self._with_common_neighbour(typed) if may_be_a_slip else self._as_typed(typed)
        halves = self._split(typed)
        exact = self._shortened(typed) or (halves if self._common.issuperset(halves) else ())
        if exact:
            return Word(typed, exact, 1.0)
        found = self._similar(typed) if len(typed) >= SHORTEST_CORRECTED else self._short(typed)
        if halves and not found:
            return Word(typed, halves, 1.0)
        return Word(typed, tuple(word for word, _ in found), found[0][1] if found else 0.0)

    def _with_common_neighbour(self, typed: str) -> Word:
        """A known word with the common one that is most similar, if one is."""
        common = [
            pair for pair in self._similar(typed, least=SLIP) if self._stem(pair[0]) != self._stem(typed)
        ]
        return Word(typed, (typed, common[0][0]), common[0][1]) if common else self._as_typed(typed)

    def _as_typed(self, typed: str) -> Word:
        return Word(typed, (typed,), 1.0) if typed in self else Word(typed, (), 0.0)

    def _shortened(self, typed: str) -> tuple[str, ...]:
        """The known word whose letters were typed too often ("soooo", "whyy"): one of four letters, or a common one."""
        shorter = (_REPEATED.sub(letters, typed) for letters in (r"\1", r"\1\1"))
        known = (word for word in shorter if word != typed and word in self)
        return tuple(w for w in known if len(w) >= SHORTEST_CORRECTED or (len(w) > 1 and w in self._common))[
            :1
        ]

    def _similar(self, typed: str, least: float = SIMILARITY) -> list[tuple[str, float]]:
        slack = 1 if len(typed) < LONG else 2
        lengths = range(max(SHORTEST_CORRECTED, len(typed) - slack), len(typed) + slack + 1)
        ordered = self._ordered(typed, lengths, least, common=typed in self)
        distinct = {self._stem(word): (word, score) for word, score in reversed(ordered)}
        best = ordered[0][1] if ordered else 0.0
        kept = [pair for pair in ordered if pair in distinct.values() and pair[1] >= best - NEARLY_AS_SIMILAR]
        return kept[:CORRECTIONS]

    def _short(self, typed: str) -> list[tuple[str, float]]:
        """What a word of three letters may stand for: a common one with two of them swapped ("teh"), or with one
        more ("wil"). Another letter in place of one would make any word."""
        if len(typed) != SHORTEST_CORRECTED - 1:
            return []
        ordered = self._ordered(typed, range(3, 5), 0.6, common=True)
        found = [pair for pair in ordered if _swapped_or_longer(pair[0], typed)]
        return sorted(found, key=lambda pair: sorted(pair[0]) != sorted(typed))[:CORRECTIONS]

    def _ordered(
        self, typed: str, lengths: Iterable[int], least: float, *, common: bool
    ) -> list[tuple[str, float]]:
        """The known words of these lengths in its script, or the common ones among them, that are at least so similar
        to what was typed, likeliest first: letters in another order are the commonest slip of all."""
        script = script_of(typed)
        choices = [word for length in lengths for word in self._buckets.get((script, length), ())]
        if common:
            choices = list(filter(self._common.__contains__, choices))
        found = process.extract(
            typed, choices, scorer=OSA.normalized_similarity, score_cutoff=least, limit=4 * CORRECTIONS
        )
        likely = ((word, score) for word, score, _ in found)
        return sorted(likely, key=lambda w: (-w[1], sorted(w[0]) != sorted(typed), -self._known[w[0]], w[0]))

    def _split(self, typed: str) -> tuple[str, ...]:
        """Two known words typed as one ("searchengine", "iniran"); of two letters only a common one."""
        for cut in range(2, len(typed) - 1):
            halves = typed[:cut], typed[cut:]
            is_known = (h in self._common if len(h) == 2 else h in self._known for h in halves)
            if len(typed) > SHORTEST_CORRECTED + 1 and all(is_known):
                return halves
        return ()

    def _apart(self, typed: str) -> tuple[Word, ...]:
        """Two words typed as one, one of them misspelt ("thiainterview"); none where they cannot be told apart."""
        pairs = [
            (typed[:cut], typed[cut:])
            for cut in range(SHORTEST_CORRECTED, len(typed) - SHORTEST_CORRECTED + 1)
        ]
        known = {pair: max((len(half) for half in pair if half in self._known), default=0) for pair in pairs}
        for pair in sorted(filter(known.get, pairs), key=known.__getitem__, reverse=True)[:CUTS_TRIED]:
            found = tuple(map(self.look_up, pair))
            if all(word.similarity >= APART for word in found):
                return found
        return ()


def _swapped_or_longer(word: str, typed: str) -> bool:
    return len(word) > len(typed) or sorted(word) == sorted(typed)


def nearly_equal(texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """The places of `texts` in groups that ask the same in nearly the same letters, groups and members in the order of
    `texts`. The first text leads a group, and each other one belongs to the first leader that it resembles.

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
