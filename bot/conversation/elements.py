"""What answers and pages are made of: lines, quotations with their attribution, and choices."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

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
        """The quotations, and after the last one in a row of each speaker whose words they are."""
        blocks: list[Block] = []
        for quotation, following in zip(quotations, (*quotations[1:], None), strict=True):
            blocks.append(quotation)
            if following is None or following.passage.speaker != quotation.passage.speaker:
                blocks.append(self._attribution(quotation))
        return tuple(blocks)

    def _attribution(self, quotation: Quotation) -> Remark:
        source, speaker = self.corpus.source, quotation.passage.speaker
        if not source.metadata.title.texts:  # there is no source card
            return self.remark("attribution", "attribution_unknown", path=source.path)
        outlet, name = source.metadata.outlet.best(self.language), speaker.name.best(self.language)
        if not speaker.direct:
            return self.remark("attribution", "attribution_narration", outlet=outlet or name)
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

    def card(self) -> dict[str, str]:
        """The values for the lines about the source, by placeholder; "" for what its card does not say."""
        source, metadata, language = self.corpus.source, self.corpus.source.metadata, self.language
        day = metadata.day.best(language)
        asked = {phrase.language for intent in self.corpus.intents.answers() for phrase in intent.phrases}
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
            "languages": " · ".join(
                sorted(map(str.upper, asked), key=lambda code: (code != language.upper(), code))
            ),
        }
