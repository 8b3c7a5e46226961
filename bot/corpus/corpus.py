"""The source and the intents as one whole, in which every quotation was found word for word in the source."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from bot.corpus.intents import OVERVIEW, Intent, IntentSet
from bot.corpus.passages import Passage, Quotation, Span
from bot.corpus.source import Source
from bot.corpus.translations import Translations
from bot.yamlfiles.problems import Problem

MOST_TOGETHER = 600
"""Characters: what a phone shows of a quotation without scrolling."""

MOST_IN_PART = 700
"""Characters of quotations that an overview shows at once: a phone's screen of them."""


@dataclass(frozen=True)
class Corpus:
    """One source, the intents about it, the proved quotations of each intent that is answered, and our translations.

    `quotations` has the id of every answer and overview; each value is in the order of the text. Those of an overview
    are the ones that it shows at once; `parts` has all.
    """

    source: Source
    intents: IntentSet
    quotations: Mapping[str, tuple[Quotation, ...]]
    translations: Translations = field(default_factory=Translations)

    def answer(self, intent_id: str) -> Intent | None:
        """The answer or overview of that id, or None (also for small talk and out-of-scope)."""
        return self._answered.get(intent_id)

    def parts(self, overview: Intent) -> tuple[tuple[Quotation, ...], ...]:
        """All quotations of an overview, in parts that are shown one after another: as many as fit into MOST_IN_PART
        characters, at least one."""
        parts: list[list[Quotation]] = [[]]
        shown = (each.intent_id for each in overview.answers if each.intent_id in self.quotations)
        for quotation in self.together(tuple(shown)):
            if parts[-1] and sum(len(q.exact) for q in (*parts[-1], quotation)) > MOST_IN_PART:
                parts.append([])
            parts[-1].append(quotation)
        return tuple(map(tuple, parts))

    def overview_of(self, topic: str) -> Intent | None:
        """The overview of a topic (its name): of those that show this topic alone, the one that shows most of it."""

        def topics(overview: Intent) -> set[str]:
            found = (self.intents.get(each.intent_id) for each in overview.answers)
            return {intent.topic.name for intent in found if intent}

        within = [overview for overview in self.intents.overviews() if topics(overview) == {topic}]
        return max(within, key=lambda overview: len(overview.answers), default=None)

    def quoting(self, number: int) -> tuple[Intent, ...]:
        """The intents that quote the passage of that number."""
        return tuple(self._by_passage.get(number, ()))

    def start(self, intent: Intent) -> int:
        """Where the first quotation of an answer intent begins in the text."""
        return self.quotations[intent.id][0].span.start

    def around(self, intent: Intent) -> tuple[Intent, ...]:
        """The answers of the same topic, in the order of the text; of an overview those that it shows."""
        shown = {each.intent_id for each in intent.answers}
        if not shown:
            return tuple(self._by_topic.get(intent.topic.name, ()))
        return tuple(sorted((a for a in self.intents.answers() if a.id in shown), key=self.start))

    def nearest_of_topic(self, intent: Intent) -> list[Intent]:
        """The answers of the same topic, those first that begin nearest to it in the text."""
        here, answers = self.start(intent), self._by_topic.get(intent.topic.name, ())
        return sorted(answers, key=lambda each: (abs(self.start(each) - here), each.id))

    def following(self, intent: Intent) -> Intent | None:
        """The answer around `intent` that goes on in the text where that of `intent` ends; None at the end."""
        end = self.quotations[intent.id][-1].span.end
        return next((each for each in self.around(intent) if self.start(each) >= end), None)

    def first_of_topics(self) -> tuple[Intent, ...]:
        """The first answer intent of each topic; both are in the order of the text."""
        first: dict[str, Intent] = {}
        for intent in sorted(self.intents.answers(), key=self.start):
            first.setdefault(intent.topic.name, intent)
        return tuple(first.values())

    def alike(self, first: str, second: str) -> bool:
        """Whether the answer of the intent `first` (an id) also answers what `second` is asked for.

        So it does where both are the same intent, or where it quotes at least half of the characters that `second`
        quotes; one overview answers for another also with its later parts. The order of the two matters.
        """
        if first == second:
            return True
        mine, theirs = self.quotations.get(first, ()), self.quotations.get(second, ())
        both = self.intents.get(first), self.intents.get(second)
        if both[0] and both[1] and both[0].answers and both[1].answers:
            mine = tuple(quotation for part in self.parts(both[0]) for quotation in part)
        wanted = sum(q.span.length for q in theirs)
        held = sum(a.span.overlap(b.span) for a in mine for b in theirs)
        return wanted > 0 and held / wanted >= 0.5

    def read_as_one(self, first: str, second: str) -> bool:
        """Whether one reply can hold the answers of two intents (ids): they are one stretch of the text, no longer
        than MOST_TOGETHER, or an overview shows at once what the other one quotes."""
        if first not in self.quotations or second not in self.quotations:
            return False
        if OVERVIEW in {intent.kind for i in (first, second) if (intent := self.intents.get(i))}:
            return self._shows(first, second) or self._shows(second, first)
        joined = self.together((first, second))
        return len(joined) == 1 and len(joined[0].exact) <= MOST_TOGETHER

    def _shows(self, first: str, second: str) -> bool:
        """Whether each quotation of the intent `second` (an id) stands in one of `first`."""
        return all(
            any(mine.span.contains(theirs.span) for mine in self.quotations[first])
            for theirs in self.quotations[second]
        )

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

    @cached_property
    def _answered(self) -> dict[str, Intent]:
        return {intent.id: intent for intent in self.intents.intents if intent.id in self.quotations}

    @cached_property
    def _by_passage(self) -> dict[int, list[Intent]]:
        """By the number of each passage the answers that quote it."""
        found: defaultdict[int, list[Intent]] = defaultdict(list)
        for intent in self.intents.answers():
            for number in {quotation.passage.number for quotation in self.quotations[intent.id]}:
                found[number].append(intent)
        return dict(found)

    @cached_property
    def _by_topic(self) -> dict[str, list[Intent]]:
        """By the name of each topic its answers, in the order of the text."""
        found: defaultdict[str, list[Intent]] = defaultdict(list)
        for intent in sorted(self.intents.answers(), key=self.start):
            found[intent.topic.name].append(intent)
        return dict(found)

    def unquoted(self) -> list[Passage]:
        """The passages that no intent quotes, in the order of the text."""
        quoted = {q.passage.id for quotations in self.quotations.values() for q in quotations}
        return [passage for passage in self.source.passages if passage.id not in quoted]

    def quoted_part(self) -> float:
        """The part of the characters of all passages that some intent quotes, 0 to 1."""
        quoted = {
            n
            for i in self.intents.answers()
            for q in self.quotations[i.id]
            for n in range(q.span.start, q.span.end)
        }
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
    corpus = Corpus(source, intents, MappingProxyType(quotations))
    for overview in intents.overviews():
        quotations[overview.id] = corpus.parts(overview)[0]
    return corpus, tuple(problems)
