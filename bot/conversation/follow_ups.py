"""Messages that follow an answer without a subject of their own ("and when?", "who said that?", "go on").

What they ask is judged, not forced: where nothing near the answer says it, the reply says so and reads on.
"""

from dataclasses import replace

from bot.corpus.corpus import Corpus
from bot.corpus.intents import OUT_OF_SCOPE, Intent
from bot.matching import (
    Ambiguous,
    Calibration,
    Match,
    Matcher,
    NoMatch,
    Ranking,
    decide,
)
from bot.matching.calibration import WORTH_OFFERING
from bot.text.folding import words
from bot.text.languages import stem

NEXT, NOTHING = "next", "nothing"
"""Beside the values of `Intent.in_reply`: to read on, and a question that nothing near the answer answers."""

LONGEST = 8
"""Words. A longer message says itself what it is about."""

TELLING = 0.67
"""Part of the greatest weight from which on a word tells what is spoken about: "yandex" has 0.77, "company" 0.49."""

_POINTING = frozenset(
    words(
        "another anyone else happens here it its next since so that their them then there these they those too whom "
        "yet "
        "во вместе дальше другой ещё их им ими они там тогда тут это этим этого этой этом чьими чей чья чьи кем кого "
        "اونجا آنجا اینجا اون اونا آن آنها اینا بعد بعدش پس توسط دیگه سپس هم باز"
    )
)
"""Words that point to what was said before. Also those that are rare in phrases name no subject."""

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
"""The confidence below which a message without a subject is no clear question by itself."""

WORTH_SHOWING = 0.6
"""The confidence from which on something far away is shown for a message without a subject and a question word."""

MOST_RELATED = 3


