"""What several commands share."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.cli import common
from bot.cli.common import progress, write_file
from bot.settings import HOME


class Terminal(io.StringIO):
    """Standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted and how far it is; every item is yielded, in order."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(common, "_SECONDS_WITHOUT_BAR", 0)
    assert [3, 1, 2] == list(progress(iter([3, 1, 2]), 3, "cases"))
    assert "cases:   0%" in terminal.getvalue()
    assert "0/3" in terminal.getvalue()


def test_what_ends_at_once_shows_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what takes longer than two seconds needs a bar."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert [1, 2] == list(progress([1, 2], 2, "cases"))
    assert "" == terminal.getvalue()


def test_without_a_terminal_nothing_is_shown() -> None:
    """A pipe gets no bar, and tqdm is not imported."""
    code = (
        "import sys; from bot.cli import common; common._SECONDS_WITHOUT_BAR = 0;"
        "assert [1, 2] == list(common.progress([1, 2], 2, 'cases')); assert 'tqdm' not in sys.modules"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=False
    )
    assert (0, "") == (result.returncode, result.stderr)


@contextmanager
def disk_is_full() -> Iterator[None]:
    """No file can grow beyond 1,000 bytes."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_that_cannot_be_written_stays_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The editor's phrases are in it. Nothing else is left in the folder, no half of a new file either."""
    file = tmp_path / "en.yaml"
    file.write_text("old phrases\n" * 200, encoding="utf-8")
    with disk_is_full(), pytest.raises(SystemExit):
        write_file("format", file, "new phrases\n" * 300, overwrite=True)
    message = capsys.readouterr().err
    assert message.startswith(f"format: {file} cannot be written: ")
    assert message.endswith("; it stays as it was\n")
    assert "old phrases\n" * 200 == file.read_text(encoding="utf-8")
    with disk_is_full(), pytest.raises(SystemExit):
        write_file("derive", tmp_path / "ru.yaml", "new phrases\n" * 300)
    assert [file] == list(tmp_path.iterdir())


def test_a_file_that_is_written_anew_keeps_its_mode_and_its_link(tmp_path: Path) -> None:
    """A link goes on leading to the file that holds the text."""
    file, link = tmp_path / "en.yaml", tmp_path / "link.yaml"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    write_file("format", link, "new", overwrite=True)
    assert "new" == file.read_text(encoding="utf-8")
    assert 0o640 == file.stat().st_mode & 0o777
    assert link.is_symlink()
    assert {file, link} == set(tmp_path.iterdir())


def test_what_is_no_file_is_written_to() -> None:
    """As in: python -m bot coverage --html /dev/stdout | less."""
    reading, writing = os.pipe()
    write_file("coverage", Path(f"/dev/fd/{writing}"), "page", overwrite=True)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        assert "page" == pipe.read()
