"""An update is on disk until it is answered, whatever happens to the process or to the disk."""

import os
import random
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.storage.inbox import KEEP_NUMBERS, MOST_TRIES
from tests.storage.opening import dies, opened, raw


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
        dies(inbox)
    assert [True] * MOST_TRIES + [False] * 2 == found
    assert 1 == len(reported)
    assert "1 messages" in reported[0]


def test_an_orderly_stop_is_no_death(path: Path, reported: list[str]) -> None:
    """However many there are, and whatever came before: a message that Telegram lets wait is not given up."""
    for number in range(3 * MOST_TRIES):
        inbox = opened(path, reported)
        inbox.keep(1, "it waits")
        assert ((1, "it waits"),) == inbox.waiting()
        if number < MOST_TRIES - 1:
            dies(inbox)
        else:
            inbox.close()
            inbox.close()
    assert [] == reported


def test_an_answered_number_is_known_for_a_day_whatever_is_tidied(path: Path, reported: list[str]) -> None:
    """Each hour old numbers are deleted; an update that Telegram delivers again after two is not answered twice."""
    clock = [1000.0]
    inbox = opened(path, reported, lambda: clock[0])
    for number in (7, 8):
        inbox.keep(number, "a question")
        inbox.answered(number)
        clock[0] += KEEP_NUMBERS / 12
    assert [False, False] == [inbox.keep(number, "a question") for number in (7, 8)]
    inbox.close()


def test_an_answered_text_is_in_no_file(path: Path, reported: list[str]) -> None:
    """While the bot runs: after each answer when nothing waits, else at the latest a second later."""
    clock = [1000.0]
    inbox = opened(path, reported, lambda: clock[0])
    for number in range(30):
        inbox.keep(number, f"secret {number} " * 100)
        assert b"secret" in raw(path)
        inbox.answered(number)
        assert b"secret" not in raw(path)
    inbox.keep(100, "it waits")
    for number in range(30):
        inbox.keep(200 + number, f"secret {number} " * 100)
        inbox.answered(200 + number)
    clock[0] += 1.1
    inbox.keep(300, "another")
    inbox.answered(300)
    assert b"secret" not in raw(path)
    assert b"it waits" in raw(path)
    inbox.close()


def test_no_text_is_left_where_rows_were_moved(path: Path, reported: list[str]) -> None:
    """SQLite copies rows between pages as they fill and empty, and `secure_delete` does not reach the old copies."""
    chance = random.Random(3)
    inbox = opened(path, reported)
    waiting: list[int] = []
    for number in chance.sample(range(400), 120):
        if waiting and chance.random() < 0.45:
            inbox.answered(waiting.pop(chance.randrange(len(waiting))))
        else:
            inbox.keep(number, "secret" * chance.choice([1, 40, 200, 1500]))
            waiting.append(number)
    for number in waiting:
        inbox.answered(number)
    assert b"secret" not in raw(path)
    inbox.close()


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_all_files_are_for_the_owner_alone(path: Path, reported: list[str]) -> None:
    """Also those of an earlier version that others could read, and what was set aside."""
    path.write_bytes(bytes(8192))
    older = path.with_name("inbox.sqlite3.corrupt-1")
    older.write_bytes(b"x")
    path.chmod(0o644)
    older.chmod(0o644)
    inbox = opened(path, reported)
    inbox.keep(1, "a question")
    names = {"inbox.sqlite3", "inbox.sqlite3-wal", "inbox.sqlite3.corrupt-0", "inbox.sqlite3.corrupt-1"}
    assert dict.fromkeys(names, 0o600) == {
        each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()
    }
    inbox.close()
