"""Replies to buttons, links and commands: passages, topics, start, help, source, privacy.

They hold nothing but quotations, lines of the wording, and entries of the source card.
"""

from dataclasses import dataclass, replace

from bot.conversation.elements import Elements
from bot.conversation.replies import Block, Choice, Remark, Reply
from bot.conversation.requests import (
    SUMMARY,
    Request,
    ShowIntent,
    ShowPage,
    ShowPassage,
    ShowTopic,
    ShowTopics,
)
from bot.corpus.intents import Intent
from bot.corpus.passages import Passage

QUESTIONS_PER_PAGE = 8
"""More buttons than that do not fit the screen of a phone."""

MOST_ANSWERED = 2


@dataclass(frozen=True, slots=True)
class Pages(Elements):
    """Builds replies to requests other than for an answer."""

    def page(self, request: Request) -> Reply:
        """The reply to `request`. A request for something that is not there any more gets one that says so."""
        source = self.corpus.source
        match request:
            case _ if request in {SUMMARY, ShowTopics()}:  # a summary that nobody wrote yet
                topics = tuple(self.topic(intent.topic) for intent in self.corpus.first_of_topics())
                return self._page(self.remark("title", "topics"), choices=topics)
            case ShowPassage(number) if 1 <= number <= len(source.passages):
                return self._passage(source.passages[number - 1])
            case ShowIntent(name) if passage := source.passage(name):  # a link may name a passage as well
                return self._passage(passage)
            case ShowTopic(name, page) if intents := [
                intent for intent in self.corpus.intents.answers() if intent.topic.name == name
            ]:
                return self._topic(intents, page)
            case ShowPage("start") if source.metadata.title.texts:
                choices = (*self.questions(self.examples()), self.all_topics())
                return self._page(self.remark("text", "start", **self.card()), choices=choices)
            case ShowPage("start"):
                return self._page(self._help())
            case ShowPage("source"):
                ours = (self.remark("note", "translations_ours"),) if self.corpus.translations.parts else ()
                return self._page(self.source(), *ours)
            case ShowPage("privacy"):
                return self._page(self.remark("text", "privacy"))
            case ShowPage():
                return self._page(self._help(), choices=(self.all_topics(),))
        return self._page(self.remark("text", "gone"), choices=(self.all_topics(),))

    def _passage(self, passage: Passage) -> Reply:
        passages = self.corpus.source.passages
        title = passage.section.title.best(self.wording.language)
        heading = (self.remark("note", "section", section=title),) if title else ()
        blocks: list[Block] = [*heading, *self.quoted((self.corpus.source.whole(passage),))]
        if passage.number == 1:
            blocks.append(self.remark("note", "first_passage"))
        if passage.number == len(passages):
            blocks.append(self.remark("note", "last_passage"))
        elif passages[passage.number].section != passage.section:
            following = passages[passage.number].section.title.best(self.wording.language)
            blocks.append(self.remark("note", "section_ends", section=following))
        answered = self.corpus.quoting(passage.number)[:MOST_ANSWERED]  # the way back to the answer
        page = self._page(*blocks, choices=self.questions(answered), navigation=self.around(passage))
        return replace(page, context=ShowPassage(passage.number))

    def _topic(self, intents: list[Intent], page: int) -> Reply:
        """One page of a topic's questions, first its overview; a number beyond the last page shows the last."""
        topic = intents[0].topic
        overview = self.corpus.overview_of(topic.name)
        intents = [overview, *intents] if overview else intents
        last = (len(intents) - 1) // QUESTIONS_PER_PAGE
        page = min(page, last)
        shown = intents[page * QUESTIONS_PER_PAGE : (page + 1) * QUESTIONS_PER_PAGE]
        steps = [Choice(self.wording.line("back"), ShowTopics())]
        if page > 0:
            steps.insert(0, Choice(self.wording.line("earlier"), ShowTopic(topic.name, page - 1)))
        if page < last:
            steps.append(Choice(self.wording.line("later"), ShowTopic(topic.name, page + 1)))
        title = self.remark("title", "topic", topic=topic.title.best(self.wording.language))
        return self._page(title, choices=self.questions(shown), navigation=tuple(steps))

    def _help(self) -> Remark:
        examples = "\n".join(f"• {each.button(self.wording.language)}" for each in self.examples())
        return self.remark("text", "help", examples=examples)

    def _page(
        self, *blocks: Block, choices: tuple[Choice, ...] = (), navigation: tuple[Choice, ...] = ()
    ) -> Reply:
        return Reply("page", self.wording.language, blocks, choices, navigation)
