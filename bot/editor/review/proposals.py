"""Which line an editor may write for a case. It is a guess: what visitors chose goes before what the bot finds near."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from bot.conversation.bot import Bot
from bot.corpus.intents import ANSWER, OUT_OF_SCOPE, Intent, Phrase
from bot.editor.questions import Question
from bot.editor.review.cases import Case
from bot.editor.review.effects import Effect, EffectMeasure, Line, in_words, meant
from bot.editor.review.placing import already_written
from bot.matching import Candidate, Utterance
from bot.text.languages import FALLBACK, language_of
from bot.yamlfiles.problems import Location

_UNWRITTEN = Location("(to be written)")

MOST_NEAR = 3
"""Intents among which an editor may choose."""


@dataclass(frozen=True, slots=True)
class Near:
    """An intent that a question may mean, with the phrase that is most like the question and its place."""

    intent_id: str
    confidence: float
    title: str
    phrase: str
    place: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case with the line that may settle it.

    nearest  what today's bot takes the question for, best first, MOST_NEAR at most
    today    what the question gets now, in words
    effect   what the line would do; None where no intent is near
    written  where the same words stand already
    """

    case: Case
    nearest: tuple[Near, ...]
    today: str
    effect: Effect | None
    written: Location | None


def is_settled(case: Case, bot: Bot) -> bool:
    """Whether today's intents answer the question or have it word for word. What got a wrong reply is settled when it
    gets another one: after a wrong refusal or offer an answer, after a wrong answer anything else."""
    text = case.texts[0]
    wrong = [frozenset(entry.shown) for entry in case.entries if entry.kind == "wrong"]
    if wrong:
        reply = bot.answer(text)
        now = {reply.intent_id} if reply.intent_id else {each.intent_id for each in reply.offered}
        return all(_is_other(shown, now, reply.kind == "answer") for shown in wrong)
    return bool(meant(bot, text)) or bot.matcher.knows_word_for_word(bot.matcher.utterance(text))


def _is_other(wrong: frozenset[str], now: Set[str | None], is_answer: bool) -> bool:
    if len(wrong) == 1:
        return wrong.isdisjoint(now)
    return is_answer or (bool(wrong) and wrong.isdisjoint(now))


def propose(cases: Sequence[Case], bot: Bot, questions: Iterable[Question] = ()) -> Iterator[Proposal]:
    """A proposal for each case, in order; each takes about a second. `questions` must not become wrong."""
    measure = EffectMeasure(bot, (text for case in cases for text in case.texts), questions)
    for case in cases:
        text = case.texts[0]
        utterance = bot.matcher.utterance(text)
        ranking = bot.matcher.rank(utterance).candidates
        line = propose_line(case, bot)
        yield Proposal(
            case,
            tuple(_near(each, bot, utterance) for each in ranking[:MOST_NEAR]),
            in_words(meant(bot, text), bot.corpus),
            measure.effect(line) if line else None,
            already_written(line, bot.corpus.intents) if line else None,
        )


def line_under(case: Case, intent: Intent, negative: bool, language: str | None = None) -> Line:
    """The most frequent wording of a case as a line of that intent; without a language in that of its script."""
    text = case.texts[0]
    return Line(intent, Phrase(text, language or language_of(text) or FALLBACK, _UNWRITTEN), negative)


def propose_line(case: Case, bot: Bot) -> Line | None:
    """A phrase of what was chosen, else a negative example of what was refused or wrong, else a phrase of what was
    offered or is nearest, which may be an out-of-scope intent (but not where the refusal was wrong)."""
    language = bot.matcher.language(case.texts[0])
    offered, wrong = case.shown("offer"), case.shown("wrong")
    refused = (*wrong, *(offered if case.refused() else ()))
    for ids, negative in ((case.chosen(), False), (refused, True), (offered, False)):
        answers = [answer for intent_id in ids if (answer := bot.corpus.answer(intent_id))]
        if answers:
            return line_under(case, answers[0], negative, language)
    kinds = {ANSWER} if case.count("wrong") and not wrong else {ANSWER, OUT_OF_SCOPE}
    ranking = bot.matcher.rank(bot.matcher.utterance(case.texts[0])).candidates
    near = (bot.corpus.intents.get(candidate.intent_id) for candidate in ranking)
    nearest = next((intent for intent in near if intent and intent.kind in kinds), None)
    return line_under(case, nearest, False, language) if nearest else None


def _near(candidate: Candidate, bot: Bot, utterance: Utterance) -> Near:
    intent = bot.corpus.intents.get(candidate.intent_id)
    phrase = bot.matcher.nearest(utterance, candidate.intent_id)
    return Near(
        candidate.intent_id,
        candidate.confidence,
        intent.title.best(FALLBACK) if intent else "",
        phrase.text if phrase else "",
        str(phrase.at) if phrase else "",
    )
