"""The process: how it starts, what it says, and with which exit code it ends."""

import io
import logging
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.bot import Bot
from bot.settings import Secret, Settings
from bot.telegram_app import build_application, run_polling
from bot.telegram_app import run as running
from bot.telegram_app.connection import BACK, CONFLICT, UNREACHABLE, Connection
from bot.telegram_app.logs import PlainRecords, set_up_logging
from bot.telegram_app.run import TOKEN_REFUSED, UNFINISHED
from tests.telegram_app.recorder import Recorder
from tests.telegram_app.stage import SETTINGS, TOKEN, Stage
from tests.telegram_app.updates import message

GREETING = "Answering as @Lighthouse_Bot on Telegram, by polling. Ctrl-C ends.\n"


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """What a start sets up in `logging` is taken back."""
    root, names = logging.getLogger(), ("httpx", "httpcore", "telegram.ext", "telegram.ext.Application")
    levels = {name: logging.getLogger(name).level for name in (*names, "telegram.ext.Updater")}
    yield
    for handler in root.handlers:
        for each in list(handler.filters):
            handler.removeFilter(each)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def stopping(stage: Stage) -> Stage:
    """A bot that gets SIGTERM as soon as there is nothing more to receive."""
    stage.telegram.idle = lambda: _stop_once(stage.telegram, signal.SIGTERM)
    return stage


def _stop_once(telegram: Recorder, number: signal.Signals) -> None:
    """A second signal would end the process without its last answers."""
    telegram.idle = lambda: None
    signal.raise_signal(number)


def run(stage: Stage) -> int:
    return run_polling(stage.application, SETTINGS)


