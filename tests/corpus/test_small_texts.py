"""What a text without a source card is taken to be, and how much of it is quoted."""

import pytest

from bot.conversation.bot import Bot
from bot.corpus.corpus import resolve
from bot.corpus.intents import ANSWER, OVERVIEW, IntentSet
from bot.corpus.metadata import source_without_card
from bot.corpus.passages import Quotation
from bot.corpus.source import LIMIT, Source, fold_typography, in_one_line, occurrences
from bot.yamlfiles.problems import Problem
from tests.matching.small import intents_of

TEXT = "The shop opens at nine.\n\nBread costs two coins.\n"

INTENTS = """\
topic: {en: The shop}
intents:
  - {id: opening, title: {en: T}, quotes: [The shop opens at nine.], phrases: {en: [opening]}}
  - {id: hour, title: {en: T}, quotes: [opens at nine], phrases: {en: [hour]}}
  - {id: all, kind: overview, title: {en: T}, answers: [opening, hour], phrases: {en: [all]}}
  - {id: hello, kind: small-talk, title: {en: T}, say: {en: Hello.}, phrases: {en: [hello]}}
  - {id: far, kind: out-of-scope, title: {en: T}, phrases: {en: [far]}}
"""


@pytest.fixture(scope="module")
def source() -> Source:
    return source_without_card(TEXT, "shop.txt")


@pytest.fixture(scope="module")
def intents() -> IntentSet:
    return intents_of(INTENTS)


def test_a_character_that_two_answers_quote_counts_once(source: Source, intents: IntentSet) -> None:
    """Of the characters of all passages: 23 of 45."""
    corpus, problems = resolve(source, intents)
    assert () == problems
    assert 23 / 45 == corpus.quoted_part()


def test_answers_and_overviews_are_answered(intents: IntentSet) -> None:
    """Small talk gets a line of the bot's own, and what is out of scope a refusal."""
    assert [ANSWER, ANSWER, OVERVIEW] == [intent.kind for intent in intents.intents if intent.is_answered]


def test_a_text_without_a_card_is_taken_to_be_english(source: Source) -> None:
    """Like the bot's own words where nothing else is known."""
    assert "en" == source.language


def test_a_line_that_just_fits_is_not_cut() -> None:
    """One character more, and the last three are dots."""
    assert "x" * LIMIT == in_one_line("x" * LIMIT)
    assert "x" * (LIMIT - 3) + "..." == in_one_line("x" * (LIMIT + 1))


@pytest.mark.parametrize(
    ("wanted", "place"),
    [("The shop opens at ten.", 19), ("The shoq opens at nine.", 8), ("Bread costs ten coins.", 14)],
)
def test_the_first_differing_character_is_counted_from_the_words_that_are_nearest(
    wanted: str, place: int, source: Source
) -> None:
    """Also at the very beginning of the text."""
    found = source.find(wanted)
    assert isinstance(found, Problem)
    assert f"first difference at character {place};" in found.message


@pytest.mark.parametrize("twice", ["A bell rings. Then a bell rings.", "A bell rings.\n\nThen a bell rings."])
def test_words_that_stand_twice_are_no_quotation(twice: str) -> None:
    """Also in two passages: which of them is meant must be told by more words. Once they are one."""
    found = source_without_card(twice, "bell.txt").find("bell rings")
    assert isinstance(found, Problem)
    assert ("quote-not-unique", True) == (found.rule, "stands 2 times" in found.message)
    assert isinstance(source_without_card("A bell rings.", "bell.txt").find("bell rings"), Quotation)


def test_places_may_overlap() -> None:
    """So that none is missed."""
    assert [0, 1, 2] == [span.start for span in occurrences(fold_typography("xxxx"), "xx")]


def test_a_section_is_titled_by_its_heading_or_by_the_card(keeper: Bot) -> None:
    """A heading stands in the text, so it is in the text's language alone."""
    opening, stairs = (section.title for section in keeper.corpus.source.sections())
    assert (("en", "The stairs"),) == stairs.texts
    assert ("The visit", "Визит") == (opening.best("en"), opening.best("ru"))


def test_a_passage_is_found_by_its_id(keeper: Bot) -> None:
    """And none by an id that no passage has."""
    source = keeper.corpus.source
    assert [*source.passages, None] == [
        *(source.passage(each.id) for each in source.passages),
        source.passage("x"),
    ]
