"""What the tests on Telegram share: a small text of their own, so that they do not depend on ours."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers import Responder
from bot.loading import load
from tests.telegram.recorder import Recorder
from tests.telegram.stage import Stage

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def text() -> str:
    """The text that is quoted."""
    return (DATA / "lighthouse.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def responder() -> Responder:
    """A bot about an interview with the keeper of a lighthouse."""
    loaded = load(DATA / "lighthouse.txt", DATA / "intents")
    assert loaded.responder is not None, "\n".join(map(str, loaded.problems))
    return loaded.responder


@pytest.fixture
def telegram() -> Iterator[Recorder]:
    """A Telegram that only records; a call that it does not know fails the test."""
    recorder = Recorder()
    yield recorder
    assert [] == recorder.unexpected


@pytest.fixture
def stage(responder: Responder, telegram: Recorder) -> Stage:
    """The bot, and Telegram behind it."""
    return Stage(responder, telegram)
