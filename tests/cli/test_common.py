"""What several commands share."""

import io
import subprocess
import sys

import pytest

from bot.cli import common
from bot.cli.common import progress
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