def test_it_answers_and_stops_cleanly(stopping: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 0, nothing on standard error, and only the updates that are handled asked for."""
    stopping.telegram.updates = [[message("/privacy"), message("/topics")], [message("/help")]]
    assert 0 == run(stopping)
    assert 3 == len(stopping.telegram.screen)
    assert (GREETING, "") == tuple(capsys.readouterr())
    expected = ["message", "edited_message", "callback_query", "inline_query"]
    assert expected == stopping.telegram.of("getUpdates")[0]["allowed_updates"]


def test_ctrl_c_stops_it_too(stage: Stage) -> None:
    """In the same good order."""
    stage.telegram.updates = [[message("/privacy")]]
    stage.telegram.idle = lambda: _stop_once(stage.telegram, signal.SIGINT)
    assert 0 == run(stage)
    assert 1 == len(stage.telegram.screen)


def test_a_stop_waits_only_so_long_and_the_rest_is_answered_at_the_next_start(
    bot: Bot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Telegram does not come back with an answer: the process ends all the same, says so, and loses nothing."""
    monkeypatch.setattr(running, "DRAIN", 0.2)
    settings = replace(SETTINGS, inbox=tmp_path / "inbox.sqlite3")
    telegram = Recorder(updates=[[message("/privacy", chat_id=7)]], slow={7})
    stage = Stage(bot, telegram, settings)
    telegram.idle = lambda: _stop_once(telegram, signal.SIGTERM)
    assert 0 == run_polling(stage.application, settings)
    assert [] == telegram.screen
    assert UNFINISHED in capsys.readouterr().err

    after = Recorder()
    again = Stage(bot, after, settings)
    after.idle = lambda: _stop_once(after, signal.SIGTERM)
    assert 0 == run_polling(again.application, settings)
    assert 1 == len(after.screen)


@pytest.mark.parametrize("status", [401, 404])
def test_a_wrong_token_is_told_in_one_sentence(
    status: int, stage: Stage, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """On standard error, with exit code 1, and without the token."""
    stage.telegram.refuse("getMe", status, "Unauthorized")
    assert 1 == run(stage)
    assert ("", TOKEN_REFUSED + "\n") == tuple(capsys.readouterr())
    assert "" == caplog.text


def test_a_token_that_is_taken_back_ends_the_process(
    stage: Stage, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """It would be deaf otherwise; what was received before is still answered."""
    stage.telegram.updates = [[message("/privacy")]]
    stage.telegram.idle = lambda: stage.telegram.refuse("getUpdates", 401, "Unauthorized")
    assert 1 == run(stage)
    assert 1 == len(stage.telegram.screen)
    assert (GREETING, TOKEN_REFUSED + "\n") == tuple(capsys.readouterr())
    assert "" == caplog.text


def test_without_network_it_says_so_once_and_tries_on(
    stopping: Stage, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until Telegram answers, which is told too."""
    monkeypatch.setattr(running, "_FIRST_PAUSE", 0.0)
    stopping.telegram.outages = 5
    assert 0 == run(stopping)
    assert (GREETING, f"{UNREACHABLE}\n{BACK}\n") == tuple(capsys.readouterr())


def test_trouble_between_the_first_request_and_the_first_poll_passes(stopping: Stage) -> None:
    """The library removes a webhook there, and would give up at the first failure."""
    stopping.telegram.refuse("deleteWebhook", 502, "Bad Gateway")
    assert 0 == run(stopping)
    assert 2 == len(stopping.telegram.of("deleteWebhook"))


def test_it_can_be_stopped_while_there_is_no_network(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    """It need not reach Telegram first."""
    stage.telegram.outages = 1_000_000
    stage.telegram.on_outage = lambda: signal.raise_signal(signal.SIGTERM)
    assert 0 == run(stage)
    assert ("", f"{UNREACHABLE}\n") == tuple(capsys.readouterr())


def test_a_second_poller_is_told_once(stopping: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    """And the bot answers when the other one has stopped."""
    stopping.telegram.refuse("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    stopping.telegram.updates = [[message("/privacy")]]
    assert 0 == run(stopping)
    assert 1 == len(stopping.telegram.screen)
    assert (GREETING, CONFLICT + "\n") == tuple(capsys.readouterr())


def test_each_change_of_the_line_is_told_once() -> None:
    """Whatever comes in between; and a conflict once for good, since it comes and goes with every poll."""
    told: list[str] = []
    line = Connection(told.append)
    for status in (200, 502, 500, 200, 200, 409, 200, 409):
        line.answered(status)
    line.failed()
    line.failed()
    assert [UNREACHABLE, BACK, CONFLICT, UNREACHABLE] == told
    assert not line.refused.is_set()


def test_every_sentence_for_the_operator_is_one_line() -> None:
    """And ends as a sentence does."""
    for sentence in (UNREACHABLE, CONFLICT, BACK, TOKEN_REFUSED):
        assert "\n" not in sentence
        assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(Secret(TOKEN), inbox=None), f"https://api.telegram.org/bot{TOKEN}/getMe"),
        (Settings(Secret(TOKEN), True, inbox=None), f"https://api.telegram.org/bot{TOKEN}/test/getMe"),
        (Settings(Secret(TOKEN), False, "http://h:1", inbox=None), f"http://h:1/bot{TOKEN}/getMe"),
        (Settings(Secret(TOKEN), True, "http://h:1", inbox=None), f"http://h:1/bot{TOKEN}/test/getMe"),
    ],
)
def test_the_settings_say_where_telegram_is(
    settings: Settings, expected: str, bot: Bot, telegram: Recorder
) -> None:
    """The ordinary servers, the test environment, a server of one's own, and both."""
    Stage(bot, telegram, settings).hears()
    assert [expected] == [call.url for call in telegram.calls]


def test_without_a_token_there_is_no_application(bot: Bot) -> None:
    """The door asks before."""
    with pytest.raises(ValueError, match="token"):
        build_application(lambda: bot, Settings())


def test_the_token_is_in_no_log() -> None:
    """Not in a text, an argument, an exception, or the record of another library; and no trace at all."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(PlainRecords(Secret(TOKEN)))
    logger = logging.getLogger("test_the_token_is_in_no_log")
    logger.addHandler(handler)
    logger.error("https://api.telegram.org/bot%s/getMe", TOKEN)
    logger.error(f"token {TOKEN}", stack_info=True)
    logger.error("%d", TOKEN)
    try:
        raise ValueError(TOKEN)
    except ValueError:
        logger.exception("it broke")
    lines = written.getvalue().splitlines()
    assert ["https://api.telegram.org/bot***/getMe", "token ***", "%d"] == lines[:3]
    assert lines[3].startswith("it broke (ValueError at test_running.py:")
    assert 4 == len(lines)


def test_every_handler_hides_the_token() -> None:
    """Those that the process had before included; and the addresses of requests are not logged."""
    set_up_logging(Secret(TOKEN))
    handlers = logging.getLogger().handlers
    assert handlers
    assert all(any(isinstance(f, PlainRecords) for f in each.filters) for each in handlers)
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
