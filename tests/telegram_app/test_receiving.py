"""Nothing that comes in can make the bot deaf: bad updates, unmentioned_names at the address, a line that hangs."""

import asyncio
import json
import socket
from collections.abc import Callable

import httpx
import pytest
from telegram import Update

from bot.settings import Secret, Webhook
from bot.telegram_app.connection import Connection, watchdog
from bot.telegram_app.updates import UpdateQueue
from bot.telegram_app.validation import readable, readable_payload
from bot.telegram_app.webhook import SECRET_HEADER, Receiver
from tests.telegram_app.stage import Stage
from tests.telegram_app.updates import Json, message

BAD: Json = {"update_id": 8, "message": {"message_id": 1}}
SECRET = "a-secret"


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def payload(*updates: object) -> bytes:
    return json.dumps({"ok": True, "result": updates}).encode()


def test_a_bad_update_costs_itself_alone(caplog: pytest.LogCaptureFixture) -> None:
    """Its number stays, so that the next poll goes on behind it; it is reported once, without its words."""
    good = message("secret words")
    assert [good, {"update_id": 8}] == json.loads(readable_payload(payload(good, BAD)))["result"]
    assert ["update 8 cannot be read and was left out: KeyError"] == caplog.messages or 1 == len(
        caplog.records
    )
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    "untouched", [payload(), payload(message("a question")), b"not JSON", b'{"ok": true}', b"[1]"]
)
def test_what_is_in_order_is_passed_on_as_it_is(untouched: bytes) -> None:
    """Byte for byte; what is no list of updates is left to the library to complain of."""
    assert untouched == readable_payload(untouched)


@pytest.mark.parametrize("nonsense", [None, 7, "x", [], {}, {"update_id": "8"}, {"update_id": None}])
def test_what_has_no_number_is_left_out(nonsense: object) -> None:
    """There is nothing that could be put in its place."""
    assert readable(nonsense) is None


async def deliver(
    stage: Stage, queue: UpdateQueue, posts: Callable[[str], list[tuple[str, dict[str, str], bytes]]]
) -> list[int]:
    """The answers of a receiver to some posts."""
    webhook = Webhook("https://bot.example.org/telegram", port=free_port(), secret=Secret(SECRET))
    receiver = Receiver(webhook, queue, stage.application.bot)
    receiver.open()
    try:
        async with httpx.AsyncClient() as client:
            base = f"http://127.0.0.1:{webhook.port}"
            return [
                (await client.post(url, headers=headers, content=content)).status_code
                for url, headers, content in posts(base)
            ]
    finally:
        await receiver.close()


def test_telegram_is_heard_and_nobody_else(stage: Stage) -> None:
    """Without the secret 403, elsewhere 404; what cannot be read is acknowledged, and does not come again."""
    queue = UpdateQueue()
    good = json.dumps(message("a question")).encode()
    known = {SECRET_HEADER: SECRET}

    def posts(base: str) -> list[tuple[str, dict[str, str], bytes]]:
        return [
            (f"{base}/telegram", known, good),
            (f"{base}/telegram", {}, good),
            (f"{base}/telegram", {SECRET_HEADER: "guessed"}, good),
            (f"{base}/", known, good),
            (f"{base}/telegram", known, json.dumps(BAD).encode()),
            (f"{base}/telegram", known, b"not JSON"),
        ]

    assert [200, 403, 403, 404, 200, 400] == asyncio.run(deliver(stage, queue, posts))
    found = [queue.get_nowait() for _ in range(queue.qsize())]
    texts = [each.message.text if each.message else None for each in found if isinstance(each, Update)]
    assert ["a question", None] == texts


def test_a_taken_port_is_an_error_of_the_system(stage: Stage) -> None:
    """Which the process turns into one sentence with the fix."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        webhook = Webhook("https://bot.example.org/telegram", port=other.getsockname()[1])
        with pytest.raises(OSError, match="in use"):
            Receiver(webhook, UpdateQueue(), stage.application.bot).open()


def test_each_start_without_a_secret_makes_another_one(stage: Stage) -> None:
    """Long enough that nobody guesses it, and of characters that Telegram takes."""
    webhook = Webhook("https://bot.example.org/telegram")
    first, second = (Receiver(webhook, UpdateQueue(), stage.application.bot).secret for _ in range(2))
    assert first != second
    assert 32 <= len(first) <= 256
    assert first.replace("-", "").replace("_", "").isalnum()


def test_silence_is_noticed_and_failing_polls_are_no_silence() -> None:
    """A line that is down is heard of at each try; a poll that hangs is not."""
    clock = [0.0]
    connection = Connection(tell=lambda _sentence: None, now=lambda: clock[0])
    clock[0] = 100.0
    connection.failed()
    assert 0.0 == connection.silence()
    clock[0] = 300.0
    assert asyncio.run(watchdog(connection)).startswith("Nothing was heard of Telegram for 200 seconds")
