"""From an utterance to ranked candidates, each with its features and its confidence.

The same utterance gives the same ranking, whatever the order of files, intents and phrases.

One example, carried through: "how much does yadnex cost" has five words; "yadnex" stands for "yandex" (similarity
0.83). Its terms are stems, pairs ("howmuch") and word groups. "yandex" is known to a few intents only, so it weighs
most; those with the best centroids are looked at closely. Their phrases know "yandex" but not "how much" and "cost",
which their negative examples do. So one of them leads, and the utterance is about the interview, but the question is
hardly answered: `contrast`, `evidence` and `kind` are negative.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from heapq import nlargest
from itertools import groupby

from bot.corpus.intents import OVERVIEW, Intent, IntentSet, Phrase
from bot.matching.calibration import Calibration
from bot.matching.features import CLOSE, Reading
from bot.matching.index import PhraseClass
from bot.matching.lexicon import Lexicon, NameTable, QuestionKinds
from bot.matching.model import Model, PhrasesByClass, build_model, by_script, quoted_texts, script_for
from bot.matching.terms import terms_of
from bot.matching.values import Candidate, Ranking, Utterance, Word
from bot.text.folding import comparison_key, words
from bot.text.languages import stem

CERTAIN = 0.99
"""The chance that a phrase typed word for word is answered, and a negative example is not."""

SHOWN = 5
"""How many candidates a ranking keeps."""

MAX_WORDS = 120
"""Of a longer text the beginning is read: it bounds the time that any message can take."""


class Matcher:
    """Ranks intents for utterances.

    >>> matcher = Matcher(intents, Lexicon(), BUILT_IN)
    >>> matcher.rank(matcher.utterance("why did yadnex leave iran")).candidates[0].intent_id
    'yandex-left'
    """

    def __init__(self, intents: IntentSet, lexicon: Lexicon, calibration: Calibration) -> None:
        self._intents = tuple(sorted(intents.intents, key=lambda intent: intent.id))
        self._lexicon = lexicon
        self._calibration = calibration
        self._phrases = by_script(self._intents)
        self._covered = covered_answers(self._intents)
        self._models: dict[str, Model] = {}

    def of(self, intents: IntentSet) -> "Matcher":
        """A matcher of other intents, with the same lexicon and calibration."""
        return Matcher(intents, self._lexicon, self._calibration)

    @property
    def names(self) -> NameTable:
        """The names that it knows, in all their spellings."""
        return self._lexicon.names

    @property
    def kinds(self) -> QuestionKinds:
        """By which words a question asks for what, and points back."""
        return self._lexicon.kinds

    def utterance(self, text: str) -> Utterance:
        """`text` as words and terms; a word said twice in a row counts once. A text without words has no terms."""
        folded, script = [word for word, _ in groupby(words(text)[:MAX_WORDS])], script_for(text)
        found = self.model(script).vocabulary.read(folded)
        terms = tuple(terms_of(found, self._lexicon.groups).items())
        return Utterance(text, script, " ".join(folded), found, terms)

    def scripts(self) -> tuple[str, ...]:
        """The scripts in which there are phrases."""
        return tuple(self._phrases)

    def model(self, script: str) -> Model:
        """What the phrases in a script tell, made when it is first asked for."""
        if script not in self._models:
            phrases = self._phrases.get(script, {})
            self._models[script] = build_model(script, phrases, self._intents, self._lexicon)
        return self._models[script]

    def prepare(self, before: "Matcher | None" = None) -> None:
        """Makes now what a first question would wait for: the models of all scripts. Those in which nothing was edited
        since `before` are taken over from there."""
        if before and before._kinds() == self._kinds() and before._lexicon.groups == self._lexicon.groups:
            for script, phrases in self._phrases.items():
                model = before._models.get(script)
                if model is not None and _texts(model.phrases) == _texts(phrases):
                    # the phrases may stand in other lines now, and quotations and the lexicon be others
                    self._models[script] = replace(
                        model, phrases=phrases, intents=self._intents, lexicon=self._lexicon, _facts={}
                    )
        for script in self._phrases:
            self.model(script)

    def rank(self, utterance: Utterance, most: int = SHOWN) -> Ranking:
        """The intents that `utterance` may mean, most confident first, at most `most` (and CLOSE).

        No candidates when no phrase shares a term with the utterance. Equal confidences go by share, then id.
        """
        reading = self._read(utterance)
        if not reading.close:
            return Ranking(())
        features = reading.candidates()
        ids = [self._intents[n].id for n in reading.close]
        shares = pooled(
            dict(zip(ids, self._calibration.shares(list(features.values())), strict=True)), self._covered
        )
        leader = max(reading.close, key=lambda n: (shares[self._intents[n].id], -n))
        settled = self._settled(reading, leader)
        leading = features[leader] if settled is reading else settled.candidates()[leader]
        about_features = settled.about(leader, leading)
        answered_features = settled.answered(leader, leading)
        about = self._calibration.about_chance(about_features)
        answered = self._calibration.answered_chance(answered_features)
        known = reading.model.word_for_word.get(utterance.key)
        if known is not None:  # an editor has written down what this very question means
            about, answered = 1.0, 1.0 - CERTAIN if known.negative else CERTAIN
            if not known.negative:
                shares = {each: float(each == self._intents[known.intent].id) for each in ids}
        found = [
            Candidate(each, about * answered * shares[each], shares[each], features[n])
            for each, n in zip(ids, reading.close, strict=True)
        ]
        found.sort(key=lambda c: (-c.share, c.intent_id))
        overview = self._intents[leader].kind == OVERVIEW
        return Ranking(tuple(found[:most]), about, answered, about_features, answered_features, overview)

    def knows_word_for_word(self, utterance: Utterance) -> bool:
        """Whether an editor has written down this very question, as a phrase or as a negative example."""
        return utterance.key in self.model(utterance.script).word_for_word

    def kind(self, utterance: Utterance) -> str:
        """What the utterance asks for: one of the kinds of `question_kinds`."""
        return self._lexicon.kinds.of(" ".join(utterance.corrected), utterance.script)

    def parts_asking(self, kind: str, intent_id: str, script: str) -> tuple[float, float]:
        """Which part of an intent's phrases in a script asks for a kind, and which of its negative examples; smoothed,
        so that a few of them prove little; 0 for an unknown intent."""
        number = next((n for n, intent in enumerate(self._intents) if intent.id == intent_id), None)
        if number is None:
            return 0.0, 0.0
        phrases, negatives = self.model(script).facts(number).kinds
        return (phrases[kind] + 0.2) / (phrases.total() + 2), (negatives[kind] + 0.2) / (
            negatives.total() + 2
        )

    def meanings(self, phrase: Phrase) -> tuple[str, ...]:
        """What a phrase says, whatever endings, order and synonyms it is said with: two phrases that have the same
        can hardly be told apart."""
        return self._lexicon.groups.meanings(phrase.key.split())

    def nearest(self, utterance: Utterance, intent_id: str, *, negative: bool = False) -> Phrase | None:
        """The phrase of an intent (or its negative example) that is most like the utterance, or None where none has a
        word in common with it."""
        number = next((n for n, intent in enumerate(self._intents) if intent.id == intent_id), None)
        if number is None:
            return None
        model = self.model(utterance.script)
        of_class = PhraseClass(number, negative)
        _, place = model.index.phrase_score(model.index.vector(utterance.terms), of_class)
        return model.phrases[of_class][place] if place >= 0 else None

    def _read(self, utterance: Utterance, leader: int | None = None) -> Reading:
        """What the index makes of an utterance, and which intents are worth a closer look: those with the
        best centroids, the one that has it word for word, and the leader, if it is known."""
        model = self.model(utterance.script)
        vector = model.index.vector(utterance.terms)
        scores = model.index.centroid_scores(vector)
        best = nlargest(CLOSE, zip(scores, range(0, -len(scores), -1), strict=True))
        close = [-n for score, n in best if score > 0]
        known = model.word_for_word.get(utterance.key)
        for number in (known and known.intent, leader):
            if number is not None and number not in close:
                close.append(number)
        made = model.discriminative
        discriminative = made.of(dict(utterance.terms)) if made else [0.0] * len(scores)
        return Reading(utterance, model, vector, scores, discriminative, tuple(close))

    def _settled(self, reading: Reading, leader: int) -> Reading:
        """The same utterance, each misspelt word read as one that the leader's phrases have, if it may stand for one.
        That it may stand for other words, too, is no doubt about the leader, where another word speaks for it."""
        if not reading.has_sure_word(leader):
            return reading

        def settled(word: Word) -> Word:
            term = reading.model.index.term
            known = next((each for each in word.known if leader in term(stem(each)).phrases), None)
            return replace(word, known=(known,), similarity=1.0) if known and word.similarity < 1.0 else word

        read = tuple(map(settled, reading.utterance.words))
        if read == reading.utterance.words:
            return reading
        terms = tuple(terms_of(read, self._lexicon.groups).items())
        return self._read(replace(reading.utterance, words=read, terms=terms), leader)

    def _kinds(self) -> tuple[tuple[str, str], ...]:
        """What the classes of a model stand for."""
        return tuple((intent.id, intent.kind) for intent in self._intents)


def _texts(phrases_by_class: PhrasesByClass) -> dict[PhraseClass, list[str]]:
    return {number: [phrase.text for phrase in phrases] for number, phrases in phrases_by_class.items()}


def covered_answers(intents: Iterable[Intent]) -> dict[str, frozenset[str]]:
    """For each intent (its id) the others whose whole answer its own shows: visitors who mean one of these need not
    choose."""
    quoted = quoted_texts(tuple(intents))
    shown = {each: [comparison_key(text) for text in texts] for each, texts in quoted.items()}

    def shows(mine: list[str], theirs: list[str]) -> bool:
        return bool(theirs) and all(any(quote in each for each in mine) for quote in theirs)

    return {
        one: frozenset(other for other, theirs in shown.items() if other != one and shows(mine, theirs))
        for one, mine in shown.items()
    }


def pooled(shares: Mapping[str, float], covered: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """The shares of intents (by id), where one has those of less likely ones added whose answers its own shows."""
    return {
        one: share
        + sum(shares[other] for other in covered[one] if (shares.get(other, 2.0), other) < (share, one))
        for one, share in shares.items()
    }
