"""A file that is saved while the real process runs answers the next message."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.loading import HOME
from tests.end_to_end.stand import Fake, environment, running_fake

FIRST_PHRASES = "    phrases:\n      en:\n"
QUESTION = "zzz brew gratis www"


def copy_of_the_project(folder: Path) -> None:
    """What the process needs, where an edit does no harm."""
    for name in ("bot", "intents", "seeds"):
        shutil.copytree(HOME / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOME / "run_bot.py", folder)


@pytest.fixture
def fake() -> Iterator[Fake]:
    """A Bot API for this test alone."""
    with running_fake() as running:
        yield running


def test_an_edit_is_live_without_a_new_start(fake: Fake, tmp_path: Path) -> None:
    """What was refused is answered a moment after the file was saved."""
    copy_of_the_project(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "run_bot.py"],
        cwd=tmp_path,
        env=environment(fake.address),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        visitor = fake.visitor()
        assert not fake.reply_to(visitor, QUESTION).stretch("blockquote")
        file = tmp_path / "intents" / "smart-city.yaml"
        text = file.read_text(encoding="utf-8")
        edited = text.replace(FIRST_PHRASES, f"{FIRST_PHRASES}        - {QUESTION}\n", 1)
        assert text != edited
        file.write_text(edited, encoding="utf-8")
        deadline = time.monotonic() + 20
        while not fake.reply_to(visitor, QUESTION).stretch("blockquote"):
            assert time.monotonic() < deadline, "the edit did not go live"
            time.sleep(0.1)
    finally:
        process.kill()
        process.wait()
