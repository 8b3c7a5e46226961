"""Updates that are not answered yet, on disk, so that a bot which is killed answers them after the next start.

An update is written before its sender is told that it was received. Its text is deleted when the answer is out, and
is in no file any more as soon as nothing waits; its number stays for a day, so that the same update is not answered
twice. A failing disk never stops an answer: the operator is notified once, and the bot goes on without this guarantee.
"""

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.storage.database import ForeignFileError, close, empty_wal, file_at
from bot.storage.inbox_file import open_inbox

KEEP_NUMBERS = 24 * 3600.0
"""Seconds, after which Telegram sends no update again (https://core.telegram.org/bots/api#getting-updates)."""

MOST_TRIES = 30
"""Deaths of the process (a stop in good order is none) after which an update that still waits is given up, since it may
be what kills the bot. Not fewer, because one that Telegram lets wait (a busy group, a 429) may see many that are not
its fault: with 3, two of 10,000 were given up under a kill every five seconds."""

_TIDY_EVERY = 3600.0
"""Seconds between two deletions of old numbers."""

_EMPTY_EVERY = 1.0
"""Seconds between two times that `-wal` is emptied while messages wait; when none waits, it is emptied at once. That
costs 0.4 ms, and 3 flushes of a slow disk, so under load it is not done with every answer (0.2 ms)."""

_MOST_OWED = 10_000
"""Answers that are remembered while the disk fails, to be written when it works again: a day of a busy bot."""


class Inbox:
    """Updates by number (any integer that grows with time), each with a text of any form.

    >>> from tempfile import mkdtemp
    >>> inbox = Inbox(Path(mkdtemp(), "inbox.sqlite3"), notify=print)
    >>> inbox.keep(7, "why did yandex leave?"), inbox.keep(7, "the same once more")
    (True, False)
    >>> inbox.waiting()
    ((7, 'why did yandex leave?'),)
    >>> inbox.answered(7)
    >>> inbox.waiting(), inbox.keep(7, "after a day it would be new")
    ((), False)

    No method raises because of the disk; `notify` gets one sentence when it fails, and one when it works again. Then,
    and where somebody has deleted or replaced the file, what is `in_hand` is written anew.

    in_hand   what this process has received and not answered
    is_taken  whether `waiting` has read what an earlier process left
    """

    def __init__(
        self, path: Path, notify: Callable[[str], None], now: Callable[[], float] = time.time, bot: int = 0
    ) -> None:
        """`bot` is its number, since it cannot answer what waits for another one; 0 reads what there is."""
        self.in_hand: dict[int, str] = {}
        self.is_taken = False
        self._path = path
        self._notify = notify
        self._now = now
        self._bot = bot
        self._works = True
        self._tidied = self._emptied = now()
        self._owed: deque[int] = deque(maxlen=_MOST_OWED)
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        with self._failures_reported():
            self._open()

    def keep(self, number: int, text: str) -> bool:
        """Whether the update is new. It is on disk when this returns, unless the disk fails."""
        is_new = True  # also when the disk fails
        with self._failures_reported():
            with self._open() as connection:
                found = connection.execute(
                    "INSERT OR IGNORE INTO inbox (number, text) SELECT :number, :text"
                    " WHERE NOT EXISTS (SELECT 1 FROM answered WHERE number = :number)",
                    {"number": number, "text": text},
                )
            is_new = found.rowcount > 0
            self._report_success()
        if is_new:
            self.in_hand[number] = text
        return is_new

    def answered(self, number: int) -> None:
        """The answer is out: deletes the text, also of those for which the disk failed, and keeps the number."""
        self._owed.append(number)
        self.in_hand.pop(number, None)
        now = self._now()
        with self._failures_reported():
            with self._open() as connection:
                _delete(connection, self._owed, now)
                if not 0 <= now - self._tidied <= _TIDY_EVERY:  # the clock may be set back
                    self._tidied = now
                    connection.execute("DELETE FROM answered WHERE time < ?", (now - KEEP_NUMBERS,))
                nothing_waits = not connection.execute("SELECT EXISTS (SELECT 1 FROM inbox)").fetchone()[0]
            self._owed.clear()
            if nothing_waits or not 0 <= now - self._emptied <= _EMPTY_EVERY:
                self._emptied = now
                empty_wal(connection)

    def waiting(self) -> tuple[tuple[int, str], ...]:
        """What is still to be answered, oldest first. Each call counts as a try, until `close`: see MOST_TRIES."""
        with self._failures_reported():
            with self._open() as connection:
                connection.execute("UPDATE inbox SET tries = tries + 1")
                too_often = connection.execute("SELECT number FROM inbox WHERE tries > ?", (MOST_TRIES,))
                given_up = [number for (number,) in too_often]
                _delete(connection, given_up, self._now())
                found = tuple(connection.execute("SELECT number, text FROM inbox ORDER BY number").fetchall())
            if given_up:
                self._notify(
                    f"Given up {len(given_up)} messages at which the bot has died {MOST_TRIES} times."
                )
            self.is_taken = True
            self.in_hand.update(found)
            self._report_success()
            return found
        return ()

    def close(self) -> None:
        """Closes the file. What waits, waits for the next start; the process did not die of it."""
        if self._connection is not None and self.is_taken:
            with suppress(sqlite3.Error), self._connection:
                self._connection.execute("UPDATE inbox SET tries = tries - 1 WHERE tries > 0")
        self.is_taken = False
        self._let_go()

    def _let_go(self) -> None:
        close(self._connection, self._path)
        self._connection = None

    @contextmanager
    def _failures_reported(self) -> Iterator[None]:
        """Where the disk fails, the block is left, and what stands behind it goes on."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            self._let_go()  # the next attempt opens it anew, and sets it aside if it is corrupt
            if self._works:
                self._works = False
                self._notify(_complaint(self._path, error))

    def _report_success(self) -> None:
        """When a message could be kept. On a full disk those that are answered can still be deleted."""
        if not self._works:
            self._works = True
            self._notify(f"The inbox {self._path} works again.")

    def _open(self) -> sqlite3.Connection:
        """A connection to the file that is there now, which holds what is in hand."""
        if self._connection is not None and file_at(self._path) != self._file:
            self._let_go()
        if self._connection is None:
            self._connection = open_inbox(self._path, self._bot, self._now(), self._notify)
            self._file = file_at(self._path)
            with self._connection as connection:
                rows = self.in_hand.items()
                connection.executemany("INSERT OR IGNORE INTO inbox (number, text) VALUES (?, ?)", rows)
                _delete(connection, self._owed, self._now())
        return self._connection


def _delete(connection: sqlite3.Connection, numbers: Iterable[int], now: float) -> None:
    """Deletes the texts; the numbers stay."""
    for number in numbers:
        connection.execute("INSERT OR REPLACE INTO answered (number, time) VALUES (?, ?)", (number, now))
        connection.execute("DELETE FROM inbox WHERE number = ?", (number,))


def _complaint(path: Path, error: Exception) -> str:
    fix = "free some space, or make the folder writable"
    if isinstance(error, ForeignFileError):
        fix = "move it away, or name another file (INBOX)"
    if "locked" in str(error):
        fix = "another process uses it; give each one a file of its own (INBOX)"
    return (
        f"The inbox {path} cannot be used ({error}): {fix}. Answering goes on, but messages that are being "
        "answered when the process is killed may be lost."
    )
