"""What a changed set of intents would answer otherwise: tried on a copy, and compared.

Rule: there is no second scoring; the copy is a `Bot` like the one that talks to people. A phrase is always
recognised word for word, so the phrases that a change puts at risk are left out of both sets when they are asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.conversation.bot import Bot
from bot.corpus.intents import OUT_OF_SCOPE, SMALL_TALK, Intent, IntentSet, Phrase
from bot.editor.questions import Outcome, Question, judge
from bot.matching import Match, script_for
from bot.text.folding import words
from bot.text.stems import stem

AT_RISK = 100
"""Phrases that are asked again: those most like the new one. Measured with 30 lines put under intents where they
do not belong: of 56 phrases that were taken otherwise, 52 were among the first hundred, 45 among the first sixty."""

NOT_ANSWERED = "not answered"
"""What a text gets that is taken for nothing."""

_NEAR = 10
"""Intents whose phrases may be at risk: all that the matcher looks at closely."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A line to be: a phrase of an intent or, where `opposite`, a negative example."""

    intent_id: str
    phrase: Phrase
    opposite: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A text that would get another reply. `where` is the place of a phrase, "" for what somebody asked;
    `now` says what it would get: "answered by lamp", "taken for thanks", "not answered"."""

    text: str
    where: str
    now: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What an addition would do.

    gained   the journal's texts that would get another reply
    broken   phrases and questions that were right and would not be
    mended   how many would be right that were not
    asked    how many phrases and questions were asked for that
    """

    gained: tuple[Change, ...]
    broken: tuple[Change, ...]
    mended: int
    asked: int


def meant(bot: Bot, text: str) -> tuple[str, ...]:
    """The intents that a text is taken for; none when it is not answered, or only by an offer."""
    parts = bot.read(text)
    found = (part.decision.candidates for part in parts if isinstance(part.decision, Match))
    return tuple(candidate.intent_id for candidates in found for candidate in candidates)


class Trials:
    """Tries additions on copies of one bot's intents.

    `texts` are the journal's, `questions` those of a question file, which must not become wrong.
    """

    def __init__(self, bot: Bot, texts: Iterable[str], questions: Iterable[Question]) -> None:
        self._bot = bot
        self._corpus, self._matcher = bot.corpus, bot.matcher
        self._before = {text: meant(bot, text) for text in texts}
        self._questions = {question: self._is_right(bot, question) for question in questions}

    def of(self, addition: Addition) -> Trial:
        """What the addition would do. Takes about half a second."""
        changed = self._bot.with_intents(_with(self._corpus.intents, addition))
        script = script_for(addition.phrase.text)  # a line changes nothing for texts in another script
        texts = [text for text in self._before if script_for(text) == script]
        after = {text: meant(changed, text) for text in texts}
        gained = tuple(
            Change(text, "", self.in_words(ids)) for text, ids in after.items() if ids != self._before[text]
        )
        broken, mended, asked = self._phrases(addition)
        questions = [question for question in self._questions if script_for(question.text) == script]
        for question in questions:
            was_right, is_right = self._questions[question], self._is_right(changed, question)
            mended += is_right and not was_right
            if was_right and not is_right:
                broken.append(Change(question.text, "", self.in_words(meant(changed, question.text))))
        return Trial(gained, tuple(broken), mended, asked + len(questions))

    def in_words(self, ids: tuple[str, ...]) -> str:
        """What a text that is taken for these intents gets."""
        answers = [intent_id for intent_id in ids if intent_id in self._corpus.quotations]
        if answers:
            return f"answered by {', '.join(answers)}"
        return f"taken for {', '.join(ids)}" if ids else NOT_ANSWERED

    def _phrases(self, addition: Addition) -> tuple[list[Change], int, int]:
        """The phrases at risk, asked of both sets without them: what breaks, what is mended, how many."""
        risky = self._at_risk(addition)
        left = self._corpus.intents.without({phrase.at for _, phrase, _ in risky})
        before, after = (
            self._bot.with_intents(left),
            self._bot.with_intents(_with(left, addition)),
        )
        broken, mended = [], 0
        for intent, phrase, opposite in risky:
            was, now = meant(before, phrase.text), meant(after, phrase.text)
            if was == now:
                continue
            was_right, is_right = (self._right(each, intent, opposite) for each in (was, now))
            mended += is_right and not was_right
            if was_right and not is_right:
                broken.append(Change(phrase.text, str(phrase.at), self.in_words(now)))
        return broken, mended, len(risky)

    def _at_risk(self, addition: Addition) -> list[tuple[Intent, Phrase, bool]]:
        """The phrases and negative examples that share most of their words with the new one."""
        text = addition.phrase.text
        ranking = self._matcher.rank(self._matcher.utterance(text), _NEAR)
        near = {candidate.intent_id for candidate in ranking.candidates} | {addition.intent_id}
        own = frozenset(map(stem, words(text)))
        rows = []
        for intent in self._corpus.intents.intents:
            if intent.id in near:
                rows += [(_overlap(own, each.text), intent, each, False) for each in intent.phrases]
                rows += [(_overlap(own, each.text), intent, each, True) for each in intent.negatives]
        rows.sort(key=lambda row: (-row[0], row[2].at))
        return [row[1:] for row in rows[:AT_RISK] if row[0]]

    def _right(self, ids: tuple[str, ...], intent: Intent, opposite: bool) -> bool:
        """Whether an intent's phrase (or negative example) that is taken for `ids` is taken rightly."""
        if opposite or intent.kind == OUT_OF_SCOPE:
            return not any(intent_id in self._corpus.quotations for intent_id in ids)
        if intent.kind == SMALL_TALK:
            return intent.id in ids
        return any(self._corpus.alike(intent_id, intent.id) for intent_id in ids)

    def _is_right(self, bot: Bot, question: Question) -> bool:
        outcome = judge(question, bot.answer(question.text), self._corpus).outcome
        return outcome in {Outcome.RIGHT, Outcome.REFUSED}


def _overlap(own: frozenset[str], text: str) -> float:
    other = frozenset(map(stem, words(text)))
    return len(own & other) / (len(own | other) or 1)


def _with(intents: IntentSet, addition: Addition) -> IntentSet:
    return IntentSet(tuple(_grown(intent, addition) for intent in intents.intents))


def _grown(intent: Intent, addition: Addition) -> Intent:
    if intent.id != addition.intent_id:
        return intent
    if addition.opposite:
        return replace(intent, negatives=(*intent.negatives, addition.phrase))
    return replace(intent, phrases=(*intent.phrases, addition.phrase))
