"""What the quotations of intents have to do with one another."""

import pytest

from bot.corpus.corpus import Corpus, resolve
from bot.corpus.intents import merge, read_intents
from bot.corpus.metadata import source_without_card
from bot.yamlfiles.documents import parse_document

TEXT = "Yes I do. One two three."
INTENTS = """
topic: {en: T}
intents:
  - {id: yes, title: {en: A}, quotes: [Yes I do], phrases: {en: [aa]}}
  - {id: do, title: {en: B}, quotes: [I do], phrases: {en: [bb]}}
  - {id: one, title: {en: C}, quotes: [One], phrases: {en: [cc]}}
  - {id: three, title: {en: D}, quotes: [One two three], phrases: {en: [dd]}}
  - {id: both, title: {en: E}, quotes: [Yes I do, One], phrases: {en: [ee]}}
"""


@pytest.fixture(scope="module")
def small() -> Corpus:
    node, _ = parse_document(INTENTS, "t.yaml")
    assert node is not None
    corpus, problems = resolve(source_without_card(TEXT, "t.txt"), merge([read_intents("t", node)[0]])[0])
    assert () == problems
    return corpus


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("yes", "yes", True),
        ("yes", "do", True),  # all of it
        ("do", "yes", True),  # 4 of 8 characters
        ("one", "three", False),  # 3 of 13
        ("three", "one", True),
        ("yes", "both", True),  # 8 of 11
        ("one", "both", False),
        ("yes", "three", False),
        ("yes", "unknown", False),
    ],
)
def test_an_answer_is_alike_when_it_holds_half_of_the_other(
    first: str, second: str, alike: bool, small: Corpus
) -> None:
    """Half of the characters that the other one quotes; so it is not the same the other way round."""
    assert alike is small.alike(first, second)
