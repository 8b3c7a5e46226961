"""Calls over HTTP, each with its faults.

An unknown method is 404 and another token 401, as at Telegram.
"""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.end_to_end import messages, profile
from tests.end_to_end.faults import NO_FAULT, Fault, Faults
from tests.end_to_end.polling import OTHER_WEBHOOK, Polling
from tests.end_to_end.rules import Parameters, Refusal
from tests.end_to_end.state import TOKEN, State
from tests.end_to_end.updates import Waiting
from tests.end_to_end.webhook import Webhook
from tests.end_to_end.wire import read_request, response

METHODS = messages.METHODS | profile.METHODS
SENDS = frozenset({"sendMessage"})
SENDS_KEPT = 200_000
"""So many cut off sends are remembered in a long run."""


class Server:
    """The Bot API for the bot of `state`, on loopback. Start and close it in one event loop.

    `sleep` is how Telegram waits before it delivers again and before it answers a second conflict. `cut_off` are
    the sends after which the bot closed the connection, each as three moments: connection opened, send ended, closed.
    """

    def __init__(
        self, state: State, token: str = TOKEN, sleep: Callable[[float], Any] = asyncio.sleep
    ) -> None:
        self.state = state
        self.faults = Faults()
        self.polling = Polling(state, sleep)
        self.webhook = Webhook(state, sleep)
        self.open_sends = 0
        self.last_send = 0.0
        self.cut_off: deque[tuple[float, float, float]] = deque(maxlen=SENDS_KEPT)
        self._token = token
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self, port: int = 0) -> int:
        """Starts to listen; returns the port."""
        loop = asyncio.get_running_loop()
        self._listening = await asyncio.start_server(self._accept, "127.0.0.1", port)

        def wake() -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self.polling.wake)

        def take(update: Waiting) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self.webhook.take, update)

        self.state.listeners.append(wake)
        self.state.updates.listeners.append(take)
        return int(self._listening.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Ends every connection and every delivery."""
        self._listening.close()
        await self.webhook.close()
        tasks = tuple(self._connections)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task:
            self._connections.add(task)
            task.add_done_callback(self._connections.discard)
        try:
            await self._serve(reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass  # the bot closed the connection, or the test is over
        finally:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Call after call, until either side closes the connection."""
        opened, sent = time.monotonic(), None
        try:
            while (asked := await read_request(reader)) is not None:
                bot, _, method = asked.path.removeprefix("/").partition("/")
                if bot != f"bot{self._token}":
                    await _write(writer, Refusal(401, "Unauthorized"), NO_FAULT)
                    continue
                try:
                    with self._noted(method):
                        answered = await self._answer(method, asked.parameters, writer)
                finally:  # the bot may be gone before the answer arrives
                    sent = self.last_send if method in SENDS else None
                if not answered:
                    writer.transport.abort()
                    sent = None
                    return
        finally:
            if sent is not None:
                self.cut_off.append((opened, sent, time.monotonic()))

    @contextmanager
    def _noted(self, method: str) -> Iterator[None]:
        """Counts a message while it is on its way."""
        if method not in SENDS:
            yield
            return
        self.open_sends += 1
        try:
            yield
        finally:
            self.open_sends -= 1
            self.last_send = time.monotonic()

    async def _answer(self, method: str, parameters: Parameters, writer: asyncio.StreamWriter) -> bool:
        """Whether an answer was given."""
        fault = self.faults.pick(method)
        delay = fault.before + self.faults.latency.get(method, 0.0)
        if delay:
            await asyncio.sleep(delay)
        result: Any = fault.refusal
        if fault.carried and result is None:
            result = await self._carried_out(method, parameters)
        else:
            self.state.call(method, parameters)
        if fault.after:
            await asyncio.sleep(fault.after)
        if fault.answered:
            await _write(writer, result, fault)
        return fault.answered

    async def _carried_out(self, method: str, parameters: Parameters) -> Any:
        """The result of a call, or its refusal."""
        try:
            self.state.call(method, parameters)
            match method:
                case "getUpdates":
                    return await self.polling.get_updates(parameters)
                case "setWebhook":
                    self.polling.end_waiting(OTHER_WEBHOOK)
                    return await self.webhook.set(parameters)
                case "deleteWebhook":
                    return await self.webhook.delete(parameters)
                case "getWebhookInfo":
                    return self.webhook.info(parameters)
            return self.call(method, parameters)
        except Refusal as refusal:
            return refusal
        finally:
            with self.state.changed:
                self.state.notify()

    def call(self, method: str, parameters: Parameters) -> Any:
        """The result of any other method. Raises Refusal."""
        known = METHODS.get(method)
        if known is None:
            raise Refusal(404, "Not Found: method not found")
        with self.state.changed:
            return known(self.state, parameters)


async def _write(writer: asyncio.StreamWriter, result: Any, fault: Fault) -> None:
    status, kind, answer = 200, "application/json", {"ok": True, "result": result}
    if isinstance(result, Refusal):
        status = result.code
        answer = {"ok": False, "error_code": status, "description": result.description}
        if result.parameters:
            answer["parameters"] = result.parameters
    body = json.dumps(answer).encode()
    if fault.body:
        kind, body = "text/html", fault.body
    head, body = response(status, body, kind)
    writer.write(head)
    pieces = 10 if fault.dribble else 1
    size = -(-len(body) // pieces)
    for start in range(0, len(body), size):
        await asyncio.sleep(fault.dribble / pieces)
        writer.write(body[start : start + size])
    await writer.drain()
