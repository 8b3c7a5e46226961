"""Which line an editor may write for a case, tried on a copy of the intents.

Rule: the best guess, never more: what visitors chose goes before what the bot finds near. A case that today's
intents settle is not proposed again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.conversation.bot import Bot
from bot.corpus.intents import SMALL_TALK, Intent, Phrase
from bot.editor.questions import Question
from bot.editor.review.cases import Case
from bot.editor.review.trial import Addition, Trial, Trials, meant
from bot.matching import Candidate
from bot.text.localized import FALLBACK
from bot.text.scripts import language_of
from bot.yamlfiles.problems import Location

UNWRITTEN = Location("(to be written)")
"""Where a phrase stands that nobody has written yet."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case with the line that may settle it.

    ranking   what today's bot takes the question for, best first
    today     what the question gets now, in words
    addition  the line; None where no intent is near
    intent    the intent of that line, None without one
    trial     what the line would do
    """

    case: Case
    ranking: tuple[Candidate, ...]
    today: str
    addition: Addition | None = None
    intent: Intent | None = None
    trial: Trial | None = None


class Reviewer:
    """Makes proposals for one bot. `questions` must not become wrong by what is proposed."""

    def __init__(self, bot: Bot, questions: Iterable[Question] = ()) -> None:
        self._bot = bot
        self._questions = tuple(questions)
        self._corpus, self._matcher = bot.corpus, bot.matcher

    def unsettled(self, cases: Iterable[Case]) -> tuple[Case, ...]:
        """The cases that today's intents still leave open, in the same order."""
        return tuple(case for case in cases if not self._is_settled(case))

    def proposals(self, cases: Iterable[Case]) -> tuple[Proposal, ...]:
        """One for each case, in order. Takes about a second a case."""
        found = tuple(cases)
        trials = Trials(self._bot, (text for case in found for text in case.texts), self._questions)
        return tuple(self._propose(case, trials) for case in found)

    def _is_settled(self, case: Case) -> bool:
        """Whether somebody has written down the question since, or it is answered now: of one that was
        answered wrongly, by other intents."""
        text = case.texts[0]
        utterance = self._matcher.utterance(text)
        if self._matcher.knows_word_for_word(utterance) and not case.number("wrong"):
            return True
        now, wrong = meant(self._bot, text), case.shown("wrong")
        return not set(now) & set(wrong) if case.number("wrong") else bool(now)

    def _propose(self, case: Case, trials: Trials) -> Proposal:
        text = case.texts[0]
        ranking = self._matcher.rank(self._matcher.utterance(text)).candidates
        now = trials.in_words(meant(self._bot, text))
        addition = self._addition(case, ranking)
        if addition is None:
            return Proposal(case, ranking, now)
        intent = self._corpus.intents.get(addition.intent_id)
        return Proposal(case, ranking, now, addition, intent, trials.of(addition))

    def _addition(self, case: Case, ranking: tuple[Candidate, ...]) -> Addition | None:
        """A phrase of what was chosen, else a negative example of what was refused or wrong, else a phrase of what is
        nearest, an answer or a refusal: whether it belongs there, only a person can say."""
        text = case.texts[0]
        phrase = Phrase(text, language_of(text) or FALLBACK, UNWRITTEN)
        chosen = self._answers(intent_id for intent_id, _ in case.taken())
        if chosen:
            return Addition(chosen[0], phrase)
        wrong = self._answers((*case.shown("wrong"), *(case.shown("offer") if case.refused() else ())))
        if wrong:
            return Addition(wrong[0], phrase, opposite=True)
        offered = self._answers(case.shown("offer"))
        near = (*offered, *(each.intent_id for each in ranking if not self._is_small_talk(each.intent_id)))
        return Addition(near[0], phrase) if near else None

    def _is_small_talk(self, intent_id: str) -> bool:
        intent = self._corpus.intents.get(intent_id)
        return intent is not None and intent.kind == SMALL_TALK

    def _answers(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Those that are answers today."""
        return tuple(intent_id for intent_id in ids if intent_id in self._corpus.quotations)
