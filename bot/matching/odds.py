"""From log-odds to probabilities.

Rule: plain functions of numbers, safe for any finite ones.
"""

import math
from collections.abc import Sequence


def logistic(total: float) -> float:
    """1 / (1 + exp(-total)), without overflow.

    >>> logistic(0.0)
    0.5
    """
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def softmax(totals: Sequence[float]) -> list[float]:
    """The parts of 1 that are proportional to exp(total), in the order given; none of none.

    >>> softmax([2.0, 2.0])
    [0.5, 0.5]
    """
    most = max(totals, default=0.0)
    powers = [math.exp(total - most) for total in totals]
    whole = sum(powers)
    return [power / whole for power in powers]
