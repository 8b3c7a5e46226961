"""A question about somebody whom the interview does not mention is not answered."""

import pytest

from bot.conversation.unmentioned_names import UnmentionedNames
from bot.corpus.metadata import source_without_card
from tests.matching.small import intents_of


def test_a_name_that_the_source_mentions_does_not_count() -> None:
    """In none of its spellings: a row has all spellings of one name."""
    unmentioned_names = UnmentionedNames(
        [("china", "китай"), ("japan", "япония")], source_without_card("About China.", "t.txt")
    )
    assert "" == unmentioned_names.named("что с Китаем")
    assert "Японии" == unmentioned_names.named("а в Японии?")


def test_the_united_states_are_mentioned_as_an_abbreviation() -> None:
    """ "U.S." folds to the pronoun "us", and is the name all the same."""
    names = [("U.S.", "usa", "america", "сша"), ("china", "китай")]
    unmentioned_names = UnmentionedNames(names, source_without_card("Imposed by the U.S. alone.", "t.txt"))
    assert "" == unmentioned_names.named("а США?")
    assert "" != UnmentionedNames(names, source_without_card("Tell us.", "t.txt")).named("а США?")


def test_a_name_with_dots_is_looked_for_in_the_source_alone() -> None:
    rows = [("U.S.", "american")]
    assert "" == UnmentionedNames(rows, source_without_card("By the U.S.", "t.txt")).named("american")
    elsewhere = UnmentionedNames(rows, source_without_card("He told us.", "t.txt"))
    assert "" == elsewhere.named("tell us more")
    assert "american" == elsewhere.named("american banks")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("когда дело пойдёт", ""),  # has the stem of Delhi
        ("а что в Дели?", "Дели"),
        ("آمار خدمات برخط", ""),  # has the stem of the Emirates
        ("امارات هم هست؟", "امارات"),
    ],
)
def test_other_words_with_the_stem_of_a_name_do_not_count(typed: str, name: str) -> None:
    """Where a stem is short, or endings are joined to the word, the name itself must be there."""
    unmentioned_names = UnmentionedNames(
        [("delhi", "дели"), ("emirates", "امارات")], source_without_card("Of neither.", "t.txt")
    )
    assert name == unmentioned_names.named(typed)


ENGINE = """
topic: {en: Search}
intents:
  - id: engine
    title: {en: Why did the engine fail?}
    quotes: [Nobody wanted it.]
    phrases: {en: [so what drove the russian google away]}
"""


def test_a_name_is_known_beside_the_words_that_an_editor_put_beside_it() -> None:
    """ "The Russian Google" is another company; about Google itself the text says nothing."""
    (intent,) = intents_of(ENGINE).intents
    source = source_without_card("Nobody wanted it.", "t.txt")
    unmentioned_names = UnmentionedNames([("google", "гугл", "گوگل")], source)
    assert "" == unmentioned_names.named("so what drove the russian google away", intent)
    assert "google" == unmentioned_names.named("why did google fail", intent)
