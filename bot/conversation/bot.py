"""The bot as one value: what was typed or pressed goes in, a reply comes out."""

import textwrap
from dataclasses import dataclass, replace
from functools import cached_property, partial

from bot.conversation.about_answer import AboutAnswer
from bot.conversation.answers import Answers
from bot.conversation.mentions import MentionIndex, Mentions
from bot.conversation.pages import Pages
from bot.conversation.replies import Reply, joined
from bot.conversation.requests import (
    FromOffer,
    NoneOfThese,
    Request,
    ShowIntent,
    ShowPage,
    ShowPart,
    ShowPassage,
    linked,
)
from bot.conversation.understanding import AskedQuestion, Interpreter, Understanding
from bot.conversation.unmentioned_names import UnmentionedNames
from bot.conversation.wording import Wording, Wordings
from bot.corpus.corpus import Corpus
from bot.corpus.intents import CORRECTION, Intent, IntentSet
from bot.matching import Calibration, Matcher
from bot.matching.identification import is_in_other_language
from bot.text.folding import words
from bot.text.languages import script_of

MAX_CHARACTERS = 4096
"""Telegram's own limit for a message; of a longer text (a file piped in) the beginning is read."""

MOST_FOUND = 20
"""Answers that a search gives: a screen or two."""

MOST_REPEATED = 150
"""Characters of a message that a reply repeats."""

NAMED = "#"
"""Before an intent's id, it is a search for that answer alone: "#yandex-left"."""


