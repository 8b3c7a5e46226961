"""The process stops in good order: in time, and without a message lost."""

import asyncio
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.conversation.bot import Bot
from bot.storage.inbox import Inbox
from bot.telegram_app import run as run_module
from bot.telegram_app.app import Service
from bot.telegram_app.run import UNFINISHED
from tests.telegram_app.harness import SETTINGS, Harness
from tests.telegram_app.process import run, stop_once, stopped_when_idle
from tests.telegram_app.recorder import Recorder
from tests.telegram_app.updates import message

pytestmark = pytest.mark.usefixtures("logging_is_restored")


@pytest.fixture
def heeding_ctrl_c() -> Iterator[None]:
    """A shell starts what runs in the background deaf to Ctrl-C, these tests, too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeding_ctrl_c")
def test_ctrl_c_stops_it_too(harness: Harness) -> None:
    """In the same good order."""
    harness.telegram.updates = [[message("/privacy")]]
    harness.telegram.idle = lambda: stop_once(harness.telegram, signal.SIGINT)
    assert 0 == run(harness)
    assert 1 == len(harness.telegram.screen)


def test_a_stop_waits_only_so_long_and_the_rest_is_answered_at_the_next_start(
    bot: Bot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Telegram does not come back with an answer: the process ends all the same, says so, and loses nothing."""
    monkeypatch.setattr(run_module, "DRAIN", 0.2)
    settings = replace(SETTINGS, inbox=tmp_path / "inbox.sqlite3")
    telegram = Recorder(updates=[[message("/privacy", chat_id=7)]], slow={7})
    assert 0 == run(stopped_when_idle(Harness(bot, telegram, settings)))
    assert [] == telegram.screen
    assert UNFINISHED in capsys.readouterr().err

    again = stopped_when_idle(Harness(bot, Recorder(), settings))
    assert 0 == run(again)
    assert 1 == len(again.telegram.screen)


def test_a_stop_answers_while_edited_files_are_still_being_loaded(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have to fit into the seconds that a supervisor waits."""
    receive_no_more, answered_meanwhile = run_module._receive_no_more, threading.Event()
    telegram = Recorder(updates=[[message("/privacy", chat_id=7)]], slow={7})
    harness = stopped_when_idle(Harness(bot, telegram))

    async def no_more(service: Service) -> None:
        telegram.go_on.set()
        await receive_no_more(service)

    def end() -> None:
        for _ in range(300):
            if telegram.screen:
                answered_meanwhile.set()
                break
            time.sleep(0.01)

    monkeypatch.setattr(run_module, "_receive_no_more", no_more)
    assert 0 == run(harness, SimpleNamespace(begin=lambda *_: None, end=end))
    assert answered_meanwhile.is_set()


@pytest.mark.parametrize("signals", [1, 2])
def test_a_stop_does_not_wait_for_edited_files(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, signals: int
) -> None:
    """They take longer than a supervisor waits. A second signal ends it before the answers, and loses none."""
    receive_no_more = run_module._receive_no_more
    are_loaded, ended = threading.Event(), threading.Event()
    settings = replace(SETTINGS, inbox=tmp_path / "inbox.sqlite3")
    telegram = Recorder(updates=[[message("/privacy", chat_id=7)]], slow={7})
    harness = stopped_when_idle(Harness(bot, telegram, settings))

    async def no_more(service: Service) -> None:
        if signals == 2:
            signal.raise_signal(signal.SIGTERM)
            await asyncio.sleep(5)
        await receive_no_more(service)

    def end() -> None:
        are_loaded.wait(10)
        ended.set()

    monkeypatch.setattr(run_module, "DRAIN", 0.3 if signals == 1 else 8.0)
    monkeypatch.setattr(run_module, "_receive_no_more", no_more)
    assert 0 == run(harness, SimpleNamespace(begin=lambda *_: None, end=end))
    assert not ended.is_set()
    are_loaded.set()
    inbox = Inbox(tmp_path / "inbox.sqlite3", print)
    assert 1 == len(inbox.waiting())
    inbox.close()
