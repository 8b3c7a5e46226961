"""From features to a confidence, and the thresholds above which the bot answers or offers.

Rule: these few numbers are all that was ever fitted. They are derived from the intents alone (never from
test questions), can be read and explained, and are loaded from a file, not typed into code.

Two questions are asked one after the other. *Which one?* shares 1 among the readings (a softmax over
`Features`). *Is it answered at all?* is a logistic regression over `Signs`. The confidence of a candidate is
the product, so that two close readings of an answered question can be told from a refused one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.matching.odds import logistic, softmax
from bot.matching.values import Features, Signs

READING_INPUTS = ("similarity", "best_phrase", "likelihood", "coverage")
READING_INPUTS_WITHOUT_NEGATIVES = (*READING_INPUTS, "discriminative")
_COMMON = ("constant", "similarity", "unknown", "contrast")
ANSWERED_INPUTS = (*_COMMON, "refusal", "evidence")
INPUTS_WITHOUT_NEGATIVES = (*_COMMON, "discriminative")


def reading_inputs(reading: Features, *, has_negatives: bool) -> tuple[float, ...]:
    """The features in the order of READING_INPUTS, or of READING_INPUTS_WITHOUT_NEGATIVES."""
    common = reading.similarity, reading.best_phrase, reading.likelihood, reading.coverage
    return (*common, reading.discriminative) if not has_negatives else common


def answered_names(signs: Signs) -> tuple[str, ...]:
    """What the numbers of `answered_inputs` are called."""
    return INPUTS_WITHOUT_NEGATIVES if not signs.has_negatives else ANSWERED_INPUTS


def answered_inputs(signs: Signs) -> tuple[float, ...]:
    """The signs in the order of ANSWERED_INPUTS, or of INPUTS_WITHOUT_NEGATIVES for bare ones."""
    common = 1.0, signs.similarity, signs.unknown, signs.contrast
    return (
        (*common, signs.discriminative)
        if not signs.has_negatives
        else (*common, signs.refusal, signs.evidence)
    )


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each observation counts.

    reading   a weight for each of READING_INPUTS, or of READING_INPUTS_WITHOUT_NEGATIVES
    answered  a weight for each of ANSWERED_INPUTS, or of INPUTS_WITHOUT_NEGATIVES
    bare      which of the two they are
    """

    reading: tuple[float, ...]
    answered: tuple[float, ...]
    has_negatives: bool = True

    def shares(self, readings: Sequence[Features]) -> tuple[float, ...]:
        """What each reading gets of 1, in the order given."""
        return tuple(
            softmax(
                [
                    _total(self.reading, reading_inputs(reading, has_negatives=self.has_negatives))
                    for reading in readings
                ]
            )
        )

    def chance(self, signs: Signs) -> float:
        """The probability that the utterance is answered at all."""
        return logistic(_total(self.answered, answered_inputs(signs)))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights and thresholds. The defaults are plain guesses that work on any intents; `calibrate`
    replaces them by fitted ones.

    usual   the weights
    bare    others for intents that have nothing yet that is refused, as those of a new text
    accept  an answer is given from this confidence on (0 to 1)
    offer   below that, questions are offered from this one on
    """

    usual: Weights = Weights((7.0, 3.5, 0.9, 1.5), (-1.0, 6.5, -0.8, 0.5, -6.0, 2.5))
    without_negatives: Weights = Weights(
        (6.0, 2.0, 0.8, 2.0, 0.45), (-2.0, 0.0, -1.7, 0.4, 0.5), has_negatives=False
    )
    accept: float = 0.5
    offer: float = 0.12

    def weights(self, *, has_negatives: bool) -> Weights:
        """Those for a model that is `bare` or not."""
        return self.usual if has_negatives else self.without_negatives


def _total(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))
