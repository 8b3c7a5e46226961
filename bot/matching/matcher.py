"""From an utterance to ranked candidates, each with its features and its confidence.

The same utterance gives the same ranking, whatever the order of files, intents and phrases.

One example, carried through: "which year did yadnex leave iran" has six words; "yadnex" stands for "yandex" (similarity
0.83). Its terms are stems, pairs ("whichyear") and word groups. "yandex" is known to a few intents only, so it weighs
much; those with the best centroids are looked at closely. The phrases of `yandex-left` know "yandex", "leave" and
"iran", but not "which year", which its negative examples do. So it leads, and the utterance is about the interview, but
the question is hardly answered: `contrast`, `evidence` and `kind` are negative.
"""

import copy
from collections.abc import Sequence
from itertools import groupby

from bot.corpus.intents import OVERVIEW, IntentSet, Phrase, languages_by_script
from bot.matching.calibration import Calibration
from bot.matching.features import CLOSE, Comparison
from bot.matching.index import PhraseClass
from bot.matching.language_choice import LanguageChoice
from bot.matching.lexicon import Lexicon
from bot.matching.model import Model, build_model, by_language, covered_answers
from bot.matching.terms import WordGroups, terms_of
from bot.matching.values import Candidate, Ranking, Utterance
from bot.text.folding import comparison_key, words
from bot.text.languages import script_for

CERTAIN = 0.99
"""The chance that a phrase typed word for word is answered, and a negative example is not."""

