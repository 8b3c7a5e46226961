"""The rule about phrases that lead elsewhere when they are not written down themselves.

Rule: there is no second scoring. A phrase is asked of a matcher that was made without it, and only what that
matcher would answer with another quotation, and surely, is a problem. `python -m bot evaluate --phrases` asks
every phrase in this way and takes half a minute; here a look at the single words finds those worth asking, one in
twenty-two (measured: one in three would find four times as many, in twice the time that an editor waits).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from bot.corpus.intents import Intent, Phrase
from bot.editor.check.subject import Subject
from bot.text.stems import stem
from bot.yamlfiles.problems import Problem

STOLEN = 0.9
"""Confidence of the other answer from which a phrase is stolen. From 0.55 on the bot answers; most phrases between
them are the only one to say it in their way, and that is what an editor wrote them for."""

TIMES = 8
"""How much more at home its words must be in another intent for a phrase to be asked. With 5, two in five more are
asked, which finds little more: none of our phrases at STOLEN, and 37 instead of 32 at a confidence of 0.8."""

COMMON = 20
"""A word in the phrases of so many intents is at home nowhere ("what", "does")."""


def misrouted_phrase(subject: Subject) -> Iterator[Problem]:
    """A phrase would surely be answered with another quotation if it were not written down word for word: so will
    whatever a visitor types in nearly its words.

    Passes:
        - id: a
          phrases: {en: [why did it leave, what made it leave, reasons for leaving, why is it gone]}
        - id: b
          phrases: {en: [does it come back, will it return, is it back some day, is a return likely]}
    Fails:
        - id: a
          phrases: {en: [why did it leave, what made it leave, reasons for leaving, is it likely to return some day]}
        - id: b
          phrases: {en: [is it likely to come back some day, will it return some day, is a return likely some day]}
    """
    suspects = _suspects(subject)
    matcher = subject.matcher.of(subject.corpus.intents.without({phrase.at for _, phrase in suspects}))
    for intent, phrase in suspects:
        for best in matcher.rank(matcher.utterance(phrase.text), 1).candidates:
            is_answer = best.intent_id in subject.corpus.quotations
            if best.confidence < STOLEN or not is_answer or subject.corpus.alike(best.intent_id, intent.id):
                continue
            message = (
                f'phrase "{phrase.text}" leads to "{best.intent_id}" ({best.confidence:.0%}) where it is not '
                f'written down itself; move it there, reword it, or write more like it under "{intent.id}"'
            )
            yield Problem(phrase.at, "misrouted-phrase", message, "warning")


def _suspects(subject: Subject) -> list[tuple[Intent, Phrase]]:
    """The phrases of answers whose words, one by one, occur rather in the phrases of another intent."""
    phrases = [
        (intent, phrase, frozenset(map(stem, phrase.key.split())))
        for intent in subject.corpus.intents.answers()
        for phrase in intent.phrases
    ]
    homes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for intent, _, stems in phrases:
        for each in stems:
            homes[each][intent.id] += 1
    return [
        (intent, phrase)
        for intent, phrase, stems in phrases
        if _is_suspect(intent, [homes[each] for each in stems if len(homes[each]) <= COMMON])
    ]


def _is_suspect(intent: Intent, homes: list[Counter[str]]) -> bool:
    """Each word has one vote, which the intents share that have it in other phrases."""
    votes: defaultdict[str, float] = defaultdict(float)
    for home in homes:
        others = home.total() - 1
        for intent_id, number in home.items():
            votes[intent_id] += (number - (intent_id == intent.id)) / max(1, others)
    own = votes.pop(intent.id, 0.0)
    return bool(votes) and max(votes.values()) > TIMES * own
