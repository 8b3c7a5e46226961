"""What the operator reads in the log: no token, and no stack trace.

Rule: a record says in one line what happened and where. The filter sits on the handlers, behind all
loggers, so that no library can go around it.
"""

import logging
import traceback
from pathlib import Path

from bot.settings import HIDDEN, Secret

_FORMAT = "%(asctime)s %(levelname)s %(message)s"

_QUIET = {
    "httpx": logging.WARNING,  # at INFO it prints each address, and the token is part of it
    "httpcore": logging.WARNING,
    # What these say about a failed poll is told by the `Connection`, in plain words and once.
    "telegram.ext": logging.CRITICAL,
    "telegram.ext.Updater": logging.CRITICAL,
    "telegram.ext.Application": logging.WARNING,
}


class PlainRecords(logging.Filter):
    """Hides the token in every record, and puts one line in the place of a stack trace."""

    def __init__(self, token: Secret | None) -> None:
        super().__init__()
        self._token = token

    def filter(self, record: logging.LogRecord) -> bool:
        """Changes the record, and lets it pass."""
        try:
            text = record.getMessage()
        except (TypeError, ValueError):  # a record that does not fit its arguments stops no program
            text = str(record.msg)
        record.msg = self._hidden(text)
        record.args = ()
        if record.exc_info and record.exc_info[1]:
            record.msg += f" ({place_of(record.exc_info[1])})"
        record.exc_info = record.exc_text = record.stack_info = None
        return True

    def _hidden(self, text: str) -> str:
        return text.replace(self._token.reveal(), HIDDEN) if self._token else text


def set_up_logging(token: Secret | None) -> None:
    """Warnings and errors go to standard error, unless the process has its own handlers already."""
    logging.basicConfig(format=_FORMAT, level=logging.WARNING)
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(level)
    for handler in logging.getLogger().handlers:
        handler.addFilter(PlainRecords(token))


def place_of(error: BaseException) -> str:
    """The kind of an exception and where it was raised; its text may hold what a visitor wrote.

    >>> place_of(KeyError("secret"))
    'KeyError'
    """
    templates = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(templates[-1].filename).name}:{templates[-1].lineno}" if templates else ""
    return type(error).__name__ + where
