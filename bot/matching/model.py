"""What the phrases in one script tell: their words, how they are spelt, and which of them is whose.

Rule: a question is compared with phrases in its own script only, for a Russian word is no rarer for having
no place among English phrases. So each script has a model of its own, which is made when it is first asked
for. What this room does not know: weights, thresholds, and what is decided.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.intents import ANSWER, OUT_OF_SCOPE, Intent, Phrase
from bot.language import comparison_key, script_of, stem, words
from bot.matching.evidence import Evidence
from bot.matching.index import Example, Index
from bot.matching.pull import Pull
from bot.matching.terms import WordGroups
from bot.matching.vocabulary import Vocabulary

UNKNOWN_SCRIPT = "latin"
"""Where a text without letters ("5?") is looked up: numbers and signs are written alike in all of them."""


@dataclass(frozen=True, slots=True)
class Owned:
    """A phrase or, where `opposite`, a near-miss of the intent number `intent`."""

    intent: int
    phrase: Phrase
    opposite: bool


@dataclass(frozen=True, slots=True)
class Model:
    """The phrases of one script in the forms in which questions are compared with them.

    owned          the phrases, in the order in which `index` counts them
    bare           whether nothing is refused: no near-misses, no out-of-scope phrases
    word_for_word  for each folded phrase its intent's number, and whether it is a near-miss
    """

    owned: tuple[Owned, ...]
    vocabulary: Vocabulary
    index: Index
    evidence: Evidence
    pull: Pull
    bare: bool
    word_for_word: dict[str, tuple[int, bool]]


def script_for(text: str) -> str:
    """The script whose model is asked about `text`.

    >>> script_for("что с Yandex"), script_for("5?")
    ('cyrillic', 'latin')
    """
    return script_of(text) or UNKNOWN_SCRIPT


def by_script(intents: Sequence[Intent]) -> dict[str, tuple[Owned, ...]]:
    """All phrases and near-misses by script: first the phrases of all intents, then the near-misses."""
    shelves: dict[str, list[Owned]] = {}
    owned = [Owned(n, phrase, False) for n, intent in enumerate(intents) for phrase in _examples(intent)]
    owned += [Owned(n, phrase, True) for n, intent in enumerate(intents) for phrase in intent.near_misses]
    for each in owned:
        shelves.setdefault(script_for(each.phrase.text), []).append(each)
    return {script: tuple(shelf) for script, shelf in shelves.items()}


def build_model(owned: tuple[Owned, ...], intents: Sequence[Intent], groups: WordGroups) -> Model:
    """The model of these phrases. Without any, nothing is known and nothing is found."""
    folded = [words(each.phrase.text) for each in owned]
    pairs = list(zip(owned, folded, strict=True))
    numbers = range(len(intents))
    examples = [Example(each.intent, each.opposite, tuple(map(stem, found))) for each, found in pairs]
    index = Index(examples, len(intents), groups)
    evidence = Evidence(
        index,
        answered=[n for n in numbers if intents[n].kind == ANSWER],
        refused=[n if intents[n].kind == OUT_OF_SCOPE else n + len(numbers) for n in numbers],
    )
    bare = not any(each.opposite or intents[each.intent].kind == OUT_OF_SCOPE for each in owned)
    known = {" ".join(found): (each.intent, each.opposite) for each, found in pairs}
    vocabulary = Vocabulary(word for found in folded for word in found)
    return Model(owned, vocabulary, index, evidence, Pull(examples, index), bare, known)


def _examples(intent: Intent) -> tuple[Phrase, ...]:
    """The phrases of an intent; its title asks the same question and is one of them."""
    titles = tuple(Phrase(text, language, intent.at) for language, text in intent.title.texts)
    known = {comparison_key(phrase.text) for phrase in intent.phrases}
    fresh = tuple(title for title in titles if comparison_key(title.text) not in known)
    return intent.phrases + (fresh if intent.kind == ANSWER else ())
