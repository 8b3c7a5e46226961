"""The process: how it starts, what it says, and with which exit code it ends."""

import errno
import io
import signal
import socket
import sys
from dataclasses import replace
from typing import Any

import pytest

from bot.conversation.bot import Bot
from bot.settings import Settings, Webhook
from bot.telegram_app import build_service
from bot.telegram_app import run as run_module
from bot.telegram_app.connection import BACK, CONFLICT, REFUSALS, UNREACHABLE
from bot.telegram_app.run import MESSAGES_TAKEN, TOKEN_REFUSED
from bot.telegram_app.webhook import Receiver
from tests.telegram_app.harness import SETTINGS, TOKEN, Harness
from tests.telegram_app.process import run, stopped_when_idle
from tests.telegram_app.recorder import Recorder
from tests.telegram_app.updates import message

pytestmark = pytest.mark.usefixtures("logging_is_restored")

GREETING = "Answering as @Lighthouse_Bot on Telegram, by polling. Ctrl-C ends.\n"


@pytest.fixture
def stopping(harness: Harness) -> Harness:
    """A bot that gets SIGTERM as soon as there is nothing more to receive."""
    return stopped_when_idle(harness)


def test_it_answers_and_stops_cleanly(stopping: Harness, capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 0, nothing on standard error, and only the updates that are handled asked for."""
    stopping.telegram.updates = [[message("/privacy"), message("/topics")], [message("/help")]]
    assert 0 == run(stopping)
    assert 3 == len(stopping.telegram.screen)
    assert (GREETING, "") == tuple(capsys.readouterr())
    expected = ["message", "edited_message", "callback_query", "inline_query"]
    assert expected == stopping.telegram.of("getUpdates")[0]["allowed_updates"]


@pytest.mark.parametrize("status", [401, 404])
def test_a_wrong_token_is_reported_in_one_sentence(
    status: int,
    harness: Harness,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On standard error, with the exit code of wrong settings, and without the token."""
    monkeypatch.setattr(run_module, "_FIRST_PAUSE", 0.0)
    harness.telegram.refuse("getMe", status, "Unauthorized", times=REFUSALS)
    assert 2 == run(harness)
    assert ("", TOKEN_REFUSED + "\n") == tuple(capsys.readouterr())
    assert "" == caplog.text


def test_a_token_that_is_taken_back_ends_the_process(
    harness: Harness, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """It would receive nothing otherwise; what was received before is still answered."""
    harness.telegram.updates = [[message("/privacy")]]
    harness.telegram.idle = lambda: harness.telegram.refuse("getUpdates", 401, "Unauthorized", times=REFUSALS)
    assert 2 == run(harness)
    assert 1 == len(harness.telegram.screen)
    assert (GREETING, TOKEN_REFUSED + "\n") == tuple(capsys.readouterr())
    assert "" == caplog.text


def test_without_network_it_says_so_once_and_tries_on(
    stopping: Harness, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until Telegram answers, which is reported too."""
    monkeypatch.setattr(run_module, "_FIRST_PAUSE", 0.0)
    stopping.telegram.outages = 5
    assert 0 == run(stopping)
    assert (GREETING, f"{UNREACHABLE}\n{BACK}\n") == tuple(capsys.readouterr())


def test_trouble_between_the_first_request_and_the_first_poll_passes(stopping: Harness) -> None:
    """The library removes a webhook there, and would give up at the first failure."""
    stopping.telegram.refuse("deleteWebhook", 502, "Bad Gateway")
    assert 0 == run(stopping)
    assert 2 == len(stopping.telegram.of("deleteWebhook"))


def test_it_can_be_stopped_while_there_is_no_network(
    harness: Harness, capsys: pytest.CaptureFixture[str]
) -> None:
    """It need not reach Telegram first."""
    harness.telegram.outages = 1_000_000
    harness.telegram.on_outage = lambda: signal.raise_signal(signal.SIGTERM)
    assert 0 == run(harness)
    assert ("", f"{UNREACHABLE}\n") == tuple(capsys.readouterr())


def test_a_second_poller_is_reported_once(stopping: Harness, capsys: pytest.CaptureFixture[str]) -> None:
    """And the bot answers when the other one has stopped."""
    stopping.telegram.refuse("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    stopping.telegram.updates = [[message("/privacy")]]
    assert 0 == run(stopping)
    assert 1 == len(stopping.telegram.screen)
    assert (GREETING, CONFLICT + "\n") == tuple(capsys.readouterr())


def test_a_webhook_that_cannot_be_opened_ends_the_process_with_the_fix(
    bot: Bot, capsys: pytest.CaptureFixture[str]
) -> None:
    """The port is taken, or Telegram refuses the address: exit code 1, and one sentence."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        webhook = Webhook("https://bot.example.org/telegram", port=taken.getsockname()[1])
        settings = replace(SETTINGS, webhook=webhook)
        assert 1 == run(Harness(bot, Recorder(), settings))
    assert "another program uses that port" in capsys.readouterr().err
    telegram = Recorder()
    telegram.refuse("setWebhook", 400, "Bad Request: bad webhook")
    assert 1 == run(Harness(bot, telegram, settings))
    assert "does not take WEBHOOK_URL (Bad Request: bad webhook); it must be" in capsys.readouterr().err


def test_a_webhook_that_another_program_takes_is_taken_back(
    bot: Bot, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else would show it: no message comes, and getMe is answered."""
    monkeypatch.setattr(run_module, "_HEARTBEAT", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    settings = replace(SETTINGS, webhook=Webhook("https://bot.example.org/telegram", port=port))
    telegram = Recorder()
    set_webhook = run_module._set_webhook

    async def set_and_stop(receiver: Receiver) -> None:
        await set_webhook(receiver)
        if len(telegram.of("setWebhook")) == 2:
            telegram.webhook = {"url": receiver.webhook.url}
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(run_module, "_set_webhook", set_and_stop)
    assert 0 == run(Harness(bot, telegram, settings))
    first, second = telegram.of("setWebhook")
    assert first == second
    assert MESSAGES_TAKEN in capsys.readouterr().err


def test_a_webhook_of_another_program_does_not_end_the_polling(
    stopping: Harness, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays set when that program has ended, and each poll is refused with 409."""
    monkeypatch.setattr(run_module, "_HEARTBEAT", 0.0)
    telegram = stopping.telegram
    telegram.webhook = {"url": "https://other.example.org/"}
    stop = telegram.idle

    def look() -> None:
        if len(telegram.of("deleteWebhook")) > 1:  # the first is that of the start
            telegram.webhook = {}
            stop()

    telegram.idle = look
    assert 0 == run(stopping)
    assert MESSAGES_TAKEN in capsys.readouterr().err


class Full(io.StringIO):
    """A file on a disk that is full."""

    def write(self, _text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_it_answers_although_nothing_can_be_printed(
    stopping: Harness, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stream: str
) -> None:
    """The disk with its log is full, or who read the log has ended. Visitors have nothing to do with that."""
    monkeypatch.setattr(sys, stream, Full())
    monkeypatch.setattr(run_module, "_FIRST_PAUSE", 0.0)
    stopping.telegram.outages = 1
    stopping.telegram.updates = [[message("/privacy")]]
    assert 0 == run(stopping)
    assert 1 == len(stopping.telegram.screen)
    assert "cannot listen" not in "".join(capsys.readouterr())


def test_every_sentence_for_the_operator_is_one_line() -> None:
    """And ends as a sentence does."""
    for sentence in (UNREACHABLE, CONFLICT, BACK, TOKEN_REFUSED):
        assert "\n" not in sentence
        assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, f"https://api.telegram.org/bot{TOKEN}/getMe"),
        ({"test_environment": True}, f"https://api.telegram.org/bot{TOKEN}/test/getMe"),
        ({"api_base": "http://h:1"}, f"http://h:1/bot{TOKEN}/getMe"),
        ({"api_base": "http://h:1", "test_environment": True}, f"http://h:1/bot{TOKEN}/test/getMe"),
    ],
)
def test_the_settings_say_where_telegram_is(
    choice: dict[str, Any], expected: str, bot: Bot, telegram: Recorder
) -> None:
    """The ordinary servers, the test environment, a server of one's own, and both."""
    Harness(bot, telegram, replace(SETTINGS, **choice)).receive()
    assert [expected] == [call.url for call in telegram.calls]


def test_without_a_token_there_is_no_service(bot: Bot) -> None:
    """Callers check that before."""
    with pytest.raises(ValueError, match="token"):
        build_service(lambda: bot, Settings())
