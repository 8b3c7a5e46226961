"""From a ranking to a decision: an answer, something near to look at, or neither.

A wrong quotation is worse than an offer, and an offer is better than a refusal of what is in the interview. What is
hardly about the interview gets neither.
"""

from collections.abc import Callable

from bot.matching.calibration import Calibration
from bot.matching.values import Ambiguous, Candidate, Decision, Match, NoMatch, Ranking

MOST_OFFERED = 3

WORTH_OFFERING = 0.2
"""Share of a candidate from which on it is a reading to choose."""

CLEARLY_AHEAD = 0.6
"""Share of a candidate from which on it is shown alone, as the nearest passage."""

ReadAsOne = Callable[[str, str], bool]
"""Whether the answers of two intents (ids) read as one quotation."""


def decide(
    ranking: Ranking, calibration: Calibration, offerable: frozenset[str], read_as_one: ReadAsOne
) -> Decision:
    """The decision on a ranking. `offerable` are the intents that have an answer to quote.

    Where two candidates share what is meant and their answers read as one, both are the answer. Out-of-scope intents
    are neither answered nor offered.
    """
    if not ranking.candidates:
        return NoMatch(ranking)
    leader, *others = ranking.candidates
    if ranking.answered >= calibration.sure:
        if leader.confidence >= calibration.accept:
            return Match((leader,), ranking)
        beside = next((c for c in others if read_as_one(leader.intent_id, c.intent_id)), None)
        if beside and ranking.chance * (leader.share + beside.share) >= calibration.accept:
            return Match((leader, beside), ranking)
    if ranking.about < calibration.offer or leader.intent_id not in offerable:
        return NoMatch(ranking)
    readings = _readings(ranking, offerable)
    return Ambiguous(readings, ranking) if readings else NoMatch(ranking)


def _readings(ranking: Ranking, offerable: frozenset[str]) -> tuple[Candidate, ...]:
    """The candidates that are worth showing, best first: one that is clearly ahead alone."""
    leader = ranking.candidates[0]
    if leader.share >= CLEARLY_AHEAD:
        return (leader,)
    worth = [c for c in ranking.candidates if c.intent_id in offerable and c.share >= WORTH_OFFERING]
    alone = len(worth) == 1 and worth[0].share < 2 * WORTH_OFFERING  # neither ahead nor one of several
    return () if alone else tuple(worth[:MOST_OFFERED])
