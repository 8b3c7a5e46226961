"""What the README promises is run: its commands print what stands there, its files and targets exist."""

import re
import shlex
import tomllib

import pytest

from bot import __version__
from bot.__main__ import COMMANDS as NAMES
from bot.__main__ import main
from bot.editor.check import RULES
from bot.settings import HOME, KEYS

README = (HOME / "README.md").read_text(encoding="utf-8")
EDITING = (HOME / "EDITING.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```", README + EDITING, re.MULTILINE | re.DOTALL)
COMMANDS = [part for block in BLOCKS for part in re.split(r"^\$ ", block, flags=re.MULTILINE) if part.strip()]
VERBS = [part for part in COMMANDS if part.startswith("python -m bot ")]


def test_there_is_something_to_run() -> None:
    """A README without examples would pass everything below."""
    assert len(VERBS) >= 3


@pytest.mark.parametrize("part", VERBS, ids=lambda part: part.splitlines()[0])
def test_a_command_prints_what_the_readme_shows(
    part: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word for word, but for times."""
    command, _, shown = part.partition("\n")
    monkeypatch.chdir(HOME)
    main(shlex.split(command)[3:])
    assert untimed(shown).strip() == untimed(capsys.readouterr().out).strip()


def untimed(text: str) -> str:
    """`text` without the times, which differ from run to run."""
    return re.sub(r'"ms": [\d.]+|[\d.]+ ms', "TIME", text)


def test_every_rule_is_named_in_the_guide() -> None:
    """By the name that stands behind each problem."""
    assert [] == [rule.__name__ for rule in RULES if f"`{rule.__name__.replace('_', '-')}`" not in EDITING]


@pytest.mark.parametrize("command", NAMES)
def test_every_verb_has_help_and_a_place_in_the_guide(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--help` shows an example, and EDITING.md says what it is for."""
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert 0 == ended.value.code
    assert f"example: python -m bot {command}" in capsys.readouterr().out
    assert f"`python -m bot {command}" in EDITING


def test_every_make_target_exists() -> None:
    """`make x` in the README is a target of the Makefile."""
    makefile = (HOME / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?:`|\$ )make ([a-z]+)\b", README))
    assert targets
    assert set() == {target for target in targets if f"\n{target}:" not in makefile}


def test_every_file_that_is_named_exists() -> None:
    """Paths in backticks that lie in the project's folders."""
    paths = set(re.findall(r"`((?:bot|intents|seeds|tests)/[\w./-]*)`", README))
    assert paths
    assert set() == {path for path in paths if not (HOME / path).exists()}


def test_the_example_settings_are_those_that_are_read() -> None:
    """.env.example names every key, and no other."""
    example = (HOME / ".env.example").read_text(encoding="utf-8")
    assert list(KEYS) == re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)


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
