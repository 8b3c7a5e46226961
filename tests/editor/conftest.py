"""Bots about the ferry, in English and with Spanish beside it."""

import shutil
from pathlib import Path

import pytest

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
