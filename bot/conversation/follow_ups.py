"""Messages that follow an answer without a subject of their own ("and when?", "who said that?", "go on").

What they ask is judged, not forced: where nothing near the answer says it, the reply says so and reads on.
"""

from dataclasses import replace
from functools import cached_property

from bot.conversation.subjects import LONGEST_FOLLOW_UP, Subjects
from bot.corpus.intents import ANSWER, OUT_OF_SCOPE, Intent
from bot.matching import Ambiguous, Decision, Match, NoMatch, Ranking, Utterance
from bot.matching.calibration import MOST_OFFERED, WORTH_OFFERING
from bot.text.folding import words

NEXT, NOTHING = "next", "nothing"
"""Beside the values of `Intent.in_reply`: to read on, and a question that nothing near the answer answers."""

LIKELIER = 40.0
"""How much better the odds are that a message is about the interview when it follows an answer and can mean something
near it. 20 to 60 measured alike on dialogues of other people."""

FEW_WORDS = 6
"""Words. A message of so few may ask about the answer before in words that no phrase has ("imposed by whom")."""

TELLING_KINDS = ("when", "how_much", "how_many", "who", "where", "why", "how", "which")
"""Kinds of questions that say enough by themselves, after another question: "and when?"."""

ASKED, OFTENER, SAME_SUBJECT = 0.05, 2.0, 0.4
"""The part of an intent's phrases that must ask for a kind for a bare "when?" to mean it, how much oftener than its
negative examples, and how similar it must be to the question before, compared with that question's own intent."""

SURELY_ASKED = 0.45
"""The similarity, times the part of the phrases among the examples that ask for the kind, from which on an intent whose
title asks for it, too, is the answer and not only the nearest passage."""

CLEAR = 0.92
"""The confidence from which on a message is a clear question by itself, also with a word that points back ("is Russia
under sanctions, too")."""

WORTH_SHOWING = 0.6
"""The confidence from which on something far away is shown for a message without a subject and a question word."""

TRACE = 0.09
"""Share in a text alone of the intent to which it leads when it is completed; without any, the subject alone leads.
Of 205 follow-ups of other people two less are answered with 0.2; 0.02 measured alike."""

AGREED = 0.8
"""The confidence, or share, in one of two rankings from which on the other, if it agrees, makes it the answer. Of those
follow-ups 76 are answered rightly and 5 wrongly then; 77 and 8 with 0.7, 72 and 5 with 0.9."""

OFTEN, USUALLY = 0.06, 0.65
"""The part of the phrases of an intent that must ask for a kind, and the part of its examples asking for it that must
be phrases, for a bare "how many?" to be answered with the same once more. With 0.55 two follow-ups more are answered
rightly, and two wrongly."""


