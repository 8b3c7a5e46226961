"""What the inbox and the journal share: a private SQLite file in which no deleted text stays.

`secure_delete` alone does not keep that promise. A copy of each change is in the file `-wal` until that is emptied
(measured: 300 answered texts were still there); and where SQLite moves rows between pages, an old copy may stay behind
until the table is empty or the file is rebuilt.
"""

import glob
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

OWNER_ALONE = 0o600
"""The mode of every file here: the texts of visitors are nobody else's business on this machine."""

_HEADERS = (b"SQLite format 3\0", bytes(16))
"""How a database begins (https://www.sqlite.org/fileformat.html), also one that a power cut has left full of zeros."""

_BESIDE = ("-wal", "-shm", "-journal")
"""Ends of the names of the files that SQLite keeps beside a database."""


class ForeignFileError(sqlite3.Error):
    """The file is there and belongs to somebody else. Its text says what it is: "it is a folder"."""


def open_database(path: Path, table: str, script: str, timeout: float) -> sqlite3.Connection:
    """A connection after `script` was run. Its file and those beside it are readable by the owner alone.

    Raises sqlite3.Error or OSError; ForeignFileError where the file is not one with that `table`.
    """
    foreign = _why_foreign(path, table)
    if foreign:
        raise ForeignFileError(foreign)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, OWNER_ALONE))
    for each in _files_of(path):
        with suppress(OSError):  # a file system without modes, or a file of another user
            each.chmod(OWNER_ALONE)
    connection = sqlite3.connect(path, timeout=timeout)
    try:
        connection.executescript(script)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def empty_wal(connection: sqlite3.Connection) -> bool:
    """Writes what is in `-wal` into the file, and cuts `-wal` to nothing. False where a reader was in the way."""
    (is_busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def file_at(path: Path) -> tuple[int, int] | None:
    """Which file is there now, to tell whether somebody has put another one in its place. None for an empty one, which
    is what remains of a database that was cut. Raises OSError but where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return (found.st_dev, found.st_ino) if found.st_size else None


def close(connection: sqlite3.Connection | None, path: Path) -> None:
    """Closes it, whatever has become of its file at `path`. One that somebody has emptied is deleted first, or SQLite
    would write into it what it remembers of the old content."""
    if connection is None:
        return
    with suppress(OSError):
        if not path.stat().st_size:
            path.unlink()
    with suppress(sqlite3.Error):
        connection.close()


def is_corrupt(error: Exception) -> bool:
    """A damaged file (https://www.sqlite.org/rescode.html#corrupt)."""
    return "malformed" in str(error) or "not a database" in str(error)


def set_aside(path: Path, now: float, why: str = "corrupt") -> Path:
    """Renames a file, and `-wal` with it, which may hold its newest changes. Returns the new path."""
    aside = path.with_name(f"{path.name}.{why}-{int(now)}")
    for end in _BESIDE:
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).rename(aside.with_name(aside.name + end))
    path.rename(aside)
    return aside


def misplaced(inbox: Path | None, journal: Path | None) -> Iterator[str]:
    """A sentence for each setting that names no place for its file, for the start and for `doctor`.

    >>> list(misplaced(Path("/nowhere/inbox.sqlite3"), None))
    ['INBOX is /nowhere/inbox.sqlite3, but there is no folder /nowhere; make it, or name another file.']
    """
    for key, table, path in (("INBOX", "inbox", inbox), ("JOURNAL", "journal", journal)):
        problem = _why_misplaced(path, table) if path else ""
        if problem:
            yield f"{key} is {path}, {problem}."
    if inbox and journal and os.path.realpath(inbox) == os.path.realpath(journal):
        yield f"INBOX and JOURNAL are the same file, {inbox}; give each a file of its own."


def _why_misplaced(path: Path, table: str) -> str:
    try:
        if path.is_dir():
            return f"which is a folder; name a file in it, such as {path / table}.sqlite3"
        if not path.parent.is_dir():
            return f"but there is no folder {path.parent}; make it, or name another file"
        with suppress(FileNotFoundError):
            path.stat()  # raises at links that lead in a circle, to which pathlib says that nothing is there
        foreign = _why_foreign(path, table)
    except OSError as error:
        return (
            f"which cannot be read ({error.strerror}); make it readable for this user, or name another file"
        )
    return f"but {foreign}; move it away, or name another file" if foreign else ""


def _why_foreign(path: Path, table: str) -> str:
    """Why the file must not be touched, "" where it is missing, empty, or ours."""
    if not path.exists():
        return ""
    if not path.is_file():
        return "it is no file"
    with path.open("rb") as file:
        start = file.read(16)
    if start and start not in _HEADERS:
        return "it is not a database of this bot"
    tables = _tables(path) if start else ()
    return "it is a database of something else" if tables and table not in tables else ""


def _tables(path: Path) -> tuple[str, ...]:
    """Their names; none where the file is damaged. It is read without a lock, so that a running bot keeps its own."""
    try:
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            return tuple(
                row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            )
    except sqlite3.Error:
        return ()


def _files_of(path: Path) -> tuple[Path, ...]:
    """The file, what SQLite keeps beside it, and what was set aside."""
    beside = (path.with_name(path.name + end) for end in _BESIDE)
    aside = path.parent.glob(f"{glob.escape(path.name)}.corrupt-*")
    return (path, *(each for each in beside if each.exists()), *aside)
