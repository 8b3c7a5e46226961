"""What README.md and docs/ show is what comes today: their examples are about our interview."""

import importlib.util
import json
import re
import shlex
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.conversation.bot import Bot
from bot.loading.loader import summary
from bot.settings import HOME
from tests.project.test_readme import MAKEFILE, PAGES, README, text_of

pytestmark = pytest.mark.usefixtures("loaded_once")


def shown_commands(page: Path) -> list[object]:
    """Each command in a console block with the output below it."""
    blocks = re.findall(r"^```console\n(.*?)^```", text_of(page), re.MULTILINE | re.DOTALL)
    parts = [
        part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE) if part.strip()
    ]
    return [pytest.param(part, id=f"{page.name}: {part.splitlines()[0]}") for part in parts]


COMMANDS_SHOWN = [param for page in PAGES for param in shown_commands(page)]


def test_there_are_commands() -> None:
    """An empty list of commands would prove nothing."""
    assert len(COMMANDS_SHOWN) >= 6


def looks_like(shown: str, printed: str) -> bool:
    """Whether `shown` is `printed` but for numbers, and for lines that "..." stands for."""
    lines = [
        r"(?:.*\n)*?" if line == "..." else re.escape(without_numbers(line)) + r"\n"
        for line in shown.splitlines()
    ]
    return re.fullmatch("".join(lines), without_numbers(printed).rstrip() + "\n") is not None


def without_numbers(text: str) -> str:
    return re.sub(r"\d[\d,.]*(?<![,.])", "N", text)


@pytest.mark.parametrize("part", COMMANDS_SHOWN)
def test_a_command_prints_what_is_shown(
    part: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, bot: Bot
) -> None:
    """Word for word but for numbers, which an edit of the intents may change. JSON has the same keys and quotations."""
    command, _, shown = part.partition("\n")
    if command.startswith("make "):
        assert f"\n{command.split()[1]}:" in MAKEFILE
        return
    if command.startswith("python -m tests."):
        return  # the page that shows it has a test of its own
    assert command.startswith("python -m bot "), "only these are run"
    monkeypatch.chdir(HOME)
    main(shlex.split(command)[3:])
    printed = capsys.readouterr().out
    if "--json" in command:
        assert without_ranking(shown) == without_ranking(printed)
    else:
        assert looks_like(shown.strip(), printed), f"copy what is printed today into the page:\n{printed}"


def without_ranking(record: str) -> dict[str, object]:
    """A reply as JSON, without what differs from run to run and after an edit."""
    found = json.loads(record)
    assert found["ranking"]
    return {key: None if key in {"ranking", "ms", "confidence"} else value for key, value in found.items()}


@pytest.mark.parametrize(
    ("shown", "printed", "expected"),
    [
        ("19,904 phrases", "20,011 phrases\n", True),
        ("right 94.6%", "right 95.0%", True),
        ("a\n...\nd", "a\nb\nc\nd\n", True),
        ("a\n...", "a\nb\n", True),
        ("a\n...\nd", "a\nb\nc\n", False),
        ("19,904 phrases", "19,904 words", False),
        ("a", "a\nb", False),
    ],
)
def test_shown_output_is_compared(shown: str, printed: str, expected: bool) -> None:
    """A difference in words is one; a number, or what "..." stands for, is none."""
    assert expected == looks_like(shown, printed)


def test_the_start_line_has_the_form_that_is_shown(bot: Bot) -> None:
    """With today's numbers, whatever they are."""
    line = next(line for line in text_of(README).splitlines() if "quotations proved" in line)
    assert looks_like(line, f"{summary(bot)} in 0.4 s.")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_files_of_our_interview_that_a_page_names_exist(page: Path) -> None:
    """Paths in backticks or in a command, and modules that are run."""
    text = text_of(page)
    named = re.findall(r"`((?:intents|seeds)/[\w./-]*)`|(tests/interview[\w./-]*)", text)
    modules = re.findall(r"python -m (tests\.interview[\w.]*)", text)
    assert [] == [path for path in map("".join, named) if not (HOME / path.rstrip(".")).exists()]
    assert [] == [module for module in modules if not importlib.util.find_spec(module)]
