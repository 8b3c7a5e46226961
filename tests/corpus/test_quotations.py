"""What is not in the text, word for word and by one speaker, is never a quotation."""

import hashlib

import pytest

from bot.corpus.metadata import read_source
from bot.corpus.passages import Quotation
from bot.corpus.source import Source
from bot.yamlfiles.documents import parse_document
from bot.yamlfiles.problems import Problem

TEXT = (
    "“The mill burned in 1907. I am not sure that it was an accident,” he said. "
    "The mill stands again “We shall be glad to show it to every visitor.” "
    "“We shall be glad to show it to every visitor. The mill cannot run without water,” he added. "
    "Does it run again?"
)
CARD = """
title: {en: The mill}
language: en
speakers: [{id: miller, name: {en: The miller}, words: direct}]
segments:
  - {section: fire, title: {en: The fire}}
  - {passage: fire, speaker: miller, from: The mill burned, to: "an accident,"}
  - {kind: attribution, text: he said.}
  - {section: today, heading: The mill stands again}
  - {kind: pull-quote, text: We shall be glad to show it to every visitor.}
  - {passage: visitors, speaker: miller, from: We shall be glad, to: "without water,"}
  - {kind: attribution, text: he added.}
  - {kind: question, text: "Does it run again?"}
"""


@pytest.fixture(scope="module")
def mill() -> Source:
    """A text in which a sentence is printed twice."""
    checksum = hashlib.sha256(TEXT.encode()).hexdigest()
    node, _ = parse_document(f"{CARD}sha256: {checksum}\n", "mill.yaml")
    assert node is not None
    source, problems = read_source(TEXT, "mill.txt", node)
    assert source is not None, problems
    return source


@pytest.mark.parametrize(
    ("quote", "rule"),
    [
        ("The mill has burned", "not-verbatim"),
        ("", "not-verbatim"),
        ("The mill burned in 1908.", "not-verbatim"),
        ("The mill burned in 1907. It was an accident", "not-verbatim"),
        ("Тhe mill burned in 1907.", "not-verbatim"),  # a Cyrillic letter
        ("The mill", "quote-not-unique"),
        ("an accident,” he said", "quote-crosses-speakers"),
        ("The mill stands again", "quote-crosses-speakers"),
        ("sure that it was an accident", "truncated-quote"),
        ("run without water", "truncated-quote"),
        ("water", "truncated-quote"),
        ("ill burned in 1907.", "truncated-quote"),
    ],
)
def test_words_that_cannot_be_quoted_have_faults_of_different_kinds(
    quote: str, rule: str, mill: Source
) -> None:
    """Each fault has its own kind, so that the editor reads the right advice."""
    found = mill.find(quote)
    assert isinstance(found, Problem), found
    assert rule == found.rule


@pytest.mark.parametrize(
    ("quote", "whose"),
    [
        ("he added.", "the newspaper (attribution)"),
        ("Does it run again?", "the interviewer (question)"),
        ("he added. Does it run", "the interviewer (attribution, question)"),
    ],
)
def test_words_of_nobody_who_is_quoted_are_called_so(quote: str, whose: str, mill: Source) -> None:
    """They run over the end of no passage, since they begin in none."""
    found = mill.find(quote)
    assert isinstance(found, Problem), found
    message = f"has the words of {whose}, which are never quoted; quote those of a speaker"
    assert f'"{quote}" {message}' == found.message


def test_a_sentence_printed_twice_is_quoted_from_its_passage(mill: Source) -> None:
    """The pull-quote repeats a sentence of his; the passage is what is quoted."""
    found = mill.find("We shall be glad to show it to every visitor.")
    assert isinstance(found, Quotation)
    assert "visitors" == found.passage.id


def test_not_verbatim_names_the_nearest_place(mill: Source) -> None:
    """The first differing character is the one that the editor must look at."""
    fault = mill.find("I am not sure that it is an accident")
    assert isinstance(fault, Problem)
    place = len("I am not sure that it ") + 1
    assert 'nearest: "I am not sure' in fault.message
    assert f"first difference at character {place};" in fault.message
