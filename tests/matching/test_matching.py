"""The phrases of an intent lead to it, misspelt ones too, on every machine the same way."""

import random
from dataclasses import replace

import pytest

from bot.corpus.corpus import Corpus
from bot.corpus.intents import IntentSet
from bot.loading.loader import Loaded
from bot.matching import (
    Ambiguous,
    Calibration,
    Candidate,
    Features,
    Match,
    Matcher,
    NoMatch,
    Ranking,
    WordGroups,
    decide,
)
from bot.matching.calibration import answered_inputs, answered_names
from bot.matching.evidence import Evidence
from bot.matching.index import Index, PhraseClass
from bot.matching.model import script_for
from bot.matching.terms import names_of, pairs_of, terms_of
from bot.matching.values import Word
from bot.matching.vocabulary import MOST_CORRECTED, Vocabulary
from bot.text.stems import stem
from tests.tables import Case, table


def shown(corpus: Corpus, intent_id: str) -> object:
    """What a visitor would read: the quotations, or for small talk and refusals the intent."""
    return corpus.quotations.get(intent_id) or corpus.intents.get(intent_id)


def test_every_phrase_finds_its_own_intent(matcher: Matcher, corpus: Corpus) -> None:
    """Asked word for word, a phrase leads to the answer beside which it stands."""
    lost = []
    for intent in corpus.intents.intents:
        for phrase in intent.phrases:
            best = matcher.rank(matcher.utterance(phrase.text)).candidates[0]
            if shown(corpus, best.intent_id) != shown(corpus, intent.id):
                lost.append(f"{phrase.at}: {phrase.text} -> {best.intent_id}")
    assert [] == lost


def test_the_order_of_files_and_phrases_changes_no_ranking(loaded: Loaded, corpus: Corpus) -> None:
    """Shuffled intents and phrases rank alike, to the last digit that is shown."""
    chance = random.Random(7)
    shuffled = []
    for intent in corpus.intents.intents:
        phrases = list(intent.phrases)
        chance.shuffle(phrases)
        shuffled.append(replace(intent, phrases=tuple(phrases)))
    chance.shuffle(shuffled)
    one = Matcher(corpus.intents, WordGroups(), Calibration())
    other = Matcher(IntentSet(tuple(shuffled)), WordGroups(), Calibration())
    for intent in corpus.intents.intents:
        text = intent.phrases[0].text
        rankings = [
            [(c.intent_id, round(c.confidence, 9)) for c in m.rank(m.utterance(text)).candidates]
            for m in (one, other)
        ]
        assert rankings[0] == rankings[1], text


@pytest.mark.parametrize("case", table("misspelt.yaml"))
def test_misspelt_words_are_corrected(case: Case) -> None:
    """By spelling alone: letters swapped, left out, doubled or wrong, also the first one."""
    vocabulary = Vocabulary(case.texts("known"))
    assert case.texts("corrected") == vocabulary.look_up(case.text("typed")).known


def ranking(*confidences: tuple[str, float]) -> Ranking:
    """A ranking of an utterance that is surely answered."""
    features = Features(similarity=0, best_phrase=0, likelihood=0, coverage=0, discriminative=0)
    return Ranking(tuple(Candidate(name, c, c, features) for name, c in confidences), 1.0, None)


CALIBRATION = replace(Calibration(), accept=0.6, offer=0.2)
OFFERABLE = frozenset({"a", "b", "c", "d"})


def never(first: str, second: str) -> bool:
    return False


def always(first: str, second: str) -> bool:
    return True


def test_a_confident_candidate_is_a_match() -> None:
    """At the threshold or above."""
    ranked = ranking(("a", 0.6), ("b", 0.5))
    assert Match(ranked.candidates[:1], ranked) == decide(ranked, CALIBRATION, OFFERABLE, always)


def test_two_answers_side_by_side_are_given_together() -> None:
    """Neither is sure, but one of them is, and they read as one."""
    ranked = ranking(("a", 0.4), ("b", 0.3))
    assert Match(ranked.candidates, ranked) == decide(ranked, CALIBRATION, OFFERABLE, always)


