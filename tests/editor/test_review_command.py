"""`review` shows what is open, exports it, and writes a line when it is told to."""

import json
import shutil
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.common import CLEAN, PROBLEMS, USAGE_ERROR
from bot.storage.journal import Entry, Journal
from tests.conftest import KEEPER, LIGHTHOUSE
from tests.editor.conftest import on_a_terminal

WHALE = "what does a whale weigh"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.sqlite3"
    writing = Journal(path, print)
    for text in (WHALE, "when is the lamp lit"):
        writing.write(Entry("fallback", text))
    writing.close()
    return path


def test_review_shows_what_is_open(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And writes nothing."""
    before = journal.read_bytes()
    assert CLEAN == main(["review", "--journal", str(journal), *KEEPER])
    printed = capsys.readouterr().out
    assert printed.startswith(f'1. Once: "{WHALE}"\n')
    assert "1 more: today's intents settle them." in printed
    assert before == journal.read_bytes()
    assert all(path.name.startswith(journal.name) for path in journal.parent.iterdir())


def test_review_shows_progress_on_a_terminal(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many of the cases were tried; the report does not mention it."""
    terminal = on_a_terminal(monkeypatch)
    assert CLEAN == main(["review", "--journal", str(journal), *KEEPER])
    assert "cases:   0%" in terminal.getvalue()


def test_review_exports_what_is_open(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Into a new file; an existing one is not overwritten."""
    path = journal.with_name("questions.jsonl")
    export = ["review", "--journal", str(journal), "--export", str(path), *KEEPER]
    assert CLEAN == main(export)
    (line,) = path.read_text(encoding="utf-8").splitlines()
    assert {"id": "journal-1", "q": WHALE, "lang": "en", "kind": "TODO", "gold": ["TODO"]} == json.loads(line)
    assert USAGE_ERROR == main(export)
    assert "nothing is ever overwritten" in capsys.readouterr().err


def test_apply_writes_one_line_and_only_when_told(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A dry run shows it with its place; afterwards the question is settled."""
    shutil.copytree(LIGHTHOUSE, tmp_path / "lighthouse")
    folder = tmp_path / "lighthouse" / "intents"
    options = ["--source", str(tmp_path / "lighthouse" / "lighthouse.txt"), "--intents", str(folder)]
    apply = ["review", "--journal", str(journal), "--apply", "1", "--to", "lamp", *options]
    before = {path: path.read_text(encoding="utf-8") for path in folder.glob("**/*.yaml")}
    assert CLEAN == main(apply)
    assert "Nothing was written; add --write" in capsys.readouterr().out
    assert before == {path: path.read_text(encoding="utf-8") for path in folder.glob("**/*.yaml")}
    assert CLEAN == main([*apply, "--write"])
    (written,) = (path for path in folder.glob("**/*.yaml") if path not in before)
    assert f"written: {written}" in capsys.readouterr().out
    assert f"lamp:\n  phrases:\n    - {WHALE}\n" == written.read_text(encoding="utf-8")
    assert CLEAN == main(["review", "--journal", str(journal), *options])
    assert f'"{WHALE}"\n' not in capsys.readouterr().out


def test_apply_says_what_it_cannot_do(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options, said in (
        (["--apply", "7"], "there is no case 7; 1 are open"),
        (["--apply", "1", "--to", "nobody"], '"nobody" is no intent'),
        (["--write"], "name its number"),
    ):
        assert USAGE_ERROR == main(["review", "--journal", str(journal), *options, *KEEPER])
        assert said in capsys.readouterr().err


def test_review_without_a_journal_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JOURNAL is off, the file is missing, it is no journal: one sentence each."""
    assert USAGE_ERROR == main(["review"])
    assert "JOURNAL is off" in capsys.readouterr().err
    missing = tmp_path / "j.sqlite3"
    assert USAGE_ERROR == main(["review", "--journal", str(missing)])
    assert "there is no journal" in capsys.readouterr().err
    missing.write_bytes(b"something else" * 99)
    assert USAGE_ERROR == main(["review", "--journal", str(missing)])
    assert "not a database" in capsys.readouterr().err


def test_review_of_an_empty_journal_is_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing on standard output."""
    path = tmp_path / "j.sqlite3"
    Journal(path, print).close()
    assert CLEAN == main(["review", "--journal", str(path)])
    assert ("", "review: nothing was kept yet\n") == capsys.readouterr()


def test_review_refuses_a_question_file_with_problems(journal: Path, tmp_path: Path) -> None:
    """As `evaluate` does."""
    broken = tmp_path / "q.jsonl"
    broken.write_text("no JSON\n", encoding="utf-8")
    assert PROBLEMS == main(["review", "--journal", str(journal), "--questions", str(broken)])
