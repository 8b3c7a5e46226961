"""A setting that names no place for a file gets one sentence with the fix, before anything is written."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.database import misplaced
from bot.storage.inbox import Inbox
from bot.storage.journal import Journal


def sentence(inbox: Path | None, journal: Path | None = None) -> str:
    """The only sentence, "" where there is none. Nothing in the folder may change."""
    (found,) = tuple(misplaced(inbox, journal)) or ("",)
    return found


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    path = tmp_path / "diary.txt"
    path.write_text("Today was a good day.", encoding="utf-8")
    return path


def test_links_that_lead_in_a_circle_are_no_place(tmp_path: Path) -> None:
    """With a journal beside it, too."""
    path = tmp_path / "inbox.sqlite3"
    path.symlink_to(path)
    assert "which cannot be read (Too many levels of symbolic links)" in sentence(path)
    assert "which cannot be read" in sentence(path, tmp_path / "journal.sqlite3")


def test_places_that_can_be_used(tmp_path: Path) -> None:
    """A file that is not there yet, an empty one, one full of zeros (it is set aside), our own, or none at all."""
    empty, zeros, own = (tmp_path / name for name in ("empty", "zeros", "own"))
    empty.touch()
    zeros.write_bytes(bytes(4096))
    inbox = Inbox(own, print)
    try:
        assert [""] * 5 == [sentence(path) for path in (tmp_path / "new", empty, zeros, own, None)]
    finally:
        inbox.close()
    assert {"empty", "zeros", "own"} == {each.name for each in tmp_path.iterdir()}


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert (
        f"INBOX is {tmp_path}, which is a folder; name a file in it, such as {tmp_path}/inbox.sqlite3."
        == (sentence(tmp_path))
    )
    assert "name a file in it" in sentence(None, tmp_path)


def test_a_folder_that_is_missing_is_named(tmp_path: Path, diary: Path) -> None:
    """Also where a file is in its place."""
    assert f"there is no folder {tmp_path}/data; make it" in sentence(tmp_path / "data" / "inbox.sqlite3")
    assert f"there is no folder {diary}; make it" in sentence(diary / "inbox.sqlite3")


def test_a_file_of_somebody_else_is_not_taken(diary: Path) -> None:
    assert f"INBOX is {diary}, but it is not a database of this bot; move it away, or name another file." == (
        sentence(diary)
    )


def test_a_database_of_something_else_is_not_taken(tmp_path: Path) -> None:
    """The journal is one for the inbox."""
    other, journal = tmp_path / "other", tmp_path / "journal"
    Journal(journal, print).close()
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE birds (name TEXT)")
    for path in (other, journal):
        assert "but it is a database of something else; move it away" in sentence(path)
        Inbox(path, print).close()
    with closing(sqlite3.connect(other)) as connection:
        assert [("birds",)] == connection.execute("SELECT name FROM sqlite_master").fetchall()


def test_what_is_no_file_is_not_taken() -> None:
    assert "it is no file" in sentence(Path("/dev/null"))


def test_a_name_that_the_system_does_not_take_is_named(tmp_path: Path) -> None:
    assert "cannot be read (File name too long)" in sentence(tmp_path / ("x" * 300))


def test_the_inbox_and_the_journal_are_two_files(tmp_path: Path) -> None:
    """However their paths are written."""
    (tmp_path / "link").symlink_to(tmp_path)
    path = tmp_path / "link" / "kept"
    assert "INBOX and JOURNAL are the same file" in sentence(tmp_path / "kept", path)
    assert "" == sentence(tmp_path / "inbox", tmp_path / "journal")
