"""The intents' own phrases as questions: each is asked of a matcher that was built without it."""

from collections import Counter
from dataclasses import dataclass

from bot.corpus.corpus import Corpus
from bot.corpus.intents import OUT_OF_SCOPE
from bot.matching import Calibration, Match, WordGroups, decide
from bot.matching.cross_validation import trials


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the phrases and negative examples of an intent lead to when each is asked of a matcher without it.

    right     how many of the phrases got the right answer
    answered  how many of the negative examples were answered, which is wrong
    """

    intent_id: str
    phrases: int
    right: int
    negatives: int
    answered: int

    @property
    def share(self) -> float:
        """The part of the phrases that are right; 0 where there are none."""
        return self.right / max(1, self.phrases)


def left_out(corpus: Corpus, groups: WordGroups, calibration: Calibration) -> tuple[LeftOut, ...]:
    """One row for each intent, the one with the smallest share of right phrases first."""
    same = corpus.alike
    rows: dict[str, Counter[str]] = {intent.id: Counter() for intent in corpus.intents.intents}
    for trial in trials(corpus.intents, groups, same, calibration):
        row = rows[trial.intent.id]
        decision = decide(trial.ranking, calibration, frozenset(corpus.quotations), corpus.side_by_side)
        meant = [c.intent_id for c in decision.candidates] if isinstance(decision, Match) else []
        if trial.is_negative:
            row.update(negatives=1, answered=bool(meant and meant[0] in corpus.quotations))
        elif trial.intent.kind == OUT_OF_SCOPE:
            row.update(phrases=1, right=not (meant and meant[0] in corpus.quotations))
        else:
            row.update(phrases=1, right=any(same(intent_id, trial.intent.id) for intent_id in meant))
    found = [
        LeftOut(i, row["phrases"], row["right"], row["negatives"], row["answered"]) for i, row in rows.items()
    ]
    return tuple(sorted(found, key=lambda row: (row.share, row.intent_id)))
