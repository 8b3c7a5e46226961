"""How the answers of several intents relate to one another and to the text."""

import pytest

from bot.corpus.corpus import MOST_TOGETHER, Corpus, resolve
from bot.corpus.intent_files import merge, read_intents
from bot.corpus.metadata import source_without_card
from bot.yamlfiles.documents import parse_document
from tests.matching.small import intents_of

TEXT = f"""\
The lamp is lit at dusk. The keeper counts the stairs.

The boat is old. Fog is worse than a storm.

The trumpet is made of tin.

{"A very long watch. " * 40}"""

INTENTS = """\
topic: {{en: T}}
intents:
  - {{id: {id}, title: {{en: T}}, quotes: [{quotes}], phrases: {{en: [{id} phrase]}}}}
"""

QUOTES = {
    "lamp-and-stairs": "The lamp is lit at dusk. The keeper counts the stairs.",
    "lamp": "The lamp is lit at dusk.",
    "stairs": "The keeper counts the stairs.",
    "half-lamp": "The lamp is",  # 11 of 24 characters
    "most-of-lamp": "The lamp is l",  # cut inside a word, so that it is no quotation
    "boat": "The boat is old.",
    "tin": "The trumpet is made of tin.",
    "watch": " ".join(["A very long watch."] * 40),
}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """One topic a quotation, in the order of their ids."""
    files = []
    for intent_id, quotes in QUOTES.items():
        text = INTENTS.format(id=intent_id, quotes=quotes)
        node, _ = parse_document(text, f"{intent_id}.yaml")
        assert node is not None
        files.append(read_intents(intent_id, node)[0])
    return resolve(source_without_card(TEXT, "t.txt"), merge(files)[0])[0]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("lamp", "lamp", True),
        ("lamp-and-stairs", "lamp", True),
        ("stairs", "lamp-and-stairs", True),  # 29 of 54 characters
        ("lamp", "lamp-and-stairs", False),  # 24 of 54
        ("half-lamp", "lamp", False),  # 11 of 24
        ("lamp", "half-lamp", True),
        ("lamp", "stairs", False),
        ("lamp", "most-of-lamp", False),  # nothing is quoted
    ],
)
def test_an_answer_answers_another_question_if_it_holds_half_of_its_quotation(
    corpus: Corpus, first: str, second: str, expected: bool
) -> None:
    """The characters of the second count, so that the order matters."""
    assert expected == corpus.alike(first, second)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("lamp", "stairs", True),  # they touch
        ("lamp", "half-lamp", True),  # one holds the other
        ("lamp", "boat", False),  # in the next passage
        ("lamp", "nobody", False),
        ("watch", "watch", False),  # too long
    ],
)
def test_answers_are_shown_together_if_they_are_one_short_stretch(
    corpus: Corpus, first: str, second: str, expected: bool
) -> None:
    """In either order."""
    assert len(QUOTES["watch"]) > MOST_TOGETHER
    assert expected == corpus.read_as_one(first, second) == corpus.read_as_one(second, first)


@pytest.mark.parametrize(
    ("intent_ids", "expected"),
    [
        (("stairs", "lamp"), [QUOTES["lamp-and-stairs"]]),  # they touch
        (("lamp", "half-lamp"), [QUOTES["lamp"]]),  # one holds the other
        (("boat", "lamp"), [QUOTES["lamp"], QUOTES["boat"]]),
    ],
)
def test_quotations_of_several_intents_come_in_text_order_and_each_character_once(
    corpus: Corpus, intent_ids: tuple[str, ...], expected: list[str]
) -> None:
    """Whatever the order of the intents."""
    assert expected == [quotation.exact for quotation in corpus.together(intent_ids)]


def test_intents_are_found_by_passage_and_by_topic() -> None:
    """The intents that quote a passage; of each topic the answer that comes first in the text; and those of the topic
    that are nearest to one."""
    text = """\
topic: {en: T}
intents:
  - {id: b, title: {en: B}, quotes: [Two.], phrases: {en: [b]}}
  - {id: a, title: {en: A}, quotes: [One.], phrases: {en: [a]}}
"""
    intents = intents_of(text)
    corpus, problems = resolve(source_without_card("One.\n\nTwo.", "t.txt"), intents)
    assert () == problems
    assert [["a"], ["b"], []] == [[intent.id for intent in corpus.quoting(n)] for n in (1, 2, 3)]
    assert ["a"] == [intent.id for intent in corpus.first_of_topics()]
    for intent, nearest in zip(intents.intents, (["b", "a"], ["a", "b"]), strict=True):
        assert nearest == [each.id for each in corpus.nearest_of_topic(intent)]
