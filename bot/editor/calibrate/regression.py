"""Two small regressions by Newton's method, for a handful of weights.

Plain arithmetic, deterministic, no library: some thousand rows of ten numbers take seconds. What the numbers mean is
not known here. (Method: any textbook; conditional logit: McFadden 1974.)
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.matching.calibration import logistic, softmax

RIDGE = 1.0
"""Strength of the pull to zero, in rows; keeps the weights readable where inputs overlap."""

ROUNDS = 10
"""Newton's method has settled to three digits after six or seven."""

Row = Sequence[float]

Example = tuple[Row, bool, float, float]
"""x, its label, a part, and how much it counts. The part, above 0 and at most 1, is what is known of the probability
beforehand; where it is 1 the regression is the usual one."""


def logistic_regression(examples: Sequence[Example]) -> tuple[float, ...]:
    """The weights w for which part / (1 + exp(-w.x)) fits the labels best. At least one example is needed.

    >>> [round(w, 1) for w in logistic_regression([((1.0,), True, 1.0, 30.0), ((1.0,), False, 1.0, 10.0)])]
    [1.0]
    """

    def slopes(weights: Row) -> Iterator[tuple[Row, float, float]]:
        for x, label, part, amount in examples:
            p = logistic(dot(weights, x))
            doubt = (1.0 - p) / (1.0 - part * p)
            yield x, amount * (label - part * p) * doubt, amount * part * p * (1.0 - p) * doubt

    return _newton(len(examples[0][0]), slopes)


def conditional_logit(choices: Sequence[tuple[Sequence[Row], int]]) -> tuple[float, ...]:
    """The weights for which the chosen option (by its place) of each set has the greatest part of 1. The parts of a
    set's options are proportional to exp(w.x). At least one set is needed."""

    def slopes(weights: Row) -> Iterator[tuple[Row, float, float]]:
        for options, chosen in choices:
            parts = softmax([dot(weights, x) for x in options])
            mean = [dot(parts, column) for column in zip(*options, strict=True)]
            for place, (part, x) in enumerate(zip(parts, options, strict=True)):
                yield [v - m for v, m in zip(x, mean, strict=True)], float(place == chosen), part

    return _newton(len(choices[0][0][0]), slopes)


def dot(weights: Row, x: Row) -> float:
    return sum(w * v for w, v in zip(weights, x, strict=True))


def _newton(size: int, slopes: Callable[[Row], Iterable[tuple[Row, float, float]]]) -> tuple[float, ...]:
    """The weights after all rounds. `slopes` gives for each row under some weights x, its error, and its curvature."""
    weights = [0.0] * size
    for _ in range(ROUNDS):
        gradient = [-RIDGE * weight for weight in weights]
        curvature = [[RIDGE * (i == j) for j in range(size)] for i in range(size)]
        for x, error, slope in slopes(weights):
            for i, value in enumerate(x):
                gradient[i] += error * value
                row, amount = curvature[i], slope * value
                for j, other in enumerate(x):
                    row[j] += amount * other
        change = _solve(curvature, gradient)
        weights = [weight + each for weight, each in zip(weights, change, strict=True)]
    return tuple(weights)


def _solve(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """Solves matrix @ x = vector by Gauss-Jordan elimination with pivots; a handful of unknowns."""
    size = len(vector)
    rows = [[*matrix[i], vector[i]] for i in range(size)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in {*range(size)} - {i}:
            factor = rows[r][i] / rows[i][i]
            rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [row[size] / row[i] for i, row in enumerate(rows)]
