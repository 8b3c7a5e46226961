"""The file of an inbox: its tables, and what is done with one that is damaged or that of another bot."""

import glob
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path

from bot.storage.database import empty_wal, is_corrupt, open_database, set_aside

_SET_UP = """
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS inbox (number INTEGER PRIMARY KEY, text TEXT, tries INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS answered (number INTEGER PRIMARY KEY, time REAL NOT NULL);
CREATE TABLE IF NOT EXISTS bot (number INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO answered SELECT number, strftime('%s', 'now') FROM inbox WHERE text IS NULL;
DELETE FROM inbox WHERE text IS NULL;
"""
"""EXCLUSIVE: the file belongs to one process. FULL survives a power cut and costs 0.2 ms an update; a rollback journal
in place of WAL would flush the disk four times as often. The last two lines read the files of version 0.1.0, which kept
answered numbers in the same table."""

_INSERT = "INSERT OR IGNORE INTO inbox (number, text, tries) VALUES (?, ?, ?)"


def open_inbox(path: Path, bot: int, now: float, notify: Callable[[str], None]) -> sqlite3.Connection:
    """A connection to the inbox of the bot with that number, 0 for any. Raises sqlite3.Error or OSError."""
    try:
        connection = _set_up(path)
    except sqlite3.DatabaseError as error:
        if not is_corrupt(error):
            raise
        connection = _in_place_of_damaged(path, now, notify)
    (owner,) = connection.execute("SELECT max(number) FROM bot").fetchone()
    if bot and owner not in {None, bot}:
        connection.close()
        aside = set_aside(path, now, f"bot-{owner}")
        connection = _set_up(path)
        notify(
            f"The inbox {path} is that of another bot ({owner}), whose messages this one cannot answer; it was set "
            f"aside as {aside.name}, and is read when that bot starts here again. Two bots need two files (INBOX)."
        )
    if bot:
        _make_owner(connection, path, bot)
    return connection


def _make_owner(connection: sqlite3.Connection, path: Path, bot: int) -> None:
    """With what was set aside when another bot came."""
    left = tuple(path.parent.glob(f"{glob.escape(path.name)}.bot-{bot}-*"))
    with connection:
        connection.execute("INSERT OR IGNORE INTO bot VALUES (?)", (bot,))
        connection.executemany(_INSERT, chain.from_iterable(map(_recovered, left)))
    for each in left:
        each.unlink()


def _in_place_of_damaged(path: Path, now: float, notify: Callable[[str], None]) -> sqlite3.Connection:
    aside = set_aside(path, now)
    rows = _recovered(aside)
    connection = _set_up(path)
    with connection:
        connection.executemany(_INSERT, rows)
    notify(
        f"The inbox {path} is damaged; it was set aside as {aside.name}. Messages that wait in it and "
        f"could be read: {len(rows)}; they are kept in the new one."
    )
    return connection


def _set_up(path: Path) -> sqlite3.Connection:
    connection = open_database(path, "inbox", _SET_UP, timeout=0.0)
    try:
        with closing(connection.execute("PRAGMA quick_check(1)")) as checked:
            verdict = checked.fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError(f"malformed: {verdict}")
        empty_wal(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _recovered(aside: Path) -> list[tuple[int, str, int]]:
    """The rows of a damaged inbox that wait and can be read: from both ends up to the first damage."""
    found: dict[int, tuple[int, str, int]] = {}
    with suppress(sqlite3.Error), closing(sqlite3.connect(aside)) as connection:
        for order in ("ASC", "DESC"):
            with suppress(sqlite3.Error):
                rows = connection.execute(f"SELECT number, text, tries FROM inbox ORDER BY number {order}")
                found.update((row[0], row) for row in rows if isinstance(row[1], str))
    return list(found.values())
