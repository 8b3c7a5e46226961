"""setWebhook and the deliveries: one at a time in a chat, again after a failure, never given up.

As the real server (`WebhookActor`): order within a chat, chats side by side up to
max_connections; an answer of 2xx within 60 s confirms; else it is tried again at once, then after 2, 4, 8 ... s up
to a minute or two, or when Retry-After says so. Like a local Bot API server it also calls plain http
(https://core.telegram.org/bots/api#using-a-local-bot-api-server).
"""

import asyncio
import contextlib
import json
import random
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from tests.end_to_end.rules import Parameters, bad_request, decoded, number_of
from tests.end_to_end.state import State
from tests.end_to_end.updates import Waiting
from tests.end_to_end.wire import Answered, post, read_response

PATIENCE = 60.0
"""Seconds that Telegram waits for the answer to a delivery."""

FIRST_PAUSE, LONGEST_PAUSE = 1, 60
"""Seconds. The first failure is followed by another try at once, the second one by twice FIRST_PAUSE; the
longest pause is drawn from one to two times LONGEST_PAUSE."""

LONGEST_RETRY_AFTER = 3600
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, slots=True)
class Hook:
    """Where to deliver."""

    url: str = ""
    secret: str = ""
    connections: int = 40

    @property
    def address(self) -> SplitResult:
        """The parts of the url."""
        return urlsplit(self.url)


class Webhook:
    """The deliveries to one bot; lives in the server's loop. `sleep` waits so many seconds."""

    def __init__(self, state: State, sleep: Callable[[float], Any] = asyncio.sleep) -> None:
        self.hook = Hook()
        self.last_error = ""
        self._state = state
        self._sleep = sleep
        self._lines: dict[int, deque[Waiting]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(self.hook.connections)
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def set(self, parameters: Parameters) -> bool:
        """setWebhook; an empty url deletes it."""
        if not parameters.get("url"):
            return await self.delete(parameters)
        hook = _checked(parameters)
        if "allowed_updates" in parameters:
            self._state.updates.allow(decoded(parameters, "allowed_updates", list))
        self._drop(parameters)
        if hook != self.hook:
            await self.close()
            self.hook, self._places = hook, asyncio.Semaphore(hook.connections)
            self._state.webhook_url, self.last_error = hook.url, ""
            for update in self._state.updates.all():
                self.take(update)
        return True

    async def delete(self, parameters: Parameters) -> bool:
        """deleteWebhook: what waits goes on waiting, unless it shall be dropped."""
        await self.close()
        self.hook, self._state.webhook_url = Hook(), ""
        self._drop(parameters)
        return True

    def info(self, _: Parameters) -> dict[str, Any]:
        """getWebhookInfo."""
        found: dict[str, Any] = {
            "url": self.hook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._state.updates),
        }
        if self.hook.url:
            found["max_connections"] = self.hook.connections
        if self.last_error:
            found |= {"last_error_date": 1, "last_error_message": self.last_error}
        return found

    def take(self, update: Waiting) -> None:
        """Puts a new update into its chat's line."""
        if not self.hook.url:
            return
        if update.line in self._lines:
            self._lines[update.line].append(update)
            return
        self._lines[update.line] = deque([update])
        task = asyncio.get_running_loop().create_task(self._serve(update.line))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Ends all deliveries; what was not confirmed still waits."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lines.clear()
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()

    def _drop(self, parameters: Parameters) -> None:
        if parameters.get("drop_pending_updates") == "true":
            self._state.updates.confirm_all_but(0)

    async def _serve(self, line: int) -> None:
        waiting = self._lines[line]
        while waiting:
            await self._deliver(waiting[0])
            waiting.popleft()
        del self._lines[line]

    async def _deliver(self, update: Waiting) -> None:
        """Tries until the update is taken or has expired."""
        pause, failures = FIRST_PAUSE, 0
        while update.expires > self._state.clock():
            async with self._places:
                answer = await self._post(update)
            if answer and 200 <= answer.status < 300:
                break
            self.last_error = (
                f"Wrong response from the webhook: {answer.status}" if answer else "Connection closed"
            )
            wait = retry_after(answer)
            if not wait and failures:
                pause = min(random.randint(LONGEST_PAUSE, 2 * LONGEST_PAUSE), 2 * pause)
                wait = pause
            failures += 1
            await self._sleep(wait)
        with self._state.changed:
            self._state.updates.confirm(update.id)
            self._state.notify()

    async def _post(self, update: Waiting) -> Answered | None:
        """The answer to one delivery; None when there was none."""
        writer: asyncio.StreamWriter | None = None
        try:
            async with asyncio.timeout(PATIENCE):
                reader, writer = await self._connection()
                writer.write(self._request(update))
                answer = await read_response(reader)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            if writer:
                writer.close()
            return None
        except asyncio.CancelledError:
            if writer:
                writer.close()
            raise
        if answer.headers.get("connection", "").lower() == "close":
            writer.close()
        else:
            self._idle.append((reader, writer))
        return answer

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """An open one, else a new one."""
        while self._idle:
            reader, writer = self._idle.pop()
            if not reader.at_eof() and not writer.is_closing():
                return reader, writer
            writer.close()
        address = self.hook.address
        return await asyncio.open_connection(address.hostname, address.port or 80)

    def _request(self, update: Waiting) -> bytes:
        headers = {SECRET_HEADER: self.hook.secret} if self.hook.secret else {}
        address = self.hook.address
        return post(address.path or "/", address.netloc, headers, json.dumps(update.content).encode())


def retry_after(answer: Answered | None) -> int:
    """The seconds that a refused delivery names, 0 where it names none."""
    seconds = 0
    if answer:
        with contextlib.suppress(ValueError):
            seconds = int(answer.headers.get("retry-after", 0))
    return min(max(seconds, 0), LONGEST_RETRY_AFTER)


def _checked(parameters: Parameters) -> Hook:
    """The hook that is asked for, or Telegram's refusal."""
    url, secret = parameters["url"], parameters.get("secret_token", "")
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise bad_request("invalid webhook URL specified")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret, re.ASCII):
        raise bad_request("secret token contains unallowed characters")
    return Hook(url, secret, min(100, max(1, number_of(parameters, "max_connections") or 40)))