@dataclass(frozen=True)
class Bot:
    """Answers utterances and requests about one corpus. When files change, another bot takes its place.

    >>> bot.answer("why did yandex leave?").kind
    'answer'
    """

    corpus: Corpus
    matcher: Matcher
    calibration: Calibration
    unmentioned_names: UnmentionedNames
    wordings: Wordings

    def answer(self, text: str, account_language: str | None = None, context: Request | None = None) -> Reply:
        """The reply to a typed message. Any text gives one; nothing raises.

        The language of the bot's own lines is that of the message (see `Matcher.language`); a message without letters
        goes by `account_language` (a code such as "fa" or "pt-br"), else English. `context` is the request behind the
        answer that the message replies to, if any.
        """
        text = _beginning(text)
        language = self.language(text, account_language)
        previous = self._intent_behind(context) if context else None
        understood = self._interpreter(language).read(text, previous)
        if understood is None:
            return self._answers(language).ask_again("no_words")
        read_as = understood.read_as
        language = self.matcher.language(read_as) if read_as else language
        answers = self._answers(language)
        if understood.in_reply not in {"", CORRECTION} and context and previous:
            reply = self._about_answer(understood, answers, context, previous)
        else:
            reply = self._reply_to(understood, answers)
            if reply.kind == "fallback" and is_in_other_language(text, self.languages()):
                names = " · ".join(each.line("language") for each in self.wordings.languages)
                return answers.ask_again("other_language", languages=names)
        if not read_as:
            return reply
        return replace(reply, blocks=(answers.remark("note", "read_as", text=_short(read_as)), *reply.blocks))

    def respond(self, request: Request, language: str | None = None) -> Reply:
        """The reply to a button, a link or a command. One that leads nowhere any more says so."""
        answers = self._answers(language)
        match request:
            case FromOffer(_, chosen):
                return self.respond(chosen, language)
            case NoneOfThese():
                return answers.ask_again("other_words")
            case ShowIntent(intent_id) if intent := self.corpus.answer(intent_id):
                return answers.answer((intent,))
            case ShowPart(intent_id, part) if (intent := self.corpus.answer(intent_id)) and intent.answers:
                return answers.overview(intent, part)
        return Pages(self.corpus, answers.wording).page(request)

    def welcome(self, payload: str, language: str | None = None) -> Reply:
        """The reply to /start: what a link of ours opens, and the start page for any other payload."""
        request = linked(payload) or ShowPage("start")
        if isinstance(request, ShowIntent) and not payload.startswith("i-"):  # not from a button of ours
            name = request.intent_id
            if not self.corpus.answer(name) and not self.corpus.source.passage(name):
                request = ShowPage("start")
        return self.respond(request, language)

    def search(self, text: str, account_language: str | None = None) -> tuple[Reply, ...]:
        """Answers to choose from, best first, at most MOST_FOUND, each under its own question.

        They need not be sure, since the visitor reads the question and chooses. Without words they are the first
        answers of all topics; a text such as "#yandex-left" gives just that answer.
        """
        language = self.language(text, account_language)
        if text.startswith(NAMED):
            ids = [text.removeprefix(NAMED)]
        elif text.strip():
            matcher = self.matcher.in_language(language)
            ranking = matcher.rank(matcher.utterance(_beginning(text)), MOST_FOUND)
            ids = [candidate.intent_id for candidate in ranking.candidates]
        else:
            ids = [intent.id for intent in self.corpus.first_of_topics()]
        answers = self._answers(language)
        return tuple(answers.answer((intent,)) for each in ids if (intent := self.corpus.answer(each)))

    def draw(self, lot: float, language: str | None = None) -> Reply:
        """The answer at the place `lot` among all (0 is the first; below 1). The front end chooses a random number."""
        intents = self.corpus.intents.answers()
        chosen = intents[int(lot * len(intents))].id if intents else ""
        return self.respond(ShowIntent(chosen), language)

    def read(self, text: str) -> tuple[AskedQuestion, ...]:
        """What a message without context means: its questions, each with the decision on it; none without words."""
        text = _beginning(text)
        understood = self._interpreter(self.language(text)).read(text)
        return understood.questions if understood else ()

    def language(self, text: str, account_language: str | None = None) -> str | None:
        """The language of a message: see `Matcher.language`; that of the account for one without letters, and for Latin
        names alone ("yandex", "5G"), which are typed so in each language."""
        script, names = script_of(text), self.matcher.lexicon.names.in_order
        words_tell = script != "latin" or not all(names([each]) or not each.isalpha() for each in words(text))
        if script and (words_tell or not account_language):
            return self.matcher.language(text, account_language)
        return account_language

    def wording(self, language: str | None) -> Wording:
        """The bot's own lines for a language code, for front ends that must say something themselves."""
        return self.wordings.best(language)

    def profile_line(self, key: str, language: str | None) -> str:
        """A line of the wording about the bot as a whole, filled in from the source card."""
        wording = self.wording(language)
        return wording.line(key, **Pages(self.corpus, wording).card())

    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that the bot speaks."""
        return tuple(wording.language for wording in self.wordings.languages)

    def with_intents(self, intents: IntentSet) -> "Bot":
        """The same bot with other phrases for its intents, to see what they would change."""
        return replace(
            self, corpus=replace(self.corpus, intents=intents), matcher=self.matcher.with_intents(intents)
        )

    def warm_up(self) -> None:
        """Prepares what the first answers would wait for (0.1 s or more): for a process that stays."""
        self.matcher.prepare()
        for language in self.matcher.languages():
            self._interpreter(language).letters.prepare()
        _ = self._mention_index

    @cached_property
    def _interpreters(self) -> dict[str | None, Interpreter]:
        return {}

    def _interpreter(self, language: str | None) -> Interpreter:
        """The one that reads messages in a language; where no two languages share a script, it reads all."""
        matcher = self.matcher.in_language(language)
        key = None if matcher is self.matcher else language
        if key not in self._interpreters:
            self._interpreters[key] = Interpreter(
                self.corpus, matcher, self.calibration, self.unmentioned_names
            )
        return self._interpreters[key]

    @cached_property
    def _mention_index(self) -> MentionIndex:
        return MentionIndex(
            self.corpus.source, self.corpus.intents, self.matcher.lexicon, self.corpus.translations
        )

    def _find_mentions(self, language: str | None, text: str) -> Mentions:
        """What the text has of a part of a message. The index is made at the first fallback, unless by `warm_up`."""
        told = self.matcher.language(text, language) if script_of(text) else None
        return self._mention_index.mentions(text, told)

    def _answers(self, language: str | None) -> Answers:
        return Answers(self.corpus, self.wordings.best(language), partial(self._find_mentions, language))

    def _reply_to(self, understood: Understanding, answers: Answers) -> Reply:
        """The reply to each question of a message. Of several, one that gets no answer is repeated before its reply."""
        replies = [answers.reply_to(question) for question in understood.questions]
        if len(replies) == 1:
            return replies[0]
        for n, (question, reply) in enumerate(zip(understood.questions, replies, strict=True)):
            asked = _short(question.text)
            if reply.kind == "fallback":
                note = answers.remark("text", "part_not_answered", question=asked)
                replies[n] = replace(reply, blocks=(note,))
            elif reply.kind == "offer":
                note = answers.remark("note", "asked", question=asked)
                replies[n] = replace(reply, blocks=(note, *reply.blocks))
        reply = joined(tuple(replies))
        if not understood.has_unanswered:
            return reply
        return replace(reply, blocks=(*reply.blocks, answers.remark("note", "only_a_part")))

    def _about_answer(
        self, understood: Understanding, answers: Answers, context: Request, previous: Intent
    ) -> Reply:
        ranking = understood.questions[0].decision.ranking.candidates
        about = AboutAnswer(self.corpus, answers.wording, context, previous, answers)
        reply = about.reply(understood.in_reply)
        if reply is None:  # it is asked for in another language
            return self.respond(context, understood.in_reply)
        if reply.kind in ("answer", "page"):
            return reply
        intent_id = ranking[0].intent_id if reply.kind == "small_talk" else None
        return replace(reply, ranking=ranking, intent_id=intent_id)

    def _intent_behind(self, context: Request) -> Intent | None:
        """The answer intent that a request opened; of a passage the first one that quotes it, else the nearest one."""
        match context:
            case ShowIntent(intent_id) | ShowPart(intent_id, _):
                return self.corpus.answer(intent_id)
            case ShowPassage(number) if 1 <= number <= len(self.corpus.source.passages):
                start = self.corpus.source.passages[number - 1].span.start
                near = self.corpus.quoting(number) or self.corpus.intents.answers()
                return min(near, key=lambda intent: abs(self.corpus.start(intent) - start), default=None)
        return None


def _beginning(text: str) -> str:
    """The part of a message that is read. White space in a row is one character, which bounds the time to cut it."""
    lines = (" ".join(line.split()) for line in text[:MAX_CHARACTERS].splitlines())
    return "\n".join(filter(None, lines))


def _short(text: str) -> str:
    return textwrap.shorten(text, MOST_REPEATED, placeholder=" …")
