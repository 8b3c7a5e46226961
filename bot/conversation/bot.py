"""From what a visitor typed or pressed to a reply made of quotations and remarks.

Rule: the house's own words are never inside a quotation, and a quotation is shown as an answer only
when the decision is a `Match`. Pure: the same input gives the same reply.
"""

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property

from bot.conversation.mentions import MentionIndex
from bot.conversation.pages import Pages
from bot.conversation.replies import Block, Choice, Remark, Reply, joined
from bot.conversation.requests import (
    FromOffer,
    NoneOfThese,
    Request,
    ShowIntent,
    ShowPage,
    ShowPassage,
    ShowTopic,
    ShowTopics,
)
from bot.conversation.understanding import Interpreter, Part
from bot.conversation.unmentioned_names import UnmentionedNames
from bot.conversation.wording import Wording, Wordings
from bot.corpus.corpus import Corpus
from bot.corpus.intents import SMALL_TALK, Intent, IntentSet
from bot.corpus.passages import Quotation
from bot.matching import Ambiguous, Calibration, Candidate, Match, Matcher, NoMatch
from bot.text.scripts import language_of

MAX_CHARACTERS = 4096
"""Telegram's own limit for a message; of a longer text (a file piped in) the beginning is read."""


MOST_FOUND = 20
"""Answers that a search gives; more than a screen or two nobody reads."""

NAMED = "#"
"""Before an intent's id, it is a search for that answer alone."""


def named(intent_id: str) -> str:
    """The search that finds just that answer.

    >>> named("yandex-left")
    '#yandex-left'
    """
    return NAMED + intent_id


