"""A bot whose files are edited while it answers."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from bot.loading.live import Live
from bot.loading.loader import load
from tests.conftest import LIGHTHOUSE

PATIENCE = 10.0
"""Seconds that a test waits before it fails; an edit takes a fraction of one."""


class Edited:
    """A bot on a copy of the lighthouse, and the editor beside it."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(LIGHTHOUSE, folder, dirs_exist_ok=True)
        self.file = folder / "intents" / "lamp.yaml"
        self.reported: SimpleQueue[str] = SimpleQueue()
        source, intents = folder / "lighthouse.txt", folder / "intents"
        loaded = load(source, intents)
        assert loaded.bot is not None
        self.bot = loaded.bot
        self.snapshot = loaded.snapshot
        self.live = Live(self.bot, self.snapshot)
        self.live.begin(self.reported.put)
        time.sleep(0.2)  # until the system watches

    def watch_again(self, journal: Path | None = None) -> None:
        """Begins once more, as if the files had been read at first."""
        self.live = Live(self.bot, self.snapshot)
        self.live.begin(self.reported.put, journal)

    def save(self, old: str, new: str) -> None:
        self.file.write_text(self.file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    def answers(self, question: str) -> str | None:
        return self.live.current().answer(question).intent_id

    def knows(self, words: str) -> bool:
        """Whether that phrase of the lamp is live."""
        return self.answers(words) == "lamp"

    def goes_live(self, words: str = "zzz glim o'clock") -> None:
        """Saves one more phrase of the lamp, and waits until it is answered."""
        self.save("when is the lamp lit,", f"when is the lamp lit, {words},")
        self.until(lambda: self.knows(words))

    def until(self, holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline, "nothing happened"
            time.sleep(0.02)

    def gets_notice(self, words: str) -> None:
        """Waits for a notice that holds `words`."""
        self.gets_notices(words)

    def gets_notices(self, *each: str) -> None:
        """Waits until there was a notice with each of these words, in any order."""
        missing = set(each)
        while missing:
            self.until(lambda: not self.reported.empty())
            notice = self.reported.get()
            missing = {words for words in missing if words not in notice}


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[Edited]:
    scene = Edited(tmp_path)
    yield scene
    scene.live.end()
