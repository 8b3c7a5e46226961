"""The intents' own phrases as questions: each is asked of a matcher that was built without it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.corpus.corpus import Corpus
from bot.corpus.intents import OUT_OF_SCOPE
from bot.matching import Calibration, Match, decide
from bot.matching.cross_validation import NEGATIVE, Trial


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


def left_out(trials: Iterable[Trial], corpus: Corpus, calibration: Calibration) -> tuple[LeftOut, ...]:
    """One row for each intent, the one with the smallest share of right phrases first.

    `trials` are the phrases and negative examples of the corpus, each ranked by a matcher that does not know it.
    """
    answers = frozenset(corpus.quotations)
    rows: dict[str, Counter[str]] = {intent.id: Counter() for intent in corpus.intents.intents}
    for trial in trials:
        row = rows[trial.intent_id]
        decision = decide(trial.ranking, calibration, answers, corpus.read_as_one)
        meant = [c.intent_id for c in decision.candidates] if isinstance(decision, Match) else []
        is_answered = not answers.isdisjoint(meant)
        if trial.kind == NEGATIVE:
            row.update(negatives=1, answered=is_answered)
        elif trial.kind == OUT_OF_SCOPE:
            row.update(phrases=1, right=not is_answered)
        else:
            row.update(phrases=1, right=any(corpus.alike(each, trial.intent_id) for each in meant))
    found = [
        LeftOut(i, row["phrases"], row["right"], row["negatives"], row["answered"]) for i, row in rows.items()
    ]
    return tuple(sorted(found, key=lambda row: (row.share, row.intent_id)))
