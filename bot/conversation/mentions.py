"""Which words of a question the interview mentions, and in which sentences.

Only for refusals: it never decides whether something is an answer.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from bot.corpus.intents import IntentSet
from bot.corpus.passages import Passage, Quotation, Span
from bot.corpus.source import Source
from bot.matching import MAX_WORDS
from bot.matching.vocabulary import Vocabulary
from bot.text.folding import words
from bot.text.languages import language_of, stem
from bot.text.sentences import sentence_bounds

_TYPED_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_COMMON = 0.15
"""A word in more than this part of the sentences ("Iran", "we") does not tell them apart."""
_MOST_SENTENCES = 3
_LONGEST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a refusal can add: a word that is not in the text, and sentences that share words with the question. Both
    may be empty."""

    absent: str
    sentences: tuple[Quotation, ...]


class MentionIndex:
    """The words of the source by sentence."""

    def __init__(self, source: Source, intents: IntentSet) -> None:
        self._sentences = tuple(
            source.quote(passage, span)
            for passage in source.passages
            for span in sentence_spans(source, passage)
        )
        self._language = source.language
        self._vocabulary = Vocabulary(words(source.text))
        asked = (phrase for intent in intents.answers() for phrase in intent.phrases)
        keys = (phrase.key for phrase in asked if phrase.language == self._language)
        self._asked_for = frozenset(stem(word) for key in keys for word in key.split())
        self._by_stem: defaultdict[str, set[int]] = defaultdict(set)
        for number, sentence in enumerate(self._sentences):
            for word in words(sentence.exact):
                self._by_stem[stem(word)].add(number)

    def of(self, text: str) -> Mentions:
        """The mentions of the words of a question; none where it is not in the language of the text."""
        if language_of(text) != self._language:
            return Mentions("", ())
        return Mentions(self._absent(text), self._sharing(words(text)))

    def _absent(self, text: str) -> str:
        """The word of `text`, as it was typed, whose absence from the interview explains most: a name before other
        words, a long one before a short one.

        A word is absent only when a folded, stemmed and fuzzy look-up finds nothing. Words of phrases ("cash",
        "please") do not count: people use them to ask for what the interview does say.
        """
        candidates = []
        for position, found in enumerate(islice(_TYPED_WORD.finditer(text), MAX_WORDS)):
            parts = words(found.group())
            readable = 3 <= len(found.group()) <= _LONGEST_SHOWN and found.group()[0].isalpha()
            if not parts or not readable or any(stem(part) in self._asked_for for part in parts):
                continue
            if not any(self._vocabulary.look_up(part).known for part in parts):
                is_name = found.group()[0].isupper() and position > 0
                candidates.append((is_name, len(found.group()), -position, found.group()))
        return max(candidates)[-1] if candidates else ""

    def _sharing(self, asked: Iterable[str]) -> tuple[Quotation, ...]:
        """Up to three sentences with the rarest words of the question, in text order."""
        rare = _COMMON * len(self._sentences)
        scores: Counter[int] = Counter()
        for stemmed in {stem(word) for word in asked if len(word) > 2}:
            numbers = self._by_stem.get(stemmed, set())
            if len(numbers) <= rare:
                for number in numbers:
                    scores[number] += 1
        best = sorted(scores, key=lambda number: (-scores[number], number))[:_MOST_SENTENCES]
        return tuple(self._sentences[number] for number in sorted(best))


def sentence_spans(source: Source, passage: Passage) -> Iterator[Span]:
    """The sentences of a passage, in order."""
    first = passage.span.start
    for start, end in sentence_bounds(source.whole(passage).exact):
        yield Span(first + start, first + end)
