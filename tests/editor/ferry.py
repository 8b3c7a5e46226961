"""A small corpus in English, and the same with Spanish beside it."""

import shutil
from pathlib import Path

from bot.conversation.bot import Bot
from bot.loading.loader import Loaded, load
from tests.tables import DATA

FERRY = DATA / "ferry"
SPANISH = FERRY / "es"
"""What the steps add, and the files that they change."""


def copied(folder: Path) -> Path:
    shutil.copytree(FERRY, folder, ignore=lambda *_: [SPANISH.name], dirs_exist_ok=True)
    return folder


def loaded(folder: Path) -> Loaded:
    return load(folder / "ferry.txt", folder / "intents")


def bot_of(folder: Path) -> Bot:
    found = loaded(folder)
    assert found.bot is not None, "\n".join(map(str, found.problems))
    return found.bot
