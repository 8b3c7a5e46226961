"""What the phrases in one script tell: their words, how they are spelt, and which of them is whose.

Rule: a question is compared with phrases in its own script only, for a Russian word is no rarer for having
no place among English phrases. So each script has a model of its own, which is made when it is first asked
for.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.corpus.intents import ANSWER, OUT_OF_SCOPE, Intent, Phrase
from bot.matching.evidence import Evidence
from bot.matching.index import Index
from bot.matching.postings import Stems
from bot.matching.pull import Pull
from bot.matching.terms import WordGroups
from bot.matching.vocabulary import Vocabulary
from bot.text.scripts import script_of
from bot.text.stems import stem

UNKNOWN_SCRIPT = "latin"
"""Where a text without letters ("5?") is looked up: numbers and signs are written alike in all of them."""


PhrasesByClass = Mapping[int, tuple[Phrase, ...]]
"""The phrases in one script by class, as `Index` counts classes: those of intent i under i, its negative examples under
the number of intents and i."""


@dataclass(frozen=True, slots=True)
class Model:
    """The phrases of one script in the forms in which questions are compared with them.

    pull           made only where the model is `bare`: negative examples tell more, and it takes time
    word_for_word  for each folded phrase its class
    """

    phrases: PhrasesByClass
    vocabulary: Vocabulary
    index: Index
    evidence: Evidence
    pull: Pull | None
    word_for_word: Mapping[str, int]

    @property
    def bare(self) -> bool:
        """Whether nothing is refused: no negative examples, no out-of-scope phrases."""
        return self.pull is not None


def script_for(text: str) -> str:
    """The script whose model is asked about `text`.

    >>> script_for("что с Yandex"), script_for("5?")
    ('cyrillic', 'latin')
    """
    return script_of(text) or UNKNOWN_SCRIPT


def by_script(intents: Sequence[Intent]) -> dict[str, PhrasesByClass]:
    """All phrases and negative examples by script."""
    by_script_and_class: dict[str, dict[int, list[Phrase]]] = {}
    for number, intent in enumerate(intents):
        for of_class, phrases in ((number, _examples(intent)), (number + len(intents), intent.negatives)):
            for phrase in phrases:
                phrases_by_class = by_script_and_class.setdefault(script_for(phrase.text), {})
                phrases_by_class.setdefault(of_class, []).append(phrase)
    return {
        script: {number: tuple(phrases) for number, phrases in phrases_by_class.items()}
        for script, phrases_by_class in by_script_and_class.items()
    }


def build_model(phrases: PhrasesByClass, intents: Sequence[Intent], groups: WordGroups) -> Model:
    """The model of these phrases. Without any, nothing is known and nothing is found."""
    stems, counts = _Stems(), Counter[str]()
    members: dict[int, list[Stems]] = {}
    known: dict[str, int] = {}
    for number, phrases_by_class in phrases.items():
        members[number] = []
        for phrase in phrases_by_class:
            found = phrase.key.split()
            counts.update(found)
            members[number].append(tuple(map(stems.__getitem__, found)))
            known[phrase.key] = number
    index = Index(members, len(intents), groups)
    kinds = [intent.kind for intent in intents]
    answered = {number for number, kind in enumerate(kinds) if kind == ANSWER}
    refused = {number for number, kind in enumerate(kinds) if kind == OUT_OF_SCOPE}
    refused |= set(range(len(intents), 2 * len(intents)))
    evidence = Evidence(index, answered, refused)
    pull = None if refused & phrases.keys() else Pull(members, index)
    return Model(phrases, Vocabulary(counts), index, evidence, pull, known)


class _Stems(dict[str, str]):
    """Words with their stems, each looked up once, so that equal stems are one object."""

    def __missing__(self, word: str) -> str:
        found = self[word] = stem(word)
        return found


def _examples(intent: Intent) -> tuple[Phrase, ...]:
    """The phrases of an intent; its title asks the same question and is one of them."""
    titles = tuple(Phrase(text, language, intent.at) for language, text in intent.title.texts)
    return intent.phrases + (titles if intent.kind == ANSWER else ())
