"""From features to a confidence, and the thresholds above which the bot answers or offers.

Rule: these few numbers are all that was ever fitted. They are derived from the intents alone (never from
test questions), can be read and explained, and are loaded from a file, not typed into code.

Two questions are asked one after the other. *Which one?* shares 1 among the readings (a softmax over
`Features`). *Is it answered at all?* is a logistic regression over `Signs`. The confidence of a candidate is
the product, so that two close readings of an answered question can be told from a refused one.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

from bot.matching.values import Features, Signs

READING_INPUTS = tuple(field.name for field in fields(Features))
ANSWERED_INPUTS = ("constant", *(field.name for field in fields(Signs)))


def log_odds(probability: float) -> float:
    """log(p / (1 - p)), with p kept off 0 and 1 by a thousandth."""
    p = min(max(probability, 0.001), 0.999)
    return math.log(p / (1.0 - p))


def answered_inputs(signs: Signs) -> tuple[float, ...]:
    """The signs as numbers in the order of ANSWERED_INPUTS, the bounded ones on useful scales."""
    similarity, coverage, lead, unknown, misses, contrast, refusal, evidence, length = astuple(signs)
    return (
        1.0,
        similarity,
        coverage,
        log_odds(lead),
        unknown,
        misses,
        contrast,
        refusal,
        evidence,
        math.log1p(length),
    )


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights and thresholds. The defaults are plain guesses that work on any intents; `calibrate`
    replaces them by fitted ones.

    reading   a weight for each of READING_INPUTS
    answered  a weight for each of ANSWERED_INPUTS
    accept    an answer is given from this confidence on (0 to 1)
    offer     below that, questions are offered from this one on
    """

    reading: tuple[float, ...] = (8.0, 3.0, 0.3, 2.0)
    answered: tuple[float, ...] = (-3.0, 4.0, 3.0, 0.5, -0.5, 3.0, 0.1, 2.0, 0.5, 0.4)
    accept: float = 0.5
    offer: float = 0.12

    def shares(self, readings: Sequence[Features]) -> tuple[float, ...]:
        """What each reading gets of 1, in the order given."""
        totals = [self._total(reading) for reading in readings]
        most = max(totals, default=0.0)
        powers = [math.exp(total - most) for total in totals]
        return tuple(power / sum(powers) for power in powers)

    def chance(self, signs: Signs) -> float:
        """The probability that the utterance is answered at all."""
        pairs = zip(self.answered, answered_inputs(signs), strict=True)
        return logistic(sum(weight * value for weight, value in pairs))

    def _total(self, reading: Features) -> float:
        values = (reading.similarity, reading.best_phrase, reading.likelihood, reading.coverage)
        return sum(weight * value for weight, value in zip(self.reading, values, strict=True))


def logistic(total: float) -> float:
    """1 / (1 + exp(-total)), without overflow."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
