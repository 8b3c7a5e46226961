"""What is saved answers at once; what is broken or half-written never does."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from bot.answers import Responder
from bot.live import OLD_ONES_ANSWER, Live
from bot.loading import load

DATA = Path(__file__).parent / "telegram" / "data"
PATIENCE = 10.0
"""Seconds that a test waits before it fails; an edit takes a fraction of one."""


class Edited:
    """A bot on a copy of the lighthouse, and the editor beside it."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(DATA, folder, dirs_exist_ok=True)
        self.file = folder / "intents" / "lamp.yaml"
        self.told: SimpleQueue[str] = SimpleQueue()
        self.fresh: SimpleQueue[Responder] = SimpleQueue()
        source, intents = folder / "lighthouse.txt", folder / "intents"
        loaded = load(source, intents)
        assert loaded.responder is not None
        self.responder = loaded.responder
        self.live = Live(source, intents, self.fresh.put, self.told.put)
        self.live.begin()
        time.sleep(0.2)  # until the system watches

    def save(self, old: str, new: str) -> None:
        self.file.write_text(self.file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    def answers(self, question: str) -> str | None:
        """As a face does it: what is fresh first, then the answer."""
        try:
            while True:
                self.responder.become(self.fresh.get_nowait())
        except Empty:
            return self.responder.answer(question).intent_id

    def until(self, holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline, "nothing happened"
            time.sleep(0.02)

    def hears(self, words: str) -> None:
        """Waits for a line to the editor that holds `words`."""
        self.until(lambda: not self.told.empty() and words in self.told.get())


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[Edited]:
    scene = Edited(tmp_path)
    yield scene
    scene.live.end()


def test_a_saved_phrase_is_answered(edited: Edited) -> None:
    """Without a new start."""
    assert "lamp" != edited.answers("zzz glim o'clock")
    edited.save("when is the lamp lit,", "when is the lamp lit, zzz glim o'clock,")
    edited.until(lambda: edited.answers("zzz glim o'clock") == "lamp")


def test_a_broken_file_leaves_the_old_set_answering(edited: Edited) -> None:
    """The editor reads what is wrong and where; when it is mended, it goes live."""
    edited.save("The lamp is lit at dusk", "The lamp is lit at noon")
    edited.hears("(not-verbatim)")
    edited.hears(OLD_ONES_ANSWER)
    assert "lamp" == edited.answers("when is the lamp lit")
    edited.save("The lamp is lit at noon", "The lamp is lit at dusk")
    edited.hears("Live: ")


def test_many_and_half_written_edits_lose_nothing(edited: Edited) -> None:
    """Ten a second, every second of them cut off in the middle: each answer is of a whole set, the last edit wins."""
    whole = edited.file.read_text(encoding="utf-8")
    for number in range(10):
        new = whole.replace("when is the lamp lit,", f"when is the lamp lit, qqq number {number} www,")
        edited.file.write_text(new[: len(new) // 2] if number % 2 == 0 else new, encoding="utf-8")
        assert "lamp" == edited.answers("when is the lamp lit")
        time.sleep(0.1)
    edited.until(lambda: edited.answers("qqq number 9 www") == "lamp")


def test_what_is_ended_swaps_nothing_in(edited: Edited) -> None:
    """And the thread is gone."""
    edited.live.end()
    edited.save("when is the lamp lit,", "when is the lamp lit, zzz glim o'clock,")
    time.sleep(0.2)
    assert edited.fresh.empty()
