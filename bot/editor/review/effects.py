"""What one more line in the intents would change: tried on a copy of the bot, and compared.

A phrase is always recognised word for word. So the phrases that a line puts at risk are asked of two copies
without these phrases: one with the line, and one without it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.conversation.bot import Bot
from bot.corpus.corpus import Corpus
from bot.corpus.intents import OUT_OF_SCOPE, Intent, IntentSet, Phrase
from bot.editor.questions import GOOD, Question, judge
from bot.matching import Match
from bot.text.languages import script_for, stem

AT_RISK = 100
"""Phrases that are asked again: those most like the new one. Measured with 30 lines put under intents where they
do not belong: of 56 phrases that were taken otherwise, 52 were among the first hundred, 45 among the first sixty."""

NOT_ANSWERED = "not answered"
"""What a text gets that is taken for nothing."""

_NEAR = 10
"""Intents whose phrases may be at risk: all that the matcher looks at closely."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an intent file: a phrase of the intent or, where `negative`, a negative example."""

    intent: Intent
    phrase: Phrase
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A text that would get another reply. `where` is the place of a phrase, "" for what somebody asked;
    `now` says what it would get: "answered by lamp", "taken for thanks", "refused by weather", "not answered"."""

    text: str
    where: str
    now: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a new line would do.

    gained   the journal's texts that would get another reply
    broken   phrases and questions that were right and would not be
    mended   how many questions would be right that were not
    asked    how many phrases and questions were asked for that
    """

    line: Line
    gained: tuple[Change, ...]
    broken: tuple[Change, ...]
    mended: int
    asked: int


def meant(bot: Bot, text: str) -> tuple[str, ...]:
    """The ids of the intents that a text is taken for; none when it is not answered, or only by an offer."""
    decisions = (part.decision for part in bot.read(text))
    matches = (decision for decision in decisions if isinstance(decision, Match))
    return tuple(candidate.intent_id for match in matches for candidate in match.candidates)


def in_words(ids: tuple[str, ...], corpus: Corpus) -> str:
    """What a text gets that is taken for these intents."""
    answers = [intent_id for intent_id in ids if intent_id in corpus.quotations]
    if answers:
        return f"answered by {', '.join(answers)}"
    refused = [i for i in ids if (intent := corpus.intents.get(i)) and intent.kind == OUT_OF_SCOPE]
    if refused:
        return f"refused by {', '.join(refused)}"
    return f"taken for {', '.join(ids)}" if ids else NOT_ANSWERED


class EffectMeasure:
    """Measures the effects of lines on one bot. `texts` are the journal's; `questions` are those of a question file."""

    def __init__(self, bot: Bot, texts: Iterable[str], questions: Iterable[Question]) -> None:
        self._bot, self._corpus = bot, bot.corpus
        self._before = {text: meant(bot, text) for text in texts}
        self._was_right = {question: self._answers(bot, question) for question in questions}

    def effect(self, line: Line) -> Effect:
        """What the line would do. Takes about a second."""
        changed = self._bot.with_intents(_with_line(self._corpus.intents, line))
        script = script_for(line.phrase.text)  # a line changes nothing for texts in another script
        before = {text: ids for text, ids in self._before.items() if script_for(text) == script}
        questions = [each for each in self._was_right if script_for(each.text) == script]
        right = {each for each in questions if self._answers(changed, each)}
        lost = [each for each in questions if self._was_right[each] and each not in right]
        at_risk = self._at_risk(line)
        broken = [*self._broken_phrases(line, at_risk), *(self._change(changed, each.text) for each in lost)]
        return Effect(
            line,
            gained=tuple(self._change(changed, t) for t, ids in before.items() if meant(changed, t) != ids),
            broken=tuple(broken),
            mended=sum(not self._was_right[each] for each in right),
            asked=len(at_risk) + len(questions),
        )

    def _change(self, bot: Bot, text: str, where: str = "") -> Change:
        return Change(text, where, in_words(meant(bot, text), self._corpus))

    def _broken_phrases(self, line: Line, at_risk: Sequence[Line]) -> Iterator[Change]:
        """The copy without the line is made only where one with it is wrong, for it takes half of the time."""
        others = self._corpus.intents.without({each.phrase.at for each in at_risk})
        after = self._bot.with_intents(_with_line(others, line))
        wrong = [each for each in at_risk if not self._is_right(meant(after, each.phrase.text), each)]
        before = self._bot.with_intents(others) if wrong else after
        for each in wrong:
            if self._is_right(meant(before, each.phrase.text), each):
                yield self._change(after, each.phrase.text, str(each.phrase.at))

    def _at_risk(self, new: Line) -> list[Line]:
        """The lines that share most of their words with the new one, of intents near it."""
        matcher = self._bot.matcher
        ranking = matcher.rank(matcher.utterance(new.phrase.text), _NEAR)
        near = {candidate.intent_id for candidate in ranking.candidates} | {new.intent.id}
        intents = [intent for intent in self._corpus.intents.intents if intent.id in near]
        lines = [Line(intent, phrase) for intent in intents for phrase in intent.phrases]
        lines += [Line(intent, phrase, negative=True) for intent in intents for phrase in intent.negatives]
        rows = [(_overlap(new.phrase, line.phrase), line) for line in lines]
        rows.sort(key=lambda row: (-row[0], row[1].phrase.at))
        return [line for overlap, line in rows[:AT_RISK] if overlap]

    def _is_right(self, ids: tuple[str, ...], line: Line) -> bool:
        """Whether the line's text may be taken for `ids`."""
        if line.negative or line.intent.kind == OUT_OF_SCOPE:
            return self._corpus.quotations.keys().isdisjoint(ids)
        return any(self._corpus.alike(intent_id, line.intent.id) for intent_id in ids)

    def _answers(self, bot: Bot, question: Question) -> bool:
        return judge(question, bot.answer(question.text), self._corpus).outcome in GOOD


def _with_line(intents: IntentSet, line: Line) -> IntentSet:
    def grown(intent: Intent) -> Intent:
        if line.negative:
            return replace(intent, negatives=(*intent.negatives, line.phrase))
        return replace(intent, phrases=(*intent.phrases, line.phrase))

    return IntentSet(tuple(grown(each) if each.id == line.intent.id else each for each in intents.intents))


def _overlap(first: Phrase, second: Phrase) -> float:
    """The part of the stems of two phrases that both have."""
    stems, others = (frozenset(map(stem, phrase.key.split())) for phrase in (first, second))
    return len(stems & others) / (len(stems | others) or 1)
