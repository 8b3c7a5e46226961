"""What answers and pages are made of: lines, quotations with their attribution, and choices."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from bot.conversation.replies import Block, Choice, Remark, Role
from bot.conversation.requests import ShowIntent, ShowPassage, ShowTopic
from bot.conversation.wording import Wording
from bot.corpus.corpus import Corpus
from bot.corpus.intents import Intent
from bot.corpus.passages import Passage, Quotation


@dataclass(frozen=True, slots=True)
class Elements:
    """Builds parts of replies about one corpus in one language."""

    corpus: Corpus
    wording: Wording

    @property
    def language(self) -> str:
        return self.wording.language

    def remark(self, role: Role, key: str, /, **values: object) -> Remark:
        """The line of that key, filled in."""
        return Remark(self.wording.line(key, **values), role)

    def quoted(self, quotations: tuple[Quotation, ...]) -> tuple[Block, ...]:
        """The quotations; after the last one in a row of each speaker whose words they are, and our translation."""
        blocks: list[Block] = []
        for _, row in groupby(quotations, lambda quotation: quotation.passage.speaker):
            said = tuple(row)
            blocks += (*said, self._attribution(said[0]), *self._translation(said))
        return tuple(blocks)

    def _translation(self, said: tuple[Quotation, ...]) -> tuple[Remark, ...]:
        """A paragraph for each quotation in a row, under one line; none where one of them is not translated."""
        texts = [self.corpus.translations.of(quotation, self.language) for quotation in said]
        heading = self.wording.line("translation")
        return (Remark("\n".join((heading, *texts)), "translation"),) if all(texts) else ()

    def _attribution(self, quotation: Quotation) -> Remark:
        source, speaker = self.corpus.source, quotation.passage.speaker
        outlet = source.metadata.outlet.best(self.language)
        if not outlet:
            return self.remark("attribution", "attribution_unknown", path=source.path)
        if not speaker.direct:
            return self.remark("attribution", "attribution_narration", outlet=outlet)
        name = speaker.name.best(self.language)
        return self.remark("attribution", "attribution_direct", speaker=name, outlet=outlet)

    def questions(self, intents: Iterable[Intent]) -> tuple[Choice, ...]:
        """The question of each intent as a choice."""
        return tuple(Choice(intent.title.best(self.language), ShowIntent(intent.id)) for intent in intents)

    def topics(self) -> tuple[Choice, ...]:
        """The topics in the order in which the interview comes to them."""
        topics = (intent.topic for intent in self.corpus.first_of_topics())
        return tuple(Choice(topic.title.best(self.language), ShowTopic(topic.name)) for topic in topics)

    def around(self, passage: Passage) -> tuple[Choice, ...]:
        """The passage before, the place in the text, the passage after. At an edge the step leads to itself."""
        number, total = passage.number, len(self.corpus.source.passages)
        return (
            Choice(self.wording.line("earlier"), ShowPassage(max(1, number - 1))),
            Choice(self.wording.line("position", number=number, total=total), ShowPassage(number)),
            Choice(self.wording.line("later"), ShowPassage(min(total, number + 1))),
        )