def test_two_close_intents_give_an_offer() -> None:
    """The same confidences, but the answers stand apart."""
    ranked = ranking(("a", 0.4), ("b", 0.3))
    assert Ambiguous(ranked.candidates, ranked) == decide(ranked, CALIBRATION, OFFERABLE, never)


def test_unsure_candidates_are_offered_at_most_three() -> None:
    """Only those above the threshold for offers, and only questions that can be answered."""
    ranked = ranking(*((name, 0.5) for name in ("a", "x", "b", "c", "d")))
    decision = decide(ranked, CALIBRATION, OFFERABLE, never)
    assert isinstance(decision, Ambiguous)
    assert ["a", "b", "c"] == [c.intent_id for c in decision.candidates]


def test_improbable_candidates_are_no_match() -> None:
    """Below the threshold for offers, and with no candidates at all."""
    for ranked in (ranking(("a", 0.1)), ranking()):
        assert NoMatch(ranked) == decide(ranked, CALIBRATION, OFFERABLE, always)


def test_a_phrase_has_the_same_terms_when_it_is_loaded_and_when_it_is_asked(
    matcher: Matcher, corpus: Corpus
) -> None:
    """So a phrase that is typed as it stands is as similar to itself as can be."""
    groups = WordGroups([["leave", "quit"], ["company", "firm"]])
    for intent in corpus.intents.intents:
        for phrase in intent.phrases:
            found = matcher.utterance(phrase.text).words
            stems = [stem(word.typed) for word in found]
            assert set(terms_of(found, groups)) == set(names_of(stems, set(pairs_of(stems)), groups))


def test_a_question_is_compared_with_phrases_in_its_own_script(matcher: Matcher) -> None:
    """A model is made for each script, and no other is made for a question in one of them."""
    by_script_and_class = matcher.model("cyrillic").phrases.values()
    assert {"cyrillic"} == {script_for(phrase.text) for phrases in by_script_and_class for phrase in phrases}
    assert "cyrillic" == matcher.utterance("что с Yandex").script
    assert () == matcher.rank(matcher.utterance("Γιατί;")).candidates


def test_a_telling_word_tells_less_where_the_intent_asks_for_it() -> None:
    """ "How many" speaks against an answer, but not of services, of which the text says how many there are."""
    groups = WordGroups()
    phrases = {
        PhraseClass(0): ["how many services", "how many services online"],
        PhraseClass(1): ["why did they leave"],
        PhraseClass(1, negative=True): ["how many people left", "how many left"],
    }
    members = {each: [tuple(text.split()) for text in texts] for each, texts in phrases.items()}
    evidence = Evidence(
        Index(members, 2, groups),
        answered={PhraseClass(0), PhraseClass(1)},
        refused={PhraseClass(1, negative=True)},
    )
    terms = terms_of((Word("how", ("how",), 1.0), Word("many", ("many",), 1.0)), groups)
    assert evidence.of(terms, 1) < evidence.of(terms, 0) < 0


def test_where_nothing_is_refused_fewer_signs_are_weighed(corpus: Corpus) -> None:
    """A text that is new has no negative examples, and what tells of them must not be guessed from their absence."""
    begun = [replace(intent, negatives=()) for intent in corpus.intents.answers()]
    for intents, has_negatives in ((tuple(begun), False), (corpus.intents.intents, True)):
        matcher = Matcher(IntentSet(intents), WordGroups(), Calibration())
        signs = matcher.rank(matcher.utterance("why did yandex leave the market")).signs
        assert signs is not None
        names = answered_names(signs)
        assert has_negatives == signs.has_negatives == ("refusal" in names)
        assert (
            len(names)
            == len(answered_inputs(signs))
            == len(Calibration().weights(has_negatives=has_negatives).answered)
        )


def test_of_nonsense_no_more_is_corrected_than_of_a_misspelt_message(matcher: Matcher) -> None:
    """Looking for similar words takes longest; a message of four thousand characters must not hold up the others."""
    misspelt = "yadnex " * MOST_CORRECTED
    found = matcher.utterance(f"{misspelt} yadnex").words
    assert [("yandex",)] * MOST_CORRECTED + [()] == [word.known for word in found]
