"""What waits for the bot, for how long, and which kinds it wants.

An update stays until it is confirmed or has expired.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

Json = dict[str, Any]

A_DAY = 24 * 3600.0
LIFETIMES = {"callback_query": 150.0, "inline_query": 30.0, "chosen_inline_result": 600.0}
"""Seconds that Telegram keeps an update; every other kind is kept for a day."""

ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that come only to a bot that names them in allowed_updates."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One update. `line` is the chat (or, without one, the person) within which order is kept."""

    id: int
    line: int
    content: Json
    expires: float


class Updates:
    """The updates of one bot, oldest first. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.allowed: frozenset[str] = frozenset()
        self.listeners: list[Callable[[Waiting], None]] = []
        self.expired = 0
        self._clock = clock
        self._waiting: OrderedDict[int, Waiting] = OrderedDict()
        self._number = 500_000_000

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, kind: str, content: Json, line: int) -> None:
        """A new update of that kind, unless the bot does not want such."""
        if self.wants(kind):
            self.add_raw({kind: content}, line, LIFETIMES.get(kind, A_DAY))

    def add_raw(self, content: Json, line: int, lifetime: float = A_DAY) -> None:
        """A new update of any content, also of one that no client can read."""
        self._number += 1
        update = Waiting(self._number, line, {"update_id": self._number, **content}, self._clock() + lifetime)
        self._waiting[update.id] = update
        for listener in self.listeners:
            listener(update)

    def wants(self, kind: str) -> bool:
        """Whether the bot gets updates of that kind: those named, or all but a few when none is named."""
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST

    def allow(self, kinds: Iterable[str]) -> None:
        """The kinds wanted from now on; what waits already stays. None at all: the usual ones."""
        self.allowed = frozenset(kinds)

    def confirm_below(self, number: int) -> None:
        """Removes all updates with a smaller number."""
        while self._waiting and next(iter(self._waiting)) < number:
            self._waiting.popitem(last=False)

    def confirm(self, number: int) -> None:
        """Removes one update."""
        self._waiting.pop(number, None)

    def confirm_all_but(self, newest: int) -> None:
        """Removes all but the `newest` last ones."""
        while len(self._waiting) > newest:
            self._waiting.popitem(last=False)

    def first(self, most: int) -> list[Waiting]:
        """The oldest updates, at most so many; what has expired is gone for good."""
        now = self._clock()
        self._forget_expired(now, most)
        return list(islice(self._waiting.values(), most))

    def all(self) -> list[Waiting]:
        """Everything that waits and has not expired."""
        return self.first(len(self._waiting))

    def _forget_expired(self, now: float, most: int) -> None:
        """Checks the oldest ones only; the others are checked when they are the oldest."""
        for update in list(islice(self._waiting.values(), most)):
            if update.expires < now:
                self.expired += 1
                self.confirm(update.id)
