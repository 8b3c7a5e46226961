"""What answers and pages are made of: lines, quotations with their attribution, and choices."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from bot.conversation.replies import Block, Choice, Remark, Role
from bot.conversation.requests import ShowIntent, ShowPassage, ShowTopic, ShowTopics
from bot.conversation.wording import Wording
from bot.corpus.corpus import Corpus
from bot.corpus.intents import Intent, Reference, Topic
from bot.corpus.passages import Passage, Quotation
from bot.matching import Candidate

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Elements:
    """Builds parts of replies about one corpus in one language."""

    corpus: Corpus
    wording: Wording

    def remark(self, role: Role, key: str, /, **values: object) -> Remark:
        """The line of that key, filled in."""
        return Remark(self.wording.line(key, **values), role)

    def quoted(self, quotations: tuple[Quotation, ...]) -> tuple[Block, ...]:
        """The quotations; after the last one in a row of each speaker whose words they are, and our translation."""
        blocks: list[Block] = []
        for _, row in groupby(quotations, lambda quotation: quotation.passage.speaker):
            said = tuple(row)
            blocks += (*said, self._attribution(said[0]))
            if self.wording.language in self.corpus.translations.parts:
                blocks += self._translation(said)
        return tuple(blocks)

    def _translation(self, said: tuple[Quotation, ...]) -> tuple[Remark, ...]:
        """A paragraph for each quotation in a row, under one line; none where one of them is not translated."""
        texts = [self.corpus.translations.translation(quotation, self.wording.language) for quotation in said]
        if not all(texts):
            return ()
        return (Remark("\n".join((self.wording.line("translation"), *texts)), "translation"),)

    def _attribution(self, quotation: Quotation) -> Remark:
        source, speaker = self.corpus.source, quotation.passage.speaker
        if not source.metadata.title.texts:  # there is no source card
            return self.remark("attribution", "attribution_unknown", path=source.path)
        outlet = source.metadata.outlet.best(self.wording.language)
        name = speaker.name.best(self.wording.language)
        if speaker.direct:
            return self.remark("attribution", "attribution_direct", speaker=name, outlet=outlet)
        teller = "" if outlet else name
        return self.remark("attribution", "attribution_narration", outlet=outlet, speaker=teller)

    def intents_of(self, named: Iterable[Candidate | Reference]) -> tuple[Intent, ...]:
        """The answers and overviews among what is named."""
        return tuple(intent for each in named if (intent := self.corpus.answer(each.intent_id)))

    def questions(self, intents: Iterable[Intent]) -> tuple[Choice, ...]:
        """The question of each intent as a choice."""
        language = self.wording.language
        return tuple(
            Choice(each.title.best(language), ShowIntent(each.id), each.button(language)) for each in intents
        )

    def overlaps(self, intent: Intent, shown: tuple[Quotation, ...]) -> bool:
        """Whether the intent quotes characters of what is shown."""
        return any(q.span.overlap(s.span) for q in self.corpus.quotations[intent.id] for s in shown)

    def topic(self, topic: Topic) -> Choice:
        return Choice(topic.title.best(self.wording.language), ShowTopic(topic.name))

    def all_topics(self) -> Choice:
        return Choice(self.wording.line("all_topics"), ShowTopics())

    def examples(self) -> tuple[Intent, ...]:
        """The intents that the editor marked as examples, single answers first; else the first of three topics."""
        marked = [intent for intent in self.corpus.intents.intents if intent.example and intent.is_answered]
        first = self.corpus.first_of_topics()
        step = max(1, len(first) // _EXAMPLES)
        return tuple(sorted(marked, key=lambda each: each.kind)) or first[::step][:_EXAMPLES]

    def source(self) -> Remark:
        """Where the text comes from, as far as the source card says."""
        key = "source" if self.corpus.source.metadata.title.texts else "source_unknown"
        return self.remark("text", key, **self.card())

    def card(self) -> dict[str, str]:
        """The values for the lines about the source, by placeholder; "" for what its card does not say."""
        source, metadata, language = self.corpus.source, self.corpus.source.metadata, self.wording.language
        day = metadata.day.best(language)
        asked = map(str.upper, self.corpus.intents.languages)
        has_year = re.search(r"\d{4}", day) is not None
        return {
            "path": source.path,
            "sha256": source.checksum,
            "speaker": ", ".join(speaker.name.best(language) for speaker in source.main_speakers()),
            "title": metadata.title.best(language),
            "outlet": metadata.outlet.best(language),
            "role": metadata.role.best(language),
            "place": metadata.place.best(language),
            "day": day,
            "dated": day if has_year else "",
            "undated": "" if has_year else day,
            "licence": metadata.licence,
            "licence_url": metadata.licence_url,
            "credit": metadata.credit,
            "languages": " · ".join(sorted(asked, key=lambda code: (code != language.upper(), code))),
        }

    def around(self, passage: Passage) -> tuple[Choice, ...]:
        """The passage before and the one after, as far as there are any, and the questions of the topic."""
        number, total = passage.number, len(self.corpus.source.passages)
        near = ((number - 1, "earlier"), (number + 1, "later"))
        steps = (Choice(self.wording.line(key), ShowPassage(n)) for n, key in near if 1 <= n <= total)
        about = next(iter(self.corpus.quoting(number)), None)
        topic = Choice(
            self.wording.line("this_topic"), ShowTopic(about.topic.name) if about else ShowTopics()
        )
        return (*steps, topic)
