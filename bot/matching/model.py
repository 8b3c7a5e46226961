"""What the phrases in one language tell: their words, how they are spelt, and which phrase belongs to which intent.

A question is compared with phrases in its own language only: a Russian word is no rarer for having no place among
English phrases. So each language has a model of its own, made when it is first asked for.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.corpus.intents import OUT_OF_SCOPE, Intent, Phrase, read_in
from bot.matching.discriminative import DiscriminativeScores
from bot.matching.index import Index, PhraseClass
from bot.matching.lexicon import HELD, Lexicon
from bot.matching.scores import Scores
from bot.matching.terms import WordGroups
from bot.matching.vocabulary import Vocabulary
from bot.text.folding import comparison_key, words
from bot.text.languages import script_of

MOST_NAMES = 3
"""Names of one text that are compared."""

PhrasesByClass = Mapping[PhraseClass, tuple[Phrase, ...]]


@dataclass(frozen=True, slots=True)
class IntentFacts:
    """What an intent's phrases, its negative examples and its passage have. Pairs are of phrases and of negatives.

    kinds          how many ask for each kind of thing
    names          how many name the same, in the same order
    passage_words  the folded words of its quotations
    passage_names  the rows of names in them
    lacks          the kinds of things of which its quotations hold none
    """

    kinds: tuple[Counter[str], Counter[str]]
    names: tuple[Counter[tuple[int, ...]], Counter[tuple[int, ...]]]
    passage_words: frozenset[str]
    passage_names: frozenset[int]
    lacks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Model:
    """The phrases of one language in the forms in which questions are compared with them.

    groups          its word groups, and how its words are stemmed
    refuses         whether anything is refused: there are negative examples, or out-of-scope phrases
    discriminative  None where it refuses: what is refused tells more, and this takes time to make
    word_for_word   for each folded phrase its class
    """

    language: str
    phrases: PhrasesByClass
    intents: Sequence[Intent]
    lexicon: Lexicon
    groups: WordGroups
    vocabulary: Vocabulary
    index: Index
    scores: Scores
    refuses: bool
    discriminative: DiscriminativeScores | None
    word_for_word: Mapping[str, PhraseClass]
    _facts: dict[int, IntentFacts] = field(default_factory=dict)

    def holds_for(self, phrases: PhrasesByClass, groups: WordGroups) -> bool:
        """Whether it is as good for other phrases, which may differ from its own only in where they were written."""
        return groups == self.groups and _texts(phrases) == _texts(self.phrases)

    def carried_over(self, phrases: PhrasesByClass, intents: Sequence[Intent], lexicon: Lexicon) -> "Model":
        """The same with new places of its phrases, quotations and lexicon."""
        return replace(self, phrases=phrases, intents=intents, lexicon=lexicon, _facts={})

    def counted(self, script: str) -> Counter[str]:
        """How often each word of a script stands in phrases and negative examples."""
        keys = (phrase.key for examples in self.phrases.values() for phrase in examples)
        counted = Counter(word for key in keys for word in key.split())
        return Counter({word: count for word, count in counted.items() if script_of(word) == script})

    def facts(self, number: int) -> IntentFacts:
        """Those of the intent of that number, made when it first leads."""
        if number not in self._facts:
            self._facts[number] = self._gather(number)
        return self._facts[number]

    def _gather(self, number: int) -> IntentFacts:
        kinds, names = self.lexicon.kinds, self.lexicon.names
        phrases, negatives = (
            [phrase.key for phrase in self.phrases.get(PhraseClass(number, negative), ())]
            for negative in (False, True)
        )
        quotes = quoted_texts(self.intents)[self.intents[number].id]  # none for small talk and out of scope
        passage = [word for quote in quotes for word in words(quote)]
        return IntentFacts(
            kinds=(kinds.count(phrases, self.language), kinds.count(negatives, self.language)),
            names=(names.count(phrases, MOST_NAMES), names.count(negatives, MOST_NAMES)),
            passage_words=frozenset(passage),
            passage_names=frozenset(names.in_order(passage)),
            lacks=frozenset(
                kind
                for kind in HELD
                if quotes
                and not any(kinds.holds(quote, kind, self.lexicon.quoted_language) for quote in quotes)
            ),
        )


def quoted_texts(intents: Sequence[Intent]) -> dict[str, list[str]]:
    """What each intent (id) quotes; an overview quotes what its answers do."""
    own = {intent.id: [quote.text for quote in intent.quotes] for intent in intents}
    return {
        intent.id: own[intent.id] + [text for each in intent.answers for text in own.get(each.intent_id, ())]
        for intent in intents
    }


def covered_answers(intents: Iterable[Intent]) -> dict[str, tuple[str, ...]]:
    """For each intent (its id) the others whose whole answer its own shows, in the order given: visitors who mean one
    of these need not choose."""
    quoted = quoted_texts(tuple(intents))
    shown = {each: [comparison_key(text) for text in texts] for each, texts in quoted.items()}

    def shows(mine: list[str], theirs: list[str]) -> bool:
        return bool(theirs) and all(any(quote in each for each in mine) for quote in theirs)

    return {
        one: tuple(other for other, theirs in shown.items() if other != one and shows(mine, theirs))
        for one, mine in shown.items()
    }


def by_language(
    intents: Sequence[Intent], languages: Mapping[str, tuple[str, ...]]
) -> dict[str, PhrasesByClass]:
    """All phrases and negative examples by language. The title of an answer asks the same question and is a phrase."""
    found: dict[str, dict[PhraseClass, list[Phrase]]] = {}
    for number, intent in enumerate(intents):
        titles = [Phrase(text, language, intent.at) for language, text in intent.title.texts]
        phrases = (*intent.phrases, *(titles if intent.is_answered else ()))
        for of_class, examples in (
            (PhraseClass(number), phrases),
            (PhraseClass(number, negative=True), intent.negatives),
        ):
            for phrase in examples:
                for language in read_in(phrase, languages):
                    found.setdefault(language, {}).setdefault(of_class, []).append(phrase)
    return {
        language: {of_class: tuple(phrases) for of_class, phrases in classes.items()}
        for language, classes in found.items()
    }


def _texts(phrases_by_class: PhrasesByClass) -> dict[PhraseClass, list[str]]:
    return {number: [phrase.text for phrase in phrases] for number, phrases in phrases_by_class.items()}


def build_model(
    language: str, phrases: PhrasesByClass, intents: Sequence[Intent], lexicon: Lexicon, groups: WordGroups
) -> Model:
    """The model of these phrases. Without any, nothing is known and nothing is found."""
    typed = {of_class: [phrase.key.split() for phrase in each] for of_class, each in phrases.items()}
    counts = Counter(word for examples in typed.values() for example in examples for word in example)
    stems = {word: groups.stem(word) for word in counts}
    members = {
        of_class: [tuple(map(stems.__getitem__, example)) for example in examples]
        for of_class, examples in typed.items()
    }
    answered = {n for n, intent in enumerate(intents) if intent.is_answered}
    out_of_scope = {n for n, intent in enumerate(intents) if intent.kind == OUT_OF_SCOPE}
    index = Index(members, len(intents), groups, answered, out_of_scope)
    refuses = any(of_class.negative or of_class.intent in out_of_scope for of_class in phrases)
    return Model(
        language,
        phrases,
        intents,
        lexicon,
        groups,
        Vocabulary(counts, groups.stem),
        index,
        Scores(index),
        refuses,
        None if refuses else DiscriminativeScores(members, index),
        {phrase.key: of_class for of_class, examples in phrases.items() for phrase in examples},
    )
