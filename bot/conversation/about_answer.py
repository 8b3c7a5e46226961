"""The replies to what is asked about the answer before: whose words, is it true, go on, or something not said there."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.conversation import follow_ups
from bot.conversation.answers import Answers
from bot.conversation.elements import Elements
from bot.conversation.pages import Pages
from bot.conversation.replies import Block, Reply
from bot.conversation.requests import Request, ShowPart, ShowPassage
from bot.corpus.intents import Intent
from bot.corpus.passages import Passage, Quotation
from bot.matching import Candidate
from bot.matching.values import CandidateFeatures

MOST_CHOICES = 3
_NOT_COMPARED = CandidateFeatures(0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class AboutAnswer(Elements):
    """Builds replies about one answer: what opened it, and its intent."""

    request: Request
    previous: Intent
    answers: Answers

    def reply(self, asked: str) -> Reply | None:
        """The reply to what is asked about the answer (see `Understanding`), or None where that is a language."""
        language = self.wording.language
        match asked:
            case follow_ups.NEXT:
                return self._next()
            case follow_ups.NOTHING:
                return self._no_more()
            case "speaker":
                return Reply("small_talk", language, self._said_by())
            case "truth":
                return Reply("small_talk", language, (self.remark("text", "not_checked"), *self._said_by()))
            case "meaning":  # the whole passage is all that the bot has to explain the answer
                blocks = (self.remark("text", "not_explained"), *self._whole(self._passage()))
                return Reply("page", language, blocks, navigation=self.around(self._passage()))
        return None

    def _no_more(self) -> Reply:
        """The whole passage, as all that is said there: what was asked for may stand in it. Of an overview its
        questions, first those whose quotations were shown."""
        questions = sorted(
            self.corpus.around(self.previous), key=lambda each: not self.overlaps(each, self._shown())
        )
        if self.previous.answers and len(questions) > 1 and not isinstance(self.request, ShowPassage):
            return self._offer((self.remark("text", "unsure"),), questions, self.request)
        passage = self._passage()
        blocks = (self.remark("text", "only_this"), *self._whole(passage))
        here = self.corpus.quoting(passage.number)
        return self._offer(blocks, (*self._questions_near(), *here), self.request, passage)

    def _next(self) -> Reply:
        """What comes next in the text: after a passage the next one, after a part of an overview the next part,
        after an answer the next one of its topic. Behind the last one the next passage as what it is."""
        passages = self.corpus.source.passages
        if isinstance(self.request, ShowPassage):
            number = min(self.request.number + 1, len(passages))
            return Pages(self.corpus, self.wording).page(ShowPassage(number))
        last = self._shown()[-1].passage
        if self.previous.answers:
            part = 1 + (self.request.part if isinstance(self.request, ShowPart) else 0)
            if part < len(self.corpus.parts(self.previous)):
                return self.answers.overview(self.previous, part)
        elif intent := self.corpus.following(self.previous):
            return self.answers.answer((intent,))
        no_more = self.remark("text", "no_more_on_that")
        if last.number == len(passages):
            return self._offer((no_more,), self._questions_near(), self.request)
        following = passages[last.number]
        blocks = (no_more, self.remark("note", "goes_on"), *self._whole(following))
        return self._offer(blocks, self._questions_near(), ShowPassage(following.number), following)

    def _offer(
        self,
        blocks: tuple[Block, ...],
        intents: Iterable[Intent],
        context: Request,
        shown: Passage | None = None,
    ) -> Reply:
        """An offer of the intents' questions, the first as buttons, with steps around a passage that is shown."""
        near = tuple(dict.fromkeys(intents))
        questions = [each for each in near if each != self.previous][:MOST_CHOICES]
        offered = [each for each in near if each in questions or (shown and self._stands_in(each, shown))]
        return Reply(
            "offer",
            self.wording.language,
            blocks,
            choices=self.questions(questions),
            navigation=self.around(shown) if shown else (self.all_topics(),),
            offered=tuple(Candidate(each.id, 0.0, 0.0, _NOT_COMPARED) for each in offered),
            context=context,
        )

    def _questions_near(self) -> list[Intent]:
        """What the editor named as related, then the other questions of the topic, by the distance in the text."""
        start = self.corpus.start
        others = [each for each in self.corpus.around(self.previous) if each != self.previous]
        others.sort(key=lambda each: abs(start(each) - start(self.previous)))
        return [*self.intents_of(self.previous.see_also), *others]

    def _passage(self) -> Passage:
        if isinstance(self.request, ShowPassage):
            return self.corpus.source.passages[self.request.number - 1]
        return self._shown()[0].passage

    def _shown(self) -> tuple[Quotation, ...]:
        """The quotations of the answer; of an overview those of the part that was shown."""
        if isinstance(self.request, ShowPart) and self.previous.answers:
            parts = self.corpus.parts(self.previous)
            return parts[min(self.request.part, len(parts) - 1)]
        return self.corpus.quotations[self.previous.id]

    def _whole(self, passage: Passage) -> tuple[Block, ...]:
        return self.quoted((self.corpus.source.whole(passage),))

    def _stands_in(self, intent: Intent, passage: Passage) -> bool:
        return all(quotation.passage == passage for quotation in self.corpus.quotations[intent.id])

    def _said_by(self) -> tuple[Block, ...]:
        outlet = self.corpus.source.metadata.outlet.best(self.wording.language)
        speakers = dict.fromkeys(quotation.passage.speaker for quotation in self._shown())
        return tuple(
            self.remark("text", "said_by", speaker=each.name.best(self.wording.language), outlet=outlet)
            if each.direct
            else self.remark("text", "said_by_outlet", outlet=outlet)
            for each in speakers
        )
