"""What the operator learns about the running bot: in the owner's chat, and on standard error.

These lines are plain English, and not in `wording`, which is for visitors. They hold no token, no stack trace, and no
word and no name of a visitor, only kinds and numbers.
"""

import asyncio
import logging
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from telegram import Bot as TelegramBot
from telegram.error import TelegramError

from bot import __version__
from bot.settings import HIDDEN, Secret
from bot.telegram_app.responses import is_refused, words_of

PAUSE = 60.0
"""Seconds between two reports: an error that meets everybody must not fill the owner's chat."""

OWNER_REFUSED = (
    'The bot cannot write to OWNER_CHAT_ID %s ("%s"): open the chat with the bot in Telegram and press Start, or '
    "correct the number (@userinfobot shows it)."
)

_LOG = logging.getLogger(__name__)

_LEVELS = {
    "httpx": logging.WARNING,  # at INFO it logs each address, and the token is part of it
    "httpcore": logging.WARNING,
    # What these say about a failed poll is reported by the `Connection`, once and in plain words.
    "telegram.ext": logging.CRITICAL,
    "telegram.ext.Application": logging.WARNING,
}


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
        self.chat = chat
        self.served: Counter[str] = Counter()
        self._about = about
        self._checksum = checksum
        self._waiting = waiting
        self._now = now
        self._started = now()
        self._errors: Counter[str] = Counter()
        self._unsent: Counter[str] = Counter()
        self._reported = float("-inf")
        self._refused = False

    async def report_start(self, api: TelegramBot) -> None:
        await self.notify(api, f"Started. {self._about}.")

    async def report_error(self, api: TelegramBot, what: str, update: object) -> None:
        """Sends what went wrong. Errors within a minute of a report are sent with the next one, equal ones counted."""
        self._errors[what] += 1
        self._unsent[what] += 1
        if self._now() - self._reported < PAUSE:
            return
        self._reported = self._now()
        lines = [f"{place} ({times} times)" if times > 1 else place for place, times in self._unsent.items()]
        self._unsent.clear()
        await self.notify(api, f"Failed: {', '.join(lines)}; update {update}.")

    def status(self) -> str:
        served = ", ".join(f"{kind.replace('_', ' ')} {times}" for kind, times in self.served.most_common())
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
        if self.chat is None:
            return
        try:
            await asyncio.wait_for(api.send_message(self.chat, text), PAUSE)
        except TimeoutError:
            _LOG.warning("the owner could not be notified within %.0f s", PAUSE)
        except TelegramError as error:
            if not is_refused(error):
                _LOG.warning("the owner could not be notified: %s", words_of(error))
            elif not self._refused:
                self._refused = True
                _LOG.warning(OWNER_REFUSED, self.chat, words_of(error))


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


def notify(sentence: str, stream: TextIO | None = None) -> None:
    """On standard error, or where it is wanted. A full disk or a closed pipe there does not stop the answers."""
    with suppress(OSError):
        print(sentence, file=stream or sys.stderr, flush=True)


class PlainRecords(logging.Filter):
    """Makes one line of every record, without secrets, without a stack trace, and without what a visitor wrote.

    What this project logs holds kinds and numbers. A library may log a whole answer of Telegram, or a text of an
    exception; of its records only the constant part remains, and where there is none, the place in its code.
    It belongs on the handlers: a filter on a logger does not see the records of other libraries.
    """

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        super().__init__()
        self._secrets = [each.reveal() for each in secrets if each.reveal()]

    def filter(self, record: logging.LogRecord) -> bool:
        """Changes the record. Always true."""
        text = _own_text(record) if record.name.partition(".")[0] == "bot" else _constant_part(record)
        if record.exc_info and record.exc_info[1]:
            text += f" ({place_of(record.exc_info[1])})"
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        record.msg = "".join(each if each.isprintable() else " " for each in text)
        record.args = ()
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def _own_text(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):  # the arguments do not fit the record's text
        return str(record.msg)


def _constant_part(record: logging.LogRecord) -> str:
    """The text before arguments are put in. One without arguments may hold them already."""
    said = f": {record.msg}" if record.args else ""
    return f"{record.name} at {record.filename}:{record.lineno}{said}"


def set_up_logging(*secrets: Secret) -> None:
    """Warnings and errors go to standard error, unless the process already has handlers of its own."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.WARNING)
    for name, level in _LEVELS.items():
        logging.getLogger(name).setLevel(level)
    for handler in logging.getLogger().handlers:
        handler.addFilter(PlainRecords(secrets))


def place_of(error: BaseException) -> str:
    """The kind of an exception and where it was raised, without its text, which may hold what a visitor wrote.

    >>> place_of(KeyError("secret"))
    'KeyError'
    """
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + where
