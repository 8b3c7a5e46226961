"""From the decision on a question to a reply: an answer, an offer, a fallback or small talk.

A quotation is shown as an answer only when the decision is a `Match`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.conversation.elements import Elements
from bot.conversation.mentions import Mentions
from bot.conversation.replies import Block, Choice, Remark, Reply
from bot.conversation.requests import NoneOfThese
from bot.conversation.understanding import Part
from bot.corpus.intents import SMALL_TALK, Intent
from bot.matching import Ambiguous, Candidate, Match, NoMatch

MOST_RELATED = 3

LIKELY = 0.05
"""Share of a candidate from which on its question is worth a button."""

MAYBE = 0.5
"""P(answered) from which on the nearest passage may be what is asked for; below it he does not say that."""


@dataclass(frozen=True, slots=True)
class Answers(Elements):
    """Builds replies to typed messages. `find_mentions` is called only for a fallback."""

    find_mentions: Callable[[str], Mentions]

    def reply_to(self, part: Part) -> Reply:
        """The reply to one question."""
        match part.decision:
            case Match(candidates):
                reply = self._matched(candidates) or self.fallback(part.text, quote=part.is_about)
            case Ambiguous((nearest,)):
                reply = self._nearest(nearest, part)
            case Ambiguous(candidates):
                reply = self._offer(candidates, part.unmentioned_name)
            case NoMatch():
                reply = self.fallback(part.text, part.unmentioned_name, quote=part.is_about)
        return replace(reply, ranking=part.decision.ranking.candidates)

    def answer(self, intents: tuple[Intent, ...]) -> Reply:
        """The question of the first intent, the quotations of all, and what can be read next.

        The quotations are in the order of the text, each character once.
        """
        leader = intents[0]
        quotations = self.corpus.together(tuple(intent.id for intent in intents))
        return Reply(
            "answer",
            self.language,
            (Remark(leader.title.best(self.language), "title"), *self.quoted(quotations)),
            choices=self.questions(self._related(leader)),
            navigation=self.around(quotations[0].passage),
            share=self.wording.line("share"),
            intent_id=leader.id,
        )

    def fallback(self, text: str = "", unmentioned_name: str = "", *, quote: bool = False) -> Reply:
        """Says that the interview does not answer `text`, which word of it is not in the interview, and what can be
        asked; where it may `quote` also which sentences share words with it."""
        mentions = self.find_mentions(text)
        absent = unmentioned_name or mentions.absent
        blocks: list[Block] = [self.remark("title", "not_answered")]
        if absent:
            blocks.append(self.remark("text", "not_mentioned", word=absent))
        elif quote and mentions.sentences:
            blocks.append(self.remark("note", "mentioned"))
            blocks += (block for sentence in mentions.sentences for block in self.quoted((sentence,)))
        blocks.append(self.remark("text", "you_can_ask"))
        return Reply("fallback", self.language, tuple(blocks), self.topics())

    def without_words(self) -> Reply:
        """The reply to a message that has no words, such as an emoji."""
        blocks = (self.remark("text", "no_words"), self.remark("text", "you_can_ask"))
        return Reply("fallback", self.language, blocks, self.topics())

    def _matched(self, candidates: tuple[Candidate, ...]) -> Reply | None:
        """Small talk or an answer; None for what is known as not answered (out of scope)."""
        leader = self.corpus.intents.get(candidates[0].intent_id)
        if leader and leader.kind == SMALL_TALK:
            line = Remark(leader.say.best(self.language))
            return Reply("small_talk", self.language, (line,), intent_id=leader.id)
        intents = tuple(self._answer_intents(candidates))
        return self.answer(intents) if intents else None

    def _nearest(self, candidate: Candidate, part: Part) -> Reply:
        """The passage that is nearest to a question about the interview, shown as what it is: not as the answer."""
        intents = tuple(self._answer_intents((candidate,)))
        quotations = self.corpus.quotations[candidate.intent_id]
        key = "not_exactly" if part.decision.ranking.answered < MAYBE else "maybe_this"
        blocks: tuple[Block, ...] = (self.remark("text", key), *self.quoted(quotations))
        if part.unmentioned_name:
            blocks = (self.remark("text", "not_mentioned", word=part.unmentioned_name), *blocks)
        likely = tuple(each for each in part.decision.ranking.candidates if each.share >= LIKELY)
        others = tuple(self._answer_intents(likely))
        near = [intent for intent in others if intent not in intents][:MOST_RELATED]
        none = Choice(self.wording.line("none_of_these"), NoneOfThese())
        choices = (*self.questions(near), none)
        return Reply("offer", self.language, blocks, choices, offered=(candidate,))

    def _offer(self, candidates: tuple[Candidate, ...], unmentioned_name: str) -> Reply:
        none = Choice(self.wording.line("none_of_these"), NoneOfThese())
        choices = (*self.questions(self._answer_intents(candidates)), none)
        blocks: tuple[Block, ...] = (self.remark("text", "unsure"),)
        if unmentioned_name:
            blocks = (self.remark("text", "not_mentioned", word=unmentioned_name), *blocks)
        return Reply("offer", self.language, blocks, choices, offered=candidates)

    def _answer_intents(self, candidates: tuple[Candidate, ...]) -> Iterable[Intent]:
        return (intent for each in candidates if (intent := self.corpus.answer(each.intent_id)))

    def _related(self, intent: Intent) -> Iterable[Intent]:
        """What a reader of this answer may ask next: what the editor named under `see_also`, then the answers of the
        topic that are nearest in the text."""
        wanted = [self.corpus.answer(reference.intent_id) for reference in intent.see_also]
        here = self.corpus.start(intent)
        topic = [each for each in self.corpus.intents.answers() if each.topic == intent.topic]
        near = sorted(topic, key=lambda each: (abs(self.corpus.start(each) - here), each.id))
        found = {each.id: each for each in (*wanted, *near) if each and each.id != intent.id}
        return list(found.values())[:MOST_RELATED]
