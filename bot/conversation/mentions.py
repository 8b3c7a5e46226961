"""Which words of a question the interview mentions, and in which sentences.

Only for what is not answered: it never decides whether something is an answer.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice, product

from bot.corpus.intents import IntentSet
from bot.corpus.passages import Passage, Quotation, Span
from bot.corpus.source import Source
from bot.corpus.translations import Translations
from bot.matching import MAX_WORDS
from bot.matching.lexicon import Lexicon
from bot.matching.vocabulary import SURE_SIMILARITY, Vocabulary
from bot.text.folding import words
from bot.text.languages import script_for, stem, stemmer
from bot.text.sentences import sentence_bounds

_TYPED_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_COMMON = 0.15
"""A word in more than this part of the sentences ("Iran", "we") does not tell them apart."""
_FRAME = 20
"""A word in the phrases of so many intents ("what", "tell") is no subject of a question."""
_LONGEST_NAMING = 4
"""Words. A longer message asks something of its subject ("tell me about Turkey" does not)."""
_LONGEST_OF_NAME = 3
"""Words. The same for a name in another language, where no frame of the question is known."""
_LONGEST_OF_WORD = 2
"""Words. The same for another word, which may be part of any question."""
_MOST_SENTENCES = 3
_LONGEST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Mentions:
    """What of a question is in the text, each may be empty.

    absent     a word that is not there
    sentences  those with at least half of what the question is about
    of_word    the same where the message only names one thing ("municipal", "tell me about Turkey")
    """

    absent: str
    sentences: tuple[Quotation, ...]
    of_word: tuple[Quotation, ...] = ()


class MentionIndex:
    """The words of the source by sentence."""

    def __init__(
        self, source: Source, intents: IntentSet, lexicon: Lexicon, translations: Translations
    ) -> None:
        self._names = names = lexicon.names
        self._is_asking = lexicon.kinds.is_asking
        self._sentences = tuple(
            source.quote(each, span) for each in source.passages for span in sentence_spans(source, each)
        )
        self._language = source.language
        self._stem = stemmer(source.language, script_for(source.text))
        self._vocabulary = Vocabulary(names.words_of_source(source.text), self._stem)
        self._uses: Counter[str] = Counter()  # in how many intents' phrases a stem is
        for intent in intents.answers():
            asked = " ".join(phrase.key for phrase in intent.phrases if phrase.language == self._language)
            self._uses.update(set(map(self._stem, asked.split())))
        self._by_stem: defaultdict[str, set[int]] = defaultdict(set)
        for number, sentence in enumerate(self._sentences):
            for word in names.words_of_source(sentence.exact):
                self._by_stem[self._stem(word)].add(number)
        self._translated: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for language, (number, sentence) in product(translations.parts, enumerate(self._sentences)):
            for word in words(translations.translation(sentence, language)):
                self._translated[language][stem(word)].add(number)

    def mentions(self, text: str, language: str | None) -> Mentions:
        """The mentions of the words of a question in a language; where that is not the language of the text only those
        of the one name or word that it consists of ("а Турция?", "чай")."""
        asked = words(text)
        if language != self._language:
            return Mentions("", (), self._naming(asked) or self._naming_translated(asked, language or ""))
        subject = frozenset(self._subject(asked))
        sentences = self._sharing(subject)
        is_naming = len(subject) == 1 and len(asked) <= _LONGEST_NAMING and not self._is_asking(text)
        return Mentions(self._absent(text), sentences, sentences if is_naming else ())

    def _naming(self, asked: Sequence[str]) -> tuple[Quotation, ...]:
        """The sentences with the one thing that a few words name, whatever language it is named in."""
        rows = self._names.in_order(asked)
        if len(rows) != 1 or len(asked) > _LONGEST_OF_NAME:
            return ()
        return self._few({n for each in self._names.stems(rows[0]) for n in self._by_stem.get(each, ())})

    def _naming_translated(self, asked: Sequence[str], language: str) -> tuple[Quotation, ...]:
        """The sentences in whose translation the one word of a few stands that is in any."""
        known: Mapping[str, Set[int]] = self._translated.get(language, {})
        found = [known[each] for each in map(stem, asked) if len(each) > 2 and each in known]
        return self._few(found[0]) if len(found) == 1 and len(asked) <= _LONGEST_OF_WORD else ()

    def _few(self, found: Set[int]) -> tuple[Quotation, ...]:
        """Up to three of these sentences; none where they are so many that what they share tells nothing."""
        if len(found) > _COMMON * len(self._sentences):
            return ()
        return tuple(self._sentences[number] for number in sorted(found)[:_MOST_SENTENCES])

    def _subject(self, asked: Iterable[str]) -> Iterable[str]:
        """The stems of the words that tell what a question is about, with slips of the finger corrected, but only where
        hardly another word can be meant ("table" is not "stable")."""
        for word in asked:
            found = self._vocabulary.look_up(word)
            each = self._stem(found.known[0] if found.similarity >= SURE_SIMILARITY else word)
            is_common = len(self._by_stem.get(each, ())) > _COMMON * len(self._sentences)
            if len(word) > 2 and self._uses[each] < _FRAME and not is_common:
                yield each

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
            if not parts or not readable or any(self._uses[self._stem(part)] for part in parts):
                continue
            if not any(self._vocabulary.look_up(part).known for part in parts):
                is_name = found.group()[0].isupper() and position > 0
                candidates.append((is_name, len(found.group()), -position, found.group()))
        return max(candidates)[-1] if candidates else ""

    def _sharing(self, subject: Set[str]) -> tuple[Quotation, ...]:
        """Up to three sentences with most words of the subject, and at least half of them, in text order."""
        scores = Counter(number for each in subject for number in self._by_stem.get(each, ()))
        found = [number for number, score in scores.items() if 2 * score >= len(subject)]
        best = sorted(found, key=lambda number: (-scores[number], number))[:_MOST_SENTENCES]
        return tuple(self._sentences[number] for number in sorted(best))


def sentence_spans(source: Source, passage: Passage) -> Iterator[Span]:
    """The sentences of a passage, in order, without the comma before "he said"."""
    first, text = passage.span.start, source.whole(passage).exact
    for start, end in sentence_bounds(text):
        yield Span(first + start, first + start + len(text[start:end].rstrip(",")))
