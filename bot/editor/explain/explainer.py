"""Why the bot replied as it did: the decision that was made, step by step.

Every number comes from the matcher and the calibration that made the decision; nothing is scored a second time. What
would change the decision is found by deciding the changed question.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from bot.conversation.bot import Bot
from bot.conversation.understanding import AskedQuestion
from bot.corpus.corpus import Corpus
from bot.corpus.intents import OUT_OF_SCOPE, SMALL_TALK
from bot.corpus.passages import Quotation
from bot.matching import Ambiguous, Candidate, Decision, Match, Matcher, NoMatch, Utterance
from bot.matching.calibration import ABOUT_NAMES, ANSWERED_NAMES
from bot.matching.values import AboutFeatures, AnsweredFeatures
from bot.text.languages import FALLBACK
from bot.yamlfiles.problems import Location

_MOST_FLIPS = 5


@dataclass(frozen=True, slots=True)
class WordReport:
    """One word of a question.

    typed       the word as folded
    taken_for   the known words that it stands for; none for an unknown word
    similarity  to the most similar of them, 0 to 1
    weight      0 for a word that occurs with every intent alike, 1 for a word of one intent alone or an unknown one
    """

    typed: str
    taken_for: tuple[str, ...]
    similarity: float
    weight: float


@dataclass(frozen=True, slots=True)
class CandidateReport:
    """A candidate, with the phrase and the negative example of its intent that are most similar to the question. `at`
    and `negative_at` are their places in the files. A text is "" where there is none."""

    candidate: Candidate
    title: str
    phrase: str
    at: Location | None
    negative: str
    negative_at: Location | None
    is_answer: bool


@dataclass(frozen=True, slots=True)
class FeatureReport:
    """A feature: its name, its value, and what it adds to the log-odds. What is negative speaks against an answer."""

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
    """One question of a message.

    about          the probability that it is about the interview, 0 to 1, and its features
    answered       the probability that it is answered, if it is about the interview, and its features
    asks_for       the kind of thing that is asked for ("when", "who" ...)
    together       several candidates that are answered together, because their answers read as one
    word_for_word  whether the question is one of the phrases, which alone decides
    decision       in short, like "answer yandex-left"
    quotations     what an answer shows
    """

    question: str
    words: tuple[WordReport, ...]
    candidates: tuple[CandidateReport, ...]
    about: float
    about_features: tuple[FeatureReport, ...]
    answered: float
    answered_features: tuple[FeatureReport, ...]
    asks_for: str
    thresholds: dict[str, float]
    together: tuple[Candidate, ...]
    unmentioned_name: str
    word_for_word: bool
    decision: str
    quotations: tuple[Quotation, ...]
    flips: tuple[Flip, ...]


def explain(bot: Bot, text: str) -> tuple[Explanation, ...]:
    """An explanation for each question of the message; none for a message without words."""
    return tuple(_explained(bot, part) for part in bot.read(text))


def _explained(bot: Bot, question: AskedQuestion) -> Explanation:
    ranking, utterance = question.decision.ranking, question.utterance
    meant = question.decision.candidates if isinstance(question.decision, Match) else ()
    answers = tuple(c.intent_id for c in meant if c.intent_id in bot.corpus.quotations)
    return Explanation(
        question=question.text,
        words=tuple(_words(bot.matcher, utterance)),
        candidates=tuple(_candidate(bot, utterance, each) for each in ranking.candidates),
        about=ranking.about,
        about_features=_features(ABOUT_NAMES, ranking.about_features, bot.calibration.about),
        answered=ranking.answered,
        answered_features=_features(ANSWERED_NAMES, ranking.answered_features, bot.calibration.answered),
        asks_for=bot.matcher.kind(utterance),
        thresholds={key: getattr(bot.calibration, key) for key in ("accept", "sure", "offer")},
        together=meant if len(meant) > 1 else (),
        unmentioned_name=question.unmentioned_name,
        word_for_word=bot.matcher.knows_word_for_word(utterance),
        decision=_in_words(question.decision, bot.corpus),
        quotations=bot.corpus.together(answers) if answers else (),
        flips=tuple(islice(_flips(bot, question), _MOST_FLIPS)),
    )


def _words(matcher: Matcher, utterance: Utterance) -> Iterator[WordReport]:
    model = matcher.model(utterance.language)
    for word in utterance.words:
        weight = max(model.index.weight(model.groups.stem(known)) for known in word.known or (word.typed,))
        yield WordReport(word.typed, word.known, word.similarity, weight / model.index.unknown_weight)


def _candidate(bot: Bot, utterance: Utterance, candidate: Candidate) -> CandidateReport:
    intent = bot.corpus.intents.get(candidate.intent_id)
    nearest = bot.matcher.nearest_phrase(utterance, candidate.intent_id)
    negative = bot.matcher.nearest_phrase(utterance, candidate.intent_id, negative=True)
    return CandidateReport(
        candidate,
        intent.title.best(FALLBACK) if intent else "",
        nearest.text if nearest else "",
        nearest.at if nearest else None,
        negative.text if negative else "",
        negative.at if negative else None,
        candidate.intent_id in bot.corpus.quotations,
    )


def _features(
    names: Iterable[str], features: AboutFeatures | AnsweredFeatures | None, weights: Iterable[float]
) -> tuple[FeatureReport, ...]:
    rows = zip(names, (1.0, *features), weights, strict=True) if features else ()
    return tuple(FeatureReport(name, value, weight * value) for name, value, weight in rows)


def _flips(bot: Bot, question: AskedQuestion) -> Iterator[Flip]:
    words, before = question.text.split(), _in_words(question.decision, bot.corpus)
    for place, word in enumerate(words):
        for first in bot.read(" ".join(words[:place] + words[place + 1 :]))[:1]:
            if (decision := _in_words(first.decision, bot.corpus)) != before:
                yield Flip(word, decision)


def _in_words(decision: Decision, corpus: Corpus) -> str:
    """A decision as "answer yandex-left", "say hello", "offer a, b" or "refuse (people)"."""
    if isinstance(decision, NoMatch):
        return "refuse"
    meant = [candidate.intent_id for candidate in decision.candidates]
    if isinstance(decision, Ambiguous):
        return "offer " + ", ".join(meant)
    leader = corpus.intents.get(meant[0])
    if leader and leader.kind == SMALL_TALK:
        return f"say {leader.id}"
    if leader and leader.kind == OUT_OF_SCOPE:
        return f"refuse ({leader.id})"
    return "answer " + " with ".join(meant)
