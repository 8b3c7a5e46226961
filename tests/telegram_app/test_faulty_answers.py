"""What answers in Telegram's place loses no message, ends nothing, and is said in one sentence."""

import json
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.bot import Bot
from bot.storage.inbox import Inbox
from bot.telegram_app import build_service, run_service
from bot.telegram_app import connection as connection_module
from bot.telegram_app import run as run_module
from bot.telegram_app.connection import BACK, NOT_TELEGRAM, REFUSES, SLOWED_DOWN
from bot.telegram_app.responses import UnreadableAnswerError, checked
from tests.telegram_app.harness import SETTINGS, Harness
from tests.telegram_app.recorder import PAGE, Recorder, Refusal, quoted
from tests.telegram_app.updates import message

pytestmark = pytest.mark.usefixtures("logging_is_restored")

WORDS = "when is the lamp lit"
HALF = b'{"ok": true, "result": {"message_id": 1, "text": "secret wor'


@pytest.fixture
def stopping(harness: Harness) -> Harness:
    """A bot that gets SIGTERM as soon as there is nothing more to receive."""

    def stop_once() -> None:
        harness.telegram.idle = lambda: None
        signal.raise_signal(signal.SIGTERM)

    harness.telegram.idle = stop_once
    return harness


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal(403, body=PAGE),
        Refusal(404, body=PAGE),
        Refusal(200, body=PAGE),
        Refusal(200, body=b'{"ok": false}'),
        Refusal(200, body=b'{"ok": true, "result": null}'),
        Refusal(200, body=b"[" * 100_000),
        Refusal(502, body=PAGE),
        Refusal(401, "Unauthorized"),
    ],
    ids=lambda refusal: f"{refusal.status} {(refusal.body or b'JSON')[:12]!r}",
)
def test_an_answer_that_telegram_did_not_refuse_is_sent_until_it_arrives(
    refusal: Refusal, harness: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    """Once on the screen, without an apology, and without a line in the log."""
    harness.telegram.refusals["sendMessage"] = [refusal] * 4
    harness.receive(message(WORDS))
    assert 1 == len(harness.telegram.screen)
    assert quoted(harness.last)
    assert 4 == len(harness.pauses)
    assert "" == caplog.text


@pytest.mark.parametrize("body", [PAGE, HALF, b""])
def test_a_message_whose_confirmation_cannot_be_read_is_followed_by_no_apology(
    body: bytes, harness: Harness
) -> None:
    """It was sent; at worst it stands there twice."""
    harness.telegram.refusals["sendMessage"] = [Refusal(200, body=body, carried=True)]
    harness.receive(message(WORDS))
    assert harness.bot.wording("en").line("apology") not in [each["text"] for each in harness.telegram.screen]
    assert 2 == len(harness.telegram.screen)


@pytest.mark.parametrize(
    "result", [True, {}, {"message_id": 7}, {"message_id": 7, "text": "x", "chat": {"id": 77}}]
)
def test_a_message_that_was_accepted_is_sent(
    result: object, harness: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever a server that is no full Bot API tells about it: no second copy, no apology."""
    body = json.dumps({"ok": True, "result": result}).encode()
    harness.telegram.refusals["sendMessage"] = [Refusal(200, body=body, carried=True)]
    harness.receive(message(WORDS))
    assert 1 == len(harness.telegram.screen)
    assert "" == caplog.text


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (413, b'{"ok": false, "error_code": 413, "description": "Request Entity Too Large"}'),
        (200, b'{"ok": false, "error_code": 400, "description": "Bad Request: message is too long"}'),
    ],
)
def test_what_telegram_refused_is_over(status: int, body: bytes, harness: Harness) -> None:
    """With whatever status: it is apologised for once."""
    harness.telegram.refusals["sendMessage"] = [Refusal(status, body=body)]
    harness.receive(message(WORDS))
    assert [] == harness.pauses
    assert harness.bot.wording("en").line("apology") == harness.last["text"]


def test_what_did_not_arrive_waits_for_the_next_start(
    bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token is taken back in the middle of an answer: with the new one it is answered."""
    monkeypatch.setattr(run_module, "DRAIN", 0.2)
    monkeypatch.setattr(connection_module, "REFUSALS", 1)
    settings = replace(SETTINGS, inbox=tmp_path / "inbox.sqlite3")
    telegram = Recorder(updates=[[message(WORDS)]])
    service = build_service(lambda: bot, settings, telegram)  # it really waits before it sends again
    telegram.refuse("sendMessage", 401, "Unauthorized", times=1_000_000)
    telegram.idle = lambda: telegram.refuse("getUpdates", 401, "Unauthorized")
    assert 2 == run_service(service, settings)
    inbox = Inbox(tmp_path / "inbox.sqlite3", print)
    assert 1 == len(inbox.waiting())
    inbox.close()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, PAGE),
        (200, b'{"ok": false}'),
        (200, b'{"ok": true, "result": null}'),
        (200, b'{"ok": true, "result": {}}'),
        (200, b'{"ok": true, "result": [{"message": {}}, 7]}'),
        (200, HALF),
    ],
)
def test_a_poll_without_an_answer_of_telegram_is_an_error(status: int, body: bytes) -> None:
    """The library then makes a growing pause; it asked again four hundred times a second."""
    with pytest.raises(UnreadableAnswerError, match=f"^HTTP {status} without an answer of the Bot API$"):
        checked("getUpdates", status, body)


