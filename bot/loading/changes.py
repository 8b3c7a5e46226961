"""What an edit changed: intents and phrases by topic and language, and which questions of the journal are answered."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import product

from bot.conversation.bot import Bot
from bot.corpus.intents import IntentSet

MOST_ASKED = 50
"""Questions that are asked again. Each takes both bots some 10 ms."""

LONGEST_WAIT = 2.0
"""Seconds after which no further question is asked, on a busy machine."""

_NOUNS = ("intent", "phrase", "negative example")

_Place = tuple[str, str]
"""The name of a topic, and a language ("" for its intents)."""

_Rows = Iterator[tuple[_Place, str, str, str]]
"""What an editor wrote: its place, the noun for it, the id of the intent, and a text."""


def edits(before: IntentSet, after: IntentSet) -> str:
    """Each topic and language where something changed, like "smart-city, en: 1 phrase, 2 phrases removed"; "" where
    no intent and no phrase did."""
    old, new = Counter(_written(before)), Counter(_written(after))
    changes = [("", new - old), (" removed", old - new), (" changed", Counter(_reworded(before, after)))]
    found: dict[_Place, list[str]] = {}
    for noun, (ending, rows) in product(_NOUNS, changes):
        for place, number in Counter(place for place, what, *_ in rows.elements() if what == noun).items():
            found.setdefault(place, []).append(f"{number} {noun}{'s' * (number > 1)}{ending}")
    return "; ".join(
        f"{', '.join(filter(None, place))}: {', '.join(found[place])}" for place in sorted(found)
    )


def effect(before: Bot, after: Bot, questions: Iterable[str], is_over: Callable[[], bool]) -> str:
    """How many questions `after` answers and `before` does not, and the other way round; "" where there are no
    questions, and when it `is_over` before the last."""
    gained, lost, asked, deadline = 0, 0, 0, time.monotonic() + LONGEST_WAIT
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


def _written(intents: IntentSet) -> _Rows:
    for intent in intents.intents:
        name = intent.topic.name
        yield (name, ""), "intent", intent.id, ""
        for noun, texts in (("phrase", intent.phrases), ("negative example", intent.negatives)):
            yield from (((name, each.language), noun, intent.id, each.text) for each in texts)


def _reworded(before: IntentSet, after: IntentSet) -> _Rows:
    """The intents of which something beside the phrases is new, be it the title of the topic."""
    old = {(each.topic.name, each.id): each.content() for each in before.intents}
    for each in after.intents:
        content = each.content()
        if old.get((each.topic.name, each.id), content) != content:
            yield (each.topic.name, ""), "intent", each.id, ""