class FollowUps:
    """Decides what a short message means after an answer."""

    def __init__(self, corpus: Corpus, matcher: Matcher, calibration: Calibration) -> None:
        self._corpus = corpus
        self._matcher = matcher
        self._calibration = calibration
        self._offerable = frozenset(corpus.quotations)

    def decision(self, alone: Ranking, text: str, context: Intent) -> Match | Ambiguous | None:
        """The decision on `text` after the answer of `context`; None where nothing near answers it.

        What it says alone decides; the context makes it likelier that it is about the interview. One without a
        subject has that of the question before, and what it asks for decides.
        """
        if len(words(text)) > LONGEST:
            return None
        near, bare = self.near(context), self.is_bare(text)
        leads_near = bool(alone.candidates) and alone.candidates[0].intent_id in near
        kind = self._matcher.kind(self._matcher.utterance(text))
        asks = kind in TELLING_KINDS and not self._is_out_of_scope(alone)
        of_kind = self._of_kind(kind, text, context, near) if asks else None
        if bare and of_kind:
            is_again = of_kind.candidates[0].intent_id == context.id and isinstance(of_kind, Ambiguous)
            return None if is_again else of_kind
        if leads_near and (found := self._decide(_likelier(alone))):
            if isinstance(found, Match):
                return found
            return Ambiguous(tuple(c for c in found.candidates if c.intent_id in near), alone)
        if of_kind:
            return Ambiguous(of_kind.candidates, of_kind.ranking)
        worth = tuple(c for c in alone.candidates if c.intent_id in near and c.share >= WORTH_OFFERING)
        return Ambiguous(worth[:MOST_RELATED], alone) if worth and not (bare and asks) else None

    def _decide(self, ranking: Ranking) -> Match | Ambiguous | None:
        """The decision on a ranking; the nearest passage for a match that is not sure by itself."""
        decision = decide(ranking, self._calibration, self._offerable, self._corpus.read_as_one)
        match decision:
            case NoMatch():
                return None
            case Match((leader, *_)) if leader.confidence < SURE:
                return Ambiguous((leader,), ranking)
        return decision

    def concerns(self, text: str, alone: Ranking, context: Intent) -> bool:
        """Whether what nothing near answers asks about the answer before: it has no subject of its own, or with the
        subject of that answer it leads there once more ("imposed by whom")."""
        kind = self._matcher.kind(self._matcher.utterance(text))
        if self._is_of(text, context) and kind in TELLING_KINDS:
            return True
        if self.is_bare(text):
            return not alone.candidates or alone.candidates[0].confidence < WORTH_SHOWING
        if len(words(text)) > FEW or self._is_out_of_scope(alone):
            return False
        subject = self._subject(context, self._matcher.language(text))
        ranking = self._matcher.rank(self._matcher.utterance(f"{text} {subject}"))
        return ranking.answered >= self._calibration.sure and ranking.candidates[0].intent_id == context.id

    def near(self, context: Intent) -> frozenset[str]:
        """The ids of the intents that a follow-up can mean: the same, those of its topic, and under `see_also`."""
        around = (intent.id for intent in self._corpus.around(context))
        return frozenset((context.id, *around, *(reference.intent_id for reference in context.see_also)))

    def is_bare(self, text: str) -> bool:
        """Whether a text is short and names no subject: no word tells what it is about."""
        return len(words(text)) <= LONGEST and not self._telling(text)

    def points_back(self, text: str, context: Intent) -> bool:
        """Whether a short text speaks of something said before: with hardly a word that tells what it is about ("how
        high is it in percent"), or with words that people use for that ("how long must I wait")."""
        folded = words(text)
        if len(folded) > LONGEST or len(self._telling(text)) > 1:
            return False
        return not _POINTING.isdisjoint(folded) or self._is_of(text, context)

    def _is_of(self, text: str, context: Intent) -> bool:
        """Whether all words that tell what a short text is about, if any, are in phrases of an intent."""
        known = {word for phrase in context.phrases for word in map(stem, phrase.key.split())}
        return len(words(text)) <= LONGEST and all(stem(each) in known for each in self._telling(text))

    def _of_kind(
        self, kind: str, text: str, context: Intent, near: frozenset[str]
    ) -> Match | Ambiguous | None:
        """The near intent on the same subject whose phrases ask for the kind: the answer where they often do, else the
        nearest passage; so is the answer before where it holds a number that is asked for."""
        language = self._matcher.language(text)
        about = self._matcher.rank(self._matcher.utterance(self._subject(context, language)), most=len(near))
        similar = {each.intent_id: each.features.similarity for each in about.candidates}
        if not similar.get(context.id):
            return None
        fits: dict[str, float] = {}
        for intent_id in near - {context.id} if context.answers else near:
            asked, refused = self._matcher.parts_asking(kind, intent_id, language)
            same = 1.0 if context.answers else similar.get(intent_id, 0.0) / similar[context.id]
            if asked >= max(ASKED, OFTENER * refused) and same >= SAME_SUBJECT:
                fits[intent_id] = min(1.0, same) * asked / (asked + refused)
        if not fits and not context.answers and self._holds_number(kind, context):
            fits[context.id] = 0.5
        best = max(fits, key=lambda each: (fits[each], each), default="")
        meant = [replace(c, confidence=fits[best]) for c in about.candidates if c.intent_id == best]
        ranking = replace(about, candidates=tuple(meant))
        if not meant:
            return None
        intent = self._corpus.answer(best)
        title = self._matcher.utterance(intent.title.best(language) if intent else "")
        if best != context.id and self._matcher.kind(title) != kind:
            return None
        if self._matcher.kind(title) == kind and fits[best] >= SURELY_ASKED:
            return Match(ranking.candidates, ranking)
        return Ambiguous(ranking.candidates, ranking)

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

    def _subject(self, context: Intent, language: str | None) -> str:
        """The words of the intent's title that tell what it is about; all where none does."""
        title = context.title.best(language)
        return " ".join(self._telling(title)) or title

    def _telling(self, text: str) -> list[str]:
        """The words that tell what a text is about."""
        model = self._matcher.model(self._matcher.language(text))
        weight, enough = model.index.weight, TELLING * model.index.unknown_weight
        stem = model.groups.stem
        return [each for each in words(text) if each not in _POINTING and weight(stem(each)) >= enough]


def _likelier(ranking: Ranking) -> Ranking:
    """The ranking of a message that is likelier about the interview than one that follows nothing."""
    about = LIKELIER * ranking.about / (1.0 + (LIKELIER - 1.0) * ranking.about)
    candidates = tuple(replace(c, confidence=about * ranking.answered * c.share) for c in ranking.candidates)
    return replace(ranking, about=about, candidates=candidates)
