"""What the owner of the bot hears, and may ask: that it started, what failed, how it is.

Rule: no word and no name of a visitor is in it, only kinds and numbers; and nothing here can make an answer
fail. The owner is an operator, so these lines are plain English like the log, and not in `wording`, which is
for visitors.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable

from telegram import Bot as TelegramBot
from telegram.error import TelegramError

from bot import __version__
from bot.telegram_app.logs import place_of

PAUSE = 60.0
"""Seconds between two reports: a fault that meets everybody must not fill the owner's chat."""

LAST = 5
"""Kinds of errors that /status lists."""

_LOG = logging.getLogger(__name__)


class Owner:
    """One chat that is told of things; without one (None) all is counted, and nothing is sent.

    `now` gives seconds that only grow, `about` is the start line, `checksum` that of the source.
    """

    def __init__(
        self, chat: int | None, about: str, checksum: str, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._chat = chat
        self._about = about
        self._checksum = checksum
        self._now = now
        self._started = now()
        self._served: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        self._unsent: Counter[str] = Counter()
        self._reported = float("-inf")

    def is_here(self, chat: int) -> bool:
        """Whether that is the owner's chat."""
        return chat == self._chat

    def count(self, kind: str) -> None:
        """A reply of that kind was given."""
        self._served[kind] += 1

    async def hello(self, api: TelegramBot) -> None:
        """Says that the bot has started."""
        await self.say(api, f"Started. {self._about}.")

    async def report(self, api: TelegramBot, error: BaseException, update: object) -> None:
        """Tells of an error: its kind, its place, the number of the update. Equal ones are gathered, and what
        comes within a minute is told with the next report."""
        self._errors[place_of(error)] += 1
        self._unsent[place_of(error)] += 1
        if self._now() - self._reported < PAUSE:
            return
        self._reported = self._now()
        lines = [f"{place} ({times} times)" if times > 1 else place for place, times in self._unsent.items()]
        self._unsent.clear()
        await self.say(api, f"Failed: {', '.join(lines)}; update {update}.")

    def status(self, waiting: int) -> str:
        """How the bot is, in a few lines. `waiting` are the updates that are not answered yet."""
        served = ", ".join(
            f"{kind.replace('_', ' ')} {number}" for kind, number in self._served.most_common()
        )
        errors = "; ".join(f"{place} {number}" for place, number in self._errors.most_common(LAST))
        return "\n".join(
            (
                f"Up {_span(self._now() - self._started)}, version {__version__}.",
                f"Served: {served or 'nobody yet'}.",
                f"Waiting: {waiting}.",
                f"Errors: {errors or 'none'}.",
                f"Loaded at the start: {self._about}.",
                f"Its source: sha256 {self._checksum}.",
            )
        )

    async def say(self, api: TelegramBot, text: str) -> None:
        """Tells something else; nothing without an owner, and never an error."""
        if self._chat is None:
            return
        try:
            await asyncio.wait_for(api.send_message(self._chat, text), PAUSE)
        except (TelegramError, TimeoutError) as error:
            _LOG.warning("the owner could not be told: %s", place_of(error))


def _span(seconds: float) -> str:
    """A span of time as people say it.

    >>> _span(59), _span(3 * 3600 + 61), _span(100 * 3600)
    ('0 min', '3 h 1 min', '4 d 4 h')
    """
    minutes = int(seconds // 60)
    hours, days = minutes // 60, minutes // 1440
    if days:
        return f"{days} d {hours % 24} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"
