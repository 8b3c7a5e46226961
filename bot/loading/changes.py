"""What an edit changed: intents and phrases by topic and language, and which questions of the journal are answered."""

import time
from collections import Counter
from collections.abc import Callable, Iterable

from bot.conversation.bot import Bot
from bot.corpus.intents import Intent, IntentSet, Phrase

MOST_ASKED = 50
"""Questions that are asked again. Each takes both bots some 10 ms."""

LONGEST = 2.0
"""Seconds after which no further question is asked, on a busy machine."""

_Place = tuple[str, str]
"""The name of a topic, and a language ("" for its intents)."""

_Counts = Counter[tuple[_Place, str, str]]
"""What an editor wrote: its place, the id of the intent, and a text."""


def edits(before: IntentSet, after: IntentSet) -> str:
    """Each topic and language where something changed, like "smart-city, en: 1 phrase, 2 phrases removed"; "" where
    no intent and no phrase did."""
    found: dict[_Place, list[str]] = {}
    for name, counted in (("intent", _ids), ("phrase", _phrases), ("negative example", _negatives)):
        old, new = counted(before), counted(after)
        rows = [("", new - old), (" removed", old - new)]
        if counted is _ids:
            rows.append((" changed", _reworded(before, after)))
        for ending, counts in rows:
            for place, number in Counter(place for place, *_ in counts.elements()).items():
                found.setdefault(place, []).append(f"{number} {name}{'s' * (number > 1)}{ending}")
    return "; ".join(
        f"{', '.join(filter(None, place))}: {', '.join(found[place])}" for place in sorted(found)
    )


def effect(before: Bot, after: Bot, questions: Iterable[str], is_over: Callable[[], bool]) -> str:
    """How many questions `after` answers and `before` does not, and the other way round; "" where there are no
    questions, and when it `is_over` before the last."""
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


def _ids(intents: IntentSet) -> _Counts:
    return Counter(((each.topic.name, ""), each.id, "") for each in intents.intents)


def _reworded(before: IntentSet, after: IntentSet) -> _Counts:
    """The intents that say something else beside their phrases."""
    old = {each.id: _said(each) for each in before.intents}
    return Counter(
        ((each.topic.name, ""), each.id, "")
        for each in after.intents
        if old.get(each.id, _said(each)) != _said(each)
    )


def _said(intent: Intent) -> tuple[object, ...]:
    quotes, see_also = (q.text for q in intent.quotes), (r.intent_id for r in intent.see_also)
    return intent.kind, intent.title, tuple(quotes), tuple(see_also), intent.say


def _phrases(intents: IntentSet) -> _Counts:
    return _texts((each, each.phrases) for each in intents.intents)


def _negatives(intents: IntentSet) -> _Counts:
    return _texts((each, each.negatives) for each in intents.intents)


def _texts(lists: Iterable[tuple[Intent, Iterable[Phrase]]]) -> _Counts:
    return Counter(
        ((intent.topic.name, phrase.language), intent.id, phrase.text)
        for intent, phrases in lists
        for phrase in phrases
    )
