"""From the decision on a question to a reply: an answer, an offer, a fallback or small talk.

A quotation is shown as an answer only when the decision is a `Match`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.conversation.elements import Elements
from bot.conversation.mentions import Mentions
from bot.conversation.replies import Block, Choice, Remark, Reply
from bot.conversation.requests import NoneOfThese, Request, ShowIntent, ShowPart, ShowPassage
from bot.conversation.understanding import AskedQuestion
from bot.corpus.intents import OVERVIEW, SMALL_TALK, Intent
from bot.corpus.passages import Quotation
from bot.matching import Ambiguous, Candidate, Decision, Match, NoMatch

MOST_RELATED = 2
MOST_TOPICS = 2
"""Topics below a refusal: what the question may be about, not a menu."""

LIKELY = 0.05
"""Share of a candidate from which on its question is worth a button."""

MOST_OTHERS = 3
"""Questions below the nearest passage, which may not be the one that was meant."""

MAYBE = 0.8
"""P(answered) from which on the nearest passage may be what is asked for; below it the interview does not say that."""


@dataclass(frozen=True, slots=True)
class Answers(Elements):
    """Builds replies to typed messages. `find_mentions` is called only for a fallback."""

    find_mentions: Callable[[str], Mentions]

    def reply_to(self, question: AskedQuestion) -> Reply:
        """The reply to one question."""
        match question.decision:
            case Match() if question.meant and question.meant.kind == SMALL_TALK:
                reply = self._small_talk(question.meant)
            case Match(candidates) if intents := self.intents_of(candidates):
                reply = self.answer(intents)
            case Match():  # known as not answered
                reply = self.fallback(question)
            case _ if here := self._sentences_of_word(question):
                reply = self._of_word(here, question.decision)
            case Ambiguous((nearest,)):
                reply = self._nearest_passage(nearest, question)
            case Ambiguous(candidates) if overview := self._that_shows(candidates):
                reply = self._nearest_passage(overview, question)
            case Ambiguous(candidates):
                unsure = (*self._not_mentioned(question), self.remark("text", "unsure"))
                reply = self._offer(unsure, self.intents_of(candidates), candidates)
                if question.follows:  # nothing was shown, so the answer before is still the last one
                    reply = replace(reply, context=None)
            case NoMatch():
                reply = self.fallback(question)
        return replace(reply, ranking=question.decision.ranking.candidates)

    def answer(self, intents: tuple[Intent, ...]) -> Reply:
        """The question of the first intent, the quotations of all, and what can be read next.

        The quotations are in the order of the text, each character once. Where one of the intents is an overview, it
        shows the others' quotations, too, and is the answer.
        """
        leader = next((intent for intent in intents if intent.kind == OVERVIEW), intents[0])
        if leader.kind == OVERVIEW:
            return self.overview(leader)
        quotations = self.corpus.together(tuple(intent.id for intent in intents))
        reply = self._answered(leader, quotations, ShowIntent(leader.id))
        choices, steps = self.questions(self._related(leader)), self.around(quotations[0].passage)
        return replace(reply, choices=choices, navigation=steps)

    def overview(self, intent: Intent, part: int = 0) -> Reply:
        """A part of what the interview says about a subject, with a button that goes on to the next; a number beyond
        the last part gives the last. The questions below are first those whose quotations come next."""
        parts = self.corpus.parts(intent)
        part = min(part, len(parts) - 1)
        last = parts[part][-1].span.end
        following = sorted(
            self.intents_of(intent.answers),
            key=lambda each: (self.corpus.start(each) < last, self.corpus.start(each)),
        )
        steps = []
        if part > 0:
            steps.append(Choice(self.wording.line("earlier"), ShowPart(intent.id, part - 1)))
        if part < len(parts) - 1:
            label = self.wording.line("more", number=part + 2, total=len(parts))
            steps.append(Choice(label, ShowPart(intent.id, part + 1)))
        steps.append(self.all_topics())
        reply = self._answered(
            intent, parts[part], ShowPart(intent.id, part) if part else ShowIntent(intent.id)
        )
        return replace(reply, choices=self.questions(following[:MOST_RELATED]), navigation=tuple(steps))

    def _answered(self, intent: Intent, quotations: tuple[Quotation, ...], context: Request) -> Reply:
        title = Remark(intent.title.best(self.wording.language), "title")
        blocks, share = (title, *self.quoted(quotations)), self.wording.line("share")
        return Reply(
            "answer", self.wording.language, blocks, share=share, intent_id=intent.id, context=context
        )

    def fallback(self, question: AskedQuestion) -> Reply:
        """Says that the interview does not answer a question, which word of it is not in the interview or which
        sentences say something about its subject, and which topics are nearest."""
        mentions = self.find_mentions(question.text)
        absent = question.unmentioned_name or mentions.absent
        blocks: list[Block] = [self.remark("title", "not_answered")]
        if absent:
            blocks.append(self.remark("text", "not_mentioned", word=absent))
        elif question.is_about and mentions.sentences:
            blocks.append(self.remark("note", "mentioned"))
            blocks += (block for sentence in mentions.sentences for block in self.quoted((sentence,)))
        choices = (*self._nearest_topics(question), self.all_topics())
        near = question.decision.ranking.candidates if question.is_about else ()
        context = ShowIntent(near[0].intent_id) if near else None
        return Reply("fallback", self.wording.language, tuple(blocks), choices, context=context)

    def ask_again(self, key: str, **values: str) -> Reply:
        """The line of that key, filled in, with some questions as examples."""
        choices = (*self.questions(self.examples()[:MOST_TOPICS]), self.all_topics())
        return Reply("fallback", self.wording.language, (self.remark("text", key, **values),), choices)

    def _small_talk(self, intent: Intent) -> Reply:
        line = Remark(intent.say.best(self.wording.language))
        blocks = (line, self.source()) if intent.page == "source" else (line,)
        topics = (each.topic for each in self.corpus.first_of_topics() if intent.page == "topics")
        choices = tuple(map(self.topic, topics))
        return Reply("small_talk", self.wording.language, blocks, choices, intent_id=intent.id)

    def _that_shows(self, candidates: tuple[Candidate, ...]) -> Candidate | None:
        """The one of the candidates that is an overview of all the others."""
        ids = {each.intent_id for each in candidates}
        for candidate in candidates:
            intent = self.corpus.answer(candidate.intent_id)
            shown = {each.intent_id for each in intent.answers} if intent else set()
            if shown and ids <= shown | {candidate.intent_id}:
                return candidate
        return None

    def _nearest_passage(self, candidate: Candidate, question: AskedQuestion) -> Reply:
        """The nearest passage to a question about the interview, not shown as the answer. Where an overview is nearest,
        it is the nearest of its answers."""
        ranking = question.decision.ranking
        overview = self.corpus.answer(candidate.intent_id)
        shown = {each.intent_id for each in overview.answers} if overview else set()
        nearest = next((each for each in ranking.candidates if each.intent_id in shown), candidate)
        offered = (nearest,) if nearest == candidate else (nearest, candidate)
        key = "not_exactly" if ranking.answered < MAYBE else "maybe_this"
        quoted = self.quoted(self.corpus.quotations[nearest.intent_id])
        blocks = (*self._not_mentioned(question), self.remark("text", key), *quoted)
        likely = (each for each in ranking.candidates if each.share >= LIKELY and each != nearest)
        return self._offer(blocks, self.intents_of(likely)[:MOST_OTHERS], offered)

    def _sentences_of_word(self, question: AskedQuestion) -> tuple[Quotation, ...]:
        """The sentences with the one word that a message is. In another language it is found by a table of names, which
        tells less than any intent that is near."""
        is_foreign = self.wording.language != self.corpus.source.language
        if question.follows or (is_foreign and not isinstance(question.decision, NoMatch)):
            return ()
        return self.find_mentions(question.text).of_word

    def _of_word(self, sentences: tuple[Quotation, ...], decision: Decision) -> Reply:
        """The overview of a subject that is named in other words ("the payments"); else the sentences with the word,
        shown as no answer, and the questions of the decision, or those that quote the sentences."""
        blocks = (self.remark("text", "mentioned_here"), *self.quoted(sentences))
        context = ShowPassage(sentences[-1].passage.number)
        if isinstance(decision, Ambiguous):
            leader, *others = self.intents_of(decision.candidates)
            if leader.kind == OVERVIEW:
                return self.overview(leader)
            return replace(self._offer(blocks, (leader, *others), decision.candidates), context=context)
        quoting = (each for q in sentences for each in self.corpus.quoting(q.passage.number))
        near = [each for each in dict.fromkeys(quoting) if self.overlaps(each, sentences)]
        choices = (*self.questions(near[:MOST_RELATED]), self.all_topics())
        return Reply("fallback", self.wording.language, blocks, choices, context=context)

    def _nearest_topics(self, question: AskedQuestion) -> tuple[Choice, ...]:
        """The topics and overviews that a refused question is nearest to."""
        found: dict[str, Choice] = {}
        for intent in self.intents_of(question.decision.ranking.candidates):
            choice = self.questions([intent])[0] if intent.kind == OVERVIEW else self.topic(intent.topic)
            found.setdefault(choice.short or choice.label, choice)
        return tuple(found.values())[:MOST_TOPICS]

    def _not_mentioned(self, question: AskedQuestion) -> tuple[Block, ...]:
        name = question.unmentioned_name
        return (self.remark("text", "not_mentioned", word=name),) if name else ()

    def _offer(
        self, blocks: tuple[Block, ...], intents: Iterable[Intent], offered: tuple[Candidate, ...]
    ) -> Reply:
        choices = (*self.questions(intents), Choice(self.wording.line("none_of_these"), NoneOfThese()))
        context = ShowIntent(offered[0].intent_id)
        return Reply("offer", self.wording.language, blocks, choices, offered=offered, context=context)

    def _related(self, intent: Intent) -> Iterable[Intent]:
        """What a reader of this answer may ask next: what the editor named under `see_also`, then the answers of the
        topic that are nearest in the text."""
        near = (*self.intents_of(intent.see_also), *self.corpus.nearest_of_topic(intent))
        found = {each.id: each for each in near if each.id != intent.id}
        return list(found.values())[:MOST_RELATED]
