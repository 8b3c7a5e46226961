"""What goes wrong ends with one message on standard error and the exit code that bot/cli/__init__.py promises."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import run_bot
from bot.__main__ import main
from bot.cli import common
from bot.cli.common import CLEAN, PROBLEMS, USAGE_ERROR
from bot.cli.streams import run_guarded
from bot.storage.journal import Entry, Journal
from tests.conftest import KEEPER
from tests.tables import DATA

BEES = str(DATA / "bees.txt")
Output = pytest.CaptureFixture[str]


def exit_code(arguments: list[str]) -> int:
    """That of the process: argparse raises SystemExit, our commands return a number."""
    try:
        return main(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.sqlite3"
    writing = Journal(path, print)
    writing.write(Entry("fallback", "what does a whale weigh"))
    writing.close()
    return path


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nonsense"], "invalid choice: 'nonsense'"),
        (["check", "--unknown"], "unrecognized arguments: --unknown"),
        (["ask"], "give either one question or --batch FILE"),
        (["ask", "x", "--batch", "y"], "give either one question or --batch FILE"),
        (
            ["ask", "--batch", "no/such/file", *KEEPER],
            "no/such/file cannot be read: No such file or directory",
        ),
        (["schema", "nothing"], "invalid choice: 'nothing'"),
        (["derive", "no-such-passage", *KEEPER], 'there is no passage "no-such-passage"'),
        (["derive", "--write", "--source", BEES], "name the folder where the new intents shall lie"),
        (["derive", "--languages", "English"], "no list of language codes like en,ru"),
        (["evaluate"], "name a file of questions, or --phrases"),
        (["evaluate", "no/such.jsonl"], "no/such.jsonl cannot be read"),
        (["review", "--most", "-1"], '"-1" is no number of cases'),
        (["review", "--journal", "no/such.sqlite3"], "there is no journal no/such.sqlite3"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_usage_error_says_what_would_be_right(arguments: list[str], message: str, capsys: Output) -> None:
    """Exit code 2, and nothing on standard output."""
    assert USAGE_ERROR == exit_code(arguments)
    captured = capsys.readouterr()
    assert message in captured.err
    assert "" == captured.out


@pytest.mark.parametrize(
    "command",
    ["chat", "ask x", "check", "explain x", "coverage", "derive", "derive --card", "evaluate --phrases"],
)
def test_a_source_that_is_missing_is_a_problem(command: str, capsys: Output) -> None:
    """Exit code 1, and one located line; `check` prints it as its result."""
    assert PROBLEMS == exit_code([*command.split(), *KEEPER, "--source", "nowhere.txt"])
    captured = capsys.readouterr()
    printed = captured.out if command == "check" else captured.err
    assert "nowhere.txt: error: cannot be read: No such file or directory (unreadable)\n" == printed


def test_a_file_in_the_place_of_the_folder_of_drafts_is_a_usage_error(tmp_path: Path, capsys: Output) -> None:
    """A missing folder is made; where a file has its name, one sentence says so."""
    source, folder = tmp_path / "tea.txt", tmp_path / "tea"
    source.write_text("The tea is cold.", encoding="utf-8")
    folder.write_text("a file", encoding="utf-8")
    arguments = ["derive", "--write", "--source", str(source), "--intents"]
    assert USAGE_ERROR == exit_code([*arguments, str(folder)])
    (line,) = capsys.readouterr().err.splitlines()
    assert "cannot be written: " in line
    assert CLEAN == exit_code([*arguments, str(tmp_path / "new" / "tea")])
    assert any((tmp_path / "new" / "tea").iterdir())


def test_a_missing_folder_for_exported_questions_is_a_usage_error(
    journal: Path, tmp_path: Path, capsys: Output
) -> None:
    """One sentence, and nothing is created."""
    path = tmp_path / "missing" / "questions.jsonl"
    assert USAGE_ERROR == exit_code(["review", "--journal", str(journal), "--export", str(path), *KEEPER])
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("review: ")
    assert line.endswith("cannot be written: No such file or directory")
    assert not path.parent.exists()


def test_settings_that_cannot_be_read_are_reported_by_every_command_that_needs_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """Here .env is a folder. The doctor reports it among its findings."""
    (tmp_path / ".env").mkdir()
    monkeypatch.setattr(common, "HOME", tmp_path)
    runs: list[tuple[Callable[[], int], int]] = [
        (lambda: main(["chat"]), USAGE_ERROR),
        (lambda: main(["review"]), USAGE_ERROR),
        (lambda: run_guarded(run_bot.main), USAGE_ERROR),
        (lambda: main(["doctor", "--offline", *KEEPER]), PROBLEMS),
    ]
    for run, code in runs:
        assert code == run()
        captured = capsys.readouterr()
        assert "The file .env cannot be read: Is a directory." in captured.out + captured.err


def test_a_batch_that_is_not_utf_8_is_answered(tmp_path: Path, capsys: Output) -> None:
    """Each byte that is no text is shown as such; the other questions are answered as usual."""
    path = tmp_path / "q.jsonl"
    path.write_bytes(b'{"q": "caf\xe9"}\n{"id": 2, "q": "when is the lamp lit"}\n')
    assert PROBLEMS == exit_code(["ask", "--batch", str(path), *KEEPER])
    captured = capsys.readouterr()
    (record,) = map(json.loads, captured.out.splitlines())
    assert (2, "answer") == (record["id"], record["decision"])
    assert ":1: error: " in captured.err


def test_standard_input_that_is_not_utf_8_is_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """The same for a pipe."""
    lines = io.TextIOWrapper(io.BytesIO(b'\xff\n{"id": 2, "q": "when is the lamp lit"}\n'), encoding="ascii")
    monkeypatch.setattr(sys, "stdin", lines)
    assert PROBLEMS == exit_code(["ask", "--batch", "-", *KEEPER])
    (record,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (2, "answer") == (record["id"], record["decision"])


def test_a_source_that_is_a_link_to_itself_says_so(tmp_path: Path, capsys: Output) -> None:
    """Also where no folder of intents is named, so that it is compared with our own source."""
    source = tmp_path / "loop.txt"
    source.symlink_to(source.name)
    assert PROBLEMS == exit_code(["coverage", "--source", str(source)])
    assert "cannot be read: Too many levels" in capsys.readouterr().err
