"""Bots about the ferry, in English and with Spanish beside it"""

import io
import shutil
import sys
from pathlib import Path

import pytest

from bot.cli import common
from bot.conversation.bot import Bot
from tests.editor.ferry import SPANISH, bot_of, copied


@pytest.fixture(scope="session")
def english(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    return bot_of(copied(tmp_path_factory.mktemp("english")))


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all steps are done."""
    folder = copied(tmp_path_factory.mktemp("spanish"))
    shutil.copytree(SPANISH, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def spanish(finished: Path) -> Bot:
    return bot_of(finished)


def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What is shown on standard error from now on, which is a terminal; progress is shown at once."""
    shown = io.StringIO()
    monkeypatch.setattr(shown, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setattr(common, "_SECONDS_WITHOUT_BAR", 0)
    return shown
