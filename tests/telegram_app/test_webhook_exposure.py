"""The webhook's port without a proxy before it: strangers cost little, and do not keep Telegram out."""

import asyncio
import contextlib
import errno
import gc
import logging
import os
import socket
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.telegram_app import webhook
from bot.telegram_app.updates import UpdateQueue
from tests.telegram_app.harness import Harness
from tests.telegram_app.test_webhook import SECRET, body, receiving
from tests.telegram_app.updates import message

TELEGRAM = f"{webhook.SECRET_HEADER}: {SECRET}\r\n"
PATIENCE = 5.0
"""Seconds that a test waits for what never comes, before it fails; less than UNKNOWN."""


class Caller:
    """A connection to the port."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    def send(
        self, content: bytes, headers: str = "", length: int | None = None, path: str = "/telegram"
    ) -> None:
        """The head of a POST that announces so many bytes, and those that are sent of them."""
        announced = len(content) if length is None else length
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\n{headers}Content-Length: {announced}\r\n\r\n"
        self._writer.write(head.encode() + content)

    def send_bytes(self, content: bytes) -> None:
        self._writer.write(content)

    async def status(self) -> int:
        """Of the answer; 0 where the connection is closed without one."""
        try:
            async with asyncio.timeout(PATIENCE):
                head = await self._reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return 0
        assert b"\nserver:" not in head.lower()
        return int(head.split()[1])

    async def is_cut_off(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._reader.read() == b""
        except ConnectionError:
            return True

    async def close(self) -> None:
        self._writer.close()
        with contextlib.suppress(ConnectionError):
            await self._writer.wait_closed()


Call = Callable[[], Coroutine[Any, Any, Caller]]
Scene = Callable[[Call], Coroutine[Any, Any, None]]


async def delivered(caller: Caller) -> bool:
    """Whether an update of Telegram is taken."""
    caller.send(body(message("a question")), TELEGRAM)
    return await caller.status() == 200


def play(harness: Harness, scene: Scene) -> int:
    """The number of updates in the queue after the scene. `call` of the scene opens a connection."""
    queue = UpdateQueue()

    async def run() -> None:
        async with receiving(harness, queue) as port, contextlib.AsyncExitStack() as opened:

            async def call() -> Caller:
                caller = Caller(*await asyncio.open_connection("127.0.0.1", port))
                opened.push_async_callback(caller.close)
                return caller

            await scene(call)

    asyncio.run(run())
    return queue.qsize()


def test_a_port_that_is_closed_at_once_is_free_again(harness: Harness) -> None:
    """As when Telegram refuses the address at the start; a socket left open would be a warning, and an error here."""

    async def scene(_call: Call) -> None: ...

    assert 0 == play(harness, scene)
    gc.collect()


@pytest.mark.parametrize(
    ("headers", "path", "expected"),
    [("", "/telegram", 403), (f"{webhook.SECRET_HEADER}: x\r\n", "/", 403), (TELEGRAM, "/other", 404)],
)
def test_a_body_is_read_after_the_secret(harness: Harness, headers: str, path: str, expected: int) -> None:
    """The answer comes before the body, and the connection is closed."""

    async def scene(call: Call) -> None:
        caller = await call()
        caller.send(b"half", headers, length=900_000, path=path)
        assert expected == await caller.status()
        assert await caller.is_cut_off()

    assert 0 == play(harness, scene)


def test_only_a_post_is_a_delivery(harness: Harness) -> None:
    async def scene(call: Call) -> None:
        caller = await call()
        caller.send_bytes(f"GET /telegram HTTP/1.1\r\nHost: x\r\n{TELEGRAM}\r\n".encode())
        assert 405 == await caller.status()

    assert 0 == play(harness, scene)


def test_who_does_not_show_the_secret_is_cut_off(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sends nothing, and half a head. Telegram's connection stays open and is used again."""
    monkeypatch.setattr(webhook, "UNKNOWN", 0.1)

    async def scene(call: Call) -> None:
        telegram, silent, slow = [await call() for _ in range(3)]
        assert await delivered(telegram)
        slow.send_bytes(b"POST /telegram HTTP/1.1\r\nHost:")
        assert await silent.is_cut_off()
        assert await slow.is_cut_off()
        assert await delivered(telegram)

    assert 2 == play(harness, scene)


