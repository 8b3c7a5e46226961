"""How much is sent at once, and what is sent again: the one place for all of it.

Rule: Telegram's limits are kept before it must refuse (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-
how-do-i-avoid-this), and what waits holds up nobody but its own chat. A message that certainly did not arrive is
sent again until it does; one that may have arrived, once; one that is refused, never.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import httpx
from aiolimiter import AsyncLimiter
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import BaseRateLimiter

AT_ONCE = 24
"""Requests under way. Above 32 the connection pool of httpcore takes more time than it saves (measured: 48 at once
three times as much, 64 six times); and after a kill, what was under way is sent a second time."""

MOST_LIMITERS = 1000
"""Chats whose limits are remembered; of more, those that have been quiet are forgotten."""

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds before something is sent again; each pause is about twice as long as the one before."""

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""Nothing has left this machine."""

_REFUSED = (BadRequest, Forbidden, InvalidToken, Conflict, ChatMigrated)
"""BadRequest is a NetworkError for the library, but saying it again would change nothing."""

_MESSAGES = frozenset({"sendMessage"})
"""What counts against the limits of a chat. Answers to buttons and edits do not."""

_REPEATED = _MESSAGES | {"editMessageText", "editMessageReplyMarkup", "deleteMessage"}
"""What somebody waits for, however long it takes. All else is asked once: an answer to a button expires, and
what is asked at the start is asked again by whoever needs it."""

Result = bool | dict[str, Any] | list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages that Telegram takes.

    a_second   in all chats together
    in_a_row   to one chat: one a second in the long run, but so many at once, that a reply in two pieces, or to
               two quick questions, does not wait; Telegram lets short bursts pass
    a_minute   to one group
    """

    a_second: int = 30
    in_a_row: int = 4
    a_minute: int = 20


class SendingPolicy(BaseRateLimiter[None]):
    """Lets each request of the bot pass when it may, and again when it must.

    `sleep` and `chance` (0 to 1) are the clock and the dice; tests bring their own.
    """

    def __init__(
        self,
        limits: Limits = Limits(),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._limits = limits
        self._sleep = sleep
        self._chance = chance
        self._begin()

    async def initialize(self) -> None:
        """Begins anew: limiters belong to one event loop."""
        self._begin()

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def process_request(  # noqa: PLR0913, PLR0917 - the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002 - nobody asks for an exception
    ) -> Result:
        """What Telegram answers in the end. Raises TelegramError when it is not to be sent again."""
        failures: list[TelegramError] = []
        while True:
            try:
                async with AsyncExitStack() as turn:
                    if endpoint in _MESSAGES:
                        await self._wait_for_limits(data["chat_id"])
                    await turn.enter_async_context(self._at_once)
                    return await callback(*args, **kwargs)
            except ChatMigrated as error:
                if any(isinstance(each, ChatMigrated) for each in failures):
                    raise
                failures.append(error)
                data["chat_id"] = error.new_chat_id  # the same dictionary is in `args`
            except TelegramError as error:
                failures.append(error)
                pause = self._pause(error, failures) if endpoint in _REPEATED else told_pause(error)
                if pause is None:
                    raise
                await self._sleep(pause)

    def _begin(self) -> None:
        self._overall = AsyncLimiter(self._limits.a_second, 1)
        self._chats: dict[int | str, tuple[AsyncLimiter, ...]] = {}
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def _wait_for_limits(self, chat: int | str) -> None:
        for limiter in (*self._limiters(chat), self._overall):
            await limiter.acquire()

    def _limiters(self, chat: int | str) -> tuple[AsyncLimiter, ...]:
        """Those of one chat. A group has a negative number, a channel a name."""
        if len(self._chats) > MOST_LIMITERS:
            busy = {c: found for c, found in self._chats.items() if not all(map(_is_quiet, found))}
            self._chats = busy
        if chat not in self._chats:
            own = AsyncLimiter(self._limits.in_a_row, self._limits.in_a_row)
            is_group = isinstance(chat, str) or chat < 0
            self._chats[chat] = (own, AsyncLimiter(self._limits.a_minute, 60)) if is_group else (own,)
        return self._chats[chat]

    def _pause(self, error: TelegramError, failures: list[TelegramError]) -> float | None:
        """Seconds to wait before it is sent again, or None when it is not."""
        told = told_pause(error)
        if told is not None or isinstance(error, _REFUSED) or not isinstance(error, NetworkError):
            return told
        if is_uncertain(error) and sum(map(is_uncertain, failures)) > 1:
            return None
        growing: float = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(len(failures) - 1, 8))
        return growing * (0.75 + self._chance() / 2)  # so that many do not come back at the same moment


def told_pause(error: TelegramError) -> float | None:
    """The seconds that Telegram told us to wait, and a little more; None when it did not."""
    if not isinstance(error, RetryAfter):
        return None
    seconds = error.retry_after
    return 0.1 + (seconds if isinstance(seconds, int) else seconds.total_seconds())


def is_uncertain(error: TelegramError) -> bool:
    """Whether the message may have arrived though no answer came: the line broke behind it.

    The library keeps what its HTTP client said as the cause. Without one Telegram itself has answered
    (5xx), and did not take the message.
    """
    cause = error.__cause__
    return isinstance(cause, httpx.HTTPError) and not isinstance(cause, _NOT_SENT)


def _is_quiet(limiter: AsyncLimiter) -> bool:
    return limiter.has_capacity(limiter.max_rate)
