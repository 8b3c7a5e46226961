"""What the tests on Telegram share: a small text of their own, so that they do not depend on ours."""

from collections.abc import Iterator

import pytest

from bot.conversation.bot import Bot
from tests.conftest import LIGHTHOUSE
from tests.telegram_app.recorder import Recorder
from tests.telegram_app.stage import Stage


@pytest.fixture(scope="session")
def text() -> str:
    """The text that is quoted."""
    return (LIGHTHOUSE / "lighthouse.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def bot(keeper: Bot) -> Bot:
    """The bot about an interview with the keeper of a lighthouse."""
    return keeper


@pytest.fixture
def telegram() -> Iterator[Recorder]:
    """A Telegram that only records; a call that it does not know fails the test."""
    recorder = Recorder()
    yield recorder
    assert [] == recorder.unexpected


@pytest.fixture
def stage(bot: Bot, telegram: Recorder) -> Stage:
    """The bot, and Telegram behind it."""
    return Stage(bot, telegram)
