"""What the operator reads on standard error: sentences, and a log without token and stack traces."""

import logging
import sys
import traceback
from collections.abc import Iterable
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
