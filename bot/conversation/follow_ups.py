"""Messages that follow an answer without a subject of their own ("and when?", "who said that?", "go on").

What they ask is judged, not forced: where nothing near the answer says it, the reply says so and reads on.
"""

from collections.abc import Set
from dataclasses import replace

from bot.conversation.subjects import LONGEST, Subjects
from bot.corpus.corpus import Corpus
from bot.corpus.intents import ANSWER, OUT_OF_SCOPE, Intent
from bot.matching import Ambiguous, Calibration, Decision, Match, Matcher, NoMatch, Ranking, decide
from bot.matching.calibration import WORTH_OFFERING
from bot.text.folding import words

NEXT, NOTHING = "next", "nothing"
"""Beside the values of `Intent.in_reply`: to read on, and a question that nothing near the answer answers."""

LIKELIER = 40.0
"""How much better the odds are that a message is about the interview when it follows an answer and can mean something
near it. 20 to 60 measured alike on dialogues of other people."""

FEW = 6
"""Words. A message of so few may ask about the answer before in words that no phrase has ("imposed by whom")."""

TELLING_KINDS = ("when", "how_much", "how_many", "who", "where", "why", "how", "which")
"""Kinds of questions that say enough by themselves, after another question: "and when?"."""

ASKED, OFTENER, SAME_SUBJECT = 0.05, 2.0, 0.4
"""The part of an intent's phrases that must ask for a kind for a bare "when?" to mean it, how much oftener than its
negative examples, and how similar it must be to the question before, compared with that question's own intent."""

SURELY_ASKED = 0.45
"""The similarity, times the part of the phrases among the examples that ask for the kind, from which on an intent whose
title asks for it, too, is the answer and not only the nearest passage."""

SURE = 0.92
"""The confidence from which on a message is a clear question by itself, also with a word that points back ("is Russia
under sanctions, too")."""

WORTH_SHOWING = 0.6
"""The confidence from which on something far away is shown for a message without a subject and a question word."""

TRACE = 0.09
"""Share in a text alone of the intent to which it leads when it is completed; without any, the subject alone leads.
Of 205 follow-ups of other people two less are answered with 0.2; 0.02 measured alike."""

AGREED = 0.8
"""The confidence, or share, of a reading from which on another reading that agrees makes it the answer. Of those
follow-ups 76 are answered rightly and 5 wrongly then; 77 and 8 with 0.7, 72 and 5 with 0.9."""

OFTEN, USUALLY = 0.06, 0.65
"""The part of the phrases of an intent that must ask for a kind, and the part of its examples asking for it that must
be phrases, for a bare "how many?" to be answered with the same once more. With 0.55 two follow-ups more are answered
rightly, and two wrongly."""

MOST_RELATED = 3


