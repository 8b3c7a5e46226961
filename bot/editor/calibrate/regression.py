"""Two small regressions by Newton's method, for a handful of weights.

Rule: plain arithmetic, deterministic, no library: some thousand rows of ten numbers take seconds. What this package
does not know: what the numbers mean. (Method: any textbook; conditional logit: McFadden 1974.)
"""

from collections.abc import Sequence

from bot.matching.calibration import logistic, softmax

RIDGE = 1.0
"""Strength of the pull to zero, in rows; keeps the weights readable where inputs overlap."""

ROUNDS = 10
"""Newton's method has settled to three digits after six or seven."""

Row = Sequence[float]


def logistic_regression(rows: Sequence[tuple[Row, bool, float, float]]) -> tuple[float, ...]:
    """The weights w for which part / (1 + exp(-w.x)) fits the labels best. At least one row is needed.

    A row is (x, label, part, how much it counts). The part, above 0 and at most 1, is what is known of the
    probability beforehand; where it is 1 this is the usual regression.

    >>> [round(w, 1) for w in logistic_regression([((1.0,), True, 1.0, 30.0), ((1.0,), False, 1.0, 10.0)])]
    [1.0]
    """
    size = len(rows[0][0])
    weights = [0.0] * size
    for _ in range(ROUNDS):
        newton = _Newton(weights)
        for x, label, part, amount in rows:
            p = logistic(_dot(weights, x))
            doubt = (1.0 - p) / (1.0 - part * p)
            newton.add(x, amount * (label - part * p) * doubt, amount * part * p * (1.0 - p) * doubt)
        weights = newton.step()
    return tuple(weights)


def conditional_logit(choices: Sequence[tuple[Sequence[Row], int]]) -> tuple[float, ...]:
    """The weights for which the chosen option (by its place) of each set has the greatest part of 1.

    The parts of a set's options are proportional to exp(w.x). At least one set is needed.
    """
    weights = [0.0] * len(choices[0][0][0])
    for _ in range(ROUNDS):
        newton = _Newton(weights)
        for options, chosen in choices:
            parts = softmax([_dot(weights, x) for x in options])
            mean = [
                sum(p * v for p, v in zip(parts, column, strict=True))
                for column in zip(*options, strict=True)
            ]
            for place, (part, x) in enumerate(zip(parts, options, strict=True)):
                newton.add([v - m for v, m in zip(x, mean, strict=True)], float(place == chosen), part)
        weights = newton.step()
    return tuple(weights)


class _Newton:
    """Gathers gradient and curvature of one round, the ridge included."""

    def __init__(self, weights: list[float]) -> None:
        size = range(len(weights))
        self._weights = weights
        self._gradient = [-RIDGE * weight for weight in weights]
        self._curvature = [[RIDGE * (i == j) for j in size] for i in size]

    def add(self, x: Row, error: float, slope: float) -> None:
        for i, value in enumerate(x):
            self._gradient[i] += error * value
            row, amount = self._curvature[i], slope * value
            for j, other in enumerate(x):
                row[j] += amount * other

    def step(self) -> list[float]:
        change = _solve(self._curvature, self._gradient)
        return [weight + each for weight, each in zip(self._weights, change, strict=True)]


def _dot(weights: Row, x: Row) -> float:
    return sum(w * v for w, v in zip(weights, x, strict=True))


def _solve(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """Solves matrix @ x = vector by Gaussian elimination with pivots; a handful of unknowns."""
    size = len(vector)
    rows = [[*matrix[i], vector[i]] for i in range(size)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(i + 1, size):
            factor = rows[r][i] / rows[i][i]
            rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    solution = [0.0] * size
    for i in reversed(range(size)):
        known = sum(rows[i][j] * solution[j] for j in range(i + 1, size))
        solution[i] = (rows[i][size] - known) / rows[i][i]
    return solution
