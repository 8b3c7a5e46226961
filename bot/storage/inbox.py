"""Updates that are not answered yet, on disk, so that a bot which is killed answers them after the next start.

An update is written before its sender is told that it was received. Its text is deleted when the answer is out; its
number stays for a day, so that the same update is not answered twice. A failing disk never stops an answer: the
operator is notified once, and the bot goes on without this guarantee.
"""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")

KEEP_NUMBERS = 24 * 3600.0
"""Seconds. Telegram keeps updates no longer (https://core.telegram.org/bots/api#getting-updates), so that none can come
a second time after that."""

MOST_TRIES = 30
"""Starts after which an update that still waits is given up, since it may be what kills the bot. Not fewer, because one
that Telegram lets wait (a busy group, a 429) may see many stops that are not its fault: with 3, two of 10,000 were
given up under a kill every five seconds; a supervisor that waits five seconds gets over 30 in minutes."""

_TIDY_EVERY = 3600.0
"""Seconds between two deletions of old numbers."""

_SET_UP = """
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS inbox (
    number INTEGER PRIMARY KEY, text TEXT, tries INTEGER NOT NULL DEFAULT 0, answered REAL
);
"""
"""EXCLUSIVE: the file belongs to one process. FULL survives a power cut and costs 0.2 ms an update. With secure_delete
a deleted text is overwritten."""


class Inbox:
    """Updates by number (any integer that grows with time), each with a text of any form.

    >>> inbox = Inbox(Path(":memory:"), notify=print)
    >>> inbox.keep(7, "why did yandex leave?"), inbox.keep(7, "the same once more")
    (True, False)
    >>> inbox.waiting()
    ((7, 'why did yandex leave?'),)
    >>> inbox.answered(7)
    >>> inbox.waiting(), inbox.keep(7, "after a day it would be new")
    ((), False)

    No method raises because of the disk; `notify` gets one sentence when it fails, and one when it works again.
    """

    def __init__(
        self, path: Path, notify: Callable[[str], None], now: Callable[[], float] = time.time
    ) -> None:
        self._path = path
        self._notify = notify
        self._now = now
        self._works = True
        self._tidied = now()
        self._connection: sqlite3.Connection | None = None
        self._attempt(self._open)

    def keep(self, number: int, text: str) -> bool:
        """Whether the update is new. It is on disk when this returns, unless the disk fails."""
        kept = self._attempt(lambda: self._insert(number, text))
        return kept is None or kept

    def answered(self, number: int) -> None:
        """The answer is out: deletes the text and keeps the number for a while."""
        self._attempt(lambda: self._mark(number))

    def waiting(self) -> tuple[tuple[int, str], ...]:
        """What is still to be answered, oldest first. Each call counts as a try: see MOST_TRIES."""
        return self._attempt(self._take) or ()

    def close(self) -> None:
        """Closes the file. What waits, waits for the next start."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        try:
            return _set_up(self._path)
        except sqlite3.DatabaseError as error:
            if not _is_corrupt(error):
                raise
            aside = self._path.with_name(f"{self._path.name}.corrupt-{int(self._now())}")
            self._path.rename(aside)
            for left in ("-wal", "-shm"):  # belong to the old file; SQLite would take them for the new one's
                self._path.with_name(self._path.name + left).unlink(missing_ok=True)
            self._notify(f"The inbox {self._path} cannot be read any more; it was set aside as {aside.name}.")
            return _set_up(self._path)

    def _insert(self, number: int, text: str) -> bool:
        with self._open() as connection:
            found = connection.execute(
                "INSERT OR IGNORE INTO inbox (number, text) VALUES (?, ?)", (number, text)
            )
            return found.rowcount > 0

    def _mark(self, number: int) -> None:
        now = self._now()
        with self._open() as connection:
            connection.execute("UPDATE inbox SET text = NULL, answered = ? WHERE number = ?", (now, number))
            if now - self._tidied > _TIDY_EVERY:
                self._tidied = now
                connection.execute("DELETE FROM inbox WHERE answered < ?", (now - KEEP_NUMBERS,))

    def _take(self) -> tuple[tuple[int, str], ...]:
        with self._open() as connection:
            connection.execute("UPDATE inbox SET tries = tries + 1 WHERE answered IS NULL")
            given_up = connection.execute(
                "UPDATE inbox SET text = NULL, answered = ? WHERE answered IS NULL AND tries > ?",
                (self._now(), MOST_TRIES),
            ).rowcount
            rows = connection.execute("SELECT number, text FROM inbox WHERE answered IS NULL ORDER BY number")
            found = tuple(rows.fetchall())
        if given_up:
            self._notify(f"Given up {given_up} messages at which the bot has died {MOST_TRIES} times.")
        return found

    def _attempt(self, action: Callable[[], Result]) -> Result | None:
        """The result of `action`, or None where the disk fails."""
        try:
            result = action()
        except (sqlite3.Error, OSError) as error:
            self.close()  # the next attempt opens it anew, and sets it aside if it is corrupt
            if self._works:
                self._works = False
                self._notify(_complaint(self._path, error))
            return None
        if not self._works:
            self._works = True
            self._notify(f"The inbox {self._path} works again.")
        return result


def _set_up(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=0.0)
    try:
        connection.executescript(_SET_UP)
        with closing(connection.execute("PRAGMA quick_check(1)")) as checked:
            verdict = checked.fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError(f"malformed: {verdict}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _is_corrupt(error: sqlite3.DatabaseError) -> bool:
    """A damaged file, or one of another kind (https://www.sqlite.org/rescode.html#corrupt)."""
    return "malformed" in str(error) or "not a database" in str(error)


def _complaint(path: Path, error: Exception) -> str:
    fix = "free some space, or make the folder writable"
    if "locked" in str(error):
        fix = "another process uses it; give each one a file of its own (INBOX)"
    return (
        f"The inbox {path} cannot be used ({error}): {fix}. Answering goes on, but messages that are being "
        "answered when the process is killed may be lost."
    )