@pytest.mark.parametrize("limit", ["body_timeout", "header_timeout"])
def test_half_a_body_and_an_idle_connection_end(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    """Also with the secret: Telegram delivers it again."""
    monkeypatch.setattr(webhook._PARAMETERS, limit, 0.1)

    async def scene(call: Call) -> None:
        caller = await call()
        if limit == "body_timeout":
            caller.send(b"half", TELEGRAM, length=1000)
        else:
            assert await delivered(caller)
        assert await caller.is_cut_off()

    play(harness, scene)


def test_a_head_without_end_is_cut_off(harness: Harness) -> None:
    async def scene(call: Call) -> None:
        caller = await call()
        caller.send_bytes(b"POST /telegram HTTP/1.1\r\nX: " + b"x" * 100_000)
        assert await caller.is_cut_off()

    play(harness, scene)


def test_strangers_do_not_keep_telegram_out(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Of too many connections the oldest stranger's is closed. One line is logged."""
    monkeypatch.setattr(webhook, "MOST_CONNECTIONS", 3)

    async def scene(call: Call) -> None:
        strangers = [await call() for _ in range(9)]
        telegram = await call()
        assert await delivered(telegram)
        assert await strangers[0].is_cut_off()
        strangers += [await call() for _ in range(9)]
        assert await strangers[9].is_cut_off()
        assert await delivered(telegram)

    assert 2 == play(harness, scene)
    assert 1 == len(caplog.records)


def test_more_connections_of_telegram_than_agreed_are_refused(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that are there go on."""
    monkeypatch.setattr(webhook, "MOST_CONNECTIONS", 2)

    async def scene(call: Call) -> None:
        known = [await call() for _ in range(2)]
        assert all([await delivered(each) for each in known])
        assert await (await call()).is_cut_off()
        assert all([await delivered(each) for each in known])

    assert 4 == play(harness, scene)


def test_out_of_files_it_waits_and_goes_on(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """With one line in the log; strangers are cut off, and then Telegram is heard again."""
    monkeypatch.setattr(webhook, "_PAUSE", 0.01)
    failures = [OSError(errno.EMFILE, os.strerror(errno.EMFILE)) for _ in range(5)]

    async def scene(call: Call) -> None:
        stranger, telegram = await call(), await call()
        assert await delivered(telegram)
        loop = asyncio.get_running_loop()
        accept = loop.sock_accept

        async def failing(listening: socket.socket) -> Any:
            if failures:
                raise failures.pop()
            return await accept(listening)

        monkeypatch.setattr(loop, "sock_accept", failing)
        callers = [await call() for _ in range(2)]  # the accept that waited already takes the first
        assert await delivered(callers[1])
        assert await stranger.is_cut_off()

    assert 2 == play(harness, scene)
    assert ["the webhook can accept no connection: Too many open files"] == [
        record.getMessage() for record in caplog.records
    ]


def test_the_log_grows_by_a_line_of_each_kind_a_minute(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever strangers send, and whatever the library says about it."""

    async def scene(call: Call) -> None:
        for _ in range(20):
            caller = await call()
            caller.send(b"", "")
            assert 403 == await caller.status()
        for number in range(20):
            logging.getLogger("tornado.general").error("a line of the library: %s", number)
        monkeypatch.setattr(webhook, "_LOG_EVERY", 0.0)
        caller = await call()
        caller.send(b"", "")
        assert 403 == await caller.status()

    play(harness, scene)
    called = "the webhook was called without the right secret"
    assert [called, "a line of the library: 0", called] == [record.getMessage() for record in caplog.records]


def test_strangers_do_not_hide_a_delivery_that_fails(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Telegram is told by 500 to deliver it again, and the operator by the log."""

    async def fails(_queue: UpdateQueue, _item: object) -> None:
        raise RuntimeError("a secret text")

    monkeypatch.setattr(UpdateQueue, "put", fails)

    async def scene(call: Call) -> None:
        stranger, telegram = await call(), await call()
        stranger.send(b"")
        assert 403 == await stranger.status()
        telegram.send(body(message("a question")), TELEGRAM)
        assert 500 == await telegram.status()

    play(harness, scene)
    assert "an update could not be queued: RuntimeError" == caplog.messages[-1]


@pytest.mark.parametrize("depth", [1_500, 400_000])
def test_json_that_is_nested_too_deeply_is_a_bad_update(harness: Harness, depth: int) -> None:
    """It is acknowledged, so that it does not come again, and what follows is taken."""

    async def scene(call: Call) -> None:
        caller = await call()
        caller.send(b'{"update_id": 7, "message": ' + b"[" * depth + b"]" * depth + b"}", TELEGRAM)
        assert 200 == await caller.status()
        assert await delivered(caller)

    assert 1 <= play(harness, scene) <= 2
