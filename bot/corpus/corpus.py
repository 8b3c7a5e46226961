"""The source and the intents as one whole, in which every quotation was found word for word in the source."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.corpus.intents import Intent, IntentSet, Topic
from bot.corpus.passages import Quotation, Span
from bot.corpus.source import Source
from bot.yamlfiles.problems import Problem

MOST_TOGETHER = 600
"""Characters: what a phone shows of a quotation without scrolling."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """One source, the intents about it, and the proved quotations of each answer intent.

    `quotations` has every answer intent's id; each value is in the order of the text.
    """

    source: Source
    intents: IntentSet
    quotations: Mapping[str, tuple[Quotation, ...]]

    def answer(self, intent_id: str) -> Intent | None:
        """The answer intent of that id, or None (also for small talk and out-of-scope)."""
        return self.intents.get(intent_id) if intent_id in self.quotations else None

    def quoting(self, number: int) -> tuple[Intent, ...]:
        """The intents that quote the passage of that number."""
        return tuple(
            intent
            for intent in self.intents.answers()
            if any(quotation.passage.number == number for quotation in self.quotations[intent.id])
        )

    def start(self, intent: Intent) -> int:
        """Where the first quotation of an answer intent begins in the text."""
        return self.quotations[intent.id][0].span.start

    def of_topic(self, topic: Topic) -> tuple[Intent, ...]:
        """The answer intents of a topic, in the order of the text."""
        return tuple(sorted((i for i in self.intents.answers() if i.topic == topic), key=self.start))

    def following(self, intent: Intent) -> Intent | None:
        """The answer of the same topic that goes on in the text where that of `intent` ends; None at the end."""
        end = self.quotations[intent.id][-1].span.end
        return next((each for each in self.of_topic(intent.topic) if self.start(each) >= end), None)

    def first_of_topics(self) -> tuple[Intent, ...]:
        """The first answer intent of each topic; both are in the order of the text."""
        first: dict[str, Intent] = {}
        for intent in sorted(self.intents.answers(), key=self.start):
            first.setdefault(intent.topic.name, intent)
        return tuple(first.values())

    def alike(self, first: str, second: str) -> bool:
        """Whether the answer of the intent `first` (an id) also answers what `second` is asked for.

        So it does where both are the same intent, or where it quotes at least half of the characters that `second`
        quotes. The order of the two matters.
        """
        if first == second:
            return True
        mine, theirs = self.quotations.get(first, ()), self.quotations.get(second, ())
        wanted = sum(q.span.length for q in theirs)
        held = sum(a.span.overlap(b.span) for a in mine for b in theirs)
        return wanted > 0 and held / wanted >= 0.5

    def read_as_one(self, first: str, second: str) -> bool:
        """Whether the answers of two intents (ids) are one stretch of the text, no longer than MOST_TOGETHER."""
        if first not in self.quotations or second not in self.quotations:
            return False
        joined = self.together((first, second))
        return len(joined) == 1 and len(joined[0].exact) <= MOST_TOGETHER

    def together(self, intent_ids: tuple[str, ...]) -> tuple[Quotation, ...]:
        """The quotations of several intents in the order of the text, each character once.

        Quotations that overlap or touch (but for a space) in one passage become one.
        """
        merged: list[Quotation] = []
        for quotation in sorted((q for i in intent_ids for q in self.quotations[i]), key=lambda q: q.span):
            last = merged[-1] if merged else None
            if last and last.passage == quotation.passage and quotation.span.start <= last.span.end + 1:
                end = max(last.span.end, quotation.span.end)
                merged[-1] = self.source.quote(last.passage, Span(last.span.start, end))
            else:
                merged.append(quotation)
        return tuple(merged)

    def quoted_part(self) -> float:
        """The part of the characters of all passages that some intent quotes, 0 to 1."""
        quoted = {n for qs in self.quotations.values() for q in qs for n in range(q.span.start, q.span.end)}
        total = sum(passage.span.length for passage in self.source.passages)
        return len(quoted) / total if total else 0.0


def resolve(source: Source, intents: IntentSet) -> tuple[Corpus, tuple[Problem, ...]]:
    """The corpus, and a problem for each quotation that is not in `source` as it stands.

    With problems the corpus must not be used to answer: the unproved quotations are missing in it.
    """
    problems: list[Problem] = []
    quotations: dict[str, tuple[Quotation, ...]] = {}
    for intent in intents.answers():
        proved = []
        for wanted in intent.quotes:
            found = source.find(wanted.text, wanted.at)
            if isinstance(found, Quotation):
                proved.append(found)
            else:
                problems.append(found)
        quotations[intent.id] = tuple(sorted(proved, key=lambda quotation: quotation.span))
    return Corpus(source, intents, MappingProxyType(quotations)), tuple(problems)
