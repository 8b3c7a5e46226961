"""What the phrases in one script tell: their words, how they are spelt, and which phrase belongs to which intent.

A question is compared with phrases in its own script only: a Russian word is no rarer for having no place among
English phrases. So each script has a model of its own, made when it is first asked for.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.corpus.intents import ANSWER, OUT_OF_SCOPE, Intent, Phrase
from bot.matching.discriminative import DiscriminativeScores
from bot.matching.evidence import Evidence
from bot.matching.index import Index, PhraseClass, Stems
from bot.matching.names import NameTable
from bot.matching.question_kinds import QuestionKinds
from bot.matching.terms import WordGroups
from bot.matching.vocabulary import Vocabulary
from bot.text.scripts import script_of
from bot.text.stems import stem

UNKNOWN_SCRIPT = "latin"
"""Where a text without letters ("5?") is looked up: numbers and signs are written alike in all of them."""

PhrasesByClass = Mapping[PhraseClass, tuple[Phrase, ...]]


@dataclass(frozen=True, slots=True)
class Model:
    """The phrases of one script in the forms in which questions are compared with them.

    discriminative  None where there are negatives: these tell more, and it takes time to make
    word_for_word   for each folded phrase its class
    """

    phrases: PhrasesByClass
    vocabulary: Vocabulary
    index: Index
    evidence: Evidence
    discriminative: DiscriminativeScores | None
    word_for_word: Mapping[str, PhraseClass]
    script: str
    _kinds: dict[PhraseClass, Counter[str]] = field(default_factory=dict)
    _names: dict[PhraseClass, Counter[tuple[int, ...]]] = field(default_factory=dict)

    def kinds(self, of_class: PhraseClass, kinds: QuestionKinds) -> Counter[str]:
        """How many examples of a class ask for each kind of thing; counted when first asked for."""
        if of_class not in self._kinds:
            keys = (phrase.key for phrase in self.phrases.get(of_class, ()))
            self._kinds[of_class] = Counter(kinds.of(key, self.script) for key in keys)
        return self._kinds[of_class]

    def names(self, of_class: PhraseClass, table: NameTable) -> Counter[tuple[int, ...]]:
        """How many examples of a class name the same, in the same order; counted when first asked for."""
        if of_class not in self._names:
            keys = (phrase.key for phrase in self.phrases.get(of_class, ()))
            self._names[of_class] = Counter(table.in_order(key.split()) for key in keys)
        return self._names[of_class]

    @property
    def has_negatives(self) -> bool:
        """Whether anything is refused: negative examples, or out-of-scope phrases."""
        return self.discriminative is None


def script_for(text: str) -> str:
    """The script whose model is asked about `text`.

    >>> script_for("что с Yandex"), script_for("5?")
    ('cyrillic', 'latin')
    """
    return script_of(text) or UNKNOWN_SCRIPT


def by_script(intents: Sequence[Intent]) -> dict[str, PhrasesByClass]:
    """All phrases and negative examples by script."""
    found: dict[str, dict[PhraseClass, list[Phrase]]] = {}
    for number, intent in enumerate(intents):
        for negative, phrases in ((False, _examples(intent)), (True, intent.negatives)):
            for phrase in phrases:
                classes = found.setdefault(script_for(phrase.text), {})
                classes.setdefault(PhraseClass(number, negative), []).append(phrase)
    return {
        script: {of_class: tuple(phrases) for of_class, phrases in classes.items()}
        for script, classes in found.items()
    }


def build_model(script: str, phrases: PhrasesByClass, intents: Sequence[Intent], groups: WordGroups) -> Model:
    """The model of these phrases. Without any, nothing is known and nothing is found."""
    stems, counts = _Stems(), Counter[str]()
    members: dict[PhraseClass, list[Stems]] = {}
    known: dict[str, PhraseClass] = {}
    for of_class, examples in phrases.items():
        members[of_class] = []
        for phrase in examples:
            found = phrase.key.split()
            counts.update(found)
            members[of_class].append(tuple(map(stems.__getitem__, found)))
            known[phrase.key] = of_class
    index = Index(members, len(intents), groups)
    answered = {PhraseClass(n) for n, intent in enumerate(intents) if intent.is_answered}
    refused = {PhraseClass(n) for n, intent in enumerate(intents) if intent.kind == OUT_OF_SCOPE}
    refused |= {PhraseClass(n, negative=True) for n in range(len(intents))}
    discriminative = None if refused & phrases.keys() else DiscriminativeScores(members, index)
    return Model(
        phrases, Vocabulary(counts), index, Evidence(index, answered, refused), discriminative, known, script
    )


class _Stems(dict[str, str]):
    """Words with their stems, each looked up once, so that equal stems are one object."""

    def __missing__(self, word: str) -> str:
        found = self[word] = stem(word)
        return found


def _examples(intent: Intent) -> tuple[Phrase, ...]:
    """The phrases of an intent; its title asks the same question and is one of them."""
    titles = tuple(Phrase(text, language, intent.at) for language, text in intent.title.texts)
    return intent.phrases + (titles if intent.kind == ANSWER else ())
