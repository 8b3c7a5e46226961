"""The values of matching: what was typed, what it may mean, and what was decided.

Candidates come in a total order (confidence down, then share, then id), so that the same question gets the same
reply on every machine. A decision carries what an explanation will say.
"""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an utterance: as folded, and the known words that it stands for.

    `known` is empty for a word that nothing in the vocabulary resembles. `similarity` is that of
    the best of them, 0 to 1; 1.0 means that the word itself is known.
    """

    typed: str
    known: tuple[str, ...]
    similarity: float

    @property
    def likeliest(self) -> tuple[str, ...]:
        """What it is most probably: the most similar known word, two that were typed as one, or itself."""
        if not self.known:
            return (self.typed,)
        return self.known if self.similarity == 1.0 else self.known[:1]


@dataclass(frozen=True, slots=True)
class Utterance:
    """What the visitor typed, as the matcher sees it: its language, its words, and weighted terms.

    key  the folded words, kept apart by single spaces: the form in which it equals a phrase or does not. Letters typed
         too often and words run together are put right in it.
    """

    text: str
    language: str
    key: str
    words: tuple[Word, ...]
    terms: tuple[tuple[str, float], ...]

    @property
    def corrected(self) -> tuple[str, ...]:
        """The folded words, misspelt ones as what they most probably are."""
        return tuple(known for word in self.words for known in word.likeliest)


class CandidateFeatures(NamedTuple):
    """What speaks for one candidate among the others.

    similarity      how much the utterance looks like the intent's phrases (0 to 1)
    best_phrase     how much it looks like the most similar one of them (0 to 1)
    likelihood      how much likelier its words are under this intent than anywhere (log-odds, about -5 to 10)
    coverage        the part of the utterance's information that the intent's phrases know (0 to 1)
    discriminative  how strongly its words speak for this intent when all compete for them (log-odds,
                    about -10 to 15); 0.0 where there are negatives
    """

    similarity: float
    best_phrase: float
    likelihood: float
    coverage: float
    discriminative: float


class AboutFeatures(NamedTuple):
    """What tells an utterance about the interview from any other. The leader is the likeliest candidate.

    similarity      how much the utterance looks like the leader's phrases (0 to 1)
    coverage        the part of the utterance's information that the leader's phrases know (0 to 1)
    unknown         the part of it that no phrase knows (0 to 1)
    support         the part of it that many phrases know: a term in n of them counts n / (n + 5) (0 to 1)
    telling         words of weight that at least two of the leader's phrases have, by thirds (0 to 1, from three on)
    words           how many words it has (their logarithm, 0 to 2.5)
    names           people, places and companies that it names and the leader's passage, too, by halves (0 to 1, from
                    two on)
    ahead           how much likelier its words are under the leader than out of scope (log-odds, -3 to 3)
    discriminative  the strongest discriminative score of any intent (log-odds, about 0 to 15); 0.0 with negatives
    nearer          how much more it looks like the most similar phrase of the leader than like the most similar one out
                    of scope (-1 to 1)
    """

    similarity: float
    coverage: float
    unknown: float
    support: float
    telling: float
    words: float
    names: float
    ahead: float
    discriminative: float
    nearer: float


class AnsweredFeatures(NamedTuple):
    """What tells a question that the leader's passage answers from another one on the same subject.

    contrast      likelihood under the leader's phrases less that under the nearest negative examples
                  (log-odds, -4 to 4)
    evidence      words that are asked where nothing is answered, but not by the leader's phrases (log-odds, about
                  -3 to 0)
    ahead         as above: likelihood under the leader less that out of scope (log-odds, -3 to 3)
    kind          how usual the kind of question is among the leader's phrases, less among its negative examples
                  (log-odds, -3 to 3)
    actors        how unusual it is among the leader's phrases, less among its negative examples, to name the same
                  people, places and companies in the same order (log-odds, -3 to 0)
    swapped       1.0 when it names two in another order than the leader's phrases usually do
    lacking       1.0 when it asks for a time, a number or a sum, and the passage holds none
    foreign       1.0 when the question has a name or a number that neither the leader's phrases nor its passage have
    nearer        how much more it looks like the most similar phrase of the leader than like the most similar negative
                  example of any close intent (-1 to 1)
    """

    contrast: float
    evidence: float
    ahead: float
    kind: float
    actors: float
    swapped: float
    lacking: float
    foreign: float
    nearer: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One intent that the utterance may mean.

    `share` is its part among all candidates, with those whose answers it shows; `confidence` the probability that its
    answer is what was asked for: that the utterance is about the interview, times that it is answered, times the share.
    """

    intent_id: str
    confidence: float
    share: float
    features: CandidateFeatures


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates, likeliest first, and two probabilities: that the utterance is `about` the interview, and
    that it is `answered` if it is. The features are None where no phrase shares a term with it, and those of
    `answered` also where nothing is refused. `is_overview` says whether the leading candidate is one.
    """

    candidates: tuple[Candidate, ...]
    about: float = 0.0
    answered: float = 0.0
    about_features: AboutFeatures | None = None
    answered_features: AnsweredFeatures | None = None
    is_overview: bool = False

    @property
    def leader(self) -> Candidate | None:
        """The likeliest candidate, if there is any."""
        return self.candidates[0] if self.candidates else None


@dataclass(frozen=True, slots=True)
class Match:
    """What is meant is known: one intent, or several whose answers read as one."""

    candidates: tuple[Candidate, ...]
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Unsure. Several `candidates`, best first, are to be chosen from; a single one is the nearest passage."""

    candidates: tuple[Candidate, ...]
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class NoMatch:
    """Nothing that the intents answer."""

    ranking: Ranking


Decision = Match | Ambiguous | NoMatch
