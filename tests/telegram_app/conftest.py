"""What the tests on Telegram share: the bot on a small text, so that they do not depend on our interview."""

import logging
from collections.abc import Iterator

import pytest

from bot.conversation.bot import Bot
from tests.conftest import LIGHTHOUSE
from tests.telegram_app.harness import Harness
from tests.telegram_app.recorder import Recorder


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
def harness(bot: Bot, telegram: Recorder) -> Harness:
    """The bot, and the recorder in place of Telegram."""
    return Harness(bot, telegram)


@pytest.fixture
def logging_is_restored() -> Iterator[None]:
    """Takes back what a start sets up in `logging`."""
    names = ("httpx", "httpcore", "telegram.ext", "telegram.ext.Application")
    levels = {name: logging.getLogger(name).level for name in names}
    yield
    for handler in logging.getLogger().handlers:
        for each in list(handler.filters):
            handler.removeFilter(each)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
