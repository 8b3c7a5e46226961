"""What the operator learns about the running bot, in the owner's chat.

These lines are plain English like the log, and not in `wording`, which is for visitors. They hold no word and no
name of a visitor, only kinds and numbers.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable

from telegram import Bot as TelegramBot
from telegram.error import TelegramError

from bot import __version__
from bot.telegram_app.responses import is_refused, words_of

PAUSE = 60.0
"""Seconds between two reports: an error that meets everybody must not fill the owner's chat."""

OWNER_REFUSED = (
    'The bot cannot write to OWNER_CHAT_ID %s ("%s"): open the chat with the bot in Telegram and press Start, or '
    "correct the number (@userinfobot shows it)."
)

_LOG = logging.getLogger(__name__)


class Operator:
    """The owner's chat, and the counts for /status. Without a chat (None) nothing is sent, and no method raises.

    about     what was loaded at the start
    checksum  that of the source
    waiting   gives the number of updates that are not answered yet
    now       gives seconds that only grow
    """

    def __init__(
        self,
        chat: int | None,
        about: str,
        checksum: str,
        waiting: Callable[[], int],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._chat = chat
        self._about = about
        self._checksum = checksum
        self._waiting = waiting
        self._now = now
        self._started = now()
        self._served: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        self._unsent: Counter[str] = Counter()
        self._reported = float("-inf")
        self._refused = False

    def writes_in(self, chat: int) -> bool:
        return chat == self._chat

    def count(self, kind: str) -> None:
        self._served[kind] += 1

    async def report_start(self, api: TelegramBot) -> None:
        await self.notify(api, f"Started. {self._about}.")

    async def report_error(self, api: TelegramBot, what: str, update: object) -> None:
        """Sends what went wrong and the number of the update. Errors within a minute of a report are sent with the
        next one, equal ones counted."""
        self._errors[what] += 1
        self._unsent[what] += 1
        if self._now() - self._reported < PAUSE:
            return
        self._reported = self._now()
        lines = [f"{place} ({times} times)" if times > 1 else place for place, times in self._unsent.items()]
        self._unsent.clear()
        await self.notify(api, f"Failed: {', '.join(lines)}; update {update}.")

    def status(self) -> str:
        served = ", ".join(
            f"{kind.replace('_', ' ')} {number}" for kind, number in self._served.most_common()
        )
        errors = "; ".join(f"{place} {number}" for place, number in self._errors.most_common(5))
        return "\n".join(
            (
                f"Up {_span(self._now() - self._started)}, version {__version__}.",
                f"Served: {served or 'nobody yet'}.",
                f"Waiting: {self._waiting()}.",
                f"Errors: {errors or 'none'}.",
                f"Loaded at the start: {self._about}.",
                f"Its source: sha256 {self._checksum}.",
            )
        )

    async def notify(self, api: TelegramBot, text: str) -> None:
        """Sends `text` to the owner's chat; a failure is logged, a chat that cannot be written to once."""
        if self._chat is None:
            return
        try:
            await asyncio.wait_for(api.send_message(self._chat, text), PAUSE)
        except TimeoutError:
            _LOG.warning("the owner could not be notified within %.0f s", PAUSE)
        except TelegramError as error:
            if not is_refused(error):
                _LOG.warning("the owner could not be notified: %s", words_of(error))
            elif not self._refused:
                self._refused = True
                _LOG.warning(OWNER_REFUSED, self._chat, words_of(error))


def _span(seconds: float) -> str:
    """Days and hours, hours and minutes, or minutes.

    >>> _span(59), _span(3 * 3600 + 61), _span(100 * 3600)
    ('0 min', '3 h 1 min', '4 d 4 h')
    """
    minutes = int(seconds // 60)
    hours, days = minutes // 60, minutes // 1440
    if days:
        return f"{days} d {hours % 24} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"
