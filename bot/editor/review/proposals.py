"""Which line an editor may write for a case. It is a guess: what visitors chose goes before what the bot finds near."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.conversation.bot import Bot
from bot.corpus.corpus import Corpus
from bot.corpus.intents import SMALL_TALK, Phrase
from bot.editor.questions import Question
from bot.editor.review.cases import Case
from bot.editor.review.effects import Effect, EffectMeasure, Line, in_words, meant
from bot.matching import Candidate
from bot.text.languages import FALLBACK, language_of
from bot.yamlfiles.problems import Location

_UNWRITTEN = Location("(to be written)")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case with the line that may settle it.

    ranking  what today's bot takes the question for, best first
    today    what the question gets now, in words
    effect   what the line would do; None where no intent is near
    """

    case: Case
    ranking: tuple[Candidate, ...]
    today: str
    effect: Effect | None


def is_settled(case: Case, bot: Bot) -> bool:
    """Whether today's intents answer the question or have it word for word. What was answered wrongly is settled
    when other intents answer it, or none."""
    text = case.texts[0]
    if case.count("wrong"):
        return set(meant(bot, text)).isdisjoint(case.shown("wrong"))
    return bool(meant(bot, text)) or bot.matcher.knows_word_for_word(bot.matcher.utterance(text))


def propose(cases: Sequence[Case], bot: Bot, questions: Iterable[Question] = ()) -> Iterator[Proposal]:
    """A proposal for each case, in order; each takes about a second. `questions` must not become wrong."""
    measure = EffectMeasure(bot, (text for case in cases for text in case.texts), questions)
    for case in cases:
        text = case.texts[0]
        ranking = bot.matcher.rank(bot.matcher.utterance(text)).candidates
        line = _line(case, ranking, bot.corpus)
        today = in_words(meant(bot, text), bot.corpus)
        yield Proposal(case, ranking, today, measure.effect(line) if line else None)


def _line(case: Case, ranking: Iterable[Candidate], corpus: Corpus) -> Line | None:
    """A phrase of what was chosen, else a negative example of what was refused or wrong, else a phrase of what was
    offered or is nearest, which may be an out-of-scope intent."""
    text = case.texts[0]
    phrase = Phrase(text, language_of(text) or FALLBACK, _UNWRITTEN)
    offered = case.shown("offer")
    refused = (*case.shown("wrong"), *(offered if case.refused() else ()))
    for ids, negative in ((case.chosen(), False), (refused, True), (offered, False)):
        answers = [answer for intent_id in ids if (answer := corpus.answer(intent_id))]
        if answers:
            return Line(answers[0], phrase, negative)
    near = (corpus.intents.get(candidate.intent_id) for candidate in ranking)
    nearest = next((intent for intent in near if intent and intent.kind != SMALL_TALK), None)
    return Line(nearest, phrase) if nearest else None
