"""`check` names files that are not read, prints its page of rules, and prints for programs."""

import json
import re
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.common import CLEAN, PROBLEMS, USAGE_ERROR
from bot.loading.unread_files import unread_files
from bot.settings import HOME
from tests.conftest import KEEPER


def test_files_that_are_not_read_are_named(tmp_path: Path) -> None:
    """With what to do about them. What an editor's program puts there for a moment is no problem."""
    intents, seeds = tmp_path / "intents", tmp_path / "seeds"
    for path in (
        *(
            intents / each
            for each in ("a.yaml", "b.yml", "c.YAML", "d.txt", "README.md", ".e.yaml.swp", "a.yaml~")
        ),
        intents / "older" / "f.yaml",
        *(
            seeds / each
            for each in (
                "text.txt",
                "text.yaml",
                "text-names.yaml",
                "text.ru.yaml",
                "other.yaml",
                "text.xx.yaml",
            )
        ),
    ):
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = unread_files(seeds / "text.txt", intents)
    assert {("unread-file", "warning")} == {(each.rule, each.level) for each in found}
    advice = {Path(each.at.path).name: each.message for each in found}
    assert {"b.yml", "c.YAML", "d.txt", "f.yaml", "other.yaml", "text.xx.yaml"} == advice.keys()
    assert "rename it to b.yaml" in advice["b.yml"]
    assert () == unread_files(tmp_path / "no" / "text.txt", tmp_path / "none")


def test_check_names_unread_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside the problems of the files that are read."""
    (tmp_path / "more.yml").touch()
    assert PROBLEMS == main(["check", "--intents", str(tmp_path)])
    printed = capsys.readouterr().out
    assert "(unread-file)" in printed
    assert "(empty-file)" in printed


def test_check_prints_the_page_of_rules(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it stands in docs/; without that folder, as in a container, one sentence says so."""
    assert CLEAN == main(["check", "--rules"])
    assert (HOME / "docs" / "check-rules.md").read_text(encoding="utf-8") == capsys.readouterr().out
    monkeypatch.setattr("bot.cli.check.RULES_PAGE", Path("nowhere/check-rules.md"))
    assert USAGE_ERROR == main(["check", "--rules"])
    assert "check-rules.md cannot be read" in capsys.readouterr().err


def test_problems_can_be_printed_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON, and as GitHub shows them beside the line."""
    assert CLEAN == main(["check", *KEEPER, "--format", "json"])
    rules = {each["rule"] for each in json.loads(capsys.readouterr().out)}
    assert {"too-few-phrases", "no-negative-example"} <= rules
    assert PROBLEMS == main(["check", "--strict", *KEEPER, "--format", "github"])
    lines = capsys.readouterr().out.splitlines()
    assert all(re.match(r"::warning file=.+,line=\d+,col=\d+,title=[a-z-]+::.", line) for line in lines)
