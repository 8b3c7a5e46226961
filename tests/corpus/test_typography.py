"""How a quotation is typed makes no difference: line breaks, quotation marks and dashes may have any form."""

import pytest

from bot.corpus.metadata import source_without_card
from bot.corpus.passages import Quotation
from bot.yamlfiles.problems import Problem

TEXT = "In 2017–2018 it grew — by −3% — “non‑stop”."


@pytest.mark.parametrize(
    "typed",
    [
        TEXT,
        'In 2017-2018 it grew - by -3% - "non-stop".',
        "In 2017—2018 it grew – by –3% – «non−stop».",
        "In 2017–2018\n it grew\u00a0― by ‒3% — “non‐stop”.",
    ],
)
def test_any_form_of_dashes_and_marks_finds_the_text(typed: str) -> None:
    """What is quoted are the characters of the text."""
    found = source_without_card(TEXT, "t.txt").find(typed)
    assert isinstance(found, Quotation)
    assert TEXT == found.exact


@pytest.mark.parametrize("typed", ["In 2017 2018 it grew", "In 2017--2018 it grew", "In 20172018 it grew"])
def test_a_dash_is_not_left_out(typed: str) -> None:
    """Only its form may differ."""
    found = source_without_card(TEXT, "t.txt").find(typed)
    assert isinstance(found, Problem)
    assert "not-verbatim" == found.rule


@pytest.mark.parametrize(("offset", "place"), [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (5, (3, 1))])
def test_an_offset_has_a_line_and_a_column(offset: int, place: tuple[int, int]) -> None:
    """Both count from 1; a line break is the last character of its line."""
    assert place == source_without_card("ab\nc\nd", "t.txt").place(offset)[1:]
