"""What a message means: its questions, each with a decision, read in the context of an earlier answer if any.

Letters, cutting and context help only a message that is not clear as a whole.
"""

import re
from dataclasses import dataclass, replace
from itertools import accumulate, islice

from bot.conversation.follow_ups import CLEAR, NEXT, NOTHING, TELLING_KINDS, FollowUp
from bot.conversation.subjects import Subjects
from bot.conversation.unmentioned_names import UnmentionedNames, downgraded
from bot.corpus.corpus import Corpus
from bot.corpus.intents import ANSWER, SMALL_TALK, Intent
from bot.matching import MAX_WORDS, Ambiguous, Calibration, Decision, Match, Matcher, NoMatch, Utterance
from bot.matching.calibration import CLEARLY_AHEAD
from bot.matching.letters import Letters
from bot.matching.lexicon import OTHER
from bot.text.folding import words
from bot.text.languages import scripts_in
from bot.text.sentences import MOST_QUESTIONS, split_questions

MOST_PIECES = 8
"""A text of more pieces is no list of questions and is read as a whole. This also bounds the time of a message."""

SHORTEST_PIECE = 3
"""Words. A shorter piece of a longer message is not read alone, and what has more is no subject in a list."""

MOST_CUTS = 3
"""Places at which a message that is not understood is cut to see whether the halves are."""

CLEAR_WITH_NAME = 0.8
"""The same as CLEAR, for a message that names a person, a place or a company ("who is that Mamonov"). Of 2,359 answers
2 become offers after an answer to something else then; 9 with CLEAR alone, 78 where words that point back decide."""

