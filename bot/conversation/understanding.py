"""What a message means: its questions, each with a decision, read in the context of an earlier answer if any.

Context and cutting help only a message that is not clear as a whole.
"""

from dataclasses import dataclass, replace

from bot.conversation.unmentioned_names import UnmentionedNames
from bot.corpus.corpus import Corpus
from bot.corpus.intents import SMALL_TALK, Intent
from bot.matching import MAX_WORDS, Ambiguous, Calibration, Decision, Match, Matcher, NoMatch, Ranking, decide
from bot.text.folding import words
from bot.text.languages import language_of
from bot.text.sentences import MOST_QUESTIONS, is_asking, split_questions

MOST_PIECES = 8
"""A text of more pieces is no list of questions and is read as a whole. This also bounds the time of a message."""

SHORT_FOLLOW_UP = 8
"""Words. A longer message says itself what it is about."""

SHORTEST_PIECE = 3
"""Words. A shorter piece of a longer message is not read alone."""

UNMENTIONED_FACTOR = 0.25
"""Factor for the confidences of a question that names somebody whom the interview never mentions. Not zero: the
quotation may correct a false premise ("is China in the four-party center?")."""


@dataclass(frozen=True, slots=True)
class Part:
    """A question, and the decision on it.

    `is_about` says that it is about the interview. `unmentioned_name` is a name in the question that the interview
    never mentions, else "". With such a name nothing is answered; what is near is offered.
    """

    text: str
    decision: Decision
    unmentioned_name: str = ""
    is_about: bool = False


@dataclass(frozen=True, slots=True)
class Understanding:
    """The parts of a message that get a reply, at least one.

    continues       the visitor wants to read on from the answer that the message replies to
    has_unanswered  the message asks something else, too, which gets no reply
    """

    parts: tuple[Part, ...]
    continues: bool = False
    has_unanswered: bool = False


class Interpreter:
    """Reads messages about one corpus."""

    def __init__(
        self, corpus: Corpus, matcher: Matcher, calibration: Calibration, unmentioned_names: UnmentionedNames
    ) -> None:
        self._unmentioned_names = unmentioned_names
        self._corpus = corpus
        self._matcher = matcher
        self._calibration = calibration
        self._offerable = frozenset(corpus.quotations)

    def read(self, text: str, context: Intent | None = None) -> Understanding | None:
        """What `text` means, or None where it has no words. `context` is the intent whose answer it replies to."""
        if not words(text):
            return None
        whole = self._part(text)
        meant = self._matched_intent(whole)
        if context is not None and meant and meant.continues:
            return Understanding((whole,), continues=True)
        pieces, has_unanswered = self._answered_pieces(text)
        if len(pieces) < 2:
            if meant and meant.is_answered:
                return Understanding((whole,))
            followed = self._follow_up(text, context) if context is not None and meant is None else None
            if followed is not None:
                return Understanding((followed,))
        return Understanding(pieces, has_unanswered=has_unanswered) if pieces else Understanding((whole,))

    def _part(self, text: str) -> Part:
        ranking = self._matcher.rank(self._matcher.utterance(text))
        part = Part(text, self._decide(ranking), is_about=self._is_about(ranking))
        meant = self._matched_intent(part)
        leader = self._corpus.answer(ranking.candidates[0].intent_id) if ranking.candidates else None
        unmentioned_name = self._unmentioned_names.named(text, leader)
        if unmentioned_name and (meant is None or meant.is_answered):
            return replace(part, decision=_downgraded(part.decision), unmentioned_name=unmentioned_name)
        return replace(part, unmentioned_name=unmentioned_name)  # small talk and refusals stay what they are

    def _is_about(self, ranking: Ranking) -> bool:
        leads = ranking.candidates[0].intent_id if ranking.candidates else ""
        return leads in self._offerable and ranking.about >= self._calibration.offer

    def _decide(self, ranking: Ranking) -> Decision:
        return decide(ranking, self._calibration, self._offerable, self._corpus.read_as_one)

    def _matched_intent(self, part: Part) -> Intent | None:
        if not isinstance(part.decision, Match):
            return None
        return self._corpus.intents.get(part.decision.candidates[0].intent_id)

    def _answered_pieces(self, text: str) -> tuple[tuple[Part, ...], bool]:
        """The pieces of a message that are answered on their own, each answer once, at most MOST_QUESTIONS; and
        whether another piece is a question that gets no answer."""
        pieces = split_questions(text)
        if pieces == (text.strip(),) or len(pieces) > MOST_PIECES:
            return (), False
        parts: dict[str, Part] = {}
        open_question, read = False, 0
        longest = max(len(words(piece)) for piece in pieces)
        for piece in pieces:
            read += len(words(piece))
            if read > MAX_WORDS:  # no more of a message is read than of a single question
                open_question = True
                break
            if len(words(piece)) < SHORTEST_PIECE < longest:
                continue  # "sanctions?" behind a question is no question of its own
            part = self._part(piece)
            meant = self._matched_intent(part)
            if meant and meant.is_answered:
                parts.setdefault(meant.id, part)
            elif meant is None or meant.kind != SMALL_TALK:
                open_question |= is_asking(piece)
        answered = tuple(parts.values())
        return answered[:MOST_QUESTIONS], open_question or len(answered) > MOST_QUESTIONS

    def _follow_up(self, text: str, context: Intent) -> Part | None:
        """A short message such as "and why?", read as the continuation of the question that was answered.

        It can only mean intents near that one: those of the same topic and under `see_also`.
        """
        utterance = self._matcher.utterance(text)
        if len(utterance.words) > SHORT_FOLLOW_UP:
            return None
        title = context.title.best(language_of(text))
        ranking = self._matcher.rank(self._matcher.utterance(f"{text} {title}"))
        near = {reference.intent_id for reference in context.see_also}
        near |= {i.id for i in self._corpus.intents.answers() if i.topic == context.topic}
        kept = tuple(c for c in ranking.candidates if c.intent_id in near and c.intent_id != context.id)
        total = sum(candidate.share for candidate in kept)
        if not total:
            return None
        scaled = tuple(
            replace(c, share=c.share / total, confidence=ranking.chance * c.share / total) for c in kept
        )
        decision = self._decide(replace(ranking, candidates=scaled))
        if isinstance(decision, NoMatch) or self._unmentioned_names.named(text):
            return None
        return Part(text, decision)


def _downgraded(decision: Decision) -> Decision:
    """The decision on a question with an unmentioned name: what would be answered is offered, with less confidence."""
    ranking = decision.ranking
    candidates = tuple(replace(c, confidence=UNMENTIONED_FACTOR * c.confidence) for c in ranking.candidates)
    downgraded = replace(ranking, candidates=candidates, answered=UNMENTIONED_FACTOR * ranking.answered)
    match decision:
        case Match(meant) | Ambiguous(meant):
            offered = {candidate.intent_id for candidate in meant}
            return Ambiguous(tuple(c for c in candidates if c.intent_id in offered), downgraded)
        case NoMatch():
            return NoMatch(downgraded)
