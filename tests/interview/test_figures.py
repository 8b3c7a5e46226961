"""docs/figures.md says what is measured today, and what is measured is good enough."""

import re

import pytest

from bot.conversation.bot import Bot
from bot.editor.evaluate.scorecard import Scorecard
from bot.editor.questions import Outcome
from bot.settings import HOME
from tests.interview.figures import LANGUAGES, PAGE, Measured, measure, page

README = HOME / "README.md"

POINTS = 2.0
"""Percentage points that a share may differ: a dozen of a thousand questions, as after an ordinary edit."""

PART, FEW = 0.03, 2
"""The part of a number of phrases or questions that it may differ by; always so many."""


@pytest.fixture(scope="module")
def measured(bot: Bot) -> Measured:
    return measure(bot)


def test_the_figures_are_those_of_today(bot: Bot, measured: Measured) -> None:
    """But for a tolerance, so that a changed phrase breaks nothing."""
    stale = differences(PAGE.read_text(encoding="utf-8"), page(bot, measured, ""))
    assert [] == stale, "docs/figures.md is out of date; `make figures` writes it anew"


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_messages_in_wrong_letters_are_understood(language: str, measured: Measured) -> None:
    """Of other people."""
    card = Scorecard(tuple(r for r in measured.letters.results if r.question.language == language))
    helped = card.count(Outcome.RIGHT) + card.count(Outcome.OFFERED)
    assert helped >= 0.8 * len(card.answerable()) > 0
    assert card.count(Outcome.WRONG) + card.count(Outcome.FALSE_ANSWER) <= 2


def test_our_dialogues_are_mostly_understood(measured: Measured) -> None:
    """Of other people, in three languages."""
    card = measured.dialogues.by_kind()["follow-up"]
    bad = card.count(Outcome.WRONG) + card.count(Outcome.FALSE_ANSWER)
    assert bad <= 0.08 * len(card.results)
    assert bad + card.count(Outcome.MISSED) <= 0.35 * len(card.results)


def test_the_readme_rounds_these_figures() -> None:
    """Its sentence has them as whole numbers of 100."""
    found = re.search(
        r"About (\d+) of 100 .*?, (\d+) a wrong one; about (\d+) of 100",
        README.read_text(encoding="utf-8"),
        re.DOTALL,
    )
    row = next(
        row for row in tables(PAGE.read_text(encoding="utf-8")) if row.startswith("| all |") and "%" in row
    )
    shares = [float(share) for share in re.findall(r"([\d.]+)%", row)]
    false, asked = re.findall(r"(\d+) of (\d+)", row)[0]
    assert found, "the sentence of README.md on the answers has another form than this test looks for"
    assert [int(number) for number in found.groups()] == pytest.approx(
        [shares[0], shares[2], 100 * int(false) / int(asked)], abs=POINTS
    ), "write the figures of docs/figures.md into README.md, as whole numbers of 100"


def differences(old: str, new: str) -> list[str]:
    """The rows of the tables in `old` that differ from those in `new` by more than the tolerance."""
    rows, fresh = tables(old), tables(new)
    if len(rows) != len(fresh):
        return [f"{len(rows)} rows, not {len(fresh)}"]
    return [f"{row}; today: {other}" for row, other in zip(rows, fresh, strict=True) if not alike(row, other)]


def tables(text: str) -> list[str]:
    return re.findall(r"^\|.*\|$", text, re.MULTILINE)


def alike(row: str, other: str) -> bool:
    """Whether the words are the same, and the numbers nearly."""
    number = re.compile(r"([\d,]*\d(?:\.\d+)?)(%?)")
    if number.sub(r"#\2", row) != number.sub(r"#\2", other):
        return False
    pairs = zip(number.findall(row), number.findall(other), strict=True)
    return all(
        near(float(a.replace(",", "")), float(b.replace(",", "")), bool(unit)) for (a, unit), (b, _) in pairs
    )


def near(a: float, b: float, percentage: bool) -> bool:
    return abs(a - b) <= (POINTS if percentage else max(FEW, PART * a))


@pytest.mark.parametrize(
    ("row", "other", "expected"),
    [
        ("| all | 94.6% |", "| all | 93.2% |", True),
        ("| all | 94.6% |", "| all | 92.5% |", False),
        ("| all | 19,905 |", "| all | 20,300 |", True),
        ("| all | 19,905 |", "| all | 20,600 |", False),
        ("| all | 4 of 51 |", "| all | 6 of 51 |", True),
        ("| all | 4 of 51 |", "| all | 7 of 51 |", False),
        ("| all | 94.6% |", "| all | 94.6 |", False),
        ("| 109 intents |", "| 109 topics |", False),
    ],
)
def test_the_tolerance_is_kept(row: str, other: str, expected: bool) -> None:
    """2 percentage points, 3 % or two questions, and no word may differ."""
    assert expected == alike(row, other)
    assert expected == (not differences(row, other))
