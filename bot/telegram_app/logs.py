"""What the operator reads on standard error: sentences, and a log without token and stack traces."""

import logging
import sys
import traceback
from pathlib import Path

from bot.settings import HIDDEN, Secret

_LEVELS = {
    "httpx": logging.WARNING,  # at INFO it logs each address, and the token is part of it
    "httpcore": logging.WARNING,
    # What these say about a failed poll is reported by the `Connection`, once and in plain words.
    "telegram.ext": logging.CRITICAL,
    "telegram.ext.Updater": logging.CRITICAL,
    "telegram.ext.Application": logging.WARNING,
}


def notify(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


class PlainRecords(logging.Filter):
    """Hides the token in every record, and puts one line in place of a stack trace.

    It belongs on the handlers: a filter on a logger does not see the records of other libraries.
    """

    def __init__(self, token: Secret | None) -> None:
        super().__init__()
        self._token = token

    def filter(self, record: logging.LogRecord) -> bool:
        """Changes the record. Always true."""
        try:
            text = record.getMessage()
        except (TypeError, ValueError):  # the arguments do not fit the record's text
            text = str(record.msg)
        if record.exc_info and record.exc_info[1]:
            text += f" ({place_of(record.exc_info[1])})"
        record.msg = text.replace(self._token.reveal(), HIDDEN) if self._token else text
        record.args = ()
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def set_up_logging(token: Secret | None) -> None:
    """Warnings and errors go to standard error, unless the process already has handlers of its own."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.WARNING)
    for name, level in _LEVELS.items():
        logging.getLogger(name).setLevel(level)
    for handler in logging.getLogger().handlers:
        handler.addFilter(PlainRecords(token))


def place_of(error: BaseException) -> str:
    """The kind of an exception and where it was raised, without its text, which may hold what a visitor wrote.

    >>> place_of(KeyError("secret"))
    'KeyError'
    """
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + where
