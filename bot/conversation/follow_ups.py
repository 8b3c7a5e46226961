"""Messages that follow an answer without a subject of their own ("and when?", "who said that?", "go on").

What they ask is judged, not forced: where nothing near the answer says it, the reply says so and reads on.
"""

from dataclasses import dataclass, replace

from bot.conversation.elements import Elements
from bot.conversation.replies import Block, Reply
from bot.corpus.corpus import Corpus
from bot.corpus.intents import OUT_OF_SCOPE, Intent
from bot.matching import (
    Ambiguous,
    Calibration,
    Decision,
    Match,
    Matcher,
    NoMatch,
    Ranking,
    decide,
    script_for,
)
from bot.matching.calibration import WORTH_OFFERING
from bot.text.folding import words
from bot.text.languages import language_of, stem

NEXT, NOTHING = "next", "nothing"
"""Beside the values of `Intent.in_reply`: to read on, and a question that nothing near the answer answers."""

LONGEST = 8
"""Words. A longer message says itself what it is about."""

TELLING = 0.62
"""Part of the greatest weight from which on a word tells what is spoken about: "yandex" has 0.77, "when" 0.44,
"company" 0.49."""

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

SURELY_ASKED = 0.65
"""The similarity, times the part of the phrases among the examples that ask for the kind, from which on it is the
answer and not only the nearest passage. With lower values nearly every "why?" of other people was answered."""

MOST_RELATED = 3


class FollowUps:
    """Decides what a short message means after an answer."""

    def __init__(self, corpus: Corpus, matcher: Matcher, calibration: Calibration) -> None:
        self._corpus = corpus
        self._matcher = matcher
        self._calibration = calibration
        self._offerable = frozenset(corpus.quotations)

    def decision(self, text: str, alone: Ranking, context: Intent) -> Decision | None:
        """The decision on `text` after the answer of `context`; None where nothing near answers it.

        What it says `alone` decides; the context makes it likelier that it is about the interview. One without a
        subject has that of the question before, and what it asks for decides.
        """
        if len(words(text)) > LONGEST:
            return None
        near, found = self.near(context), None
        kind = self._matcher.kind(self._matcher.utterance(text))
        if kind in TELLING_KINDS and self.is_bare(text):
            found = self._of_kind(kind, text, context, near)
        if found is None and alone.candidates and alone.candidates[0].intent_id in near:
            decision = self._decide(_likelier(alone))
            found = None if isinstance(decision, NoMatch) else decision
        if found is None and kind in TELLING_KINDS and not self._is_out_of_scope(alone):
            found = self._of_kind(kind, text, context, near)
        if found is None:
            worth = tuple(c for c in alone.candidates if c.intent_id in near and c.share >= WORTH_OFFERING)
            found = Ambiguous(worth[:MOST_RELATED], alone) if worth else None
        if found is None and (kind not in TELLING_KINDS or not self.is_bare(text)):
            found = self._the_same_again(text, alone, context)
        return found

    def near(self, context: Intent) -> frozenset[str]:
        """The ids of the intents that a follow-up can mean: the same, those of its topic, and under `see_also`."""
        around = (intent.id for intent in self._corpus.around(context))
        return frozenset((context.id, *around, *(reference.intent_id for reference in context.see_also)))

    def is_bare(self, text: str) -> bool:
        """Whether a text is short and names no subject: no word tells what it is about."""
        folded = words(text)
        return len(folded) <= LONGEST and not any(self._is_telling(word, script_for(text)) for word in folded)

    def _of_kind(
        self, kind: str, text: str, context: Intent, near: frozenset[str]
    ) -> Match | Ambiguous | None:
        """The near intent on the same subject whose phrases ask for the kind: the answer where they often do, else the
        nearest passage; so is the answer before where it holds a number that is asked for."""
        language, script = language_of(text), script_for(text)
        about = self._matcher.rank(self._matcher.utterance(self._subject(context, language)), most=len(near))
        similar = {each.intent_id: each.features.similarity for each in about.candidates}
        if not similar.get(context.id):
            return None
        fits: dict[str, float] = {}
        for intent_id in near:
            asked, refused = self._matcher.parts_asking(kind, intent_id, script)
            same = similar.get(intent_id, 0.0) / similar[context.id]
            if asked >= max(ASKED, OFTENER * refused) and same >= SAME_SUBJECT:
                fits[intent_id] = min(1.0, same) * asked / (asked + refused)
        if not fits and self._holds_number(kind, context):
            fits[context.id] = 0.5
        best = max(fits, key=lambda each: (fits[each], each), default="")
        meant = [replace(c, confidence=fits[best]) for c in about.candidates if c.intent_id == best]
        ranking = replace(about, candidates=tuple(meant))
        if not meant:
            return None
        if fits[best] >= SURELY_ASKED:
            return Match(ranking.candidates, ranking)
        return Ambiguous(ranking.candidates, ranking)

    def _holds_number(self, kind: str, context: Intent) -> bool:
        return kind in ("when", "how_many", "how_much") and any(
            word.isdecimal()
            for quotation in self._corpus.quotations[context.id]
            for word in words(quotation.exact)
        )

    def _the_same_again(self, text: str, alone: Ranking, context: Intent) -> Ambiguous | None:
        """The answer before as the nearest passage, where with its subject the message leads there once more."""
        if len(words(text)) > FEW or self._is_out_of_scope(alone):
            return None
        ranking = self._matcher.rank(
            self._matcher.utterance(f"{text} {self._subject(context, language_of(text))}")
        )
        if ranking.answered < self._calibration.sure or ranking.candidates[0].intent_id != context.id:
            return None
        return Ambiguous(ranking.candidates[:1], ranking)

    def _is_out_of_scope(self, alone: Ranking) -> bool:
        """Whether a text by itself most likely means what the interview does not answer."""
        leader = alone.candidates[0] if alone.candidates else None
        intent = self._corpus.intents.get(leader.intent_id) if leader else None
        return bool(leader and intent and intent.kind == OUT_OF_SCOPE and leader.share >= 0.5)

    def _decide(self, ranking: Ranking) -> Decision:
        return decide(ranking, self._calibration, self._offerable, self._corpus.read_as_one)

    def _subject(self, context: Intent, language: str | None) -> str:
        """The words of the intent's title that tell what it is about; all where none does."""
        title = context.title.best(language)
        telling = [word for word in words(title) if self._is_telling(word, script_for(title))]
        return " ".join(telling) or title

    def _is_telling(self, word: str, script: str) -> bool:
        index = self._matcher.model(script).index
        return index.weight(stem(word)) >= TELLING * index.unknown_weight


