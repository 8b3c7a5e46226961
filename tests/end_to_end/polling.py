"""getUpdates: offsets, long polls, conflicts.

An update is confirmed by a later call with a higher offset, and by nothing else; so nothing is lost when the answer
to a poll does not arrive. As in the real server (`Client::do_get_updates`), a new poll that finds nothing
ends the one that waits, with 409.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from tests.end_to_end.rules import Parameters, Refusal, decoded, number_of
from tests.end_to_end.state import State
from tests.end_to_end.updates import Json

MOST_UPDATES = 100
LONGEST_POLL = 50.0
"""Seconds; Telegram cuts longer ones."""

SAME_OFFSET, AT_ONCE = 3.0, 0.5
"""A poll with the same offset within 3 s waits at least 3 s for updates; within 0.5 s it gets one update only. Telegram
does so against clients that never confirm."""

CONFLICT_PAUSE = 3.0
"""At most one 409 in so many seconds is answered at once; the others wait as long."""

OTHER_POLL = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
OTHER_WEBHOOK = "Conflict: terminated by setWebhook request"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class Polling:
    """The polls of one bot; lives in the server's loop. `sleep` waits so many seconds."""

    def __init__(self, state: State, sleep: Callable[[float], Any] = asyncio.sleep) -> None:
        self._state, self._sleep = state, sleep
        self._news = asyncio.Event()
        self._waiting: asyncio.Future[str] | None = None
        self._offset, self._began = -1, float("-inf")
        self._next_conflict = float("-inf")

    def wake(self) -> None:
        """Something may have changed."""
        self._news.set()

    async def get_updates(self, parameters: Parameters) -> list[Json]:
        """The oldest updates from the offset on; waits for some up to the timeout. Raises Refusal (409)."""
        if self._state.webhook_url:
            raise Refusal(409, WEBHOOK_ACTIVE)
        if "allowed_updates" in parameters:
            self._state.updates.allow(decoded(parameters, "allowed_updates", list))
        offset, limit, timeout = self._wanted(parameters)
        self._confirm(offset)
        found = self._state.updates.first(limit)
        if not found and timeout:
            await self._news_or_conflict(timeout)
            found = self._state.updates.first(limit)
        return [update.content for update in found]

    def end_waiting(self, reason: str) -> None:
        """The poll that waits is refused with 409."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(reason)

    def _wanted(self, parameters: Parameters) -> tuple[int, int, float]:
        offset = number_of(parameters, "offset") or 0
        limit = min(MOST_UPDATES, max(1, number_of(parameters, "limit") or MOST_UPDATES))
        timeout = min(LONGEST_POLL, float(number_of(parameters, "timeout") or 0))
        now = self._state.clock()
        if offset == self._offset:
            timeout = max(timeout, SAME_OFFSET) if now < self._began + SAME_OFFSET else timeout
            limit = 1 if now < self._began + AT_ONCE else limit
        self._offset, self._began = offset, now
        return offset, limit, timeout

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._state.updates.confirm_all_but(-offset)
        else:
            self._state.updates.confirm_below(offset)

    async def _news_or_conflict(self, timeout: float) -> None:
        """Returns when there are updates or the time is over; raises Refusal for the next poll's sake."""
        self.end_waiting(OTHER_POLL)
        mine: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting = mine
        end = asyncio.get_running_loop().time() + timeout
        while not mine.done() and not len(self._state.updates):
            self._news.clear()
            left = end - asyncio.get_running_loop().time()
            if left <= 0:
                return
            news = asyncio.ensure_future(self._news.wait())
            waiting: set[asyncio.Future[Any]] = {news, mine}
            await asyncio.wait(waiting, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
        if mine.done():
            await self._pause_between_conflicts()
            raise Refusal(409, mine.result())

    async def _pause_between_conflicts(self) -> None:
        now = self._state.clock()
        if now < self._next_conflict:
            await self._sleep(CONFLICT_PAUSE)
        else:
            self._next_conflict = now + CONFLICT_PAUSE