KEPT = 5
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
        self.lexicon = lexicon
        self._calibration = calibration
        self._numbers = {intent.id: number for number, intent in enumerate(self._intents)}
        by_script = languages_by_script(self._intents)
        self._phrases = by_language(self._intents, by_script)
        self._choice = LanguageChoice(by_script, self._phrases, self._intents, lexicon)
        self._covered = covered_answers(self._intents)
        self._models: dict[str, Model] = {}

    def with_intents(self, intents: IntentSet) -> "Matcher":
        """A matcher of other intents, with the same lexicon and calibration."""
        return Matcher(intents, self.lexicon, self._calibration)

    def in_language(self, language: str | None) -> "Matcher":
        """The same matcher for a message in a language: whatever is in its script is taken to be in it, however short
        ("y cuándo"), and no words of another language are known in it."""
        if language is None or language not in self._choice.sharing:
            return self
        narrowed = copy.copy(self)
        narrowed._choice = self._choice.narrowed(language)
        return narrowed

    def utterance(self, text: str) -> Utterance:
        """`text` as words and terms; a word said twice in a row counts once. A text without words has no terms."""
        folded, language = [word for word, _ in groupby(words(text)[:MAX_WORDS])], self.language(text)
        model = self.model(language)
        found = model.vocabulary.read(folded)
        terms = tuple(terms_of(found, model.groups).items())
        key = " ".join(" ".join(word.known) if word.similarity == 1.0 else word.typed for word in found)
        return Utterance(text, language, key, found, terms)

    def language(self, text: str, usual: str | None = None) -> str:
        """The language that `text` is taken to be in: the only one that has phrases in its script; of several the one
        that its words tell, unless it is word for word a phrase in others alone; else `usual` (a code such as "es" or
        "pt-br"), if it is one of them; else the one whose phrases answer it best; else the first."""
        script = script_for(text)
        languages = self._choice.by_script[script]
        if len(languages) == 1:
            return languages[0]
        key = comparison_key(text)
        written = [each for each in languages if key in self.model(each).word_for_word]
        told = self._choice.told(text, script, written, usual)
        return told or max(written or languages, key=lambda each: self._confidence(text, each))

    def languages(self) -> tuple[str, ...]:
        """The languages in which there are phrases, by script."""
        return self._choice.languages()

    def model(self, language: str) -> Model:
        """What the phrases in a language tell, made when it is first asked for; of a script what those in its first
        language do."""
        language = self._choice.by_script.get(language, (language,))[0]
        if language not in self._models:
            phrases, groups = self._phrases.get(language, {}), self._groups(language)
            self._models[language] = build_model(language, phrases, self._intents, self.lexicon, groups)
        return self._models[language]

    def prepare(self, before: "Matcher | None" = None) -> None:
        """Makes now what a first question would wait for: the models of all languages. Those in which nothing was
        edited since `before` are taken over from there."""
        if before and before._kinds() == self._kinds():
            for language, phrases in self._phrases.items():
                model, groups = before._models.get(language), self._groups(language)
                if model and model.holds_for(phrases, groups):
                    self._models[language] = model.carried_over(phrases, self._intents, self.lexicon)
        for language in self._phrases:
            self.model(language)
        self._choice.prepare()

    def rank(self, utterance: Utterance, most: int = KEPT) -> Ranking:
        """The intents that `utterance` may mean, likeliest first, at most `most` (and CLOSE).

        No candidates when no phrase shares a term with the utterance. Equal shares go by id.
        """
        comparison = self._compare(utterance)
        if not comparison.close:
            return Ranking(())
        features = comparison.candidates(comparison.close)
        ids = [self._intents[n].id for n in comparison.close]
        shares = self._calibration.shares(dict(zip(ids, features.values(), strict=True)), self._covered)
        leader = max(comparison.close, key=lambda n: (shares[self._intents[n].id], -n))
        leading, settled = features[leader], comparison.settled(leader)
        if settled != utterance:
            comparison = self._compare(settled, leader)
            leading = comparison.candidates([leader])[leader]
        about_features = comparison.about(leader, leading)
        answered_features = comparison.answered(leader, leading, about_features)
        about = self._calibration.about_chance(about_features)
        answered = self._calibration.answered_chance(answered_features)
        known = comparison.model.word_for_word.get(utterance.key)
        if known is not None:  # an editor has written down what this very question means
            about, answered = 1.0, 1.0 - CERTAIN if known.negative else CERTAIN
            if not known.negative:
                shares = {each: float(each == self._intents[known.intent].id) for each in ids}
        found = [
            Candidate(each, about * answered * shares[each], shares[each], features[n])
            for each, n in zip(ids, features, strict=True)
        ]
        found.sort(key=lambda c: (-c.share, c.intent_id))
        is_overview = self._intents[leader].kind == OVERVIEW
        return Ranking(tuple(found[:most]), about, answered, about_features, answered_features, is_overview)

    def knows_word_for_word(self, utterance: Utterance) -> bool:
        """Whether an editor has written down this very question, as a phrase or as a negative example."""
        return utterance.key in self.model(utterance.language).word_for_word

    def part_known(self, typed: Sequence[str], script: str) -> float:
        """The part of folded words that are in phrases in a script, or else in what tells their language from
        others."""
        model = self.model(script)
        others = self._choice.identifiers.get(script)
        known = [
            word in model.vocabulary or (others is not None and others.has(word, model.language))
            for word in typed
        ]
        return sum(known) / max(1, len(known))

    def kind(self, utterance: Utterance) -> str:
        """What the utterance asks for: one of the kinds of `question_kinds`."""
        return self.lexicon.kinds.kind(" ".join(utterance.corrected), utterance.language)

    def parts_asking(self, kind: str, intent_id: str, language: str) -> tuple[float, float]:
        """Which part of an intent's phrases in a language asks for a kind, and which of its negative examples;
        smoothed, so that a few of them prove little; 0 for an unknown intent."""
        number = self._numbers.get(intent_id)
        if number is None:
            return 0.0, 0.0
        phrases, negatives = self.model(language).facts(number).kinds
        return (phrases[kind] + 0.2) / (phrases.total() + 2), (negatives[kind] + 0.2) / (
            negatives.total() + 2
        )

    def meanings(self, phrase: Phrase) -> tuple[str, ...]:
        """What a phrase says, whatever endings, order and synonyms it is said with: two phrases that have the same
        can hardly be told apart."""
        return self._groups(phrase.language).meanings(phrase.key.split())

    def nearest_phrase(
        self, utterance: Utterance, intent_id: str, *, negative: bool = False
    ) -> Phrase | None:
        """The phrase of an intent (or its negative example) that is most like the utterance, or None where none has a
        word in common with it."""
        number = self._numbers.get(intent_id)
        if number is None:
            return None
        model = self.model(utterance.language)
        of_class = PhraseClass(number, negative)
        ((_, place),) = model.scores.nearest_examples(model.scores.vector(utterance.terms), [of_class])
        return model.phrases[of_class][place] if place >= 0 else None

    def _compare(self, utterance: Utterance, leader: int | None = None) -> Comparison:
        """What the index makes of an utterance, and which intents are worth a closer look: those with the
        best centroids, the one that has it word for word, and the leader, if it is known."""
        model = self.model(utterance.language)
        vector = model.scores.vector(utterance.terms)
        scores = model.scores.centroids(vector)
        best = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)[:CLOSE]
        close = [n for n in best if scores[n] > 0]
        known = model.word_for_word.get(utterance.key)
        for number in (known and known.intent, leader):
            if number is not None and number not in close:
                close.append(number)
        made = model.discriminative
        discriminative = made.log_odds(dict(utterance.terms)) if made else [0.0] * len(scores)
        return Comparison(utterance, model, vector, scores, discriminative, tuple(close))

    def _confidence(self, text: str, language: str) -> float:
        """How sure the best answer to a text is, read as one in a language."""
        matcher = self.in_language(language)
        leader = matcher.rank(matcher.utterance(text), 1).leader
        return leader.confidence if leader else 0.0

    def _groups(self, language: str) -> WordGroups:
        return self.lexicon.groups_of(language, self._choice.script(language))

    def _kinds(self) -> tuple[tuple[str, str], ...]:
        """What the classes of a model stand for."""
        return tuple((intent.id, intent.kind) for intent in self._intents)