@pytest.mark.parametrize("result", ["{}", "true", '{"id": 7, "first_name": "Bot", "username": "a_bot"}'])
def test_who_the_bot_is_must_be_readable(result: str) -> None:
    """A server that is no full Bot API leaves out fields; the start then waits, and is no traceback."""
    with pytest.raises(UnreadableAnswerError):
        checked("getMe", 200, f'{{"ok": true, "result": {result}}}'.encode())


def test_a_refusal_in_place_of_updates_keeps_its_status() -> None:
    """Also where something between made a 200 of it."""
    body = json.dumps({"ok": False, "error_code": 409, "description": "Conflict: terminated"}).encode()
    assert (409, body) == checked("getUpdates", 200, body)


def test_a_page_in_place_of_the_updates_ends_nothing(
    stopping: Harness, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """One 404 that is not Telegram's is no refused token; it is said once, and so is the end of it."""
    stopping.telegram.refusals["getUpdates"] = [Refusal(404, body=PAGE)]
    stopping.telegram.updates = [[message(WORDS)]]
    assert 0 == run_service(stopping.service, SETTINGS)
    assert 1 == len(stopping.telegram.screen)
    assert f"{NOT_TELEGRAM.format(status=404)}\n{BACK}\n" == capsys.readouterr().err
    assert "" == caplog.text


def test_a_bot_that_its_server_does_not_serve_waits(
    stopping: Harness, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After logOut it is not known for ten minutes; the sentence has Telegram's words, and names the setting."""
    monkeypatch.setattr(run_module, "_FIRST_PAUSE", 0.0)
    stopping.telegram.refuse("getMe", 400, "Bad Request: Logged out", times=3)
    assert 0 == run_service(stopping.service, SETTINGS)
    assert f"{REFUSES.format(words='Bad Request: Logged out')}\n{BACK}\n" == capsys.readouterr().err


def test_a_stop_does_not_wait_as_long_as_a_poll_must(
    harness: Harness, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram asks for five minutes; what was received before is answered, and the process ends with 0."""
    monkeypatch.setattr(run_module, "LAST_POLL", 0.1)
    harness.telegram.updates = [[message(WORDS)]]

    def slow_down() -> None:
        harness.telegram.idle = lambda: None
        harness.telegram.refuse("getUpdates", 429, "Too Many Requests: retry after 300", retry_after=300)

    harness.telegram.idle = slow_down
    harness.telegram.on_refusal = lambda: signal.raise_signal(signal.SIGTERM)
    assert 0 == run_service(harness.service, SETTINGS)
    assert 1 == len(harness.telegram.screen)
    sentence = SLOWED_DOWN.format(words="Too Many Requests: retry after 300")
    assert sentence == capsys.readouterr().err.splitlines()[0]


def test_registering_and_greeting_delay_no_answer(
    bot: Bot, telegram: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    """Telegram asks to wait for an hour with the descriptions, and with the owner's chat."""
    settings = replace(SETTINGS, owner=4711)
    harness = Harness(bot, telegram, settings)
    telegram.refuse("sendMessage", 429, "Too Many Requests: retry after 3600", retry_after=3600)
    telegram.refuse("setMyDescription", 429, "Too Many Requests: retry after 3600", retry_after=3600)
    telegram.updates = [[], [], [], [message(WORDS)]]

    def stop_once() -> None:
        telegram.idle = lambda: None
        signal.raise_signal(signal.SIGTERM)

    telegram.idle = stop_once
    assert 0 == run_service(harness.service, settings)
    assert any(quoted(each) for each in telegram.screen)
    assert ["asks to wait 3600 s" in each.getMessage() for each in caplog.records] == [True]
