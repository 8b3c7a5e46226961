"""Names in a question that the interview never mentions.

A question about somebody else is not answered, however similar it is to a phrase: "does Germany suffer from sanctions
too?" An exception are names that stand in a phrase of the intent beside the same word: with the phrase "the Russian
Google", "what drove the Russian Google away?" is answered, and "why did Google leave?" is not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from bot.corpus.intents import Intent
from bot.corpus.source import Source
from bot.matching import Ambiguous, Decision, Match, NoMatch
from bot.matching.lexicon import NameTable
from bot.text.folding import words
from bot.text.languages import script_of, stem

FACTOR = 0.25
"""Factor for the confidences of a question that names somebody whom the interview never mentions. Not zero: the
quotation may correct a false premise ("is China in the four-party center?")."""

LONG_STEM = 4
"""Letters. A shorter stem belongs to other words, too: "дел" is the stem of "Дели" (Delhi) and of "дело" (affair)."""

_MARKS = ".,;:!?؟«»“”\"'()"


class UnmentionedNames:
    """The names of `rows` (each row has all spellings of one name) that the source does not mention. One with dots
    ("U.S.") is looked for in the source alone, for in a question "us" is mostly another word.

    >>> UnmentionedNames([["china", "китай"], ["iran"]], source).named("что с Китаем", intent)
    'Китаем'
    """

    def __init__(self, rows: Iterable[Iterable[str]], source: Source) -> None:
        rows = [tuple(row) for row in rows]
        mentioned = {stem(word) for word in NameTable(rows).words_of_source(source.text)}
        self._forms: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows:
            forms = {word for name in row if "." not in name for word in words(name)}
            if not {stem(form) for form in forms} & mentioned:
                for form in forms:
                    self._forms[stem(form)].add(form)
        self._neighbours = lru_cache(maxsize=256)(self._read_neighbours)

    def named(self, text: str, intent: Intent | None = None) -> str:
        """The first such name in `text`, as it was typed, or "".

        A name does not count beside a word that it also has as a neighbour in a phrase of `intent`.
        """
        typed = [(word, each) for each in text.split() for word in words(each)]
        if not any(self._is_name(word) for word, _ in typed):
            return ""
        usual = self._neighbours(intent) if intent else frozenset()
        for place, pair in self._pairs([word for word, _ in typed]):
            if not pair & usual:
                return typed[place][1].strip(_MARKS)
        return ""

    def _is_name(self, word: str) -> bool:
        forms = self._forms.get(stem(word))
        if not forms:
            return False
        if script_of(word) == "arabic":  # has joined endings, and other words have the same stem
            return any(word.startswith(form) for form in forms)
        return len(stem(word)) >= LONG_STEM or word in forms

    def _pairs(self, found: list[str]) -> Iterator[tuple[int, frozenset[tuple[str, str]]]]:
        """The place of each name, and its pairs of stems with the word before it and, in Persian, where an adjective
        follows its noun, with the word behind it."""
        stems = [stem(word) for word in found]
        for place, word in enumerate(found):
            if self._is_name(word):
                pairs = {(stems[place - 1], stems[place])} if place else set()
                if script_of(word) == "arabic":
                    pairs |= set(zip(stems[place : place + 1], stems[place + 1 : place + 2], strict=False))
                yield place, frozenset(pairs)

    def _read_neighbours(self, intent: Intent) -> frozenset[tuple[str, str]]:
        found = (phrase.key.split() for phrase in intent.phrases)
        return frozenset(pair for each in found for _, pairs in self._pairs(each) for pair in pairs)


def downgraded(decision: Decision) -> Decision:
    """The decision on a question with an unmentioned name: what would be answered is offered, with less confidence."""
    ranking = decision.ranking
    candidates = tuple(replace(c, confidence=FACTOR * c.confidence) for c in ranking.candidates)
    less_sure = replace(ranking, candidates=candidates, answered=FACTOR * ranking.answered)
    match decision:
        case Match(meant) | Ambiguous(meant):
            offered = {candidate.intent_id for candidate in meant}
            return Ambiguous(tuple(c for c in candidates if c.intent_id in offered), less_sure)
        case NoMatch():
            return NoMatch(less_sure)
