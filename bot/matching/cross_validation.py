"""The intents asked themselves: their phrases and negative examples, of a matcher that does not know them.

What is left out stands for what visitors will type: phrases for another way to say it, phrases with a slip for a
phone, negative examples for what the interview does not say, and word salad for what is about nothing.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from zlib import crc32

from bot.corpus.intents import ANSWER, Intent, IntentSet, Phrase
from bot.matching.calibration import Calibration
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import Matcher
from bot.matching.values import Ranking
from bot.text.folding import comparison_key
from bot.text.languages import Localized

FOLDS = 5
"""In so many rounds every fifth phrase and negative example of each intent is left out."""

SLIP_STEP = 5
"""Every fifth phrase is asked once more with a slip, by a matcher that knows it: the easy questions."""

SALAD = 1000
"""Messages of word salad in each language."""

LONGEST_SALAD = 4
"""Words. Of one to four words drawn at random hardly any message is about something."""

NEGATIVE, SALAD_KIND = "negative", "salad"


@dataclass(frozen=True, slots=True)
class Trial:
    """What a matcher made of a text that it did not know.

    kind       the kind of the intent whose phrase it is, NEGATIVE, or SALAD_KIND
    intent_id  the intent that it was written for, "" for salad
    right      for each candidate whether it would have been the right answer
    """

    kind: str
    intent_id: str
    ranking: Ranking
    right: tuple[bool, ...]


AreAlike = Callable[[str, str], bool]
"""Whether the answer of one intent (id) also answers the other: `Corpus.alike`."""


@dataclass(frozen=True, slots=True)
class CrossValidation:
    """Makes trials of one set of intents. `step` n asks one of n texts only."""

    intents: IntentSet
    lexicon: Lexicon
    calibration: Calibration
    alike: AreAlike
    step: int = 1

    def left_out(self) -> Iterator[Trial]:
        """Every phrase and negative example, of a matcher without it."""
        chosen = self._texts(self.step)
        for fold in range(FOLDS):
            matcher = Matcher(_without(self.intents, fold), self.lexicon, self.calibration)
            for number, text, kind, intent_id in chosen:
                if number % FOLDS == fold:
                    yield self._trial(matcher, text, kind, intent_id)

    def with_slips(self) -> Iterator[Trial]:
        """Some phrases with a slip of the finger and without one of their words, of a matcher that knows them."""
        matcher = Matcher(self.intents, self.lexicon, self.calibration)
        for _, text, kind, intent_id in self._texts(SLIP_STEP * self.step):
            if kind != NEGATIVE:
                yield self._trial(matcher, with_a_slip(text), kind, intent_id)

    def salad(self) -> Iterator[Trial]:
        """Words drawn at random from the phrases of one language; the same ones each time."""
        matcher = Matcher(self.intents, self.lexicon, self.calibration)
        draw = random.Random(0)
        for language in matcher.languages():
            vocabulary = sorted(matcher.model(language).vocabulary.known_words())
            for _ in range(SALAD // self.step):
                drawn = draw.choices(vocabulary, k=draw.randint(1, LONGEST_SALAD))
                yield self._trial(matcher, " ".join(drawn), SALAD_KIND, "")

    def _texts(self, step: int) -> list[tuple[int, str, str, str]]:
        """One of `step` phrases and negative examples: its number in its intent's list, itself, the kind of its trial,
        and the intent (id). Which ones, their letters decide: a new line does not change which others are asked."""
        return [
            (number, text, kind, intent.id)
            for intent in self.intents.intents
            for number, text, kind in _numbered(intent)
            if crc32(text.encode()) % step == 0
        ]

    def _trial(self, matcher: Matcher, text: str, kind: str, intent_id: str) -> Trial:
        ranking = matcher.rank(matcher.utterance(text))
        answerable = kind not in {NEGATIVE, SALAD_KIND}
        right = tuple(answerable and self.alike(c.intent_id, intent_id) for c in ranking.candidates)
        return Trial(kind, intent_id, ranking, right)


def with_a_slip(text: str) -> str:
    """`text` without one of its words (of four or more), and two letters of its longest word swapped.

    >>> with_a_slip("why did yandex leave iran")
    'did yadnex leave iran'
    """
    words = text.split()
    if len(words) >= 4:
        del words[len(text) % len(words)]
    place = max(range(len(words)), key=lambda n: (len(words[n]), -n), default=0)
    if words and len(words[place]) >= 5:
        word, middle = words[place], len(words[place]) // 2
        words[place] = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return " ".join(words)


def _numbered(intent: Intent) -> Iterable[tuple[int, str, str]]:
    """Each text of an intent with its number in its list, and what kind of trial it makes."""
    kind = ANSWER if intent.is_answered else intent.kind
    yield from ((number, phrase.text, kind) for number, phrase in enumerate(intent.phrases))
    kind = NEGATIVE if kind == ANSWER else kind
    yield from ((number, phrase.text, kind) for number, phrase in enumerate(intent.negatives))


def _without(intents: IntentSet, fold: int) -> IntentSet:
    """The intents without every FOLDS-th phrase and negative example, counted from `fold`, and without the titles
    that say the same."""

    def kept(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
        return tuple(phrase for number, phrase in enumerate(phrases) if number % FOLDS != fold)

    def without(intent: Intent) -> Intent:
        phrases = kept(intent.phrases)
        left_out = {phrase.key for phrase in intent.phrases} - {phrase.key for phrase in phrases}
        titles = (each for each in intent.title.texts if comparison_key(each[1]) not in left_out)
        return replace(
            intent, title=Localized(tuple(titles)), phrases=phrases, negatives=kept(intent.negatives)
        )

    return IntentSet(tuple(map(without, intents.intents)))
