"""What waits in a damaged or an older file of the inbox is recovered, and nothing is deleted."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.database import set_aside
from tests.storage.opening import opened


def test_a_damaged_file_is_set_aside_and_not_deleted(path: Path, reported: list[str]) -> None:
    """The bot starts with an empty inbox, and the old one can still be looked at."""
    path.write_bytes(bytes(8192))  # what a power cut may leave
    inbox = opened(path, reported, lambda: 1700000000.0)
    assert inbox.keep(1, "a question")
    assert ((1, "a question"),) == inbox.waiting()
    inbox.close()
    assert bytes(8192) == path.with_name("inbox.sqlite3.corrupt-1700000000").read_bytes()
    assert 1 == len(reported)


@pytest.mark.parametrize("damaged", [4, 11, -1])
def test_what_waits_in_a_damaged_file_is_recovered(path: Path, reported: list[str], damaged: int) -> None:
    """All but the messages of the damaged page, with their number in the notice."""
    inbox = opened(path, reported)
    for number in range(100):
        inbox.keep(number, f"question {number} " + "x" * 500)
    inbox.close()
    content = bytearray(path.read_bytes())
    start = (damaged if damaged > 0 else len(content) // 4096 - 1) * 4096
    content[start : start + 4096] = b"\xff" * 4096
    path.write_bytes(content)

    inbox = opened(path, reported)
    waiting = inbox.waiting()
    assert 90 <= len(waiting) < 100
    assert all(text.startswith(f"question {number} ") for number, text in waiting)
    assert inbox.keep(1000, "a question")
    inbox.close()
    assert f"could be read: {len(waiting)};" in reported[0]
    assert path.with_name("inbox.sqlite3.corrupt-0").exists()


def test_a_log_that_a_kill_has_left_is_set_aside_with_its_file(path: Path, reported: list[str]) -> None:
    """The newest messages are in `-wal` alone; they are recovered with the others."""
    inbox = opened(path, reported)
    for number in range(50):
        inbox.keep(number, f"question {number} " + "x" * 500)
    inbox.close()
    inbox = opened(path, reported)
    inbox.keep(60, "the newest")
    log = path.with_name("inbox.sqlite3-wal").read_bytes()
    file = bytearray(path.read_bytes())
    inbox.close()
    file[5 * 4096 : 6 * 4096] = b"\xff" * 4096
    path.write_bytes(file)
    path.with_name("inbox.sqlite3-wal").write_bytes(log)
    inbox = opened(path, reported)
    assert (60, "the newest") == inbox.waiting()[-1]
    inbox.close()


def test_what_is_beside_a_file_is_set_aside_with_it(path: Path) -> None:
    """SQLite would take it for the new file's."""
    for name in ("inbox.sqlite3", "inbox.sqlite3-wal"):
        path.with_name(name).write_bytes(name.encode())
    set_aside(path, 5)
    names = {"inbox.sqlite3.corrupt-5": b"inbox.sqlite3", "inbox.sqlite3.corrupt-5-wal": b"inbox.sqlite3-wal"}
    assert names == {each.name: each.read_bytes() for each in path.parent.iterdir()}


def test_the_file_of_an_earlier_version_is_read(path: Path, reported: list[str]) -> None:
    """What waits in it, and what was answered."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE inbox (number INTEGER PRIMARY KEY, text TEXT, tries INTEGER NOT NULL DEFAULT 0,"
            " answered REAL); INSERT INTO inbox VALUES (1, NULL, 0, 5.0), (2, 'a question', 1, NULL)"
        )
    inbox = opened(path, reported, time.time)
    assert ((2, "a question"),) == inbox.waiting()
    assert [False, False, True] == [inbox.keep(number, "again") for number in (1, 2, 3)]
    inbox.close()
