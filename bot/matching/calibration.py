"""From features to a confidence, and the thresholds above which the bot answers or offers.

Rule: these few numbers are all that was ever fitted. They are derived from the intents alone (never from
test questions), can be read and explained, and are loaded from a file, not typed into code.

Two questions are asked one after the other. *Which one?* shares 1 among the readings (a softmax over
`Features`). *Is it answered at all?* is a logistic regression over `Signs`. The confidence of a candidate is
the product, so that two close readings of an answered question can be told from a refused one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from bot.matching.values import Features, Signs
from bot.odds import log_odds, logistic, softmax

READING_INPUTS = tuple(field.name for field in fields(Features))
_COMMON = ("constant", "similarity", "coverage", "lead", "unknown", "contrast")
ANSWERED_INPUTS = (*_COMMON, "refusal", "evidence")
BARE_INPUTS = (*_COMMON, "pull")


def answered_inputs(signs: Signs) -> tuple[float, ...]:
    """The signs as numbers on useful scales, in the order of ANSWERED_INPUTS, or of BARE_INPUTS for bare ones."""
    common = (
        1.0,
        signs.similarity,
        signs.coverage,
        log_odds(signs.lead),
        signs.unknown,
        signs.contrast,
    )
    return (*common, signs.pull) if signs.bare else (*common, signs.refusal, signs.evidence)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights and thresholds. The defaults are plain guesses that work on any intents; `calibrate`
    replaces them by fitted ones.

    reading   a weight for each of READING_INPUTS
    answered  a weight for each of ANSWERED_INPUTS
    bare      the same for each of BARE_INPUTS, for intents that have nothing yet that is refused
    accept    an answer is given from this confidence on (0 to 1)
    offer     below that, questions are offered from this one on
    """

    reading: tuple[float, ...] = (7.0, 3.5, 0.9, 1.5, 0.15)
    answered: tuple[float, ...] = (-1.0, 0.5, 0.5, 0.0, -0.8, 0.5, 6.0, 2.5)
    bare: tuple[float, ...] = (-2.0, 0.0, 0.0, -0.1, -1.7, 0.4, 0.5)
    accept: float = 0.5
    offer: float = 0.12

    def shares(self, readings: Sequence[Features]) -> tuple[float, ...]:
        """What each reading gets of 1, in the order given."""
        return tuple(softmax([self._total(reading) for reading in readings]))

    def weights(self, signs: Signs) -> tuple[tuple[str, float], ...]:
        """The weights that `signs` are weighed with, and the name of each."""
        if signs.bare:
            return tuple(zip(BARE_INPUTS, self.bare, strict=True))
        return tuple(zip(ANSWERED_INPUTS, self.answered, strict=True))

    def chance(self, signs: Signs) -> float:
        """The probability that the utterance is answered at all."""
        weights = self.bare if signs.bare else self.answered
        return logistic(sum(w * value for w, value in zip(weights, answered_inputs(signs), strict=True)))

    def _total(self, reading: Features) -> float:
        values = (
            reading.similarity,
            reading.best_phrase,
            reading.likelihood,
            reading.coverage,
            reading.pull,
        )
        return sum(weight * value for weight, value in zip(self.reading, values, strict=True))
