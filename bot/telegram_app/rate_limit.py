"""How much is sent at once, and what is sent again.

Telegram's limits are kept before it has to refuse (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-
how-do-i-avoid-this), and a chat that waits does not hold up another one. What Telegram has refused is over; what did
not arrive is sent again, for a day; what may have arrived too, but seldom, since each time may be a second copy.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.error import ChatMigrated, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.telegram_app.responses import is_refused, is_uncertain

AT_ONCE = 24
"""Requests at the same time. Above 32 the connection pool of httpcore takes more time than it saves (measured: 48 at
once three times as much, 64 six times); and after a kill, what was not confirmed yet is sent a second time."""

MOST_LIMITERS = 1000
"""Chats whose limits are remembered; of more, those that have been quiet are forgotten."""

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds before something is sent again; each pause is about twice as long as the one before."""

LONGEST_UNCERTAIN_PAUSE = 3600.0
"""Seconds before something is sent again that may have arrived; each pause is eight times as long as the one before. So
half a minute of broken connections costs at most three copies, and a broken day some thirty."""

MOST_AGE = 24 * 3600.0
"""Seconds of pauses after which a message is given up. Telegram keeps for as long what a bot does not fetch."""

_REPEATED = frozenset({"sendMessage", "editMessageText", "deleteMessage"})
"""What somebody waits for, however long it takes. Other methods are called once: an answer to a button expires, and
the calls at the start are repeated by their callers."""

Result = bool | dict[str, Any] | list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages that Telegram accepts.

    a_second   in all chats together
    in_a_row   to one chat: one a second in the long run, but so many at once that a reply in two pieces, or to
               two quick questions, does not wait; Telegram allows short bursts
    a_minute   to one group
    """

    a_second: int = 30
    in_a_row: int = 4
    a_minute: int = 20


class SendingPolicy(BaseRateLimiter[None]):
    """Sends each request when the limits allow it, and again when it did not arrive.

    Tests replace `sleep` and `chance` (a random number from 0 to 1).
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
        """Starts with new limiters: they belong to one event loop."""
        self._begin()

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def process_request(  # noqa: PLR0913, PLR0917 - the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002 - we use no exceptions
    ) -> Result:
        """Telegram's answer in the end. Raises TelegramError when the request is not to be sent again."""
        failures: list[TelegramError] = []
        waited = 0.0
        while True:
            try:
                if endpoint == "sendMessage":  # answers to buttons and edits do not count
                    for limiter in (*self._limiters(data["chat_id"]), self._overall):
                        await limiter.acquire()
                async with self._at_once:
                    if self._ended:
                        raise asyncio.CancelledError
                    return await callback(*args, **kwargs)
            except ChatMigrated as error:
                if any(isinstance(each, ChatMigrated) for each in failures):
                    raise
                failures.append(error)
                data["chat_id"] = error.new_chat_id  # the same dictionary is in `args`
            except TelegramError as error:
                failures.append(error)
                pause = self._pause(error, failures) if endpoint in _REPEATED else None
                if pause is None or waited > MOST_AGE:
                    raise
                await self._sleep(pause)
                waited += pause

    async def end(self, patience: float) -> None:
        """Begins no more requests, and waits so many seconds for the answers to those that are under way: one that is
        cut off is sent a second time after the next start."""
        self._ended = True
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                for _ in range(AT_ONCE):
                    await self._at_once.acquire()

    def _begin(self) -> None:
        self._ended = False
        self._overall = AsyncLimiter(self._limits.a_second, 1)
        self._chats: dict[int | str, tuple[AsyncLimiter, ...]] = {}
        self._at_once = asyncio.Semaphore(AT_ONCE)

    def _limiters(self, chat: int | str) -> tuple[AsyncLimiter, ...]:
        """Those of one chat. A group has a negative number, a channel a name."""
        if len(self._chats) > MOST_LIMITERS:
            self._chats = {c: found for c, found in self._chats.items() if not all(map(_is_quiet, found))}
        if chat not in self._chats:
            own = AsyncLimiter(self._limits.in_a_row, self._limits.in_a_row)
            is_group = isinstance(chat, str) or chat < 0
            self._chats[chat] = (own, AsyncLimiter(self._limits.a_minute, 60)) if is_group else (own,)
        return self._chats[chat]

    def _pause(self, error: TelegramError, failures: list[TelegramError]) -> float | None:
        """Seconds to wait before it is sent again, or None when it is not."""
        requested = requested_pause(error)
        if requested is not None:
            return requested
        if is_refused(error) or not isinstance(error, (NetworkError, InvalidToken)):
            return None  # a new token may come, and until then the message waits
        growing: float = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(len(failures) - 1, 8))
        if is_uncertain(error):
            tries = sum(map(is_uncertain, failures))
            growing = max(growing, min(LONGEST_UNCERTAIN_PAUSE, FIRST_PAUSE * 8.0 ** min(tries - 1, 8)))
        return growing * (0.75 + self._chance() / 2)  # so that many are not sent again at the same moment


def requested_pause(error: TelegramError) -> float | None:
    """The seconds that Telegram asks us to wait, and a little more; None when it does not."""
    if not isinstance(error, RetryAfter):
        return None
    seconds = error.retry_after
    return 0.1 + (seconds if isinstance(seconds, int) else seconds.total_seconds())


def _is_quiet(limiter: AsyncLimiter) -> bool:
    return limiter.has_capacity(limiter.max_rate)