def _likelier(ranking: Ranking) -> Ranking:
    """The ranking of a message that is likelier about the interview than one that follows nothing."""
    about = LIKELIER * ranking.about / (1.0 + (LIKELIER - 1.0) * ranking.about)
    candidates = tuple(replace(c, confidence=about * ranking.answered * c.share) for c in ranking.candidates)
    return replace(ranking, about=about, candidates=candidates)


@dataclass(frozen=True, slots=True)
class AboutAnswer(Elements):
    """Builds the replies to what is asked about the answer before."""

    def speaker(self, context: Intent) -> Reply:
        """Whose words the answer quotes."""
        return Reply("small_talk", self.language, self._said_by(context))

    def truth(self, context: Intent) -> Reply:
        """That the bot cannot tell, and whose words they are."""
        return Reply(
            "small_talk", self.language, (self.remark("text", "not_checked"), *self._said_by(context))
        )

    def meaning(self, context: Intent) -> Reply:
        """The whole passage around the answer, which is all that the bot has to explain it."""
        passage = self.corpus.quotations[context.id][0].passage
        blocks = (self.remark("text", "not_explained"), *self.quoted((self.corpus.source.whole(passage),)))
        return Reply("page", self.language, blocks, navigation=self.around(passage))

    def nothing(self, context: Intent) -> Reply:
        """That the interview does not say more about it, how it goes on, and the questions of the topic."""
        following = self.corpus.following(context)
        blocks: tuple[Block, ...] = (self.remark("text", "no_more_on_that"),)
        if following:
            goes_on = self.remark("note", "goes_on")
            blocks = (*blocks, goes_on, *self.quoted(self.corpus.quotations[following.id]))
        around = [each for each in self.corpus.around(context) if each not in (context, following)]
        return Reply("fallback", self.language, blocks, self.questions(around[:MOST_RELATED]))

    def _said_by(self, context: Intent) -> tuple[Block, ...]:
        """A line for each speaker of the answer."""
        outlet = self.corpus.source.metadata.outlet.best(self.language)
        speakers = dict.fromkeys(
            quotation.passage.speaker for quotation in self.corpus.quotations[context.id]
        )
        return tuple(
            self.remark("text", "said_by", speaker=each.name.best(self.language), outlet=outlet)
            if each.direct
            else self.remark("text", "said_by_outlet", outlet=outlet)
            for each in speakers
        )
