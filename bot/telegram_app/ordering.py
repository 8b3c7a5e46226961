"""One update at a time in a chat, chats side by side.

Rule: messages of one chat are answered in the order in which they were sent, and a chat that waits (for
a slow line, for Telegram's limits) keeps nobody else waiting.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

IN_FLIGHT = 4096
"""Updates begun at the same time, nearly all of them waiting. With a small number one chat that floods
would take all places (measured: another chat then waited 2.9 s, with this number 0.04 s). How many
messages are *sent* at once is another matter: that belongs to a rate limiter of the application."""


MOST_WAITING = 50
"""Updates of one chat that may wait. Nobody types as many before the first is answered; at Telegram's limit of
one message a second to a chat, the last of them is answered after nearly a minute."""


class PerChatProcessor(BaseUpdateProcessor):
    """Gives each chat a lock; waiting updates pass it first come, first served (`asyncio.Lock`).

    `answered` hears of each update that was handled to its end, though it failed for good. One that was
    broken off, as at a stop that could not wait any longer, is not answered. `too_many` says once that no
    more can be taken, when a chat has MOST_WAITING updates waiting; what comes beyond is not handled.
    """

    __slots__ = ("_answered", "_full", "_locks", "_too_many", "_waiting")

    def __init__(
        self,
        answered: Callable[[object], None],
        too_many: Callable[[Update], Awaitable[None]],
        in_flight: int = IN_FLIGHT,
    ) -> None:
        super().__init__(in_flight)
        self._answered = answered
        self._too_many = too_many
        self._waiting: Counter[int] = Counter()
        self._full: set[int] = set()
        # A lock lives as long as an update holds it or waits for it, so that quiet chats cost nothing.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Awaits `coroutine` when its turn in the chat has come."""
        place = _place_in_line(update)
        if self._waiting[place] >= MOST_WAITING:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # else it is reported as never awaited
            await self._refuse(update, place)
            return
        self._waiting[place] += 1
        try:
            async with self._locks.setdefault(place, asyncio.Lock()):
                await self._handle(update, coroutine)
        finally:
            self._waiting[place] -= 1
            if not self._waiting[place]:
                del self._waiting[place]
                self._full.discard(place)

    async def _handle(self, update: object, coroutine: Awaitable[Any]) -> None:
        try:
            await coroutine
        except Exception:
            self._answered(update)
            raise
        self._answered(update)

    async def _refuse(self, update: object, place: int) -> None:
        told = place in self._full
        self._full.add(place)
        try:
            if not told and isinstance(update, Update):
                await self._too_many(update)
        finally:
            self._answered(update)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""


def _place_in_line(update: object) -> int:
    """The number of the chat, of the person where there is none, or of the update, which stands alone."""
    if not isinstance(update, Update):
        return 0
    about = update.effective_chat or update.effective_user
    return about.id if about else -update.update_id
