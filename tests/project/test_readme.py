"""What README.md and docs/ promise is run: commands print what is shown, and files, links and targets exist."""

import importlib.util
import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from bot import __version__
from bot.__main__ import COMMANDS, main
from bot.conversation.bot import Bot
from bot.editor.check import RULES
from bot.loading.loader import summary
from bot.settings import HOME, KEYS

pytestmark = pytest.mark.usefixtures("loaded_once")

README = HOME / "README.md"
PAGES = (README, *sorted((HOME / "docs").glob("*.md")))
MAKEFILE = (HOME / "Makefile").read_text(encoding="utf-8")
EDITING = (HOME / "docs" / "editing.md").read_text(encoding="utf-8")

MOST_LINES = 130


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def shown_commands(page: Path) -> list[object]:
    """Each command in a console block with the output below it."""
    blocks = re.findall(r"^```console\n(.*?)^```", text_of(page), re.MULTILINE | re.DOTALL)
    parts = [
        part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE) if part.strip()
    ]
    return [pytest.param(part, id=f"{page.name}: {part.splitlines()[0]}") for part in parts]


COMMANDS_SHOWN = [param for page in PAGES for param in shown_commands(page)]


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


def test_the_readme_is_short() -> None:
    """What is longer has a page in docs/."""
    assert len(text_of(README).splitlines()) <= MOST_LINES
    assert len(COMMANDS_SHOWN) >= 6


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_all_that_a_page_names_exists(page: Path) -> None:
    """Paths in backticks, links to files, targets of make, and modules that are run."""
    text = text_of(page)
    assert [] == [
        *missing_paths(text),
        *missing_links(page),
        *(
            target
            for target in re.findall(r"(?:`|\$ )make ([a-z]+)\b", text)
            if f"\n{target}:" not in MAKEFILE
        ),
        *(
            module
            for module in re.findall(r"python -m (tests[\w.]*)", text)
            if not importlib.util.find_spec(module)
        ),
    ]


def missing_paths(text: str) -> list[str]:
    """Of those in the project's folders, and files beside the README."""
    named = re.findall(
        r"`((?:bot|docs|examples|intents|schemas|seeds|tests)/[\w./-]*|[\w.-]+\.(?:md|txt|toml))`", text
    )
    written_by_the_reader = {"bees/interview.yaml"}
    return [path for path in named if path not in written_by_the_reader and not (HOME / path).exists()]


def missing_links(page: Path) -> list[str]:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text_of(page))
    return [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_options_that_are_named_exist(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Wherever `python -m bot COMMAND --option` stands in a page."""
    found = [
        option
        for page in PAGES
        for line in re.findall(rf"python -m bot {command}\b([^`\n]*)", text_of(page))
        for option in re.findall(r"--[a-z-]+", line)
    ]
    with pytest.raises(SystemExit):
        main([command, "--help"])
    text = capsys.readouterr().out
    assert [] == [option for option in found if option not in text]


def test_every_rule_is_named_in_the_guide() -> None:
    """By the name that stands behind each problem."""
    assert [] == [rule.__name__ for rule in RULES if f"`{rule.__name__.replace('_', '-')}`" not in EDITING]


def test_every_command_has_a_place_in_the_guide() -> None:
    """docs/editing.md says what it is for."""
    assert [] == [command for command in COMMANDS if f"`python -m bot {command}" not in EDITING]


def test_every_setting_is_explained() -> None:
    """.env.example names every key and no other, and docs/operating.md has a row for each, in the same order."""
    example = (HOME / ".env.example").read_text(encoding="utf-8")
    assert list(KEYS) == re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)
    assert list(KEYS) == re.findall(
        r"^\| `([A-Z_]+)` \|", text_of(HOME / "docs" / "operating.md"), re.MULTILINE
    )


def test_run_bot_names_the_packages_of_the_project() -> None:
    """`uv run run_bot.py` installs what pyproject.toml asks for."""
    pattern = r'^(?:#)? {4,5}"([A-Za-z-]+(?:\[[a-z,-]+\])?[>=<.,\d]+)",'
    script = re.findall(pattern, (HOME / "run_bot.py").read_text(encoding="utf-8"), re.MULTILINE)
    project = (HOME / "pyproject.toml").read_text(encoding="utf-8").split("[dependency-groups]")[0]
    assert script
    assert script == re.findall(pattern, project, re.MULTILINE)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_by_hash_and_name_no_address(name: str) -> None:
    """Every package has an exact version and at least one checksum; nothing says where it comes from."""
    text = (HOME / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    for entry in re.split(r"\n(?=[a-z])", text.strip()):
        assert re.match(r"[a-z0-9-]+==[\w.]+ ", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_the_version_is_the_same_everywhere() -> None:
    """/status shows it."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == __version__