class FollowUp:
    """A text after an answer: the decision on it alone, and the intent that was answered (`previous`)."""

    def __init__(
        self, subjects: Subjects, utterance: Utterance, decision: Decision, previous: Intent
    ) -> None:
        self._subjects = subjects
        self._corpus = subjects.corpus
        self._matcher = subjects.matcher
        self._text = utterance.text
        self._decision_alone = decision
        self._alone = decision.ranking
        self._leader = decision.ranking.leader
        self._previous = previous
        self._near = subjects.near(previous)
        self._is_bare = subjects.is_bare(utterance.text)
        self._kind = self._matcher.kind(utterance)
        self._language = utterance.language

    @cached_property
    def _completed(self) -> Ranking:
        """What the text means with the subject of the answer before: "by whom" becomes "by whom suffer sanctions"."""
        subject = self._subjects.named_subject(self._previous, self._text)
        return self._matcher.rank(self._matcher.utterance(f"{self._text} {subject}"))

    def decision(self) -> Decision | None:
        """The decision on the text after the answer; None where nothing near answers it.

        Two rankings are compared: of what it says alone, and completed with the subject of the answer. One without a
        subject also asks for a time, a number or a reason, which some intents near have and others have not. What
        names a subject and offers something by itself is not bent to another offer.
        """
        found = self._found_near() if len(words(self._text)) <= LONGEST_FOLLOW_UP else None
        if isinstance(found, Ambiguous):  # whether it is answered is known of a whole question only
            answered = max(found.ranking.answered, self._completed.answered)
            found = Ambiguous(found.candidates, replace(found.ranking, answered=answered))
        offers = isinstance(self._decision_alone, Ambiguous)
        if offers and not isinstance(found, Match) and not self._subjects.is_near(self._text, self._previous):
            return self._decision_alone
        return found

    def concerns_answer(self) -> bool:
        """Whether what nothing near answers asks about the answer before: it has no other subject, or with the subject
        of that answer it leads there once more ("imposed by whom")."""
        is_question = self._kind in TELLING_KINDS or (
            self._kind == "whether"
            and not isinstance(self._decision_alone, Match)
            and self._subjects.points_back(self._text, self._previous)
        )
        is_near = self._subjects.is_near(self._text, self._previous)
        if is_question and is_near:
            return True
        if self._is_bare:
            return not self._leader or self._leader.confidence < WORTH_SHOWING
        if not is_near or len(words(self._text)) > FEW_WORDS or self._is_out_of_scope():
            return False
        return self._completed.answered >= self._subjects.calibration.sure and self._leads_back()

    def _found_near(self) -> Match | Ambiguous | None:
        """The first that there is of: an answer to what a text without a subject asks for, an answer to the completed
        text, what the text says alone, and what is near either."""
        asks = self._kind in TELLING_KINDS and not self._is_out_of_scope()
        of_kind = self._of_kind() if asks else None
        if self._is_bare and isinstance(of_kind, Match):
            return of_kind
        if self._is_bare and asks and self._asks_again():
            return Match(self._completed.candidates[:1], self._completed)
        said_near = self._said_near()
        if isinstance(said_near, Match):
            return said_near
        if self._is_bare and of_kind:
            return None if of_kind.candidates[0].intent_id == self._previous.id else of_kind
        if self._leader and self._leader.intent_id in self._near and (found := self._said_alone()):
            if isinstance(found, Match):
                return found
            if said_near and said_near.candidates[0].confidence >= AGREED:
                return said_near
            return Ambiguous(tuple(c for c in found.candidates if c.intent_id in self._near), found.ranking)
        if self._is_bare and asks:
            return None
        if nearest := said_near or of_kind:
            return Ambiguous(nearest.candidates, nearest.ranking)
        near = (c for c in self._alone.candidates if c.intent_id in self._near and c.share >= WORTH_OFFERING)
        worth = tuple(near)[:MOST_OFFERED]
        return Ambiguous(worth, self._alone) if worth else None

    def _said_near(self) -> Match | Ambiguous | None:
        """The decision for another intent near to which a text leads when it is completed, if a little of that stands
        in the text alone: the answer where both rankings are sure of it, else the nearest passage."""
        leader = self._completed.leader
        intent = self._corpus.intents.get(leader.intent_id) if leader else None
        if leader is None or intent is None or intent.kind != ANSWER:
            return None  # to an overview the subject alone leads
        if intent.id not in self._near or intent.id == self._previous.id:
            return None
        if not any(c.intent_id == intent.id and c.share >= TRACE for c in self._alone.candidates):
            return None
        if leader.confidence >= AGREED and self._alone.answered >= self._subjects.calibration.sure:
            return Match((leader,), self._completed)
        return Ambiguous((leader,), self._completed) if leader.confidence >= WORTH_OFFERING else None

    def _asks_again(self) -> bool:
        """Whether the text asks once more for what was answered, and phrases of that intent ask for it, too."""
        if not self._leads_back():
            return False
        asked, refused = self._matcher.parts_asking(self._kind, self._previous.id, self._language)
        usual = asked >= OFTEN and asked >= USUALLY * (asked + refused)
        return usual and isinstance(self._subjects.decided(_likelier(self._completed)), Match)

    def _leads_back(self) -> bool:
        """Whether the completed text leads to the answer before."""
        leader = self._completed.leader
        return leader is not None and leader.intent_id == self._previous.id

    def _said_alone(self) -> Match | Ambiguous | None:
        """The decision on the text alone; the nearest passage for a match that is neither sure by itself nor answered
        when it is completed. With the subject of an overview all lead to that overview, so this tells nothing there."""
        decision = self._subjects.decided(_likelier(self._alone))
        match decision:
            case NoMatch():
                return None
            case Match((leader, *_), ranking) if leader.confidence < CLEAR:
                agreed = self._previous.answers or self._completed.answered >= AGREED
                return decision if agreed and leader.share >= AGREED else Ambiguous((leader,), ranking)
        return decision

    def _of_kind(self) -> Match | Ambiguous | None:
        """The near intent on the same subject whose phrases ask for the kind: the answer where they often do, else the
        nearest passage; so is the answer before where it holds a number that is asked for."""
        kind, previous = self._kind, self._previous
        subject = self._matcher.utterance(self._subjects.subject(previous, self._text))
        about = self._matcher.rank(subject, most=len(self._near))
        similar = {each.intent_id: each.features.similarity for each in about.candidates}
        if not similar.get(previous.id):
            return None
        fits: dict[str, float] = {}
        for intent_id in self._near - {previous.id} if previous.answers else self._near:
            asked, refused = self._matcher.parts_asking(kind, intent_id, self._language)
            same = 1.0 if previous.answers else similar.get(intent_id, 0.0) / similar[previous.id]
            is_usual = asked >= max(ASKED, OFTENER * refused) and same >= SAME_SUBJECT
            if is_usual and (intent_id == previous.id or self._title_asks(intent_id)):
                fits[intent_id] = min(1.0, same) * asked / (asked + refused)
        if not fits and not previous.answers and self._asks_for_number():
            fits[previous.id] = 0.5
        best = max(fits, key=lambda each: (fits[each], each), default="")
        meant = tuple(replace(c, confidence=fits[best]) for c in about.candidates if c.intent_id == best)
        if not meant:
            return None
        ranking = replace(about, candidates=meant)
        intent = self._corpus.answer(best)
        asked_so = intent is None or self._subjects.asks_as(self._text, intent)
        if self._title_asks(best) and asked_so and fits[best] >= SURELY_ASKED:
            return Match(meant, ranking)
        return Ambiguous(meant, ranking)

    def _title_asks(self, intent_id: str) -> bool:
        """Whether the title of an intent asks for what the text asks for."""
        intent = self._corpus.answer(intent_id)
        return intent is not None and self._subjects.kind(intent.title.best(self._language)) == self._kind

    def _asks_for_number(self) -> bool:
        """Whether the text asks for a number about the answer before, which holds one."""
        if self._kind not in {"when", "how_many", "how_much"}:
            return False
        quoted = (words(quotation.exact) for quotation in self._corpus.quotations[self._previous.id])
        holds_number = any(word.isdecimal() for each in quoted for word in each)
        return holds_number and self._subjects.is_of(self._text, self._previous)

    def _is_out_of_scope(self) -> bool:
        """Whether the text by itself most likely means what the interview does not answer."""
        intent = self._corpus.intents.get(self._leader.intent_id) if self._leader else None
        return bool(self._leader and intent and intent.kind == OUT_OF_SCOPE and self._leader.share >= 0.5)


def _likelier(ranking: Ranking) -> Ranking:
    """The ranking of a message that is likelier about the interview than one that follows nothing."""
    about = LIKELIER * ranking.about / (1.0 + (LIKELIER - 1.0) * ranking.about)
    candidates = tuple(replace(c, confidence=about * ranking.answered * c.share) for c in ranking.candidates)
    return replace(ranking, about=about, candidates=candidates)
