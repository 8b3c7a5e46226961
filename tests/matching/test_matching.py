"""The phrases of an intent lead to it, misspelt ones too, on every machine the same way."""

import random
from dataclasses import replace

import pytest

from bot.conversation.bot import Bot
from bot.corpus.intents import IntentSet
from bot.matching import (
    BUILT_IN,
    Lexicon,
    Matcher,
    WordGroups,
)
from bot.matching.matcher import CERTAIN
from bot.matching.terms import pairs_of, terms_of, words_and_groups
from bot.matching.vocabulary import MOST_CORRECTED, Vocabulary
from bot.text.languages import script_for, stem
from tests.matching.small import INTENTS, intents_of
from tests.tables import Case, table


def test_every_phrase_is_known_as_that_of_its_intent(small: Matcher) -> None:
    """Each one, word for word, so that nothing else is weighed."""
    ids = sorted(intent.id for intent in INTENTS.intents)
    lost = []
    for intent in INTENTS.answers():
        for phrase in intent.phrases:
            known = small.model(script_for(phrase.text)).word_for_word[phrase.key]
            if known.negative or ids[known.intent] != intent.id:
                lost.append(f"{phrase.at}: {phrase.text}")
    assert [] == lost


def test_a_phrase_typed_as_it_stands_leads_to_its_answer(small: Matcher) -> None:
    """The first phrase of each answer in each language."""
    for intent in INTENTS.answers():
        for phrase in {phrase.language: phrase for phrase in reversed(intent.phrases)}.values():
            ranking = small.rank(small.utterance(phrase.text))
            assert (intent.id, CERTAIN) == (ranking.candidates[0].intent_id, ranking.candidates[0].confidence)


def test_the_order_of_files_and_phrases_changes_no_ranking() -> None:
    """Shuffled intents and phrases rank alike, to the last digit that is shown."""
    chance = random.Random(7)
    shuffled = []
    for intent in INTENTS.intents:
        phrases = list(intent.phrases)
        chance.shuffle(phrases)
        shuffled.append(replace(intent, phrases=tuple(phrases)))
    chance.shuffle(shuffled)
    one = Matcher(INTENTS, Lexicon(), BUILT_IN)
    other = Matcher(IntentSet(tuple(shuffled)), Lexicon(), BUILT_IN)
    for intent in INTENTS.intents:
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


def test_a_phrase_has_the_same_terms_when_it_is_loaded_and_when_it_is_asked(keeper: Bot) -> None:
    """So a phrase that is typed as it stands is as similar to itself as can be, in each language. A rare word may also
    be read as a common one."""
    groups = WordGroups([["boat", "ship"], ["storm", "gale"]])
    for intent in keeper.corpus.intents.intents:
        for phrase in intent.phrases:
            found = keeper.matcher.utterance(phrase.text).words
            stems = [stem(word.typed) for word in found]
            asked, loaded = set(terms_of(found, groups)), {*words_and_groups(stems, groups), *pairs_of(stems)}
            assert asked >= loaded
            assert asked == loaded or any(len(word.known) > 1 for word in found)


def test_a_question_is_compared_with_phrases_in_its_own_script(small: Matcher) -> None:
    """A model is made for each script, and no other is made for a question in one of them."""
    by_script_and_class = small.model("cyrillic").phrases.values()
    assert {"cyrillic"} == {script_for(phrase.text) for phrases in by_script_and_class for phrase in phrases}
    assert "ru" == small.utterance("что с Iran").language
    assert () == small.rank(small.utterance("Γιατί;")).candidates


def test_a_telling_word_tells_less_where_the_intent_asks_for_it() -> None:
    """ "How many" speaks against an answer, but not of services, of which the text says how many there are."""
    matcher = Matcher(intents_of(SERVICES), Lexicon(), BUILT_IN)
    evidence = {}
    for question in ("how many services then", "how many then did left, why"):
        ranking = matcher.rank(matcher.utterance(question))
        assert ranking.answered_features is not None
        evidence[ranking.candidates[0].intent_id] = ranking.answered_features.evidence
    assert evidence["left"] < evidence["services"] < 0


SERVICES = """
topic: {en: Services}
intents:
  - id: services
    title: {en: How many services are online?}
    quotes: [There are ten services.]
    phrases: {en: [how many services, how many services online]}
  - id: left
    title: {en: Why did they leave?}
    quotes: [They left.]
    phrases: {en: [why did they leave, why left]}
    not: {en: [how many people left]}
  - id: bridge
    title: {en: Where is the bridge?}
    quotes: [The bridge is in the north.]
    phrases: {en: [where is the bridge]}
    not: {en: [how many bridges, how many of them cross it, how many cars]}
"""


def test_where_nothing_is_refused_no_question_is_taken_for_unanswered() -> None:
    """A text that is new has no negative examples, and what tells of them must not be guessed from their absence."""
    begun = [replace(intent, negatives=()) for intent in INTENTS.answers()]
    for intents, is_refused in ((tuple(begun), False), (INTENTS.intents, True)):
        matcher = Matcher(IntentSet(intents), Lexicon(), BUILT_IN)
        ranking = matcher.rank(matcher.utterance("why did iran visit the mayor"))
        assert ranking.about_features is not None
        assert is_refused == (ranking.answered_features is not None) == (ranking.answered < 1.0)
        assert is_refused == (ranking.about_features.discriminative == 0.0)


def test_of_nonsense_no_more_is_corrected_than_of_a_misspelt_message(small: Matcher) -> None:
    """Looking for similar words takes longest; a message of four thousand characters must not hold up the others."""
    misspelt = "rusisa viist " * MOST_CORRECTED
    found = small.utterance(misspelt).words
    assert [("russia",), ("visit",)] * (MOST_CORRECTED // 2) + [()] * MOST_CORRECTED == [
        w.known for w in found
    ]
