"""A text is cut where a sentence ends, and neither there nor in a message behind an abbreviation."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.sentences import sentence_bounds, split_questions


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_bounds(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It left. It came back!", ["It left.", "It came back!"]),
        ("  One\ntwo.\n\nThree ", ["One\ntwo.", "Three"]),
        ("رفت؟ آمد.", ["رفت؟", "آمد."]),
        ("It took 3.5 years… Why?", ["It took 3.5 years…", "Why?"]),
        ("“Why?” he said.", ["“Why?” he said."]),
        ("", []),
        (" \n", []),
        ("...", ["..."]),
    ],
)
def test_a_sentence_ends_with_a_mark_and_white_space(text: str, expected: list[str]) -> None:
    """A line break alone ends none: a printed text is wrapped."""
    assert expected == sentences(text)


@pytest.mark.parametrize(
    "text",
    [
        "how many planes were grounded by the U.S. sanctions?",
        "the u.s. sanctions",
        "cities (e.g. Tehran) and companies, i.e. Yandex",
        "who is Mr. Mamonov, or Dr. Lee?",
        "does it begin at 5 p.m. in Tehran?",
        "что с Яндексом, т.е. с поиском?",
        "платежи, карты и т.д. в Иране",
        "платежи, карты и т. д. в Иране",
        "что решили в 2008 г. в Тегеране",
        "стихи А. С. Пушкина",
    ],
)
def test_an_abbreviation_ends_neither_a_sentence_nor_a_question(text: str) -> None:
    """Neither in the interview nor in a message."""
    assert [text] == sentences(text)
    assert (text,) == split_questions(text, re.compile("no joint"))


@given(st.text())
def test_no_word_of_a_text_is_lost_between_its_sentences(text: str) -> None:
    """Only white space lies between two of them."""
    assert "".join(text.split()) == "".join("".join(sentences(text)).split())
