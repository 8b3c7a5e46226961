"""From features to a confidence, and the thresholds above which the bot answers or offers.

These few numbers are all that was ever fitted: from the intents alone, never from test questions. Three questions
are asked one after the other. *Which one?* shares 1 among the candidates (a softmax over `CandidateFeatures`). *Is it
about the interview at all?* and *if so, does the passage say it?* are two logistic regressions over `AboutFeatures`
and `AnsweredFeatures`. They need opposite weights: a question that is not answered looks exactly like one that is.
The confidence of a candidate is the product of the three.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from bot.matching.odds import logistic, softmax
from bot.matching.values import AboutFeatures, AnsweredFeatures, CandidateFeatures

CONSTANT = "constant"

CANDIDATE_NAMES = tuple(field.name for field in fields(CandidateFeatures))
ABOUT_NAMES = (CONSTANT, *(field.name for field in fields(AboutFeatures)))
ANSWERED_NAMES = (CONSTANT, *(field.name for field in fields(AnsweredFeatures)))

Features = CandidateFeatures | AboutFeatures | AnsweredFeatures


def inputs(features: Features) -> tuple[float, ...]:
    """The features in the order of their names; with a constant before them but for those of a candidate."""
    values = tuple(getattr(features, field.name) for field in fields(features))
    return values if isinstance(features, CandidateFeatures) else (1.0, *values)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights, in the order of the names above, and thresholds.

    accept  an answer needs this confidence (0 to 1)
    sure    and that the passage answers the question, if it is about the interview, with this probability: the product
            alone lets a question pass that is surely about the interview, but not surely answered
    offer   else something near is shown where the utterance is about the interview with this probability
    """

    candidate: tuple[float, ...]
    about: tuple[float, ...]
    answered: tuple[float, ...]
    accept: float
    sure: float
    offer: float

    def shares(self, candidates: Sequence[CandidateFeatures]) -> tuple[float, ...]:
        """What each candidate gets of 1, in the order given."""
        return tuple(softmax([_total(self.candidate, inputs(each)) for each in candidates]))

    def about_chance(self, features: AboutFeatures) -> float:
        """The probability that the utterance is about the interview."""
        return logistic(_total(self.about, inputs(features)))

    def answered_chance(self, features: AnsweredFeatures | None) -> float:
        """The probability that it is answered, if it is about the interview; 1.0 where nothing is refused."""
        return 1.0 if features is None else logistic(_total(self.answered, inputs(features)))


def _total(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


BUILT_IN = Calibration(
    candidate=(7.5, 3.5, 0.9, 1.5, 0.0),
    about=(-6.0, 8.0, 1.0, 0.0, 6.0, 2.0, -2.0, 0.3, 0.0),
    answered=(2.0, 0.6, 4.0, 0.3, 2.5, 0.3, 0.3, -1.0, -1.0, -0.6),
    accept=0.5,
    sure=0.5,
    offer=0.5,
)
"""For intents that were never calibrated: plain guesses near what is fitted to the interview's own intents, milder."""

BUILT_IN_WITHOUT_NEGATIVES = Calibration(
    candidate=(6.0, 4.3, 0.9, 0.4, 0.46),
    about=(-4.5, 4.0, 3.0, -2.0, -2.0, 0.0, 0.0, 0.5, 0.3),
    answered=BUILT_IN.answered,
    accept=0.5,
    sure=0.0,
    offer=0.3,
)
"""For a new text, where nothing is refused yet. The candidates' weights were fitted to the interview's intents with ten
phrases each in a language, without negative examples; the others were chosen among a few round ones on CLINC150
(Larson et al. 2019), where they tell 917 of 1,000 pairs of an answerable and an out-of-scope question apart."""


def built_in(*, has_negatives: bool) -> Calibration:
    """What holds for intents that were never calibrated, with negative examples or out-of-scope phrases or without."""
    return BUILT_IN if has_negatives else BUILT_IN_WITHOUT_NEGATIVES
