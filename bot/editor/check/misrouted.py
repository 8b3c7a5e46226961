"""The rule about phrases that lead to another answer when they are not written down themselves.

Each suspected phrase is asked of a matcher that was made without it. `python -m bot evaluate --phrases` asks all
phrases in this way and takes half a minute; here a look at the single words finds the suspects, one phrase in
twenty-two (measured: one in three would find four times as many, in twice the time that an editor waits).
"""

from collections import Counter, defaultdict

from bot.corpus.intents import Intent, Phrase
from bot.editor.check.subject import Findings, Subject
from bot.text.stems import stem

SURE = 0.9
"""Confidence of the other answer from which a phrase is misrouted. From 0.55 on the bot answers, but most phrases in
between are the only ones of their intent in these words, and that is why an editor wrote them."""

TIMES = 8
"""How much more its words must occur in another intent for a phrase to be asked. With 5, two in five more are asked,
which finds little more: none of our phrases at SURE, and 37 instead of 32 at a confidence of 0.8."""

COMMON = 20
"""A word in the phrases of so many intents ("what", "does") speaks for none of them."""


def misrouted_phrase(subject: Subject) -> Findings:
    """A phrase is surely answered with another quotation by a matcher that does not know it. So are questions in
    nearly its words."""
    suspects = _suspects(subject)
    matcher = subject.matcher.of(subject.corpus.intents.without({phrase.at for _, phrase in suspects}))
    for intent, phrase in suspects:
        for best in matcher.rank(matcher.utterance(phrase.text), 1).candidates:
            is_answer = best.intent_id in subject.corpus.quotations
            if best.confidence < SURE or not is_answer or subject.corpus.alike(best.intent_id, intent.id):
                continue
            message = (
                f'phrase "{phrase.text}" leads to "{best.intent_id}" ({best.confidence:.0%}) where it is not '
                f'written down itself; move it there, reword it, or write more like it under "{intent.id}"'
            )
            yield phrase.at, message


def _suspects(subject: Subject) -> list[tuple[Intent, Phrase]]:
    """The phrases of answers whose single words occur mostly in the phrases of another intent."""
    phrases = [
        (intent, phrase, frozenset(map(stem, phrase.key.split())))
        for intent in subject.corpus.intents.answers()
        for phrase in intent.phrases
    ]
    uses: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for intent, _, stems in phrases:
        for each in stems:
            uses[each][intent.id] += 1
    return [
        (intent, phrase)
        for intent, phrase, stems in phrases
        if _is_suspect(intent, [uses[each] for each in stems if len(uses[each]) <= COMMON])
    ]


def _is_suspect(intent: Intent, uses: list[Counter[str]]) -> bool:
    """Each word has one vote, which is shared by the intents that have it in other phrases."""
    votes: defaultdict[str, float] = defaultdict(float)
    for phrases_by_intent in uses:
        others = phrases_by_intent.total() - 1
        for intent_id, number in phrases_by_intent.items():
            votes[intent_id] += (number - (intent_id == intent.id)) / max(1, others)
    own = votes.pop(intent.id, 0.0)
    return bool(votes) and max(votes.values()) > TIMES * own
