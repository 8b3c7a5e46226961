"""The journal on disk: a thread of its own writes the rows, and the editor's tools read them.

Whoever writes a row never waits for the disk and never gets its errors; the operator is notified once when it fails,
and once when it works again.
"""

import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

from bot.storage.database import close, empty_wal, file_at, open_database

Kind = Literal["fallback", "offer", "wrong"]
"""Not answered; several questions were offered; the editor said that the answer is wrong."""

ROWS = 5000
"""The newest rows that are kept: months of a busy bot, and less than 2 MB."""

DAYS = 90
"""After so many days a row is deleted, whether somebody has looked at it or not."""

NONE_TAKEN = "-"
"""In place of an intent's id: "None of these" was pressed. No id begins with a hyphen."""

_WAITING = 1000
"""Rows that may wait for a slow disk; more are not kept."""

_TIDY_EVERY = 3600.0
"""Seconds after which old rows are deleted although nothing is written, and between two times that the file is
rebuilt, so that no copy of a deleted text stays in it. To rebuild 5,000 rows takes 20 ms of this thread."""

_LAST_ROWS = 3.0
"""Seconds that the end of the process waits for a slow disk."""

_SET_UP = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS journal (
    number INTEGER PRIMARY KEY, day TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    shown TEXT NOT NULL, offer TEXT NOT NULL, taken TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS journal_offer ON journal (offer) WHERE offer != '';
"""
"""WAL lets the editor read while the bot writes. NORMAL may lose the last rows in a power cut, which does no harm
here. A deleted text is overwritten at once in the file, and an hour later at the latest in all places where SQLite
has kept a copy: see database.py."""

_INSERT = "INSERT INTO journal (day, kind, text, shown, offer, taken) VALUES (?, ?, ?, ?, ?, ?)"

_Change = tuple[str, tuple[str, ...]]
"""An SQL statement and its values."""

_TIDY: _Change = ("", ())
"""No change; with every change old rows are deleted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. Nothing in it leads to a person.

    text   the redacted question
    shown  the ids of the intents that were offered, or that were wrongly answered; best first
    taken  of an offer: the id that was chosen, NONE_TAKEN for "None of these", "" when nothing was pressed
    """

    kind: Kind
    text: str
    shown: tuple[str, ...] = ()
    taken: str = ""


class UnreadableError(Exception):
    """The journal is there and cannot be read. Its text says why."""


def utc_day() -> date:
    """Today, the same day for every machine."""
    return datetime.now(UTC).date()


class Journal:
    """Writes rows to one file, from any thread, without waiting."""

    def __init__(
        self, path: Path, notify: Callable[[str], None], today: Callable[[], date] = utc_day
    ) -> None:
        self._path = path
        self._notify = notify
        self._today = today
        self._works = True
        self._file: tuple[int, int] | None = None
        self._changes: queue.Queue[_Change | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    def write(self, entry: Entry, offer: str = "") -> None:
        """Adds a row. `offer` is a name by which `take` finds it again."""
        day = self._today().isoformat()
        self._put((_INSERT, (day, entry.kind, entry.text, " ".join(entry.shown), offer, entry.taken)))

    def take(self, offer: str, taken: str) -> None:
        """Keeps what was chosen of an offer; the last choice wins. A row that was deleted stays deleted."""
        self._put(("UPDATE journal SET taken = ? WHERE offer = ?", (taken, offer)))

    def close(self) -> None:
        """Waits until all is written, for a few seconds at most."""
        with suppress(queue.Full):
            self._changes.put(None, timeout=_LAST_ROWS)
            self._thread.join(_LAST_ROWS)

    def _put(self, change: _Change) -> None:
        with suppress(queue.Full):  # the disk hangs: answers go on, and this row is not kept
            self._changes.put_nowait(change)

    def _work(self) -> None:
        """The thread: makes one change after the other until None comes."""
        connection: sqlite3.Connection | None = None
        change: _Change | None = _TIDY
        has_copies, rebuilt = True, -_TIDY_EVERY
        while change is not None:
            try:
                connection = self._open(connection)
                has_copies |= _make(connection, change, _oldest(self._today()))
                if has_copies and time.monotonic() >= rebuilt + _TIDY_EVERY:
                    connection.execute("VACUUM")
                    has_copies, rebuilt = not empty_wal(connection), time.monotonic()
                self._report(None)
            except (sqlite3.Error, OSError) as error:
                self._report(error)
                close(connection, self._path)  # the next change opens it anew
                connection = None
            try:
                change = self._changes.get(timeout=_TIDY_EVERY)
            except queue.Empty:
                change = _TIDY
        close(connection, self._path)

    def _open(self, connection: sqlite3.Connection | None) -> sqlite3.Connection:
        """A connection to the file that is there now: an editor may have deleted it to begin anew, or put another one
        in its place."""
        if connection is not None and file_at(self._path) == self._file:
            return connection
        close(connection, self._path)
        opened = open_database(self._path, "journal", _SET_UP, _LAST_ROWS)
        empty_wal(opened)  # so that the file is not empty
        self._file = file_at(self._path)
        return opened

    def _report(self, error: Exception | None) -> None:
        """Notifies of the first failure after a success, and of the first success after that."""
        if error is not None and self._works:
            self._notify(
                f"The journal {self._path} cannot be written ({error}): free some space, make the folder "
                "writable, or move a damaged file away. Answers go on; what is not answered is not kept."
            )
        if error is None and not self._works:
            self._notify(f"The journal {self._path} works again.")
        self._works = error is None


def read_journal(path: Path, today: Callable[[], date] = utc_day) -> tuple[Entry, ...]:
    """All rows that are not too old, oldest first. Where there is no file, none; raises UnreadableError."""
    # a bot that has just started has not written the table yet
    if not path.exists() or not path.stat().st_size:
        return ()
    # In a folder that cannot be written SQLite opens a file with `-wal` only if told that nobody changes it.
    immutable = "" if os.access(path.parent, os.W_OK) else "&immutable=1"
    address = f"{path.absolute().as_uri()}?mode=ro{immutable}"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            rows = connection.execute(
                "SELECT kind, text, shown, taken FROM journal WHERE day >= ? ORDER BY number",
                (_oldest(today()),),
            ).fetchall()
    except sqlite3.Error as error:
        raise UnreadableError(str(error)) from error
    return tuple(Entry(kind, text, tuple(shown.split()), taken) for kind, text, shown, taken in rows)


def _make(connection: sqlite3.Connection, change: _Change, oldest: str) -> bool:
    """Makes the change, and deletes what is too old or too much: whether there was any."""
    statement, values = change
    with connection:
        if statement:
            connection.execute(statement, values)
        deleted = connection.execute(
            "DELETE FROM journal WHERE day < ? OR number <= (SELECT max(number) FROM journal) - ?",
            (oldest, ROWS),
        )
    return deleted.rowcount > 0


def _oldest(today: date) -> str:
    return (today - timedelta(days=DAYS)).isoformat()
