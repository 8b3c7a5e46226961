"""From features to a confidence, and from a ranking to a decision: an answer, something near to look at, or neither.

These few numbers are all that was ever fitted: from the intents alone, never from test questions. Three questions
are asked one after the other. *Which one?* shares 1 among the candidates (a softmax over `CandidateFeatures`). *Is it
about the interview at all?* and *if so, does the passage say it?* are two logistic regressions over `AboutFeatures`
and `AnsweredFeatures`. They need opposite weights: a question that is not answered looks exactly like one that is.
The confidence of a candidate is the product of the three.

A wrong quotation is worse than an offer, and an offer is better than a refusal of what is in the interview. What is
hardly about the interview gets neither.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul

from bot.matching.values import (
    AboutFeatures,
    Ambiguous,
    AnsweredFeatures,
    Candidate,
    CandidateFeatures,
    Decision,
    Match,
    NoMatch,
    Ranking,
)

CONSTANT = "constant"

CANDIDATE_NAMES = CandidateFeatures._fields
ABOUT_NAMES = (CONSTANT, *AboutFeatures._fields)
ANSWERED_NAMES = (CONSTANT, *AnsweredFeatures._fields)

MOST_OFFERED = 3

WORTH_OFFERING = 0.2
"""Share of a candidate from which on it is one to choose."""

LEADING = 0.55
"""Share that an answer needs. Of 1,000 answerable questions 3 are then answered wrongly. A threshold for the product of
all three probabilities let more questions pass that are not answered, and fewer that are."""

CLEARLY_AHEAD = 0.6
"""Share of a candidate from which on it is shown alone, as the nearest passage."""

OVERVIEW_PART = 0.6
"""The part of `accept` that an overview needs: it says what there is on a subject, and claims to answer no question.
Of a hundred messages that name a topic seven more get its overview then, and of a hundred about anything else none."""

ReadAsOne = Callable[[str, str], bool]
"""Whether the answers of two intents (ids) read as one quotation."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights, in the order of the names above, and thresholds.

    accept  an answer needs to be about the interview with this probability (0 to 1)
    sure    and to be answered, if it is about the interview, with this one
    offer   else something near is shown where the utterance is about the interview with this probability
    """

    candidate: tuple[float, ...]
    about: tuple[float, ...]
    answered: tuple[float, ...]
    accept: float
    sure: float
    offer: float

    def shares(
        self, candidates: Mapping[str, CandidateFeatures], covered: Mapping[str, Sequence[str]]
    ) -> dict[str, float]:
        """What each candidate (by id) gets of 1; one also gets the shares of less likely ones whose answers its own
        shows (`covered_answers`)."""
        own = softmax([sum(map(mul, self.candidate, each)) for each in candidates.values()])
        shares = dict(zip(candidates, own, strict=True))
        return {
            one: share
            + sum(shares[each] for each in covered[one] if (shares.get(each, 2.0), each) < (share, one))
            for one, share in shares.items()
        }

    def about_chance(self, features: AboutFeatures) -> float:
        """The probability that the utterance is about the interview."""
        return logistic(sum(map(mul, self.about, (1.0, *features))))

    def answered_chance(self, features: AnsweredFeatures | None) -> float:
        """The probability that it is answered, if it is about the interview; 1.0 where nothing is refused."""
        return 1.0 if features is None else logistic(sum(map(mul, self.answered, (1.0, *features))))


BUILT_IN = Calibration(
    candidate=(8.0, 6.0, 0.9, 3.0, 0.0),
    about=(-1.5, 6.0, 0.0, -5.0, 1.5, 0.5, -0.8, 1.0, 0.5, 0.0, 0.0),
    answered=(0.3, 0.3, 3.0, 1.0, 0.2, 0.7, -1.0, -1.0, -0.7, 1.2),
    accept=0.35,
    sure=0.5,
    offer=0.03,
)
"""For intents that were never calibrated, with a few dozen phrases each. Fitted to the drafts of six texts, with 72
questions in people's own words and 1,200 messages about anything else (CLINC150, Larson et al. 2019), and made round.
Of 600 such messages 6 are answered then, of the questions 48 rightly and 2 wrongly. What tells most is a word that no
phrase has. In a large set of phrases that tells nothing, and likeness does. `accept` and `offer` were chosen on the
drafts of 19 texts: of 228 factual questions 179 get the right quotation, or it is shown as the nearest; of 360 messages
about anything else one is answered, and 20 are shown something near."""

BUILT_IN_WITHOUT_NEGATIVES = Calibration(
    candidate=(6.0, 5.0, 0.9, 0.4, 0.46),
    about=(-4.5, 3.0, 2.0, -2.0, -1.0, -1.0, 0.0, 0.0, 0.5, 0.5, 0.0),
    answered=BUILT_IN.answered,
    accept=0.5,
    sure=0.0,
    offer=0.3,
)
"""For a new text, where nothing is refused yet. The candidates' weights were fitted to the interview's intents with ten
phrases each in a language, without negative examples; the others were chosen among a few round ones on CLINC150
(Larson et al. 2019), where they tell 916 of 1,000 pairs of an answerable and an out-of-scope question apart."""


def built_in(*, has_negatives: bool) -> Calibration:
    """What holds for intents that were never calibrated, with negative examples or out-of-scope phrases or without."""
    return BUILT_IN if has_negatives else BUILT_IN_WITHOUT_NEGATIVES


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
    accept = calibration.accept * (OVERVIEW_PART if ranking.is_overview else 1.0)
    if ranking.about >= accept and ranking.answered >= calibration.sure:
        if leader.share >= LEADING:
            return Match((leader,), ranking)
        beside = next((c for c in others if read_as_one(leader.intent_id, c.intent_id)), None)
        if beside and leader.share + beside.share >= LEADING:
            return Match((leader, beside), ranking)
    if ranking.about < calibration.offer or leader.intent_id not in offerable:
        return NoMatch(ranking)
    offered = _offered(ranking, offerable)
    return Ambiguous(offered, ranking) if offered else NoMatch(ranking)


def _offered(ranking: Ranking, offerable: frozenset[str]) -> tuple[Candidate, ...]:
    """The candidates that are worth showing, best first: one that is clearly ahead alone."""
    leader = ranking.candidates[0]
    if leader.share >= CLEARLY_AHEAD:
        return (leader,)
    worth = [c for c in ranking.candidates if c.intent_id in offerable and c.share >= WORTH_OFFERING]
    alone = len(worth) == 1 and worth[0].share < 2 * WORTH_OFFERING  # neither ahead nor one of several
    return () if alone else tuple(worth[:MOST_OFFERED])


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
