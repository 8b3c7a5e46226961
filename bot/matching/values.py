"""The values of matching: what was typed, what it may mean, and what was decided.

Rule: candidates come in a total order (confidence down, then id), so that the same question gets
the same reply on every machine. A decision carries what an explanation will say.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an utterance: as folded, and the known words that it stands for.

    `known` is empty for a word that nothing in the vocabulary resembles. `similarity` is that of
    the best of them, 0 to 1; 1.0 means that the word itself is known.
    """

    typed: str
    known: tuple[str, ...]
    similarity: float


@dataclass(frozen=True, slots=True)
class Utterance:
    """What the visitor typed, as the matcher sees it: its script, its words, and weighted terms."""

    text: str
    script: str
    words: tuple[Word, ...]
    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for one candidate among the others.

    similarity   how much the utterance looks like the intent's phrases (0 to 1)
    best_phrase  how much it looks like the most similar one of them (0 to 1)
    likelihood   how much likelier its words are under this intent than anywhere (log-odds, about -5 to 5)
    coverage     the part of the utterance's information that the intent's phrases know (0 to 1)
    discriminative  how strongly its words speak for this intent when all compete for them (log-odds,
                    about -10 to 15); 0.0 where there are negatives
    """

    similarity: float
    best_phrase: float
    likelihood: float
    coverage: float
    discriminative: float


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells an utterance that is answered from one that is not, whichever intent is meant.

    similarity  how much the utterance looks like the leading candidate's phrases (0 to 1)
    refusal     how much it looks like out-of-scope phrases (0 to 1)
    unknown     the part of the utterance's information that nobody's phrases know (0 to 1)
    contrast    likelihood under the leader's phrases less that under the nearest negative examples (log-odds)
    evidence    words that speak against an answer anywhere, but not those that the leader's own phrases use
                (log-odds, about -5 to 0)
    discriminative  the strongest discriminative score of any intent (log-odds, about 0 to 15); 0.0 with negatives
    has_negatives   whether there are negative examples or out-of-scope phrases to compare with

    The leader's coverage and its lead before the others told nothing beside these (measured: the same answers).
    """

    similarity: float
    refusal: float
    unknown: float
    contrast: float
    evidence: float
    discriminative: float
    has_negatives: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """One intent that the utterance may mean.

    `share` is its part among all readings, `confidence` the probability that its answer is what was
    asked for: the chance that the utterance is answered at all, times the share of this answer.
    """

    intent_id: str
    confidence: float
    share: float
    features: Features


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates, most confident first, and the chance that any of them is answered."""

    candidates: tuple[Candidate, ...]
    answered: float
    signs: Signs | None


@dataclass(frozen=True, slots=True)
class Match:
    """What is meant is known: one intent, or several whose answers stand side by side."""

    candidates: tuple[Candidate, ...]
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Unsure, or two readings: `candidates`, best first, are worth offering."""

    candidates: tuple[Candidate, ...]
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class NoMatch:
    """Nothing that the intents answer."""

    ranking: Ranking


Decision = Match | Ambiguous | NoMatch
