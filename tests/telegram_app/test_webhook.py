"""The web server takes updates from Telegram alone, of every size that Telegram sends."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
from telegram import Update

from bot.conversation.bot import Bot
from bot.settings import Secret, Webhook
from bot.telegram_app.run import _serve
from bot.telegram_app.updates import UpdateQueue
from bot.telegram_app.webhook import SECRET_HEADER, Receiver
from tests.telegram_app.harness import SETTINGS, Harness
from tests.telegram_app.recorder import Recorder
from tests.telegram_app.updates import UNREADABLE, by_the_bot, message

SECRET = "a-secret"
KNOWN = {SECRET_HEADER: SECRET}

Post = tuple[str, dict[str, str], bytes]
"""A path, headers, and a body."""


def free_port() -> int:
    """A port that is not in use just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def body(update: object) -> bytes:
    return json.dumps(update).encode()


@asynccontextmanager
async def receiving(harness: Harness, queue: UpdateQueue) -> AsyncIterator[int]:
    """The port of an open receiver that puts updates into `queue`."""
    webhook = Webhook("https://bot.example.org/telegram", port=free_port(), secret=Secret(SECRET))
    receiver = Receiver(webhook, queue, harness.application.bot)
    receiver.open()
    try:
        yield webhook.port
    finally:
        await receiver.close()


def deliver(harness: Harness, *posts: Post) -> tuple[list[int], list[str | None]]:
    """The statuses that a receiver answers to some posts, and the texts of the updates in its queue."""
    queue = UpdateQueue()

    async def post_all() -> list[int]:
        async with (
            receiving(harness, queue) as port,
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client,
        ):
            return [
                (await client.post(path, headers=headers, content=content)).status_code
                for path, headers, content in posts
            ]

    statuses = asyncio.run(post_all())
    found = [queue.get_nowait() for _ in range(queue.qsize())]
    return statuses, [
        each.message.text if each.message else None for each in found if isinstance(each, Update)
    ]


def test_updates_are_taken_with_the_secret_alone(harness: Harness) -> None:
    """Without it 403, at another path 404; an unreadable update is acknowledged, so that it does not come again."""
    good = body(message("a question"))
    statuses, texts = deliver(
        harness,
        ("/telegram", KNOWN, good),
        ("/telegram", {}, good),
        ("/telegram", {SECRET_HEADER: "guessed"}, good),
        ("/", KNOWN, good),
        ("/telegram", KNOWN, body(UNREADABLE)),
        ("/telegram", KNOWN, b"not JSON"),
    )
    assert [200, 403, 403, 404, 200, 400] == statuses
    assert ["a question", None] == texts


def test_the_longest_message_is_taken(harness: Harness) -> None:
    """4,096 emoji in reply to as many, each of 12 bytes in JSON: some 100,000 bytes."""
    longest = "😀" * 4096
    update = body(message(longest, reply_to_message=by_the_bot(longest)))
    assert len(update) > 98_000
    assert ([200], [longest]) == deliver(harness, ("/telegram", KNOWN, update))


def test_a_body_of_more_than_a_megabyte_is_refused(harness: Harness) -> None:
    """By its announced length, before it is read."""

    async def announce(length: int) -> bytes:
        async with receiving(harness, UpdateQueue()) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            head = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\n"
            writer.write(f"{head}Content-Length: {length}\r\n\r\n".encode())
            async with asyncio.timeout(10):  # a guard against waiting for a body that never comes
                status = await reader.readline()
            writer.close()
            await writer.wait_closed()
            return status

    assert asyncio.run(announce(1_000_001)).startswith(b"HTTP/1.1 400 ")


def test_a_taken_port_is_an_error_of_the_system(harness: Harness) -> None:
    """The process turns it into one sentence with the fix."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        webhook = Webhook("https://bot.example.org/telegram", port=other.getsockname()[1])
        with pytest.raises(OSError, match="in use"):
            Receiver(webhook, UpdateQueue(), harness.application.bot).open()


def test_each_start_without_a_secret_makes_another_one(harness: Harness) -> None:
    """Too long to be guessed, and of characters that Telegram takes."""
    webhook = Webhook("https://bot.example.org/telegram")
    first, second = (Receiver(webhook, UpdateQueue(), harness.application.bot).secret for _ in range(2))
    assert first != second
    assert 32 <= len(first) <= 256
    assert first.replace("-", "").replace("_", "").isalnum()


def test_what_is_answered_during_a_stop_is_acknowledged(bot: Bot, telegram: Recorder) -> None:
    """Without an inbox Telegram would deliver it to the next process, which would answer it once more. Meanwhile no
    new update is taken, not even on a connection that is open."""
    webhook = Webhook("https://bot.example.org/telegram", port=free_port(), secret=Secret(SECRET))
    settings = replace(SETTINGS, webhook=webhook)
    service = Harness(bot, telegram, settings).service
    telegram.slow.add(7)

    async def stop_with_an_answer_under_way() -> None:
        limits = httpx.Limits(max_keepalive_connections=5)
        url = f"http://127.0.0.1:{webhook.port}/telegram"
        serving = asyncio.create_task(_serve(service, settings, None))
        async with asyncio.timeout(10), httpx.AsyncClient(limits=limits, headers=KNOWN) as client:
            while not telegram.of("setWebhook"):
                await asyncio.sleep(0.01)
            assert 200 == (await client.post(url, content=body(message("/topics", chat_id=8)))).status_code
            reader, writer = await asyncio.open_connection("127.0.0.1", webhook.port)  # a second one, idle
            delivery = asyncio.create_task(client.post(url, content=body(message("/privacy", chat_id=7))))
            while telegram.slow:
                await asyncio.sleep(0.01)
            serving.cancel()
            assert b"" == await reader.read()
            writer.close()
            with pytest.raises(OSError, match=r"refused|failed"):
                await asyncio.open_connection("127.0.0.1", webhook.port)
            assert not delivery.done()
            telegram.go_on.set()
            answer = await delivery
            assert (200, "close") == (answer.status_code, answer.headers["Connection"])
            await asyncio.gather(serving, return_exceptions=True)

    asyncio.run(stop_with_an_answer_under_way())
    assert [8, 7] == [each["chat"]["id"] for each in telegram.screen]