class FollowUps:
    """Decides what a short message means after an answer."""

    def __init__(
        self, corpus: Corpus, matcher: Matcher, calibration: Calibration, subjects: Subjects
    ) -> None:
        self._corpus = corpus
        self._subjects = subjects
        self._matcher = matcher
        self._calibration = calibration
        self._offerable = frozenset(corpus.quotations)

    def decision(self, alone: Ranking, text: str, context: Intent) -> Match | Ambiguous | None:
        """The decision on `text` after the answer of `context`; None where nothing near answers it.

        Two readings are compared: what it says alone, and completed with the subject of the answer. One without a
        subject also asks for a time, a number or a reason, which some intents near have and others have not.
        """
        if len(words(text)) > LONGEST:
            return None
        completed = self._completed(text, context)
        found = self._near(alone, completed, text, context)
        if isinstance(found, Ambiguous):  # whether it is answered is known of a whole question only
            answered = max(found.ranking.answered, completed.answered)
            return Ambiguous(found.candidates, replace(found.ranking, answered=answered))
        return found

    def _near(
        self, alone: Ranking, completed: Ranking, text: str, context: Intent
    ) -> Match | Ambiguous | None:
        """The first that there is of: an answer to what a text without a subject asks for, an answer to the completed
        text, what the text says alone, and what is near either."""
        near, bare = self._subjects.near(context), self._subjects.is_bare(text)
        kind = self._subjects.kind(text)
        asks = kind in TELLING_KINDS and not self._is_out_of_scope(alone)
        of_kind = self._of_kind(kind, text, context, near) if asks else None
        if bare and isinstance(of_kind, Match):
            return of_kind
        if bare and asks and self._asks_again(kind, text, completed, context):
            return Match(completed.candidates[:1], completed)
        said_near = self._said_near(alone, completed, near - {context.id})
        if isinstance(said_near, Match):
            return said_near
        if bare and of_kind:
            return None if of_kind.candidates[0].intent_id == context.id else of_kind
        leads_near = alone.candidates and alone.candidates[0].intent_id in near
        if leads_near and (found := self._decide(_likelier(alone), completed, context)):
            if isinstance(found, Match):
                return found
            is_surer = said_near and said_near.candidates[0].confidence >= AGREED
            return said_near if is_surer else _only(near, found)
        if bare and asks:
            return None
        if nearest := said_near or of_kind:
            return Ambiguous(nearest.candidates, nearest.ranking)
        worth = tuple(c for c in alone.candidates if c.intent_id in near and c.share >= WORTH_OFFERING)
        return Ambiguous(worth[:MOST_RELATED], alone) if worth else None

    def _completed(self, text: str, context: Intent) -> Ranking:
        """What a text means with the subject of the answer before: "by whom" becomes "by whom suffer sanctions"."""
        return self._matcher.rank(self._matcher.utterance(f"{text} {self._subjects.of(context, text)}"))

    def _said_near(self, alone: Ranking, completed: Ranking, others: Set[str]) -> Match | Ambiguous | None:
        """The decision for another intent near to which a text leads when it is completed, if a little of that stands
        in the text alone: the answer where both readings are sure of it, else the nearest passage."""
        leader = next(iter(completed.candidates), None)
        intent = self._corpus.intents.get(leader.intent_id) if leader else None
        if leader is None or intent is None or intent.kind != ANSWER or intent.id not in others:
            return None  # to an overview the subject alone leads
        if not any(c.intent_id == leader.intent_id and c.share >= TRACE for c in alone.candidates):
            return None
        if leader.confidence >= AGREED and alone.answered >= self._calibration.sure:
            return Match((leader,), completed)
        return Ambiguous((leader,), completed) if leader.confidence >= WORTH_OFFERING else None

    def _asks_again(self, kind: str, text: str, completed: Ranking, context: Intent) -> bool:
        """Whether a text asks once more for what was answered, and phrases of that intent ask for it, too."""
        if not completed.candidates or completed.candidates[0].intent_id != context.id:
            return False
        asked, refused = self._matcher.parts_asking(kind, context.id, self._matcher.language(text))
        usual = asked >= OFTEN and asked >= USUALLY * (asked + refused)
        return usual and isinstance(self._decided(_likelier(completed)), Match)

    def _decide(self, alone: Ranking, completed: Ranking, context: Intent) -> Match | Ambiguous | None:
        """The decision on a ranking; the nearest passage for a match that is neither sure by itself nor answered
        when it is completed. With the subject of an overview all lead to that overview, so this tells nothing there."""
        decision = self._decided(alone)
        match decision:
            case NoMatch():
                return None
            case Match((leader, *_)) if leader.confidence < SURE:
                agreed = leader.share >= AGREED and (context.answers or completed.answered >= AGREED)
                return decision if agreed else Ambiguous((leader,), alone)
        return decision

    def _decided(self, ranking: Ranking) -> Decision:
        return decide(ranking, self._calibration, self._offerable, self._corpus.read_as_one)

    def concerns(self, text: str, alone: Ranking, context: Intent) -> bool:
        """Whether what nothing near answers asks about the answer before: it has no subject of its own, or with the
        subject of that answer it leads there once more ("imposed by whom")."""
        if self._subjects.is_of(text, context) and self._subjects.kind(text) in TELLING_KINDS:
            return True
        if self._subjects.is_bare(text):
            return not alone.candidates or alone.candidates[0].confidence < WORTH_SHOWING
        if len(words(text)) > FEW or self._is_out_of_scope(alone):
            return False
        completed = self._completed(text, context)
        return (
            completed.answered >= self._calibration.sure and completed.candidates[0].intent_id == context.id
        )

    def _of_kind(
        self, kind: str, text: str, context: Intent, near: frozenset[str]
    ) -> Match | Ambiguous | None:
        """The near intent on the same subject whose phrases ask for the kind: the answer where they often do, else the
        nearest passage; so is the answer before where it holds a number that is asked for."""
        language = self._matcher.language(text)
        about = self._matcher.rank(self._matcher.utterance(self._subjects.of(context, text)), most=len(near))
        similar = {each.intent_id: each.features.similarity for each in about.candidates}
        if not similar.get(context.id):
            return None
        fits: dict[str, float] = {}
        for intent_id in near - {context.id} if context.answers else near:
            asked, refused = self._matcher.parts_asking(kind, intent_id, language)
            same = 1.0 if context.answers else similar.get(intent_id, 0.0) / similar[context.id]
            if asked >= max(ASKED, OFTENER * refused) and same >= SAME_SUBJECT:
                fits[intent_id] = min(1.0, same) * asked / (asked + refused)
        is_number = self._subjects.is_of(text, context) and self._holds_number(kind, context)
        if not fits and not context.answers and is_number:
            fits[context.id] = 0.5
        best = max(fits, key=lambda each: (fits[each], each), default="")
        meant = tuple(replace(c, confidence=fits[best]) for c in about.candidates if c.intent_id == best)
        if not meant:
            return None
        ranking = replace(about, candidates=meant)
        intent = self._corpus.answer(best)
        of_title = self._subjects.kind(intent.title.best(language) if intent else "")
        if best != context.id and of_title != kind:
            return None
        if of_title == kind and fits[best] >= SURELY_ASKED:
            return Match(meant, ranking)
        return Ambiguous(meant, ranking)

    def _holds_number(self, kind: str, context: Intent) -> bool:
        return kind in ("when", "how_many", "how_much") and any(
            word.isdecimal()
            for quotation in self._corpus.quotations[context.id]
            for word in words(quotation.exact)
        )

    def _is_out_of_scope(self, alone: Ranking) -> bool:
        """Whether a text by itself most likely means what the interview does not answer."""
        leader = alone.candidates[0] if alone.candidates else None
        intent = self._corpus.intents.get(leader.intent_id) if leader else None
        return bool(leader and intent and intent.kind == OUT_OF_SCOPE and leader.share >= 0.5)


def _only(near: Set[str], found: Ambiguous) -> Ambiguous:
    return Ambiguous(tuple(c for c in found.candidates if c.intent_id in near), found.ranking)


def _likelier(ranking: Ranking) -> Ranking:
    """The ranking of a message that is likelier about the interview than one that follows nothing."""
    about = LIKELIER * ranking.about / (1.0 + (LIKELIER - 1.0) * ranking.about)
    candidates = tuple(replace(c, confidence=about * ranking.answered * c.share) for c in ranking.candidates)
    return replace(ranking, about=about, candidates=candidates)