_COMMA = re.compile("[,،;/+&]")


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question of a message, and the decision on it.

    `is_about` says that it is about the interview, `follows` that it was read in the context of the answer before.
    `unmentioned_name` is a name in the question that the interview never mentions, else "". With such a name nothing
    is answered; what is near is offered. `meant` is the first intent of a `Match`.
    """

    utterance: Utterance
    decision: Decision
    unmentioned_name: str = ""
    is_about: bool = False
    follows: bool = False
    meant: Intent | None = None

    @property
    def text(self) -> str:
        return self.utterance.text

    @property
    def is_answered(self) -> bool:
        return self.meant is not None and self.meant.is_answered

    @property
    def is_found(self) -> bool:
        """Whether it is answered, or something near is shown."""
        return self.is_answered or isinstance(self.decision, Ambiguous)


@dataclass(frozen=True, slots=True)
class Understanding:
    """The questions of a message that get a reply, at least one.

    read_as         the message in the letters that it stands for, where it was typed in others; else ""
    in_reply        what is asked about the answer before: a value of `Intent.in_reply`, NEXT to read on, NOTHING for a
                    question that nothing near that answer answers; "" for a message that stands alone
    has_unanswered  the message asks more than is replied to
    """

    questions: tuple[AskedQuestion, ...]
    read_as: str = ""
    in_reply: str = ""
    has_unanswered: bool = False


class Interpreter:
    """Reads messages about one corpus."""

    def __init__(
        self, corpus: Corpus, matcher: Matcher, calibration: Calibration, unmentioned_names: UnmentionedNames
    ) -> None:
        self._unmentioned_names = unmentioned_names
        self._corpus = corpus
        self._matcher = matcher
        self.letters = Letters(matcher)
        self._subjects = Subjects(corpus, matcher, calibration)
        self._kinds = matcher.lexicon.kinds

    def read(self, text: str, previous: Intent | None = None) -> Understanding | None:
        """What `text` means, or None where it has no words. `previous` is the intent that was answered before."""
        if not words(text):
            return None
        read = self.letters.read(text)
        is_alone = read != text and (len(words(text)) == 1 or len(scripts_in(words(text))) > 1)
        if is_alone and isinstance(self._judged(read).decision, NoMatch):
            read = text  # one word may be anything
        asked = self._subjects.without_opening(read)
        if asked != read and self._judged(read).meant and not self._judged(asked).is_found:
            asked = read  # "thanks for the answer" is no question
        meant = self._subjects.without_correction(asked)
        goes_on = meant == asked or (
            self._subjects.kind(meant) in TELLING_KINDS and self._subjects.is_bare(meant)
        )
        understood = self._understand(meant, previous if goes_on else None)
        return understood if read == text else replace(understood, read_as=read)

    def _understand(self, text: str, previous: Intent | None) -> Understanding:
        whole = self._judged(text)
        meant = whole.meant
        if previous and meant and (meant.continues or meant.in_reply):
            return Understanding((whole,), in_reply=NEXT if meant.continues else meant.in_reply)
        questions, has_more = self._pieces(whole)
        if len(questions) > 1 or (questions and not whole.is_answered):
            return Understanding(questions, has_unanswered=has_more)
        if previous and self._may_follow(whole, previous):
            follow_up = FollowUp(self._subjects, whole.utterance, whole.decision, previous)
            if decision := follow_up.decision():
                return Understanding((self._followed(whole, decision),))
            if follow_up.concerns_answer():
                return Understanding((whole,), in_reply=NOTHING)
            if whole.is_answered:
                unsure = Ambiguous(whole.decision.ranking.candidates[:1], whole.decision.ranking)
                return Understanding((replace(whole, decision=unsure),))
        return Understanding((whole,))

    def _judged(self, text: str) -> AskedQuestion:
        utterance = self._matcher.utterance(text)
        ranking = self._matcher.rank(utterance)
        decision = self._subjects.decided(ranking)
        leader = self._corpus.answer(ranking.leader.intent_id) if ranking.leader else None
        is_about = leader is not None and ranking.about >= self._subjects.calibration.offer
        unmentioned_name = self._unmentioned_names.named(text, leader)
        question = AskedQuestion(utterance, decision, unmentioned_name, is_about, meant=self._meant(decision))
        if unmentioned_name and (question.meant is None or question.is_answered):
            return replace(question, decision=downgraded(decision), meant=None)
        return question  # small talk and refusals stay what they are

    def _meant(self, decision: Decision) -> Intent | None:
        first = decision.candidates[0].intent_id if isinstance(decision, Match) else ""
        return self._corpus.intents.get(first)

    def _pieces(self, whole: AskedQuestion) -> tuple[tuple[AskedQuestion, ...], bool]:
        """The questions of a message that has several, each with its own decision, and whether there are more than are
        replied to. None where the message is one question, or none of its pieces is answered."""
        if self._matcher.knows_word_for_word(whole.utterance):
            return (), False
        if listed := self._listed(whole.text):
            return listed, False
        pieces = [
            piece
            for sentence in split_questions(whole.text, self._kinds.question_joint)
            for piece in self._cut(sentence)
        ]
        if len(pieces) == 1 and whole.meant is None:
            pieces = list(self._halves(whole))
        if len(pieces) < 2 or len(pieces) > MOST_PIECES:
            return (), False
        lengths = [len(words(piece)) for piece in pieces]
        read = [piece for piece, total in zip(pieces, accumulate(lengths), strict=True) if total <= MAX_WORDS]
        any_asks = any(map(self._asks, pieces))
        questions: dict[str, AskedQuestion] = {}
        previous = None
        for piece in read:
            if len(words(piece)) < SHORTEST_PIECE < max(lengths):
                continue  # "sanctions?" behind a question is no question of its own
            if any_asks and piece.endswith((".", "!")) and not self._asks(piece):
                continue  # "It was long." beside a question
            question = self._judged(piece)
            if previous and self._may_follow(question, previous):
                decision = FollowUp(
                    self._subjects, question.utterance, question.decision, previous
                ).decision()
                question = self._followed(question, decision) if decision else question
            if question.meant and question.is_answered:
                previous = question.meant
                questions.setdefault(previous.id, question)
            elif (question.meant is None or question.meant.kind != SMALL_TALK) and self._asks(piece):
                questions.setdefault(piece, question)
        if previous is None:
            return (), False
        has_more = len(read) < len(pieces) or len(questions) > MOST_QUESTIONS
        return tuple(questions.values())[:MOST_QUESTIONS], has_more

    def _listed(self, text: str) -> tuple[AskedQuestion, ...]:
        """The subjects of a list ("startups, sanctions and coffee"), where each of them is answered."""
        subjects = _COMMA.split(self._kinds.joint.sub(",", text))
        if not 1 < len(subjects) <= MOST_QUESTIONS:
            return ()
        if not all(1 <= len(words(each)) <= SHORTEST_PIECE for each in subjects):
            return ()
        found = (each for each in map(self._judged, subjects) if each.is_answered)
        questions = {each.meant: each for each in found}
        return tuple(questions.values()) if len(questions) == len(subjects) else ()

    def _cut(self, sentence: str) -> tuple[str, ...]:
        """A sentence, cut at the "and" between two questions: "who is in it and in which city is it"."""
        for found in islice(self._kinds.joint.finditer(sentence), MOST_PIECES):
            halves = sentence[: found.start()], sentence[found.end() :]
            if all(len(words(half)) >= SHORTEST_PIECE and self._asks(half) for half in halves):
                return halves[0], *self._cut(halves[1])
        return (sentence,)

    def _halves(self, whole: AskedQuestion) -> tuple[str, ...]:
        """What is not understood as a whole, cut at an "and" so that one half is answered, and the other asks, too.
        What the whole clearly asks of an intent, but in vain, is not answered with that intent for a half of it."""
        refused = {c.intent_id for c in whole.decision.ranking.candidates if c.share >= CLEARLY_AHEAD}
        for found in islice(self._kinds.joint.finditer(whole.text), MOST_CUTS):
            halves = whole.text[: found.start()], whole.text[found.end() :]
            if all(len(words(half)) >= SHORTEST_PIECE for half in halves):
                meant = [self._judged(half).meant for half in halves]
                answered = [bool(each and each.is_answered and each.id not in refused) for each in meant]
                if any(answered) and all(answered[n] or self._asks(halves[n]) for n in (0, 1)):
                    return halves
        return ()

    def _asks(self, piece: str) -> bool:
        """Whether a piece is a question, with or without a mark."""
        if self._kinds.is_asking(piece) or self._matcher.language(piece) in self._kinds.only_beginning:
            return self._kinds.is_asking(piece)
        return self._subjects.kind(piece) != OTHER

    def _may_follow(self, question: AskedQuestion, previous: Intent) -> bool:
        """Whether a message is not clear by itself: nothing is meant, or something without a subject and hardly, or
        something far away that points back ("in which city is it"), or small talk that asks ("why not?")."""
        meant = question.meant
        if question.unmentioned_name or meant is None:
            return not question.unmentioned_name
        is_bare = self._subjects.is_bare(question.text)
        is_known = self._matcher.knows_word_for_word(question.utterance)
        if meant.kind == SMALL_TALK:
            kind = self._matcher.kind(question.utterance)
            return kind in TELLING_KINDS and (not is_known or kind == "why") and is_bare
        if is_known or meant.kind != ANSWER:  # a subject that is named, and gets its overview, is clear
            return False
        has_name = bool(self._matcher.lexicon.names.in_order(words(question.text)))
        if question.decision.ranking.candidates[0].confidence >= (CLEAR_WITH_NAME if has_name else CLEAR):
            return False
        is_near = meant.id in self._subjects.near(previous)
        return is_bare or (not is_near and self._subjects.points_back(question.text, previous))

    def _followed(self, question: AskedQuestion, decision: Decision) -> AskedQuestion:
        return replace(question, decision=decision, is_about=True, follows=True, meant=self._meant(decision))
