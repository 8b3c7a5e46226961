"""What README.md and docs/ name exists: files, links, targets of make, commands, options, settings, packages."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

from bot import __version__
from bot.__main__ import COMMANDS, main
from bot.editor.check import RULES
from bot.settings import HOME, KEYS

README = HOME / "README.md"
PAGES = (README, *sorted((HOME / "docs").glob("*.md")))
MAKEFILE = (HOME / "Makefile").read_text(encoding="utf-8")
EDITING = (HOME / "docs" / "editing.md").read_text(encoding="utf-8")

MOST_LINES = 130


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def test_the_readme_is_short() -> None:
    """What is longer has a page in docs/."""
    assert len(text_of(README).splitlines()) <= MOST_LINES


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
            for module in re.findall(r"python -m (tests(?!\.interview)[\w.]*)", text)
            if not importlib.util.find_spec(module)
        ),
    ]


def missing_paths(text: str) -> list[str]:
    """Of those in the project's folders, and files beside the README; those of our interview have a test there."""
    named = re.findall(
        r"`((?:bot|docs|examples|schemas|tests(?!/interview))/[\w./-]*|[\w.-]+\.(?:md|txt|toml))`", text
    )
    return [path for path in named if not (HOME / path).exists()]


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
