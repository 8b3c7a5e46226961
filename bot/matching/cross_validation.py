"""The intents asked themselves: every phrase and negative example, of a matcher that does not know it.

Rule: nothing scores itself. What is left out stands for what visitors will type: phrases by folds for another
way to say it, phrases with a slip for a phone, and thinned intents for a text that is new.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from bot.corpus.intents import ANSWER, OUT_OF_SCOPE, SMALL_TALK, Intent, IntentSet, Phrase
from bot.matching import Calibration, Matcher, Ranking, WordGroups

FOLDS = 5
"""In five rounds every fifth phrase and negative example of each intent is left out."""

BARE_FOLDS, BEGUN, BARE_STEP = 4, 10, 4
"""In four rounds a quarter of the intents is left out, and the others have so many phrases in a language, as when a
text is new; of the rest every fourth is asked."""

SLIP_STEP = 2
"""Every second phrase is asked with a slip, so that such easy questions make up a third of all."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A left-out phrase or negative example, and what the matcher that did not know it made of it.

    `right` tells for each candidate whether it would have been the right answer.
    """

    intent: Intent
    phrase: Phrase
    is_negative: bool
    ranking: Ranking
    right: tuple[bool, ...]

    @property
    def answerable(self) -> bool:
        return not self.is_negative and self.intent.kind != OUT_OF_SCOPE


AreAlike = Callable[[str, str], bool]
"""Whether the answer of one intent (id) also answers the other: `Corpus.alike`."""


def trials(
    intents: IntentSet, groups: WordGroups, same: AreAlike, calibration: Calibration, rounds: int = FOLDS
) -> Iterator[Trial]:
    """Every phrase and negative example, asked of a matcher that does not know it; with fewer `rounds` a part
    of them."""
    for fold in range(rounds):
        matcher = Matcher(_without(intents, fold), groups, calibration)
        for intent in intents.intents:
            for number, phrase, is_negative in _numbered(intent):
                if number % FOLDS == fold:
                    ranking = matcher.rank(matcher.utterance(phrase.text))
                    right = tuple(
                        not is_negative and same(c.intent_id, intent.id) for c in ranking.candidates
                    )
                    yield Trial(intent, phrase, is_negative, ranking, right)


def bare_trials(
    intents: IntentSet,
    groups: WordGroups,
    same: AreAlike,
    calibration: Calibration,
    rounds: int = BARE_FOLDS,
) -> list[Trial]:
    """Phrases asked of intents as they are when a text is new: a few phrases each, nothing refused.

    In four rounds a quarter of the intents is left out, and of the others only BEGUN phrases in each language
    are known. Asked are the others' other phrases, and as unmentioned_names what was left out. `rounds` as for
    `trials`.
    """
    ids = sorted(intent.id for intent in intents.intents if intent.kind == ANSWER)
    found = []
    for fold in range(rounds):
        gone = frozenset(ids[fold::BARE_FOLDS])
        left = tuple(
            replace(intent, phrases=_begun(intent, fold), negatives=())
            for intent in intents.intents
            if intent.kind == ANSWER and intent.id not in gone
        )
        matcher = Matcher(IntentSet(left), groups, calibration)
        known = {phrase.text for intent in left for phrase in intent.phrases}
        for intent in intents.intents:
            strange = intent.kind != ANSWER or intent.id in gone
            if intent.kind == SMALL_TALK or (strange and any(same(other.id, intent.id) for other in left)):
                continue
            unknown = [phrase for phrase in intent.phrases if phrase.text not in known]
            for phrase in unknown[fold::BARE_STEP]:
                ranking = matcher.rank(matcher.utterance(phrase.text))
                right = tuple(not strange and same(c.intent_id, intent.id) for c in ranking.candidates)
                found.append(Trial(intent, phrase, strange, ranking, right))
    return found


def _begun(intent: Intent, fold: int) -> tuple[Phrase, ...]:
    """BEGUN phrases of the intent in each language, spread over its list; others for each fold."""
    found: list[Phrase] = []
    for language in dict.fromkeys(phrase.language for phrase in intent.phrases):
        own = [phrase for phrase in intent.phrases if phrase.language == language]
        step = max(1, len(own) // BEGUN)
        found += own[fold % step :: step][:BEGUN]
    return tuple(found)


def slip_trials(
    intents: IntentSet, groups: WordGroups, same: AreAlike, calibration: Calibration, step: int = SLIP_STEP
) -> list[Trial]:
    """Every second phrase and negative example (or every `step`-th) with a word left out and a slip of the
    finger, asked of a matcher that knows them all: what a visitor types who asks as an editor foresaw, but on
    a phone."""
    matcher = Matcher(intents, groups, calibration)
    found = []
    for intent in intents.intents:
        for number, phrase, is_negative in _numbered(intent):
            if number % step == 0:
                ranking = matcher.rank(matcher.utterance(with_a_slip(phrase.text)))
                right = tuple(not is_negative and same(c.intent_id, intent.id) for c in ranking.candidates)
                found.append(Trial(intent, phrase, is_negative, ranking, right))
    return found


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


def _numbered(intent: Intent) -> Iterable[tuple[int, Phrase, bool]]:
    yield from ((number, phrase, False) for number, phrase in enumerate(intent.phrases))
    yield from ((number, phrase, True) for number, phrase in enumerate(intent.negatives))


def _without(intents: IntentSet, fold: int) -> IntentSet:
    """The intents without every FOLDS-th phrase and negative example, counted from `fold`."""
    return IntentSet(
        tuple(
            replace(
                intent,
                phrases=tuple(p for n, p in enumerate(intent.phrases) if n % FOLDS != fold),
                negatives=tuple(p for n, p in enumerate(intent.negatives) if n % FOLDS != fold),
            )
            for intent in intents.intents
        )
    )
