"""Why the bot replied as it did: the decision that was really made, step by step.

Rule: nothing is scored a second time here. Every number comes from the matcher and the calibration that made
the decision, and what would change it is found by really deciding the changed question. What this package does
not know: how an explanation is printed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.conversation.bot import Bot
from bot.conversation.understanding import Part
from bot.corpus.intents import OUT_OF_SCOPE, SMALL_TALK
from bot.corpus.passages import Quotation
from bot.matching import Ambiguous, Candidate, Decision, Match, Utterance
from bot.matching.calibration import answered_inputs, answered_names
from bot.text.stems import stem
from bot.yamlfiles.problems import Location

MOST_FLIPS = 5


@dataclass(frozen=True, slots=True)
class WordReport:
    """One word: as folded, what it was taken for, how like that is (0 to 1), and what it tells: 0 for a word that
    occurs with every intent alike, 1 for one that only one intent has, or that no phrase knows."""

    typed: str
    taken_for: tuple[str, ...]
    similarity: float
    weight: float


@dataclass(frozen=True, slots=True)
class CandidateReport:
    """One reading: the candidate, the phrase of its intent that is most like the question, and its negative example."""

    candidate: Candidate
    title: str
    phrase: str
    at: Location | None
    negative: str


@dataclass(frozen=True, slots=True)
class SignReport:
    """One sign of whether the question is answered at all: its name, its value as it is weighed, and what it
    adds to the log-odds (negative: speaks against an answer)."""

    name: str
    value: float
    adds: float


@dataclass(frozen=True, slots=True)
class Flip:
    """What would have been decided without one word."""

    without: str
    decision: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One question of a message. `decision` says it in words, `quotations` are what an answer shows.

    `word_for_word`: the question stands in the intents just so, and that alone decides.
    """

    question: str
    words: tuple[WordReport, ...]
    candidates: tuple[CandidateReport, ...]
    answered: float
    signs: tuple[SignReport, ...]
    accept: float
    offer: float
    unmentioned_name: str
    word_for_word: bool
    decision: str
    quotations: tuple[Quotation, ...]
    flips: tuple[Flip, ...]


class Explainer:
    """Explains the decisions of one bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._corpus, self._matcher, self._calibration = bot.corpus, bot.matcher, bot.calibration

    def explain(self, text: str) -> tuple[Explanation, ...]:
        """An explanation for each question that the message was read as; none for a message without words."""
        return tuple(self._explain(part) for part in self._bot.read(text))

    def _explain(self, part: Part) -> Explanation:
        utterance = self._matcher.utterance(part.text)
        ranking = part.decision.ranking
        meant = _meant(part.decision) if isinstance(part.decision, Match) else ()
        answers = tuple(intent_id for intent_id in meant if intent_id in self._corpus.quotations)
        return Explanation(
            question=part.text,
            words=tuple(self._words(utterance)),
            candidates=tuple(self._candidate(utterance, each) for each in ranking.candidates),
            answered=ranking.answered,
            signs=tuple(self._signs(part)),
            accept=self._calibration.accept,
            offer=self._calibration.offer,
            unmentioned_name=part.unmentioned_name,
            word_for_word=self._matcher.knows_word_for_word(utterance),
            decision=self._in_words(part.decision),
            quotations=self._corpus.together(answers) if answers else (),
            flips=tuple(self._flips(part))[:MOST_FLIPS],
        )

    def _words(self, utterance: Utterance) -> Iterator[WordReport]:
        index = self._matcher.model(utterance.script).index
        for word in utterance.words:
            weight = max(index.weight(stem(known)) for known in word.known or (word.typed,))
            yield WordReport(word.typed, word.known, word.similarity, weight / index.unknown_weight)

    def _candidate(self, utterance: Utterance, candidate: Candidate) -> CandidateReport:
        intent = self._corpus.intents.get(candidate.intent_id)
        nearest = self._matcher.nearest(utterance, candidate.intent_id)
        miss = self._matcher.nearest(utterance, candidate.intent_id, negative=True)
        return CandidateReport(
            candidate,
            intent.title.best("en") if intent else "",
            nearest.text if nearest else "",
            nearest.at if nearest else None,
            miss.text if miss else "",
        )

    def _signs(self, part: Part) -> Iterator[SignReport]:
        signs = part.decision.ranking.signs
        if signs is not None:
            weights = self._calibration.weights(has_negatives=signs.has_negatives).answered
            inputs = zip(answered_names(signs), answered_inputs(signs), strict=True)
            for (name, value), weight in zip(inputs, weights, strict=True):
                yield SignReport(name, value, weight * value)

    def _flips(self, part: Part) -> Iterator[Flip]:
        """Each word without which something else would have been decided."""
        words = part.text.split()
        before = self._in_words(part.decision)
        for place, word in enumerate(words):
            shorter = " ".join(words[:place] + words[place + 1 :])
            decided = [self._in_words(each.decision) for each in self._bot.read(shorter)]
            if decided and decided[0] != before:
                yield Flip(word, decided[0])

    def _in_words(self, decision: Decision) -> str:
        """A decision as "answer yandex-left", "say hello", "offer a, b" or "refuse (people)"."""
        match decision:
            case Match():
                leader = self._corpus.intents.get(_meant(decision)[0])
                if leader and leader.kind == SMALL_TALK:
                    return f"say {leader.id}"
                if leader and leader.kind == OUT_OF_SCOPE:
                    return f"refuse ({leader.id})"
                return "answer " + " with ".join(_meant(decision))
            case Ambiguous():
                return "offer " + ", ".join(_meant(decision))
        return "refuse"


def _meant(decision: Match | Ambiguous) -> tuple[str, ...]:
    return tuple(candidate.intent_id for candidate in decision.candidates)
