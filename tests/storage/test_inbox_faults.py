"""A disk that fails, a file that is somebody else's or goes away, and other processes lose no update."""

import sqlite3
import stat
from pathlib import Path

import pytest

from bot.storage.inbox import Inbox
from tests.storage.opening import dies, opened, raw


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