@dataclass(frozen=True)
class Bot:
    """Answers utterances and requests about one corpus. A value: when files change, another one takes its place.

    >>> bot.answer("why did yandex leave?").kind
    'answer'
    """

    corpus: Corpus
    matcher: Matcher
    calibration: Calibration
    unmentioned_names: UnmentionedNames
    wordings: Wordings

    @cached_property
    def checksum(self) -> str:
        """That of the source's text, SHA-256."""
        return hashlib.sha256(self.corpus.source.text.encode()).hexdigest()

    @cached_property
    def _interpreter(self) -> Interpreter:
        return Interpreter(self.corpus, self.matcher, self.calibration, self.unmentioned_names)

    @cached_property
    def _pages(self) -> Pages:
        return Pages(self.corpus)

    def answer(self, text: str, account_language: str | None = None, context: Request | None = None) -> Reply:
        """The reply to a typed message. Any text gives one; nothing raises.

        The language of the bot's own lines is that of the message's script; a message without
        letters goes by `account_language` (a code such as "fa" or "pt-br"), else English.
        `context` is the request behind the answer that the message replies to, if any.
        """
        text = text[:MAX_CHARACTERS]
        wording = self.wordings.best(language_of(text) or account_language)
        answered = self._intent_behind(context)
        understood = self._interpreter.read(text, answered)
        if understood is None:
            return self._speechless(wording)
        if understood.continues and answered:
            number = self.corpus.quotations[answered.id][0].passage.number
            return self._pages.passage(wording, number) or self._gone(wording)
        reply = joined(tuple(self._reply_to(part, wording) for part in understood.parts))
        if not understood.has_unanswered:
            return reply
        return replace(reply, blocks=(*reply.blocks, Remark(wording.line("only_a_part"), "note")))

    def _reply_to(self, part: Part, wording: Wording) -> Reply:
        ranking = part.decision.ranking.candidates
        match part.decision:
            case Match(candidates):
                return self._matched(part.text, candidates, ranking, wording)
            case Ambiguous(candidates):
                return self._offer(candidates, ranking, part.unmentioned_name, wording)
            case NoMatch():
                return self._fallback(part.text, ranking, wording, part.unmentioned_name)

    def read(self, text: str) -> tuple[Part, ...]:
        """What a message without context means: its questions, each with the decision on it; none without words."""
        understood = self._interpreter.read(text[:MAX_CHARACTERS])
        return understood.parts if understood else ()

    def _intent_behind(self, context: Request | None) -> Intent | None:
        """The answer intent that a request opened; of a passage the first one that quotes it."""
        match context:
            case ShowIntent(intent_id):
                return self.corpus.answer(intent_id)
            case ShowPassage(number):
                quoting = (
                    intent_id
                    for intent_id, quotations in self.corpus.quotations.items()
                    if any(quotation.passage.number == number for quotation in quotations)
                )
                return self.corpus.answer(next(quoting, ""))
        return None

    def warm_up(self) -> None:
        """Prepares now what the first answers would else wait for (some 0.1 s): for a bot that stays."""
        self.matcher.warm_up()
        _ = self._mentions

    def with_intents(self, intents: IntentSet) -> "Bot":
        """The same bot with other phrases, to see what they would change. The intents are those that it has."""
        return replace(self, corpus=replace(self.corpus, intents=intents), matcher=self.matcher.of(intents))

    def respond(self, request: Request, language: str | None = None) -> Reply:
        """The reply to a button, a link or a command. One that leads nowhere any more says so."""
        wording = self.wordings.best(language)
        return self._requested(request, wording) or self._gone(wording)

    def search(self, text: str, account_language: str | None = None) -> tuple[Reply, ...]:
        """Answers to choose from, best first, at most MOST_FOUND: each stands under its own question.

        They need not be sure: whoever chooses reads the question. Without words they are the first answers of
        all topics; a text such as "#yandex-left" (see `named`) gives just that answer; nothing found, none.
        """
        wording = self.wordings.best(language_of(text) or account_language)
        if text.startswith(NAMED):
            intents = [self.corpus.answer(text.removeprefix(NAMED))]
        elif text.strip():
            ranking = self.matcher.rank(self.matcher.utterance(text[:MAX_CHARACTERS]), MOST_FOUND)
            intents = [self.corpus.answer(candidate.intent_id) for candidate in ranking.candidates]
        else:
            intents = list(self._pages.first_of_topics())
        return tuple(self._quote((intent,), (), wording) for intent in intents if intent)

    def draw(self, lot: float, language: str | None = None) -> Reply:
        """Some answer: the one at the place `lot` (0 to 1, without 1) among all. The front end draws the lot."""
        intents = self.corpus.intents.answers()
        wording = self.wordings.best(language)
        return (
            self._quote((intents[int(lot * len(intents))],), (), wording) if intents else self._gone(wording)
        )

    def wording(self, language: str | None) -> Wording:
        """The bot's own lines for a language code, for front ends that must say something themselves."""
        return self.wordings.best(language)

    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that the bot speaks."""
        return tuple(wording.language for wording in self.wordings.languages)

    def _requested(self, request: Request, wording: Wording) -> Reply | None:
        match request:
            case ShowIntent(intent_id):
                intent, passage = self.corpus.answer(intent_id), self.corpus.source.passage(intent_id)
                if intent is None:  # a link may name a passage as well
                    return self._pages.passage(wording, passage.number) if passage else None
                return self._quote((intent,), (), wording)
            case ShowPassage(number):
                return self._pages.passage(wording, number)
            case ShowTopics():
                return self._pages.topics(wording)
            case ShowTopic(name, page):
                return self._pages.topic(wording, name, page)
            case NoneOfThese():
                return self._fallback("", (), wording)
            case FromOffer(_, chosen):
                return self._requested(chosen, wording)
            case ShowPage("start"):
                return self._pages.start(wording)
            case ShowPage("source"):
                return self._pages.source(wording, self.checksum)
            case ShowPage("privacy"):
                return self._pages.privacy(wording)
            case ShowPage():
                return self._pages.help(wording)

    def _matched(
        self,
        text: str,
        candidates: tuple[Candidate, ...],
        ranking: tuple[Candidate, ...],
        wording: Wording,
    ) -> Reply:
        leader = self.corpus.intents.get(candidates[0].intent_id)
        if leader and leader.kind == SMALL_TALK:
            line = Remark(leader.say.best(wording.language))
            return Reply("small_talk", wording.language, (line,), intent_id=leader.id, ranking=ranking)
        intents = tuple(i for c in candidates if (i := self.corpus.answer(c.intent_id)))
        if intents:
            return self._quote(intents, ranking, wording)
        return self._fallback(text, ranking, wording)

    def _quote(self, intents: tuple[Intent, ...], ranking: tuple[Candidate, ...], wording: Wording) -> Reply:
        """The question that is answered, the quotations, whose words they are, and what is next.

        Several intents are answered together, in the order of the text, each character once.
        """
        leader = intents[0]
        quotations = self.corpus.together(tuple(intent.id for intent in intents))
        blocks: list[Block] = [Remark(leader.title.best(wording.language), "title")]
        for quotation, following in zip(quotations, (*quotations[1:], None), strict=True):
            blocks.append(quotation)
            if following is None or following.passage.speaker != quotation.passage.speaker:
                blocks.append(self._pages.attribution(quotation, wording))
        return Reply(
            "answer",
            wording.language,
            tuple(blocks),
            choices=self._pages.related(leader, wording.language),
            navigation=self._pages.around(quotations[0].passage, wording),
            share=wording.line("share"),
            intent_id=leader.id,
            ranking=ranking,
        )

    def _offer(
        self,
        offered: tuple[Candidate, ...],
        ranking: tuple[Candidate, ...],
        unmentioned_name: str,
        wording: Wording,
    ) -> Reply:
        intents = (self.corpus.answer(candidate.intent_id) for candidate in offered)
        choices = [self._pages.question(intent, wording.language) for intent in intents if intent]
        choices.append(Choice(wording.line("none_of_these"), NoneOfThese()))
        said = (Remark(wording.line("not_mentioned", word=unmentioned_name)),) if unmentioned_name else ()
        blocks = (*said, Remark(wording.line("unsure")))
        return Reply("offer", wording.language, blocks, tuple(choices), offered=offered, ranking=ranking)

    @cached_property
    def _mentions(self) -> MentionIndex:
        """Made at the first refusal: most conversations begin with an answer."""
        return MentionIndex(self.corpus.source, self.corpus.intents)

    def _fallback(
        self, text: str, ranking: tuple[Candidate, ...], wording: Wording, unmentioned_name: str = ""
    ) -> Reply:
        """Says that the interview does not answer, and the most useful true thing beside it."""
        mentions = self._mentions.of(text)
        absent = unmentioned_name or mentions.absent
        blocks: list[Block] = [Remark(wording.line("not_answered"), "title")]
        if absent:
            blocks.append(Remark(wording.line("not_mentioned", word=absent)))
        elif mentions.sentences:
            blocks.append(Remark(wording.line("mentioned"), "note"))
            blocks += self._attributed(mentions.sentences, wording)
        blocks.append(Remark(wording.line("you_can_ask")))
        choices = self._pages.topic_choices(wording.language)
        return Reply("fallback", wording.language, tuple(blocks), choices, ranking=ranking)

    def _attributed(self, sentences: tuple[Quotation, ...], wording: Wording) -> list[Block]:
        blocks: list[Block] = []
        for sentence in sentences:
            blocks += [sentence, self._pages.attribution(sentence, wording)]
        return blocks

    def _speechless(self, wording: Wording) -> Reply:
        choices = self._pages.topic_choices(wording.language)
        blocks = (Remark(wording.line("no_words")), Remark(wording.line("you_can_ask")))
        return Reply("fallback", wording.language, blocks, choices)

    def _gone(self, wording: Wording) -> Reply:
        choices = self._pages.topic_choices(wording.language)
        return Reply("page", wording.language, (Remark(wording.line("gone")),), choices)
