"""What an edit changed: intents and phrases by topic and language, and which questions of the journal are answered."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from bot.conversation.bot import Bot
from bot.corpus.intents import IntentSet

MOST_ASKED = 50
"""Questions that are asked again. Each takes both bots some 10 ms."""

LONGEST = 2.0
"""Seconds after which no further question is asked, on a busy machine."""

Place = tuple[str, str]
"""The name of a topic, and a language ("" for its intents)."""


def edits(before: IntentSet, after: IntentSet) -> str:
    """Each topic and language where something changed, like "smart-city, en: 1 phrase, 2 phrases removed"; "" where
    no intent and no phrase did."""
    found: dict[Place, list[str]] = {}
    for one, what in (("phrase", _phrases), ("negative example", _negatives), ("intent", _intents)):
        old, new = what(before), what(after)
        for ending, counts in (("", new - old), (" removed", old - new)):
            for place, number in _by_place(counts).items():
                found.setdefault(place, []).append(f"{number} {one}{'s' * (number > 1)}{ending}")
    return "; ".join(f"{', '.join(filter(None, place))}: {', '.join(found[place])}" for place in sorted(found))


def effect(before: Bot, after: Bot, questions: Iterable[str], is_over: Callable[[], bool]) -> str:
    """How many questions `after` answers and `before` does not, and the other way round; "" where there are none, or
    when it `is_over` before an answer."""
    gained, lost, asked, deadline = 0, 0, 0, time.monotonic() + LONGEST
    for question in questions:
        if is_over():
            return ""
        if asked == MOST_ASKED or time.monotonic() > deadline:
            break
        asked += 1
        was, now = (bot.answer(question).kind == "answer" for bot in (before, after))
        gained, lost = gained + (now and not was), lost + (was and not now)
    if not asked:
        return ""
    return f"{gained or 'none'} of the journal's open questions would now be answered, {lost or 'none'} lost"


def _phrases(intents: IntentSet) -> Counter[tuple[Place, object]]:
    return Counter(
        ((each.topic.name, phrase.language), (each.id, phrase.text))
        for each in intents.intents
        for phrase in each.phrases
    )


def _negatives(intents: IntentSet) -> Counter[tuple[Place, object]]:
    return Counter(
        ((each.topic.name, phrase.language), (each.id, phrase.text))
        for each in intents.intents
        for phrase in each.negatives
    )


def _intents(intents: IntentSet) -> Counter[tuple[Place, object]]:
    """All that an intent says beside its phrases; one that was changed is a new one, and the old one is removed."""
    return Counter(
        ((each.topic.name, ""), (each.id, each.kind, each.title, tuple(q.text for q in each.quotes), each.say))
        for each in intents.intents
    )
