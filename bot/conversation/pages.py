"""The pages that answer a button or a command: start, help, source, privacy, topics, passages.

Rule: everything in a page is the wording's line or the source card's entry; nothing is invented.
"""

from bot.conversation.replies import Block, Choice, Remark, Reply
from bot.conversation.requests import ShowIntent, ShowPassage, ShowTopic, ShowTopics
from bot.conversation.wording import Wording
from bot.corpus.corpus import Corpus
from bot.corpus.intents import Intent, Topic
from bot.corpus.passages import Passage, Quotation

QUESTIONS_PER_PAGE = 8
"""More buttons than that do not fit the screen of a phone."""

MOST_RELATED = 3
_EXAMPLES = 3


class Pages:
    """Builds pages and the parts of replies that show the corpus itself."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._source = corpus.source
        self._metadata = corpus.source.metadata

    def start(self, wording: Wording) -> Reply:
        """Who the bot is, with the topics to begin with."""
        language = wording.language
        if not self._metadata.title.texts:
            return self._page(wording, wording.line("help", examples=self._examples(wording)))
        text = wording.line(
            "start",
            speaker=self._main_speaker(language),
            role=self._metadata.role.best(language),
            outlet=self._metadata.outlet.best(language),
            place=self._metadata.place.best(language),
            day=self._metadata.day.best(language),
        )
        return self._page(wording, text, self.topic_choices(language))

    def help(self, wording: Wording) -> Reply:
        """How to ask, with examples from the intents in the visitor's language."""
        text = wording.line("help", examples=self._examples(wording))
        return self._page(wording, text, self.topic_choices(wording.language))

    def source(self, wording: Wording, checksum: str) -> Reply:
        """The source card, as far as there is one."""
        language, card = wording.language, self._metadata
        if not card.title.texts:
            return self._page(
                wording, wording.line("source_unknown", path=self._source.path, sha256=checksum)
            )
        text = wording.line(
            "source",
            title=card.title.best(language),
            outlet=card.outlet.best(language),
            speaker=self._main_speaker(language),
            role=card.role.best(language),
            place=card.place.best(language),
            day=card.day.best(language),
            licence=card.licence,
            credit=card.credit,
            licence_url=card.licence_url,
            sha256=checksum,
        )
        return self._page(wording, text)

    def privacy(self, wording: Wording) -> Reply:
        return self._page(wording, wording.line("privacy"))

    def topics(self, wording: Wording) -> Reply:
        """Everything that can be asked, by topic."""
        choices = self.topic_choices(wording.language)
        return Reply("page", wording.language, (Remark(wording.line("topics"), "title"),), choices)

    def topic(self, wording: Wording, name: str, page: int) -> Reply | None:
        """One page of a topic's questions, or None for a topic that is no longer there.

        A page number beyond the last one shows the last.
        """
        intents = [i for i in self._corpus.intents.answers() if i.topic.name == name]
        if not intents:
            return None
        last = (len(intents) - 1) // QUESTIONS_PER_PAGE
        page = min(page, last)
        shown = intents[page * QUESTIONS_PER_PAGE : (page + 1) * QUESTIONS_PER_PAGE]
        steps = []
        if page > 0:
            steps.append(Choice(wording.line("earlier"), ShowTopic(name, page - 1)))
        steps.append(Choice(wording.line("back"), ShowTopics()))
        if page < last:
            steps.append(Choice(wording.line("later"), ShowTopic(name, page + 1)))
        title = wording.line("topic", topic=intents[0].topic.title.best(wording.language))
        choices = tuple(self.question(intent, wording.language) for intent in shown)
        return Reply("page", wording.language, (Remark(title, "title"),), choices, tuple(steps))

    def passage(self, wording: Wording, number: int) -> Reply | None:
        """One whole passage, to read around, or None for a number that is not there."""
        if not 1 <= number <= len(self._source.passages):
            return None
        passage = self._source.passages[number - 1]
        title = passage.section.title.best(wording.language)
        heading = (Remark(wording.line("section", section=title), "note"),) if title else ()
        blocks: tuple[Block, ...] = (
            *heading,
            self._source.whole(passage),
            self.attribution(self._source.whole(passage), wording),
        )
        if number == 1:
            blocks = (*blocks, Remark(wording.line("first_passage"), "note"))
        if number == len(self._source.passages):
            blocks = (*blocks, Remark(wording.line("last_passage"), "note"))
        elif self._source.passages[number].section != passage.section:
            section = self._source.passages[number].section.title.best(wording.language)
            blocks = (*blocks, Remark(wording.line("section_ends", section=section), "note"))
        answered = (
            self.question(intent, wording.language)
            for intent in self._corpus.intents.answers()
            if any(quotation.passage == passage for quotation in self._corpus.quotations[intent.id])
        )
        choices = tuple(answered)[:MOST_RELATED]  # the way back to the answer from which one reads on
        return Reply("page", wording.language, blocks, choices, self.around(passage, wording))

    def attribution(self, quotation: Quotation, wording: Wording) -> Remark:
        """Whose words a quotation holds: the speaker's own, or the newspaper's."""
        language, speaker = wording.language, quotation.passage.speaker
        outlet = self._metadata.outlet.best(language)
        if not outlet:
            return Remark(wording.line("attribution_unknown", path=self._source.path), "attribution")
        key = "attribution_direct" if speaker.direct else "attribution_narration"
        values = {"speaker": speaker.name.best(language)} if speaker.direct else {}
        return Remark(wording.line(key, outlet=outlet, **values), "attribution")

    def around(self, passage: Passage, wording: Wording) -> tuple[Choice, ...]:
        """Passage before, place in the text, passage after. At an edge the step stays in place."""
        total = len(self._source.passages)
        before, after = max(1, passage.number - 1), min(total, passage.number + 1)
        place = wording.line("position", number=passage.number, total=total)
        return (
            Choice(wording.line("earlier"), ShowPassage(before)),
            Choice(place, ShowPassage(passage.number)),
            Choice(wording.line("later"), ShowPassage(after)),
        )

    def related(self, intent: Intent, language: str) -> tuple[Choice, ...]:
        """Up to three questions that a reader of this answer may want next: those that the editor named, and
        then those of the topic whose quotations are nearest in the text."""
        wanted = [self._corpus.answer(reference.intent_id) for reference in intent.see_also]
        here = self._start(intent)
        topic = [each for each in self._corpus.intents.answers() if each.topic == intent.topic]
        near = sorted(topic, key=lambda each: (abs(self._start(each) - here), each.id))
        found = dict.fromkeys(each.id for each in (*wanted, *near) if each and each.id != intent.id)
        intents = (self._corpus.answer(intent_id) for intent_id in list(found)[:MOST_RELATED])
        return tuple(self.question(each, language) for each in intents if each)

    def first_of_topics(self) -> tuple[Intent, ...]:
        """The first answer of each topic, in the order in which the interview comes to them."""
        seen: dict[str, Intent] = {}
        for intent in sorted(self._corpus.intents.answers(), key=self._start):
            seen.setdefault(intent.topic.name, intent)
        return tuple(seen.values())

    def question(self, intent: Intent, language: str) -> Choice:
        return Choice(intent.title.best(language), ShowIntent(intent.id))

    def topic_choices(self, language: str) -> tuple[Choice, ...]:
        """The topics in the order in which the interview comes to them."""
        topics = sorted(self._corpus.intents.topics(), key=self._place)
        return tuple(Choice(topic.title.best(language), ShowTopic(topic.name)) for topic in topics)

    def _start(self, intent: Intent) -> int:
        """Where the first quotation of an answer begins."""
        return self._corpus.quotations[intent.id][0].span.start

    def _place(self, topic: Topic) -> int:
        """Where the first quotation of a topic stands in the text."""
        intents = (intent for intent in self._corpus.intents.answers() if intent.topic == topic)
        quotations = (q for intent in intents for q in self._corpus.quotations[intent.id])
        return min((quotation.span.start for quotation in quotations), default=0)

    def _examples(self, wording: Wording) -> str:
        """Three questions of three topics, the first of each."""
        seen: dict[str, Intent] = {}
        for intent in self._corpus.intents.answers():
            seen.setdefault(intent.topic.name, intent)
        titles = [intent.title.best(wording.language) for intent in seen.values()]
        step = max(1, len(titles) // _EXAMPLES)
        return "\n".join(f"• {title}" for title in titles[::step][:_EXAMPLES])

    def _main_speaker(self, language: str) -> str:
        """The first speaker whose own words the text holds."""
        speakers = (passage.speaker for passage in self._source.passages)
        named = next((speaker for speaker in speakers if speaker.direct), None)
        return named.name.best(language) if named else ""

    def _page(self, wording: Wording, text: str, choices: tuple[Choice, ...] = ()) -> Reply:
        return Reply("page", wording.language, (Remark(text),), choices)
