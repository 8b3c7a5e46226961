"""What a message means: its questions, each with a decision, read in the context of an earlier answer if any.

Rule: context and cutting only help a message that is not clear as a whole; a clear one is taken at its
word.
"""

from dataclasses import dataclass, replace

from bot.conversation.unmentioned_names import UnmentionedNames
from bot.corpus.corpus import Corpus
from bot.corpus.intents import SMALL_TALK, Intent
from bot.matching import MAX_WORDS, Ambiguous, Calibration, Decision, Match, Matcher, NoMatch, Ranking, decide
from bot.text.folding import words
from bot.text.questions import MOST_QUESTIONS, is_asking, split_questions
from bot.text.scripts import language_of

MOST_PIECES = 8
"""A longer text is no list of questions; it is read as a whole. Bounds the time of a message, too."""

SHORT_FOLLOW_UP = 8
"""Words. A longer message says by itself what it is about."""

UNMENTIONED_FACTOR = 0.25
"""What is left of a confidence when the question names somebody whom the interview never mentions: it may
still be a false premise that the quotation corrects ("is China in the four-party center?")."""

TELL_ME_MORE = "tell-me-more"
"""The small-talk intent of "go on": in reply to an answer it asks for the words around it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A question, and what was decided about it. `unmentioned_name` is a name in it that the interview never
    mentions, "" where there is none; such a question is not answered, only offered something near."""

    text: str
    decision: Decision
    unmentioned_name: str = ""


@dataclass(frozen=True, slots=True)
class Understanding:
    """The parts of a message that get a reply, at least one. `continues` when the visitor wants to read
    on from the answer that they replied to; `has_unanswered` when something else was asked, too, that gets none."""

    parts: tuple[Part, ...]
    continues: bool = False
    has_unanswered: bool = False


class Interpreter:
    """Reads messages about one corpus."""

    def __init__(
        self, corpus: Corpus, matcher: Matcher, calibration: Calibration, unmentioned_names: UnmentionedNames
    ) -> None:
        self._strangers = unmentioned_names
        self._corpus = corpus
        self._matcher = matcher
        self._calibration = calibration
        self._offerable = frozenset(corpus.quotations)

    def read(self, text: str, context: Intent | None = None) -> Understanding | None:
        """What `text` means, or None where it has no words. `context` is the intent whose answer it
        replies to."""
        if not words(text):
            return None
        whole = self._part(text)
        if context is not None and self._wants_more(whole):
            return Understanding((whole,), continues=True)
        pieces, has_unanswered = self._answered_pieces(text)
        several = len(pieces) > 1
        if self._is_answer(whole.decision) and not several:
            return Understanding((whole,))
        if context is not None and not several and not isinstance(whole.decision, Match):
            followed = self._follow_up(text, context)
            if followed is not None:
                return Understanding((followed,))
        return Understanding(pieces, has_unanswered=has_unanswered) if pieces else Understanding((whole,))

    def _part(self, text: str) -> Part:
        ranking = self._matcher.rank(self._matcher.utterance(text))
        decision = decide(ranking, self._calibration, self._offerable, self._corpus.side_by_side)
        leader = self._corpus.answer(ranking.candidates[0].intent_id) if ranking.candidates else None
        unmentioned_name = self._strangers.named(text, leader)
        if unmentioned_name and (self._is_answer(decision) or not isinstance(decision, Match)):
            decision = _downgraded(decision)  # small talk and refusals stay what they are
        return Part(text, decision, unmentioned_name)

    def _is_answer(self, decision: Decision) -> bool:
        return isinstance(decision, Match) and decision.candidates[0].intent_id in self._offerable

    def _is_small_talk(self, decision: Decision) -> bool:
        if not isinstance(decision, Match):
            return False
        intent = self._corpus.intents.get(decision.candidates[0].intent_id)
        return intent is not None and intent.kind == SMALL_TALK

    def _wants_more(self, part: Part) -> bool:
        decision = part.decision
        return isinstance(decision, Match) and decision.candidates[0].intent_id == TELL_ME_MORE

    def _answered_pieces(self, text: str) -> tuple[tuple[Part, ...], bool]:
        """The pieces of a message that are answered on their own, each answer once, at most three; and whether
        another piece is a question that is not surely answered, or one too many."""
        pieces = split_questions(text)
        if pieces == (text.strip(),) or len(pieces) > MOST_PIECES:
            return (), False
        parts: dict[str, Part] = {}
        open_question, read = False, 0
        for piece in pieces:
            read += len(words(piece))
            if read > MAX_WORDS:  # no more of a message is read than of a single question
                open_question = True
                break
            part = self._part(piece)
            if isinstance(part.decision, Match) and self._is_answer(part.decision):
                parts.setdefault(part.decision.candidates[0].intent_id, part)
            elif not self._is_small_talk(part.decision):
                open_question |= is_asking(piece)
        answered = tuple(parts.values())
        return answered[:MOST_QUESTIONS], open_question or len(answered) > MOST_QUESTIONS

    def _follow_up(self, text: str, context: Intent) -> Part | None:
        """A short message read as if it continued the question that was answered ("and why?").

        Only what stands near that answer can be meant: the same topic and its related questions.
        """
        utterance = self._matcher.utterance(text)
        if len(utterance.words) > SHORT_FOLLOW_UP:
            return None
        title = context.title.best(language_of(text) or "en")
        ranking = self._matcher.rank(self._matcher.utterance(f"{text} {title}"))
        near = {reference.intent_id for reference in context.see_also}
        near |= {i.id for i in self._corpus.intents.answers() if i.topic == context.topic}
        kept = tuple(c for c in ranking.candidates if c.intent_id in near and c.intent_id != context.id)
        total = sum(candidate.share for candidate in kept)
        if not total:
            return None
        scaled = tuple(
            replace(c, share=c.share / total, confidence=ranking.answered * c.share / total) for c in kept
        )
        ranked = Ranking(scaled, ranking.answered, ranking.signs)
        decision = decide(ranked, self._calibration, self._offerable, self._corpus.side_by_side)
        if isinstance(decision, NoMatch) or self._strangers.named(text):
            return None
        return Part(text, decision)


def _downgraded(decision: Decision) -> Decision:
    """A decision on a question about a unmentioned_name: what would have been answered is offered, and nobody is
    as confident as before."""
    ranking = decision.ranking
    candidates = tuple(replace(c, confidence=UNMENTIONED_FACTOR * c.confidence) for c in ranking.candidates)
    downgraded = Ranking(candidates, UNMENTIONED_FACTOR * ranking.answered, ranking.signs)
    match decision:
        case Match(meant) | Ambiguous(meant):
            offered = {candidate.intent_id for candidate in meant}
            return Ambiguous(tuple(c for c in candidates if c.intent_id in offered), downgraded)
        case NoMatch():
            return NoMatch(downgraded)
