"""The journal keeps so many rows for so many days, and what is deleted is in no file."""

import os
import re
import sqlite3
import stat
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.storage import journal as store
from bot.storage.database import empty_wal
from bot.storage.journal import DAYS, Entry, Journal, read_journal

DAY = date(2026, 1, 31)


def on(day: date) -> Callable[[], date]:
    return lambda: day


def test_the_newest_rows_are_kept(path: Path, reported: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest are deleted."""
    monkeypatch.setattr(store, "ROWS", 3)
    journal = Journal(path, reported.append)
    for number in range(5):
        journal.write(Entry("fallback", f"text {number}"))
    journal.close()
    assert ["text 2", "text 3", "text 4"] == [entry.text for entry in read_journal(path)]


def test_a_deleted_text_is_in_no_file(
    path: Path, reported: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the next start on, or an hour later: neither in the file nor in those beside it, which an editor's
    connection keeps open here. All are readable by the owner alone."""
    first = Journal(path, reported.append)
    for number in range(200):
        first.write(Entry("fallback", f"<{number:05d}>" * 40))
    first.close()
    size = path.stat().st_size
    monkeypatch.setattr(store, "ROWS", 20)
    with closing(sqlite3.connect(path)) as editor:
        editor.execute("SELECT * FROM journal").fetchall()
        Journal(path, reported.append).close()
        files = tuple(path.parent.iterdir())
        found = b"".join(each.read_bytes() for each in files)
        modes = {stat.S_IMODE(each.stat().st_mode) for each in files}
    assert set(range(180, 200)) == {int(number) for number in re.findall(rb"<(\d{5})>", found)}
    assert path.stat().st_size < size / 3, "rebuilt"
    assert os.name != "posix" or {0o600} == modes
    assert [] == reported


def test_a_deleted_text_is_overwritten_at_once(
    path: Path, reported: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the file itself; only for its copies in other places the hour is waited for."""
    monkeypatch.setattr(store, "ROWS", 1)
    journal = Journal(path, reported.append)
    for text in ("the first is secret " * 20, "another"):
        journal.write(Entry("fallback", text))
    journal.close()
    assert ["another"] == [entry.text for entry in read_journal(path)]
    assert b"secret" not in path.read_bytes()


def test_a_reader_in_the_way_delays_the_deletion(
    path: Path, reported: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor's tool that holds its view of the rows: the text goes when it lets go, and no row is lost."""
    monkeypatch.setattr(store, "ROWS", 1)
    monkeypatch.setattr(store, "_TIDY_EVERY", 0.01)
    refused = threading.Event()

    def watched(connection: sqlite3.Connection) -> bool:
        emptied = empty_wal(connection)
        if not emptied:
            refused.set()
        return emptied

    monkeypatch.setattr(store, "empty_wal", watched)
    first = Journal(path, reported.append)
    first.write(Entry("fallback", "secret"))
    first.close()
    last_rows = store._LAST_ROWS
    monkeypatch.setattr(store, "_LAST_ROWS", 0.01)  # how long the writer waits for a reader
    with closing(sqlite3.connect(path)) as editor:
        editor.execute("BEGIN")
        editor.execute("SELECT * FROM journal").fetchall()
        journal = Journal(path, reported.append)
        journal.write(Entry("fallback", "another"))
        while ["another"] != [entry.text for entry in read_journal(path)]:
            pass
        refused.clear()
        assert refused.wait(10)
        editor.rollback()
        deadline = time.monotonic() + 10
        while any(b"secret" in each.read_bytes() for each in path.parent.iterdir()):
            assert time.monotonic() < deadline, "the text is still there"
        monkeypatch.setattr(store, "_LAST_ROWS", last_rows)
        journal.close()
    assert [] == reported


@pytest.mark.parametrize(("age", "expected"), [(DAYS, 1), (DAYS + 1, 0)])
def test_no_row_grows_older_than_promised(path: Path, reported: list[str], age: int, expected: int) -> None:
    """It is neither read nor, from the next start on, on disk."""
    journal = Journal(path, reported.append, on(DAY))
    journal.write(Entry("fallback", "a text"))
    journal.close()
    later = DAY + timedelta(days=age)
    assert expected == len(read_journal(path, on(later)))
    Journal(path, reported.append, on(later)).close()
    assert expected == path.read_bytes().count(b"a text")


def test_an_old_row_goes_although_nothing_is_written(
    path: Path, reported: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also by a bot that gets no questions."""
    days = iter([DAY, DAY, DAY])
    tidied = threading.Event()

    def today() -> date:
        day = next(days, None)
        if day is None:
            tidied.set()
        return day or DAY + timedelta(days=DAYS + 1)

    journal = Journal(path, reported.append, today)
    journal.write(Entry("fallback", "a text"))
    monkeypatch.setattr(store, "_TIDY_EVERY", 0.01)
    journal.write(Entry("fallback", "wakes the thread"))
    assert tidied.wait(10)
    journal.close()
    assert () == read_journal(path, on(DAY))
