"""From an utterance to ranked candidates, each with its evidence and its confidence.

Rule: the same utterance gives the same ranking, whatever the order of files, intents and phrases.
What this room does not know: quotations, wording, and what is shown.

One example, carried through: "how much does yadnex cost" has five words; "yadnex" stands for
"yandex" (likeness 0.83). Its terms are stems, pairs ("howmuch") and groups. "yandex" is known to a few
intents only, so it weighs most; those are the candidates. The phrases of "yandex-left" know "yandex" but
not "how much" or "cost", which its near-misses do: low coverage, negative near_miss, and a
confidence far below the threshold.
"""

from collections.abc import Iterable, Mapping, Sequence

from bot.intents import ANSWER, OUT_OF_SCOPE, Intent, IntentSet, Phrase
from bot.language import comparison_key, script_of, words
from bot.matching.calibration import Calibration
from bot.matching.evidence import Evidence
from bot.matching.index import Example, Index, Vector
from bot.matching.terms import PAIR, WordGroups, terms_of
from bot.matching.values import Candidate, Features, Ranking, Signs, Utterance, Word
from bot.matching.vocabulary import Vocabulary

CENTROID, PHRASE = 0.75, 0.25
"""How an intent's similarity is mixed. The nearest phrase alone loses seven points, the centroid
alone one; between 0.7 and 0.85 nothing changes."""

CLOSE = 10
"""Only this many intents with the best centroids are compared phrase by phrase."""

CERTAIN = 0.99
"""The chance that a phrase typed word for word is answered, and a near-miss is not."""

SHOWN = 5
"""How many candidates a ranking keeps."""

MAX_WORDS = 120
"""Of a longer text the beginning is read: it bounds the time that any message can take."""


