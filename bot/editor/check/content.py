"""Rules about the content: what is right in form and still not good, one small function each.

Rule: a rule says what is wrong, where, and what would be right; it never decides whether the bot starts (these
are warnings).
"""

import re
from collections.abc import Iterator

from bot.corpus.corpus import Corpus
from bot.corpus.intents import OUT_OF_SCOPE, SMALL_TALK, Intent, Phrase
from bot.editor.check.subject import Subject
from bot.yamlfiles.problems import Location, Problem

FEWEST_PHRASES = 5
"""Below that a question in other words seldom finds its intent (measured: three English phrases lead 49 % of
paraphrases to the right intent, ten 81 %)."""


_LATIN, _OTHER = "a-zA-Z\u00c0-\u024f", "\u0400-\u052f\u0620-\u06ff"
_MIXED = re.compile(rf"(?=[^\W\d_]*[{_LATIN}])(?=[^\W\d_]*[{_OTHER}])(?<![^\W\d_])[^\W\d_]+")
"""Letters in a row, some of them Latin and some Cyrillic or Arabic; "b2b-то" is two words."""


def wrong_script(subject: Subject) -> Iterator[Problem]:
    """A word holds letters of two alphabets that look alike: it is never found again.

    Passes:
        - id: a
          phrases: {ru: [почему ушёл yandex]}
    Fails:
        - id: a
          phrases: {ru: [пoчему ушёл яндекс]}
    """
    for intent in subject.corpus.intents.intents:
        for phrase in (*intent.phrases, *intent.negatives):
            for word in _MIXED.findall(phrase.text):
                message = f'"{word}" mixes Latin letters with others; type it anew'
                yield Problem(phrase.at, "wrong-script", message, "warning")


def too_few_phrases(subject: Subject) -> Iterator[Problem]:
    """An answer has fewer than five phrases in a language that visitors are answered in.

    Passes:
        - id: a
          phrases: {en: [why did it leave, why left, what made it go, reasons to leave, how come it left]}
    Fails:
        - id: a
          phrases: {en: [why did it leave]}
    """
    languages = _languages(subject.corpus)
    for intent in subject.corpus.intents.answers():
        for language in languages:
            number = sum(phrase.language == language for phrase in intent.phrases)
            if number < FEWEST_PHRASES:
                message = f'intent "{intent.id}" has {number} phrases in "{language}"; write {FEWEST_PHRASES} or more'
                yield Problem(intent.at, "too-few-phrases", message, "warning")


def no_negative_example(subject: Subject) -> Iterator[Problem]:
    """An answer has no negative example: nothing tells the bot which questions about it are not answered.

    Passes:
        - id: a
          phrases: {en: [why did it leave]}
          not: {en: [on which day did it leave]}
    Fails:
        - id: a
          phrases: {en: [why did it leave]}
    """
    for intent in subject.corpus.intents.answers():
        if not intent.negatives:
            message = (
                f'"{intent.id}" has no negative examples; add under "not:" what the text does not say of it'
            )
            yield Problem(intent.at, "no-negative-example", message, "warning")


def phrase_is_negative(subject: Subject) -> Iterator[Problem]:
    """A phrase also stands under "not:", so that it is both answered and refused.

    Passes:
        - id: a
          phrases: {en: [why did it leave]}
          not: {en: [on which day did it leave]}
    Fails:
        - id: a
          phrases: {en: [why did it leave]}
          not: {en: ["Why did it leave?"]}
    """
    misses = {miss.key: miss for intent in subject.corpus.intents.intents for miss in intent.negatives}
    for intent in subject.corpus.intents.intents:
        if intent.kind == OUT_OF_SCOPE:
            continue  # refused either way
        for phrase in intent.phrases:
            miss = misses.get(phrase.key)
            if miss:
                message = f'phrase "{phrase.text}" also stands under "not:" in {miss.at}; keep one'
                yield Problem(phrase.at, "phrase-is-negative", message, "warning")


def near_duplicate(subject: Subject) -> Iterator[Problem]:
    """Phrases of two intents differ in endings, word order and synonyms alone: which one is meant is chance.

    Passes:
        - id: a
          phrases: {en: [why did it leave]}
        - id: b
          phrases: {en: [when did it leave]}
    Fails:
        - id: a
          phrases: {en: [why did the company leave]}
        - id: b
          phrases: {en: [why did leave the companies]}
    """
    seen: dict[tuple[str, ...], tuple[Intent, Phrase]] = {}
    for intent in subject.corpus.intents.intents:
        if intent.kind == SMALL_TALK:
            continue  # a hello and a thanks may come in any order
        for phrase in intent.phrases:
            key = subject.matcher.meanings(phrase)
            owner, first = seen.setdefault(key, (intent, phrase))
            shown = subject.corpus.quotations.get(intent.id)
            same_answer = shown and shown == subject.corpus.quotations.get(owner.id)
            if key and owner is not intent and not same_answer:
                message = (
                    f'phrase "{phrase.text}" is nearly "{first.text}" of the intent "{owner.id}"; reword one'
                )
                yield Problem(phrase.at, "near-duplicate", message, "warning")


def missing_title(subject: Subject) -> Iterator[Problem]:
    """A title is missing in a language that visitors are answered in: they see it in another one.

    Passes:
        - id: a
          title: {en: Why?, ru: Почему?}
          phrases: {en: [why did it leave], ru: [почему ушёл]}
    Fails:
        - id: a
          title: {en: Why?}
          phrases: {en: [why did it leave], ru: [почему ушёл]}
    """
    for intent in subject.corpus.intents.answers():
        titles = {language for language, _ in intent.title.texts}
        for language in _languages(subject.corpus):
            if language not in titles:
                message = f'intent "{intent.id}" has no title in "{language}"; add it under "title:"'
                yield Problem(intent.at, "missing-title", message, "warning")


def unreachable_passage(subject: Subject) -> Iterator[Problem]:
    """No intent quotes a passage, so that nobody gets it as an answer.

    Passes:
        - id: a
          quotes: [It left.]
        - id: b
          quotes: [It does not come back.]
    Fails:
        - id: a
          quotes: [It left.]
    """
    quoted = {q.passage.id for quotations in subject.corpus.quotations.values() for q in quotations}
    for passage in subject.corpus.source.passages:
        if passage.id not in quoted:
            line = subject.corpus.source.text.count("\n", 0, passage.span.start) + 1
            column = passage.span.start - subject.corpus.source.text.rfind("\n", 0, passage.span.start)
            message = (
                f'no intent quotes the passage "{passage.id}"; python -m bot derive {passage.id} drafts one'
            )
            yield Problem(
                Location(subject.corpus.source.path, line, column), "unreachable-passage", message, "warning"
            )


def _languages(corpus: Corpus) -> tuple[str, ...]:
    """The languages in which at least half of the answers can be asked."""
    answers = corpus.intents.answers()
    asked = [{phrase.language for phrase in intent.phrases} for intent in answers]
    return tuple(
        language
        for language in sorted(set().union(*asked))
        if 2 * sum(language in each for each in asked) >= len(answers)
    )
