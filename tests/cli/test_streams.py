"""Any text can be typed and printed in any locale, and a process that cannot go on ends without a traceback."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.__main__ import main
from bot.cli.common import CLEAN, PROBLEMS, USAGE_ERROR, terminal_style
from bot.cli.streams import INTERRUPTED, run_guarded, typed
from bot.settings import HOME
from tests.conftest import KEEPER
from tests.end_to_end.processes import lighthouse_project

LAMP = '{"id": 1, "q": "when is the lamp lit"}\n'
RUSSIAN = '{"id": 2, "q": "когда зажигают лампу"}\n'
Output = pytest.CaptureFixture[str]


def interrupted() -> int:
    raise KeyboardInterrupt


def test_ctrl_c_ends_a_command_quietly(capsys: Output) -> None:
    """With the exit code that shells expect."""
    assert INTERRUPTED == run_guarded(interrupted)
    assert ("", "") == capsys.readouterr()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_where_nothing_can_be_printed_one_sentence_says_so() -> None:
    """Here the disk is full, as far as the process can see."""
    command = [sys.executable, "-m", "bot", "schema", "intents"]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        result = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=HOME, check=False
        )
    assert PROBLEMS == result.returncode
    assert result.stderr == "standard output cannot be written: No space left on device\n"


@pytest.mark.parametrize(
    ("program", "closed"),
    [
        *(("-m bot schema intents", closed) for closed in ("<&-", ">&-", "2>&-", "| true")),
        *(("run_bot.py", closed) for closed in ("<&-", "2>&-")),  # it reads the one and writes to the other
    ],
)
def test_a_closed_stream_gives_no_traceback(program: str, closed: str, tmp_path: Path) -> None:
    """Neither one that is closed from the start nor a pipe whose reader is gone."""
    folder = lighthouse_project(tmp_path) if program == "run_bot.py" else HOME
    command = f'"{sys.executable}" {program} {closed}'
    environment = {**os.environ, "TELEGRAM_BOT_TOKEN": ""}
    result = subprocess.run(
        ["sh", "-c", command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
        env=environment,
    )
    assert "Traceback" not in result.stderr
    assert "Exception" not in result.stderr


def test_words_of_another_locale_are_read_as_they_were_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python hands bytes that the locale does not know on as surrogates."""
    raw = [os.fsdecode("почему".encode()), "x"]
    assert "почему x" == typed(raw)
    assert "caf\udce9" == typed(["caf\udce9"])  # it is no UTF-8 at all


def test_a_locale_changes_no_answer() -> None:
    """Typed, read from a pipe, and printed."""
    environment = {
        **os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "cp1251"
    }  # fmt: skip
    commands = (["когда", "зажигают", "лампу", "--json"], ["--batch", "-"])
    for arguments in commands:
        result = subprocess.run(
            [sys.executable, "-m", "bot", "ask", *arguments, *KEEPER],
            input=RUSSIAN.encode(), capture_output=True, cwd=HOME, check=False, env=environment,
        )  # fmt: skip
        record = json.loads(result.stdout.decode("utf-8"))
        assert ("lamp", "ru") == (record["intent"], record["language"])


def test_a_question_needs_no_quotation_marks(capsys: Output) -> None:
    """Its words are joined; in `explain`, too."""
    assert CLEAN == main(["ask", "when", "is", "the", "lamp", "lit", *KEEPER])
    assert "The lamp is lit at dusk" in capsys.readouterr().out
    assert CLEAN == main(["explain", "when", "is", "the", "lamp", "lit", *KEEPER])
    assert capsys.readouterr().out.startswith("Question: when is the lamp lit\n")


class Batch(NamedTuple):
    """The bytes of a batch; the exit code, the ids that are answered, and the sentence that it gives."""

    raw: bytes
    code: int
    answered: list[int]
    sentence: str


BATCHES = {
    "byte order mark": Batch((LAMP + RUSSIAN).encode("utf-8-sig"), CLEAN, [1, 2], ""),
    "utf-16": Batch(
        (LAMP + RUSSIAN).encode("utf-16"), USAGE_ERROR, [], "is in UTF-16; save it with the encoding UTF-8"
    ),
    "utf-16 without a mark": Batch(LAMP.encode("utf-16-le"), USAGE_ERROR, [], "is in UTF-16; save it"),
    "cp1251": Batch(
        (LAMP + RUSSIAN).encode("cp1251"), PROBLEMS, [1], ":2: error: not UTF-8 text; save it as UTF-8"
    ),
}


@pytest.mark.parametrize("batch", BATCHES.values(), ids=BATCHES)
@pytest.mark.parametrize("piped", [False, True])
def test_a_batch_in_another_encoding_says_so(
    batch: Batch, piped: bool, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a file and in a pipe; the lines that can be read are answered."""
    path = tmp_path / "q.jsonl"
    path.write_bytes(batch.raw)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(batch.raw), encoding="ascii"))
    assert batch.code == main(["ask", "--batch", "-" if piped else str(path), *KEEPER])
    captured = capsys.readouterr()
    assert batch.answered == [json.loads(line)["id"] for line in captured.out.splitlines()]
    assert batch.sentence in captured.err


def test_a_dumb_terminal_shows_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would print the codes as they are."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, colours in (("xterm", True), ("dumb", False)):
        monkeypatch.setenv("TERM", name)
        assert colours == terminal_style().colours
