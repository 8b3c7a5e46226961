"""From an utterance to ranked candidates, each with its evidence and its confidence.

Rule: the same utterance gives the same ranking, whatever the order of files, intents and phrases.

One example, carried through: "how much does yadnex cost" has five words; "yadnex" stands for "yandex"
(likeness 0.83). Its terms are stems, pairs ("howmuch") and word groups. "yandex" is known to a few intents
only, so it weighs most; those with the best centroids are looked at closely. Their phrases know "yandex"
but not "how much" and "cost", which their negative examples do. So one of them leads the reading, but the signs
(what is `unknown`, negative `contrast` and `evidence`) say that the question is hardly answered at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.corpus.intents import OUT_OF_SCOPE, Intent, IntentSet, Phrase
from bot.matching.calibration import Calibration
from bot.matching.index import CentroidScores, PhraseClass, Vector
from bot.matching.model import Model, PhrasesByClass, build_model, by_script, script_for
from bot.matching.terms import WordGroups, terms_of
from bot.matching.values import Candidate, Features, Ranking, Signs, Utterance
from bot.text.folding import comparison_key, words

CENTROID, PHRASE = 0.75, 0.25
"""How an intent's similarity is mixed. The nearest phrase alone loses seven points, the centroid
alone one; between 0.7 and 0.85 nothing changes."""

CLOSE = 8
"""Only this many intents with the best centroids are compared phrase by phrase."""

CERTAIN = 0.99
"""The chance that a phrase typed word for word is answered, and a negative example is not."""

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
        self._phrases = by_script(self._intents)
        self._equivalents = _equivalents(self._intents)
        self._refusing = [n for n, intent in enumerate(self._intents) if intent.kind == OUT_OF_SCOPE]
        self._models: dict[str, Model] = {}

    def of(self, intents: IntentSet) -> "Matcher":
        """A matcher of other intents, with the same word groups and calibration."""
        return Matcher(intents, self._groups, self._calibration)

    def utterance(self, text: str) -> Utterance:
        """`text` as words and terms. Any text will do; one without words has no terms."""
        folded, script = words(text)[:MAX_WORDS], script_for(text)
        found = self.model(script).vocabulary.read(folded)
        return Utterance(text, script, found, tuple(terms_of(found, self._groups).items()))

    def model(self, script: str) -> Model:
        """What the phrases in a script tell, made when it is first asked for."""
        if script not in self._models:
            self._models[script] = build_model(self._phrases.get(script, {}), self._intents, self._groups)
        return self._models[script]

    def prepare(self, before: "Matcher | None" = None) -> None:
        """Makes now what a first question would wait for longest: the models of all scripts. Those in which nothing
        was edited since `before` are taken over from there."""
        if before is not None and before._kinds() == self._kinds() and before._groups == self._groups:
            for script, phrases_by_class in self._phrases.items():
                model = before._models.get(script)
                if model is not None and _texts(model.phrases) == _texts(phrases_by_class):
                    self._models[script] = replace(
                        model, phrases=phrases_by_class
                    )  # which may stand in other lines now
        for script in self._phrases:
            self.model(script)

    def warm_up(self) -> None:
        """Prepares now what the first questions would else wait for; worth it for more than one."""
        for script in self._phrases:
            self.model(script).index.warm_up()

    def rank(self, utterance: Utterance, most: int = SHOWN) -> Ranking:
        """The intents that `utterance` may mean, most confident first, at most `most` (and CLOSE).

        No candidates when no phrase shares a term with the utterance. Equal confidences go by share, then id.
        """
        view = self._view(utterance)
        if not view.close:
            return Ranking((), 0.0, None)
        weights = self._calibration.weights(has_negatives=view.model.has_negatives)
        readings = self._readings(view)
        shares = dict(zip(view.close, weights.shares(list(readings.values())), strict=True))
        pooled = self._pooled(shares)
        leader = max(view.close, key=lambda n: (pooled[n], shares[n], -n))
        signs = self._signs(view, leader, readings[leader])
        chance = weights.chance(signs)
        known = view.model.word_for_word.get(view.key)
        if known is not None:  # an editor has written down what this very question means
            chance = 1.0 - CERTAIN if known.negative else CERTAIN
            pooled = pooled if known.negative else {n: float(n == known.intent) for n in view.close}
        found = [
            Candidate(self._intents[n].id, chance * pooled[n], shares[n], readings[n]) for n in view.close
        ]
        found.sort(key=lambda c: (-c.confidence, -c.share, c.intent_id))
        return Ranking(tuple(found[:most]), chance, signs)

    def knows_word_for_word(self, utterance: Utterance) -> bool:
        """Whether an editor has written down this very question, as a phrase or as a negative example."""
        key = " ".join(word.typed for word in utterance.words)
        return key in self.model(utterance.script).word_for_word

    def meanings(self, phrase: Phrase) -> tuple[str, ...]:
        """What a phrase says, whatever endings, order and synonyms it is said with: two phrases that have the same
        can hardly be told apart."""
        return self._groups.meanings(phrase.key.split())

    def nearest(self, utterance: Utterance, intent_id: str, *, negative: bool = False) -> Phrase | None:
        """The phrase of an intent (or its negative example) that is most like the utterance, or None where none has a
        word in common with it."""
        number = next((n for n, intent in enumerate(self._intents) if intent.id == intent_id), None)
        if number is None:
            return None
        model = self.model(utterance.script)
        of_class = PhraseClass(number, negative)
        _, place = model.index.phrase_score(model.index.vector(dict(utterance.terms)), of_class)
        return model.phrases[of_class][place] if place >= 0 else None

    def _view(self, utterance: Utterance) -> "_View":
        """What the index makes of an utterance, and which intents are worth a closer look: those with the
        best centroids, and the one that has it word for word."""
        key = " ".join(word.typed for word in utterance.words)
        model, terms = self.model(utterance.script), dict(utterance.terms)
        vector = model.index.vector(terms)
        scores = model.index.centroid_scores(vector)
        numbers = [n for n, score in enumerate(scores.phrases) if score > 0]
        close = sorted(numbers, key=lambda n: (-scores.phrases[n], n))[:CLOSE]
        discriminative = (
            model.discriminative.of(terms) if model.discriminative else [0.0] * len(self._intents)
        )
        known = model.word_for_word.get(key)
        if known is not None and known.intent not in close:
            close.append(known.intent)
        return _View(key, model, terms, vector, scores, discriminative, tuple(close))

    def _readings(self, view: "_View") -> dict[int, Features]:
        index = view.model.index
        likelihoods = index.likelihoods(view.vector, [PhraseClass(n) for n in view.close])
        readings = {}
        for n, likelihood in zip(view.close, likelihoods, strict=True):
            phrase, _ = index.phrase_score(view.vector, PhraseClass(n))
            coverage = sum(each.value**2 for each in view.vector if n in each.term.phrases)
            similarity = CENTROID * view.scores.phrases[n] + PHRASE * phrase
            readings[n] = Features(similarity, phrase, likelihood, coverage, view.discriminative[n])
        return readings

    def _pooled(self, shares: Mapping[int, float]) -> dict[int, float]:
        """The shares, where the best of several intents with the same answer has the others' added:
        whichever of them is meant, the same quotation is shown."""
        pooled = dict(shares)
        for n in shares:
            equivalents = [equivalent for equivalent in self._equivalents[n] if equivalent in shares]
            if n == max(equivalents, key=lambda equivalent: (shares[equivalent], -equivalent)):
                pooled[n] = sum(shares[equivalent] for equivalent in equivalents)
        return pooled

    def _signs(self, view: "_View", number: int, leader: Features) -> Signs:
        index, scores = view.model.index, view.scores
        negatives = [PhraseClass(n, negative=True) for n in view.close if scores.negatives[n] > 0]
        unlikely = index.likelihoods(view.vector, negatives)
        return Signs(
            similarity=leader.similarity,
            refusal=max((scores.phrases[n] for n in self._refusing), default=0.0),
            unknown=sum(each.value**2 for each in view.vector if not each.term.total),
            contrast=leader.likelihood - max(unlikely, default=0.0),
            evidence=view.model.evidence.of(view.terms, number),
            discriminative=max(view.discriminative),
            has_negatives=view.model.has_negatives,
        )

    def _kinds(self) -> tuple[tuple[str, str], ...]:
        """What the classes of a model stand for."""
        return tuple((intent.id, intent.kind) for intent in self._intents)


@dataclass(frozen=True, slots=True)
class _View:
    """An utterance as its model sees it. `discriminative` is by intent, `close` are the intents looked at closely."""

    key: str
    model: Model
    terms: Mapping[str, float]
    vector: Vector
    scores: CentroidScores
    discriminative: Sequence[float]
    close: tuple[int, ...]


def _texts(phrases_by_class: PhrasesByClass) -> dict[PhraseClass, list[str]]:
    return {number: [phrase.text for phrase in phrases] for number, phrases in phrases_by_class.items()}


def _equivalents(intents: Sequence[Intent]) -> dict[int, tuple[int, ...]]:
    """For each intent the numbers of those whose answer is the same words, itself among them.

    Between equivalents a visitor need not choose: whichever wins, the same quotation is shown.
    """
    shown = [tuple(sorted(comparison_key(quote.text) for quote in intent.quotes)) for intent in intents]
    return {
        n: tuple(m for m, other in enumerate(shown) if own and other == own) or (n,)
        for n, own in enumerate(shown)
    }