class Matcher:
    """Ranks intents for utterances.

    >>> matcher = Matcher(intents, WordGroups(), Calibration())
    >>> matcher.rank(matcher.utterance("why did yadnex leave iran")).candidates[0].intent_id
    'yandex-left'
    """

    def __init__(self, intents: IntentSet, groups: WordGroups, calibration: Calibration) -> None:
        self._intents = tuple(sorted(intents.intents, key=lambda intent: intent.id))
        self._groups = groups
        self._calibration = calibration
        self._phrases = [(n, p, False) for n, i in enumerate(self._intents) for p in _examples(i)]
        self._phrases += [(n, p, True) for n, i in enumerate(self._intents) for p in i.near_misses]
        folded = [words(phrase.text) for _, phrase, _ in self._phrases]
        self.vocabulary = Vocabulary(word for each in folded for word in each)
        examples = [
            Example(n, opposite, _script("".join(each)), self._words(each))
            for (n, _, opposite), each in zip(self._phrases, folded, strict=True)
        ]
        self._index = Index(examples, len(self._intents), self._terms)
        numbers = range(len(self._intents))
        self._evidence = Evidence(
            self._index,
            answered=[n for n in numbers if self._intents[n].kind == ANSWER],
            refused=[n if self._intents[n].kind == OUT_OF_SCOPE else n + len(numbers) for n in numbers],
        )
        self._twins = _twins(self._intents)
        keys = (
            (" ".join(each), n, opposite)
            for (n, _, opposite), each in zip(self._phrases, folded, strict=True)
        )
        self._word_for_word = {key: (n, opposite) for key, n, opposite in keys}

    def utterance(self, text: str) -> Utterance:
        """`text` as words and terms. Any text will do; one without words has no terms."""
        found = self._words(words(text)[:MAX_WORDS])
        return Utterance(text, found, tuple(self._terms(found).items()))

    def warm_up(self) -> None:
        """Prepares now what the first questions would else wait for; worth it for more than one."""
        self._index.warm_up()

    def rank(self, utterance: Utterance) -> Ranking:
        """The intents that `utterance` may mean, most confident first, at most SHOWN.

        No candidates when no phrase shares a term with the utterance. Equal confidences go by share, then id.
        """
        terms = dict(utterance.terms)
        vector = self._index.vector(terms)
        scores = self._index.centroid_scores(vector)
        numbers = [n for n in range(len(self._intents)) if scores[n] > 0]
        close = sorted(numbers, key=lambda n: (-scores[n], n))[:CLOSE]
        if not close:
            return Ranking((), 0.0, None)
        script = _script("".join(word.typed for word in utterance.words))
        likelihoods = self._index.likelihoods(terms, close, script)
        readings = [
            self._features(vector, scores[n], n, likelihood)
            for n, likelihood in zip(close, likelihoods, strict=True)
        ]
        shares = dict(zip(close, self._calibration.shares(readings), strict=True))
        pooled = self._pooled(shares)
        leader = max(
            range(len(close)), key=lambda place: (pooled[close[place]], shares[close[place]], -place)
        )
        signs = self._signs(terms, vector, scores, close, readings[leader], pooled[close[leader]], script)
        known = self._word_for_word.get(" ".join(word.typed for word in utterance.words))
        if known:  # an editor has written down what this very question means
            number, refused = known
            chance = 1.0 - CERTAIN if refused else CERTAIN
            pooled = pooled if refused else {n: float(n == number) for n in close}
        else:
            chance = self._calibration.chance(signs)
        found = [
            Candidate(self._intents[n].id, chance * pooled[n], shares[n], reading)
            for n, reading in zip(close, readings, strict=True)
        ]
        found.sort(key=lambda c: (-c.confidence, -c.share, c.intent_id))
        return Ranking(tuple(found[:SHOWN]), chance, signs)

    def _pooled(self, shares: Mapping[int, float]) -> dict[int, float]:
        """The shares, where the best of several intents with the same answer has the others' added:
        whichever of them is meant, the same quotation is shown."""
        pooled = dict(shares)
        for n, share in shares.items():
            twins = [twin for twin in self._twins[n] if twin in shares]
            if n == max(twins, key=lambda twin: (shares[twin], -twin)):
                pooled[n] = sum(shares[twin] for twin in twins)
            else:
                pooled[n] = share
        return pooled

    def _features(self, vector: Vector, centroid: float, n: int, likelihood: float) -> Features:
        phrase, _ = self._index.phrase_score(vector, n)
        coverage = sum(v * v for term, v in vector.items() if n in self._index.classes(term))
        return Features(CENTROID * centroid + PHRASE * phrase, phrase, likelihood, coverage)

    def _signs(  # noqa: PLR0913, PLR0917 - one call, and every value is at hand there
        self,
        terms: Mapping[str, float],
        vector: Vector,
        scores: Sequence[float],
        close: Sequence[int],
        leader: Features,
        lead: float,
        script: str,
    ) -> Signs:
        opposites = [n + len(self._intents) for n in close if scores[n + len(self._intents)] > 0]
        misses = (CENTROID * scores[n] + PHRASE * self._index.phrase_score(vector, n)[0] for n in opposites)
        unlikely = self._index.likelihoods(terms, opposites, script)
        refusals = (scores[n] for n, intent in enumerate(self._intents) if intent.kind == OUT_OF_SCOPE)
        index, most = self._index, self._index.unknown_weight
        return Signs(
            similarity=leader.similarity,
            coverage=leader.coverage,
            lead=lead,
            unknown=sum(v * v for term, v in vector.items() if not index.knows(term)),
            misses=leader.similarity - max(misses, default=0.0),
            contrast=leader.likelihood - max(unlikely, default=0.0),
            refusal=leader.similarity - max(refusals, default=0.0),
            evidence=self._evidence.of(terms),
            length=sum(index.weight(t) / most for t, amount in terms.items() if amount > PAIR),
        )

    def _words(self, folded: Iterable[str]) -> tuple[Word, ...]:
        return tuple(self.vocabulary.look_up(word) for word in folded)

    def _terms(self, found: Sequence[Word]) -> Mapping[str, float]:
        return terms_of(found, self._groups)


def _script(folded: str) -> str:
    return script_of(folded) or "latin"


def _examples(intent: Intent) -> tuple[Phrase, ...]:
    """The phrases of an intent; its title asks the same question and is one of them."""
    titles = tuple(Phrase(text, language, intent.at) for language, text in intent.title.texts)
    known = {comparison_key(phrase.text) for phrase in intent.phrases}
    fresh = tuple(title for title in titles if comparison_key(title.text) not in known)
    return intent.phrases + (fresh if intent.kind == ANSWER else ())


def _twins(intents: Sequence[Intent]) -> dict[int, tuple[int, ...]]:
    """For each intent the numbers of those whose answer is the same words, itself among them.

    Between twins a visitor need not choose: whichever wins, the same quotation is shown.
    """
    shown = [tuple(sorted(comparison_key(quote.text) for quote in intent.quotes)) for intent in intents]
    return {
        n: tuple(m for m, other in enumerate(shown) if own and other == own) or (n,)
        for n, own in enumerate(shown)
    }
