"""An update is on disk until it is answered, whatever happens to the process or to the disk."""

import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.storage.inbox import KEEP_NUMBERS, MOST_TRIES, Inbox


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
        dies(inbox)
    assert [True] * MOST_TRIES + [False] * 2 == found
    assert 1 == len(reported)
    assert "1 messages" in reported[0]


def dies(inbox: Inbox) -> None:
    """What a killed process leaves: its file closed by the system."""
    assert inbox._connection is not None
    inbox._connection.close()


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


def raw(path: Path) -> bytes:
    """All bytes of the file and of those beside it, also of what was set aside."""
    return b"".join(each.read_bytes() for each in sorted(path.parent.iterdir()))


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


def test_a_disk_that_cannot_be_written_for_a_while_repeats_no_answer(path: Path, reported: list[str]) -> None:
    """As when the folder is mounted anew, read-only. What was answered meanwhile is written when it works again."""
    inbox = opened(path, reported)
    inbox.keep(1, "a question")
    assert inbox._connection is not None
    inbox._connection.execute("PRAGMA query_only = ON")
    inbox.answered(1)
    assert 1 == len(reported)
    assert "readonly" in reported[0]
    assert "make the folder writable" in reported[0]
    inbox.keep(2, "another")
    inbox.answered(2)
    inbox.close()
    inbox = opened(path, reported)
    assert () == inbox.waiting()
    inbox.close()


@pytest.mark.parametrize("content", [b"Dear diary, today was a good day", b"PK\x03\x04"])
def test_a_file_of_somebody_else_is_left_alone(path: Path, reported: list[str], content: bytes) -> None:
    """It is neither changed nor renamed, nor is its mode."""
    path.write_bytes(content)
    path.chmod(0o644)
    inbox = opened(path, reported)
    assert inbox.keep(1, "a question")
    inbox.close()
    assert [path] == list(path.parent.iterdir())
    assert (content, 0o644) == (path.read_bytes(), stat.S_IMODE(path.stat().st_mode))
    assert "move it away, or name another file" in reported[0]


def test_a_second_process_is_asked_for_a_file_of_its_own(path: Path, reported: list[str]) -> None:
    """It would answer the first one's messages once more."""
    first = opened(path, reported)
    first.keep(1, "a question")
    second = opened(path, reported)
    assert () == second.waiting()
    assert "INBOX" in reported[0]
    second.close()
    first.close()


def test_a_second_process_takes_over_when_the_first_has_ended(path: Path, reported: list[str]) -> None:
    """With what waited in the first, and with what came to the second meanwhile."""
    first = opened(path, reported)
    first.keep(1, "a question")
    first.keep(2, "came to both")
    second = opened(path, reported)
    assert [True, True] == [second.keep(number, "came to both") for number in (2, 3)]
    assert () == second.waiting()
    assert not second.is_taken
    second.answered(2)
    first.close()
    assert ((1, "a question"), (3, "came to both")) == second.waiting()
    assert second.is_taken
    assert "works again" in reported[-1]
    second.close()


def test_what_came_while_the_disk_failed_is_kept_when_it_works_again(path: Path, reported: list[str]) -> None:
    """A kill after that loses nothing; what was answered meanwhile is not repeated."""
    inbox = opened(path, reported)
    inbox.keep(1, "a question")
    elsewhere = path.rename(path.with_name("elsewhere"))
    path.mkdir()
    assert [True, True] == [inbox.keep(number, "came meanwhile") for number in (2, 3)]
    inbox.answered(2)
    path.rmdir()
    elsewhere.rename(path)
    inbox.keep(4, "another")
    dies(inbox)
    assert ["cannot be used", "works again"] == [
        part for line in reported for part in ("cannot be used", "works again") if part in line
    ]
    inbox = opened(path, reported)
    assert ((1, "a question"), (3, "came meanwhile"), (4, "another")) == inbox.waiting()
    inbox.close()


@pytest.mark.parametrize("put_there", [None, b""])
def test_a_file_that_somebody_deletes_or_empties_is_written_anew(
    path: Path, reported: list[str], put_there: bytes | None
) -> None:
    """While the bot runs: what waits is in the new one, and the next start finds it."""
    inbox = opened(path, reported)
    inbox.keep(1, "it waits")
    inbox.keep(2, "a question")
    if put_there is None:
        path.unlink()
    else:
        path.write_bytes(put_there)
    inbox.answered(2)
    inbox.keep(3, "another")
    dies(inbox)
    inbox = opened(path, reported)
    assert ((1, "it waits"), (3, "another")) == inbox.waiting()
    assert not inbox.keep(2, "a question")
    inbox.close()
    assert [] == reported


def test_another_bot_leaves_what_it_cannot_answer(path: Path, reported: list[str]) -> None:
    """Two tokens were swapped, and then put right. The numbers of one say nothing about those of the other."""
    first, second = 8_000_000_001, 8_000_000_002
    inbox = Inbox(path, reported.append, bot=first)
    inbox.keep(1, "answered")
    inbox.answered(1)
    inbox.keep(2, "to the first")
    inbox.close()
    inbox = Inbox(path, reported.append, lambda: 5.0, bot=second)
    assert () == inbox.waiting()
    assert inbox.keep(1, "to the second")
    inbox.close()
    assert f"set aside as inbox.sqlite3.bot-{first}-5, and is read when" in reported[0]
    for bot, text in ((first, "to the first"), (second, "to the second"), (second, "to the second")):
        inbox = Inbox(path, reported.append, lambda: 6.0, bot=bot)
        assert [text] == [found for _, found in inbox.waiting()]
        inbox.close()
    assert 3 == len(reported)
    assert {path, path.with_name(f"{path.name}.bot-{first}-6")} == set(path.parent.iterdir())


def test_a_clock_that_is_set_back_keeps_no_text(path: Path, reported: list[str]) -> None:
    """By an hour, while another message waits."""
    clock = [10_000.0]
    inbox = opened(path, reported, lambda: clock[0])
    inbox.keep(1, "it waits")
    inbox.keep(2, "secret")
    clock[0] -= 3600
    inbox.answered(2)
    assert b"secret" not in raw(path)
    inbox.close()
