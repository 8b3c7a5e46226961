"""An update is on disk until it is answered, whatever happens to the process or to the disk."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.storage.inbox import KEEP_NUMBERS, MOST_TRIES, Inbox

OpenInbox = Callable[[], Inbox]


@pytest.fixture
def reported() -> list[str]:
    """What the operator was notified of."""
    return []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "inbox.sqlite3"


def opened(path: Path, reported: list[str], now: Callable[[], float] = lambda: 0.0) -> Inbox:
    """An inbox whose notices are collected."""
    return Inbox(path, reported.append, now)


def test_what_is_kept_waits_in_order_for_the_next_start(path: Path, reported: list[str]) -> None:
    """Also when it came in another order."""
    first = opened(path, reported)
    assert [True, True, True] == [first.keep(number, f"text {number}") for number in (3, 1, 2)]
    first.answered(1)
    first.close()
    second = opened(path, reported)
    assert ((2, "text 2"), (3, "text 3")) == second.waiting()
    second.close()
    assert [] == reported


def test_a_killed_process_leaves_what_it_kept(path: Path, reported: list[str]) -> None:
    """kill -9 right behind the return of `keep`."""
    code = (
        "import sys; from pathlib import Path; from bot.storage.inbox import Inbox\n"
        "inbox = Inbox(Path(sys.argv[1]), print); inbox.keep(7, 'a question'); print('kept', flush=True); input()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert "kept\n" == process.stdout.readline()
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdin.close()
        process.stdout.close()
    inbox = opened(path, reported)
    assert ((7, "a question"),) == inbox.waiting()
    inbox.close()


def test_an_answered_message_is_known_for_a_day_and_its_text_is_gone(path: Path, reported: list[str]) -> None:
    """A redelivery is not new; after a day the number goes, too."""
    clock = [1000.0]
    inbox = opened(path, reported, lambda: clock[0])
    inbox.keep(7, "my secret question")
    inbox.answered(7)
    assert not inbox.keep(7, "my secret question")
    inbox.close()
    assert b"secret" not in path.read_bytes()
    inbox = opened(path, reported, lambda: clock[0])
    clock[0] += KEEP_NUMBERS + 1
    inbox.keep(8, "another")
    inbox.answered(8)
    assert inbox.keep(7, "my secret question")
    inbox.close()


def test_a_message_that_kills_the_bot_is_given_up(path: Path, reported: list[str]) -> None:
    """It is tried at some starts, then never again, and the operator is notified."""
    found = []
    for _ in range(MOST_TRIES + 2):
        inbox = opened(path, reported)
        inbox.keep(1, "poison")
        found.append(bool(inbox.waiting()))
        inbox.close()
    assert [True] * MOST_TRIES + [False] * 2 == found
    assert 1 == len(reported)
    assert "1 messages" in reported[0]


@pytest.mark.parametrize("damage", [b"this was never a database, whatever its name says", b"\x00" * 8192])
def test_a_corrupt_file_is_set_aside_and_not_deleted(path: Path, reported: list[str], damage: bytes) -> None:
    """The bot starts with an empty inbox, and the old one can still be looked at."""
    path.write_bytes(damage)
    inbox = opened(path, reported, lambda: 1700000000.0)
    assert inbox.keep(1, "a question")
    assert ((1, "a question"),) == inbox.waiting()
    inbox.close()
    assert damage == path.with_name("inbox.sqlite3.corrupt-1700000000").read_bytes()
    assert 1 == len(reported)


def test_a_file_that_breaks_while_it_is_used_is_set_aside(path: Path, reported: list[str]) -> None:
    """Pages overwritten under the running bot: it says so, and goes on with a new file."""
    inbox = opened(path, reported)
    for number in range(300):
        inbox.keep(number, "a question " * 40)
    inbox.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    inbox = opened(path, reported)
    assert inbox.keep(1000, "a question")
    assert ((1000, "a question"),) == inbox.waiting()
    inbox.close()
    assert "set aside" in reported[0]


def test_a_disk_that_fails_is_reported_once_and_stops_nothing(tmp_path: Path, reported: list[str]) -> None:
    """Every message counts as new; when the disk works again, that is reported, too."""
    folder = tmp_path / "not there"
    inbox = opened(folder / "inbox.sqlite3", reported)
    assert [True, True] == [inbox.keep(number, "a question") for number in (1, 1)]
    inbox.answered(1)
    assert () == inbox.waiting()
    assert 1 == len(reported)
    assert "may be lost" in reported[0]
    folder.mkdir()
    assert inbox.keep(2, "a question")
    assert not inbox.keep(2, "a question")
    assert 2 == len(reported)
    assert "works again" in reported[1]
    inbox.close()


def test_a_full_disk_is_such_a_failure(path: Path, reported: list[str]) -> None:
    """SQLite's own limit of pages stands for the disk's."""
    inbox = opened(path, reported)
    inbox.keep(1, "a question")
    inbox.close()
    with sqlite3.connect(path) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.close()

    inbox = opened(path, reported)
    assert inbox._connection is not None
    inbox._connection.execute(f"PRAGMA max_page_count = {pages}")
    assert inbox.keep(2, "x" * 100_000)
    assert "full" in reported[0]
    inbox.close()


def test_a_second_process_is_asked_for_a_file_of_its_own(path: Path, reported: list[str]) -> None:
    """It would answer the first one's messages once more."""
    first = opened(path, reported)
    first.keep(1, "a question")
    second = opened(path, reported)
    assert () == second.waiting()
    assert "INBOX" in reported[0]
    second.close()
    first.close()
