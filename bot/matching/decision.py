"""From a ranking to a decision: answer, offer, or neither.

Rule: *say when unsure*. A wrong quotation is worse than an offer, and an offer better than a shrug. But
where the likely answers stand side by side in the interview, quoting both is better than asking which.
"""

from collections.abc import Callable

from bot.matching.calibration import Calibration
from bot.matching.values import Ambiguous, Candidate, Decision, Match, NoMatch, Ranking

MOST_OFFERED = 3
MOST_TOGETHER = 3

SideBySide = Callable[[str, str], bool]
"""Whether the answers of two intents (ids) can be quoted together as one."""


def decide(
    ranking: Ranking, calibration: Calibration, offerable: frozenset[str], side_by_side: SideBySide
) -> Decision:
    """The decision on a ranking. `offerable` are the intents that have an answer to quote.

    Out-of-scope intents are neither answered nor offered; where one leads, the questions below it are
    offered only if they reach the threshold by themselves.
    """
    if not ranking.candidates:
        return NoMatch(ranking)
    leader = ranking.candidates[0]
    if leader.confidence >= calibration.accept:
        return Match((leader,), ranking)
    worth = tuple(
        c for c in ranking.candidates if c.intent_id in offerable and c.confidence >= calibration.offer
    )
    together = _together(leader, worth, side_by_side)
    if ranking.answered * sum(c.share for c in together) >= calibration.accept:
        return Match(together, ranking)
    return Ambiguous(worth[:MOST_OFFERED], ranking) if worth else NoMatch(ranking)


def _together(
    leader: Candidate, worth: tuple[Candidate, ...], side_by_side: SideBySide
) -> tuple[Candidate, ...]:
    """The leader and the likely ones that can be quoted with it, best first."""
    if leader not in worth:
        return ()
    others = (c for c in worth if c is not leader and side_by_side(leader.intent_id, c.intent_id))
    return (leader, *others)[:MOST_TOGETHER]
