"""The journal's rows as cases, what was asked in nearly the same words; and which line an editor may write for each.

The line is a guess: what visitors chose goes before what the bot finds near.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from bot.conversation.bot import Bot
from bot.corpus.intents import ANSWER, OUT_OF_SCOPE, Intent, Phrase
from bot.editor.questions import Question
from bot.editor.review.effects import Effect, EffectMeasure, Line, in_words, meant
from bot.editor.review.placing import already_written
from bot.matching import Candidate, nearly_equal
from bot.storage.journal import NONE_TAKEN, Entry
from bot.yamlfiles.problems import Location

_UNWRITTEN = Location("(to be written)")

NEAR = 0.02
"""The smallest confidence of an answer that is proposed without a visitor's choice (measured: of the phrases that are
not answered when they are left out, those below it belong to that answer once in ten times, those above it mostly)."""

MOST_NEAR = 3
"""Intents among which an editor may choose."""


@dataclass(frozen=True, slots=True)
class Case:
    """Questions in nearly the same words.

    texts     each wording once, the most frequent first
    entries   all rows, oldest first
    """

    texts: tuple[str, ...]
    entries: tuple[Entry, ...]

    def count(self, kind: str) -> int:
        return sum(entry.kind == kind for entry in self.entries)

    def chosen(self) -> dict[str, int]:
        """How often each intent was chosen from an offer, most often first."""
        return _most_frequent_first(e.taken for e in self.entries if e.taken not in {"", NONE_TAKEN})

    def refused(self) -> int:
        """How often all that was offered was refused."""
        return sum(entry.taken == NONE_TAKEN for entry in self.entries)

    def shown(self, kind: str) -> tuple[str, ...]:
        """The intents that rows of that kind showed first, most often first."""
        return tuple(_most_frequent_first(e.shown[0] for e in self.entries if e.kind == kind and e.shown))


def group_cases(entries: Iterable[Entry]) -> tuple[Case, ...]:
    """The cases, most frequent first; equally frequent ones in alphabetical order."""
    rows = tuple(entries)
    counts = Counter(entry.text for entry in rows)
    texts = sorted(counts, key=lambda text: (-counts[text], len(text), text))
    groups = [tuple(texts[place] for place in group) for group in nearly_equal(texts)]
    cases = [Case(group, tuple(entry for entry in rows if entry.text in group)) for group in groups]
    return tuple(sorted(cases, key=lambda case: (-len(case.entries), case.texts[0])))


def _most_frequent_first(ids: Iterable[str]) -> dict[str, int]:
    """Each id with its number; equally frequent ones in alphabetical order."""
    return dict(Counter(sorted(ids)).most_common())


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case with the line that may settle it.

    nearest  what today's bot takes the question for, best first, MOST_NEAR at most; each with the phrase that is
             most like the question
    today    what the question gets now, in words
    effect   what the line would do; None where no intent is near
    written  where the same words stand already
    """

    case: Case
    nearest: tuple[tuple[Candidate, Intent | None, Phrase | None], ...]
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
    intents, nearest = bot.corpus.intents, bot.matcher.nearest_phrase
    for case in cases:
        text = case.texts[0]
        utterance = bot.matcher.utterance(text)
        ranking = bot.matcher.rank(utterance).candidates[:MOST_NEAR]
        line = propose_line(case, bot)
        yield Proposal(
            case,
            tuple((c, intents.get(c.intent_id), nearest(utterance, c.intent_id)) for c in ranking),
            in_words(meant(bot, text), bot.corpus),
            measure.effect(line) if line else None,
            already_written(line, intents) if line else None,
        )


def line_under(case: Case, intent: Intent, bot: Bot, *, negative: bool = False) -> Line:
    """The most frequent wording of a case as a line of that intent, in the language that it is read in."""
    text = case.texts[0]
    return Line(intent, Phrase(text, bot.matcher.language(text), _UNWRITTEN), negative)


def propose_line(case: Case, bot: Bot) -> Line | None:
    """A phrase of what was chosen, else a negative example of what was refused or wrong, else a phrase of what was
    offered or is nearest, which may be an out-of-scope intent (but not where the refusal was wrong).

    Without a choice an answer must be near by the words of the question alone, whatever was said before it; where
    a refusal was wrong, some answer is meant, so that the nearest will do.
    """
    ranking = bot.matcher.rank(bot.matcher.utterance(case.texts[0])).candidates
    near = {candidate.intent_id for candidate in ranking if candidate.confidence >= NEAR}
    offered, wrong = case.shown("offer"), case.shown("wrong")
    refused = (*wrong, *(offered if case.refused() else ()))
    for ids, negative in (
        (case.chosen(), False),
        (refused, True),
        (filter(near.__contains__, offered), False),
    ):
        for answer in filter(None, map(bot.corpus.answer, ids)):
            return line_under(case, answer, bot, negative=negative)
    was_refused_wrongly = bool(case.count("wrong")) and not wrong
    kinds = {ANSWER} if was_refused_wrongly else {ANSWER, OUT_OF_SCOPE}
    ranked = (bot.corpus.intents.get(candidate.intent_id) for candidate in ranking)
    nearest = next((intent for intent in ranked if intent and intent.kind in kinds), None)
    if nearest is None or not (was_refused_wrongly or nearest.kind == OUT_OF_SCOPE or nearest.id in near):
        return None
    return line_under(case, nearest, bot)
