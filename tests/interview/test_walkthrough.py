"""The way of one message is described as it is, and measured as described."""

import re
import shlex

import pytest

from bot.__main__ import main
from bot.settings import HOME
from bot.text.languages import language_of
from tests.walk import Walk, walk, walk_of_message

pytestmark = pytest.mark.usefixtures("loaded_once")

PAGE = (HOME / "docs" / "walkthrough.md").read_text(encoding="utf-8")
OUTDATED = "docs/walkthrough.md is out of date: python -m tests.walk shows the way of the message today"
FILES = re.findall(r"`(bot/[\w/]+\.py)`", PAGE)


@pytest.fixture(scope="module")
def measured() -> Walk:
    return walk_of_message()


def test_the_example_prints_what_the_page_shows(capsys: pytest.CaptureFixture[str]) -> None:
    """Word for word."""
    shown = re.search(r"^\$ python -m bot (.*)\n((?:.*\n)*?)```", PAGE, re.MULTILINE)
    assert shown
    main(shlex.split(shown[1]))
    assert shown[2] == capsys.readouterr().out, "copy what is printed today into docs/walkthrough.md"


def test_the_page_names_files_that_the_message_passes(measured: Walk) -> None:
    """In at most 15 files. The first three are passed before the question is answered."""
    assert len(set(FILES)) <= 15
    assert [] == [file for file in FILES if not (HOME / file).exists()]
    assert [] == [file for file in FILES[3:] if file not in measured.functions], OUTDATED


def test_the_page_names_functions_that_are_entered(measured: Walk) -> None:
    """Those of the steps after loading."""
    entered = {name for names in measured.functions.values() for name in names}
    named = set(re.findall(r"`((?:[A-Z]\w*\.)?\w+)\(\)`", PAGE)) - {"load"}
    assert len(named) >= 5
    assert named <= entered, OUTDATED


def test_the_numbers_of_the_page_are_about_those_measured(measured: Walk) -> None:
    """A quarter more or less, so that a new function needs no new page."""
    pattern = r"(\d+) functions in (\d+) files, (\d+) changes of file"
    (stated,) = re.findall(pattern, PAGE)
    (found,) = re.findall(pattern, measured.summary())
    for ours, theirs in zip(map(int, stated), map(int, found), strict=True):
        assert ours == pytest.approx(theirs, rel=0.25), OUTDATED


def test_a_walk_counts_functions_of_the_bot_once() -> None:
    """However often they are called; functions of other packages do not count."""
    found = walk(lambda: [language_of("что") for _ in range(3)])
    assert {"bot/text/languages.py": ["language_of", "script_of"]} == found.functions
    assert 0 == found.changes_of_file
    assert "2 functions in 1 files, 0 changes of file" == found.summary()
