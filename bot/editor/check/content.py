"""Rules about the content of intents that are right in form. What they find are warnings.

docs/check-rules.md says of each rule what passes and what fails.
"""

import re

from bot.corpus.corpus import Corpus
from bot.corpus.intents import OUT_OF_SCOPE, SMALL_TALK, Intent, Phrase
from bot.editor.check.subject import Findings, Subject
from bot.yamlfiles.problems import Location

FEWEST_PHRASES = 5
"""Below that a question in other words seldom finds its intent (measured: with three English phrases 49 % of
paraphrases lead to the right intent, with ten 81 %)."""

_LATIN, _OTHER = "a-zA-Z\u00c0-\u024f", "\u0400-\u052f\u0620-\u06ff"
_MIXED = re.compile(rf"(?=[^\W\d_]*[{_LATIN}])(?=[^\W\d_]*[{_OTHER}])(?<![^\W\d_])[^\W\d_]+")
"""Letters in a row, some of them Latin and some Cyrillic or Arabic; "b2b-то" is two words."""


def wrong_script(subject: Subject) -> Findings:
    """A word has letters of two scripts that look alike, so no question matches it."""
    for intent in subject.corpus.intents.intents:
        for phrase in (*intent.phrases, *intent.negatives):
            for word in _MIXED.findall(phrase.text):
                yield phrase.at, f'"{word}" mixes Latin letters with others; type it anew'


def too_few_phrases(subject: Subject) -> Findings:
    """An answer has too few phrases in one of the languages of the intents."""
    languages = _languages(subject.corpus)
    for intent in subject.corpus.intents.answers():
        for language in languages:
            number = sum(phrase.language == language for phrase in intent.phrases)
            if number < FEWEST_PHRASES:
                message = f'intent "{intent.id}" has {number} phrases in "{language}"; write {FEWEST_PHRASES} or more'
                yield intent.at, message


def no_negative_example(subject: Subject) -> Findings:
    """An answer has no negative example."""
    for intent in subject.corpus.intents.answers():
        if not intent.negatives:
            message = (
                f'"{intent.id}" has no negative examples; add under "not:" what the text does not say of it'
            )
            yield intent.at, message


def phrase_is_negative(subject: Subject) -> Findings:
    """A phrase is also a negative example, here or in another intent."""
    negatives = {each.key: each for intent in subject.corpus.intents.intents for each in intent.negatives}
    for intent in subject.corpus.intents.intents:
        if intent.kind == OUT_OF_SCOPE:
            continue  # refused either way
        for phrase in intent.phrases:
            negative = negatives.get(phrase.key)
            if negative:
                yield phrase.at, f'phrase "{phrase.text}" also stands under "not:" in {negative.at}; keep one'


def near_duplicate(subject: Subject) -> Findings:
    """Phrases of two intents differ only in word endings, word order and synonyms."""
    seen: dict[tuple[str, ...], tuple[Intent, Phrase]] = {}
    for intent in subject.corpus.intents.intents:
        if intent.kind == SMALL_TALK:
            continue  # "hello, thanks" and "thanks, hello" are both natural
        for phrase in intent.phrases:
            key = subject.matcher.meanings(phrase)
            owner, first = seen.setdefault(key, (intent, phrase))
            shown = subject.corpus.quotations.get(intent.id)
            same_answer = shown and shown == subject.corpus.quotations.get(owner.id)
            if key and owner is not intent and not same_answer:
                message = (
                    f'phrase "{phrase.text}" is nearly "{first.text}" of the intent "{owner.id}"; reword one'
                )
                yield phrase.at, message


def missing_title(subject: Subject) -> Findings:
    """A title is missing in one of the languages of the intents."""
    for intent in subject.corpus.intents.answers():
        titles = {language for language, _ in intent.title.texts}
        for language in _languages(subject.corpus):
            if language not in titles:
                yield intent.at, f'intent "{intent.id}" has no title in "{language}"; add it under "title:"'


def unreachable_passage(subject: Subject) -> Findings:
    """No intent quotes a passage, so it is never an answer."""
    quoted = {q.passage.id for quotations in subject.corpus.quotations.values() for q in quotations}
    source = subject.corpus.source
    for passage in source.passages:
        if passage.id not in quoted:
            message = (
                f'no intent quotes the passage "{passage.id}"; python -m bot derive {passage.id} drafts one'
            )
            yield Location(source.path, *source.place(passage.span.start)), message


def _languages(corpus: Corpus) -> tuple[str, ...]:
    """The languages in which at least half of the answers have phrases."""
    answers = corpus.intents.answers()
    asked = [{phrase.language for phrase in intent.phrases} for intent in answers]
    return tuple(
        language
        for language in sorted(set().union(*asked))
        if 2 * sum(language in each for each in asked) >= len(answers)
    )
