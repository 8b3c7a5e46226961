"""The journal on disk: rows are written by a thread of their own, and read by the editor's tools.

Rule: whoever writes never waits for the disk, and never hears of its failures; `tell` hears one sentence, and
one when it is well again.
"""

import queue
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.storage.entries import DAYS, ROWS, Entry

_WAITING = 1000
"""Rows that may wait for a slow disk; what comes then is not kept."""

_TIDY_EVERY = 3600.0
"""Seconds after which old rows are deleted although nothing is written."""

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
"""WAL lets the editor read while the bot writes. NORMAL may lose the last rows in a power cut, which is no
harm here; what was deleted is overwritten."""


class UnreadableError(Exception):
    """The journal is there and cannot be read. Its text says why."""


def utc_day() -> date:
    """Today, the same day for every machine."""
    return datetime.now(UTC).date()


class Journal:
    """Writes rows to one file, from any thread, without waiting."""

    def __init__(self, path: Path, tell: Callable[[str], None], today: Callable[[], date] = utc_day) -> None:
        self._path = path
        self._tell = tell
        self._today = today
        self._well = True
        self._orders: queue.Queue[_Order | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    def write(self, entry: Entry, offer: str = "") -> None:
        """Adds a row. `offer` is a name by which `take` finds it again."""
        day = self._today().isoformat()
        row = (day, entry.kind, entry.text, " ".join(entry.shown), offer, entry.taken)
        self._order(
            "INSERT INTO journal (day, kind, text, shown, offer, taken) VALUES (?, ?, ?, ?, ?, ?)", row
        )

    def take(self, offer: str, taken: str) -> None:
        """QuestionLog what was chosen of an offer; of several choices the last. A row that is gone stays gone."""
        self._order("UPDATE journal SET taken = ? WHERE offer = ?", (taken, offer))

    def close(self) -> None:
        """Waits until all is written, for a few seconds at most."""
        try:
            self._orders.put(None, timeout=_LAST_ROWS)
        except queue.Full:
            return
        self._thread.join(_LAST_ROWS)

    def _order(self, statement: str, values: tuple[str, ...]) -> None:
        with suppress(queue.Full):  # the disk hangs: answers go on, and this row is not kept
            self._orders.put_nowait(_Order(statement, values))

    def _work(self) -> None:
        """The thread: does one order after the other until there is the last, which is None."""
        connection: sqlite3.Connection | None = None
        order: _Order | None = _TIDY
        while order is not None:
            try:
                connection = self._open(connection)
                _carry_out(connection, order, _oldest(self._today()))
                self._report(None)
            except (sqlite3.Error, OSError) as error:
                self._report(error)
            try:
                order = self._orders.get(timeout=_TIDY_EVERY)
            except queue.Empty:
                order = _TIDY
        if connection is not None:
            connection.close()

    def _open(self, connection: sqlite3.Connection | None) -> sqlite3.Connection:
        """The connection to the file that is there now: an editor may have deleted it to begin anew."""
        if connection is not None and self._path.exists():
            return connection
        if connection is not None:
            connection.close()
        return _connect(self._path)

    def _report(self, error: Exception | None) -> None:
        """Says the first failure after a success, and the first success after that."""
        if error is not None and self._well:
            self._tell(
                f"The journal {self._path} cannot be written ({error}): free some space, make the folder "
                "writable, or move a damaged file away. Answers go on; what is not answered is not kept."
            )
        if error is None and not self._well:
            self._tell(f"The journal {self._path} works again.")
        self._well = error is None


@dataclass(frozen=True, slots=True)
class _Order:
    """One change of the file."""

    statement: str = ""
    values: tuple[str, ...] = ()


_TIDY = _Order()
"""Nothing but the caps, which are kept with every order."""


def read_journal(path: Path, today: Callable[[], date] = utc_day) -> tuple[Entry, ...]:
    """All rows that are not too old, oldest first. Where there is no file, none; raises UnreadableError."""
    if not path.exists():
        return ()
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute(
                "SELECT kind, text, shown, taken FROM journal WHERE day >= ? ORDER BY number",
                (_oldest(today()),),
            ).fetchall()
    except sqlite3.Error as error:
        raise UnreadableError(str(error)) from error
    return tuple(Entry(kind, text, tuple(shown.split()), taken) for kind, text, shown, taken in rows)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SET_UP)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _carry_out(connection: sqlite3.Connection, order: _Order, oldest: str) -> None:
    with connection:
        if order.statement:
            connection.execute(order.statement, order.values)
        connection.execute(
            "DELETE FROM journal WHERE number <= (SELECT max(number) FROM journal) - ?", (ROWS,)
        )
        connection.execute("DELETE FROM journal WHERE day < ?", (oldest,))


def _oldest(today: date) -> str:
    """The first day that is kept."""
    return (today - timedelta(days=DAYS)).isoformat()
