"""The journal keeps what was not answered, without names, and no answer waits for it."""

import os
import re
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.bot import Bot
from bot.conversation.replies import Reply
from bot.conversation.requests import FromOffer, NoneOfThese, ShowIntent, ShowTopics, decode, encode
from bot.storage import journal as store
from bot.storage import redaction
from bot.storage.database import empty_wal
from bot.storage.journal import DAYS, NONE_TAKEN, ROWS, Entry, Journal, UnreadableError, read_journal
from bot.storage.question_log import QuestionLog
from bot.storage.redaction import LONGEST, redacted
from tests.storage.offering import ANSWERED, OFFERED, offering

DAY = date(2026, 1, 31)
REFUSED = "What is the population of China?"


@pytest.fixture(scope="module")
def unsure(keeper: Bot) -> Bot:
    """A bot that offers two questions for OFFERED."""
    return offering(keeper)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


@pytest.fixture
def reported() -> list[str]:
    """What the operator was notified of."""
    return []


@pytest.fixture
def notes(path: Path, reported: list[str]) -> Iterator[QuestionLog]:
    with QuestionLog(path, reported.append) as notes:
        yield notes


def kept(notes: QuestionLog, path: Path) -> tuple[Entry, ...]:
    """The rows, once all are written."""
    notes.close()
    return read_journal(path)


def on(day: date) -> Callable[[], date]:
    return lambda: day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how much is it?", "how much is it?"),
        ("two\nlines\t and  spaces ", "two lines and spaces"),
        ("I am @some_body, who is he", "I am [name], who is he"),
        ("write to me: a.b+c@mail.example.org!", "write to me: [e-mail]!"),
        ("see https://example.org/a?b=c now", "see [link] now"),
        ("see t.me/joinchat/x", "see [link]"),
        ("www.example.org and B2G.", "[link] and B2G."),
        ("so (see ..t.me/joinchat/x) and/or 1/2", "so (see [link] and/or 1/2"),
        ("tg://user?id=12345678", "[link]"),
        ("+98 (21) 555-01-00 call", "[number] call"),
        ("شمارهٔ من ۰۹۱۲۳۴۵۶۷۸۹ است", "شمارهٔ من [number] است"),
        ("from 2008 to 2010, in 2,500,000 cities", "from 2008 to 2010, in 2,500,000 cities"),
        ("what is yandex.ru?", "what is yandex.ru?"),
        ("or to me@home", "or to [e-mail]"),
    ],
)
def test_what_could_lead_to_a_person_is_taken_out(text: str, expected: str) -> None:
    """And the rest of the question stays as it was typed."""
    assert expected == redacted(text)


def test_a_long_text_is_cut_behind_the_masking() -> None:
    """A number that the cut would have halved is no number any more, so it is redacted before."""
    text = "x" * (LONGEST - 4) + " 0912 345 67 89"
    assert LONGEST == len(redacted(text))
    assert not any(char.isdigit() for char in redacted(text))


@given(st.text(max_size=2000))
def test_any_text_can_be_redacted(text: str) -> None:
    """In one line of at most LONGEST characters, without an @ in front of a name."""
    line = redacted(text)
    assert len(line) <= LONGEST
    assert "\n" not in line
    assert line == " ".join(line.split())


@pytest.mark.parametrize("part", ["1-", "1--", "a.", "a-", "a@", "(1", "+", "1 ", "۱-", "ab://", "www."])
def test_the_time_grows_with_the_length_alone(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text as long as this takes milliseconds of CPU; where the time grows with the square, 5 seconds and more."""
    monkeypatch.setattr(redaction, "_LONGEST_READ", 20_000)
    began = time.process_time()
    redacted(part * 10_000)
    assert time.process_time() - began < 1.0


def test_a_fallback_and_an_offer_are_kept_and_an_answer_is_not(
    unsure: Bot, keeper: Bot, notes: QuestionLog, path: Path
) -> None:
    """An offer with what was offered; small talk and texts without words are no work for an editor."""
    asked = [(keeper, REFUSED), (unsure, OFFERED), (unsure, ANSWERED), (keeper, "hello"), (keeper, "💥")]
    replies = [notes.note(text, each.answer(text)) for each, text in asked]
    assert ["fallback", "offer", "answer", "small_talk", "fallback"] == [reply.kind for reply in replies]
    offered = tuple(candidate.intent_id for candidate in replies[1].offered)
    assert (Entry("fallback", REFUSED), Entry("offer", OFFERED, offered)) == kept(notes, path)


def pressed(reply: Reply, number: int) -> FromOffer:
    """What the button of that number asks for, as it comes back from Telegram."""
    request = decode(encode(reply.choices[number].request))
    assert isinstance(request, FromOffer)
    return request


def test_what_was_taken_of_an_offer_is_kept_with_it(unsure: Bot, notes: QuestionLog, path: Path) -> None:
    """By the name that the buttons carry: of two equal offers each has its own row."""
    first, second, ignored = (notes.note(OFFERED, unsure.answer(OFFERED)) for _ in range(3))
    wanted = first.offered[0].intent_id
    assert ShowIntent(wanted) == notes.pressed(pressed(first, 0))
    assert NoneOfThese() == notes.pressed(pressed(second, -1))
    assert ShowTopics() == notes.pressed(ShowTopics())
    assert ignored.choices
    assert [wanted, NONE_TAKEN, ""] == [entry.taken for entry in kept(notes, path)]


def test_a_restart_still_finds_the_row(unsure: Bot, notes: QuestionLog, path: Path) -> None:
    """Nothing of a conversation is in the process."""
    reply = notes.note(OFFERED, unsure.answer(OFFERED))
    notes.close()
    with QuestionLog(path, print) as later:
        later.pressed(pressed(reply, -1))
    assert NONE_TAKEN == read_journal(path)[0].taken


def test_a_choice_from_an_offer_is_answered_by_anyone(unsure: Bot, notes: QuestionLog) -> None:
    """Also by a front end without a journal: the request itself says what was chosen."""
    reply = notes.note(OFFERED, unsure.answer(OFFERED))
    request = pressed(reply, 0)
    assert "answer" == unsure.respond(request).kind
    assert unsure.respond(request.request) == unsure.respond(request)


def test_a_wrong_answer_is_kept_with_what_was_answered(unsure: Bot, notes: QuestionLog, path: Path) -> None:
    assert notes.wrong(ANSWERED, unsure.answer(ANSWERED))
    assert (Entry("wrong", ANSWERED, ("winter",)),) == kept(notes, path)


def test_without_a_journal_nothing_is_kept_and_nothing_changes(unsure: Bot, tmp_path: Path) -> None:
    """One setting turns it off: no file, no names in buttons."""
    with QuestionLog(None, print) as notes:
        reply = unsure.answer(OFFERED)
        assert "offer" == reply.kind
        assert reply is notes.note(OFFERED, reply)
        assert not notes.wrong(OFFERED, reply)
    assert [] == list(tmp_path.iterdir())


def test_no_person_is_in_the_file(keeper: Bot, notes: QuestionLog, path: Path) -> None:
    """Its columns are these; the bytes on disk hold the redacted text alone."""
    notes.note("I am @some_body: what does China cost?", keeper.answer(REFUSED))
    notes.close()
    with closing(sqlite3.connect(path)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(journal)")]
    assert ["number", "day", "kind", "text", "shown", "offer", "taken"] == columns
    assert b"some_body" not in path.read_bytes()


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


def test_a_text_that_is_no_unicode_stops_nothing(keeper: Bot, notes: QuestionLog, path: Path) -> None:
    """Half of a pair of surrogates, as JSON may hold it, cannot be written to a file."""
    notes.note(f"\ud83d {REFUSED}", keeper.answer(REFUSED))
    notes.note(REFUSED, keeper.answer(REFUSED))
    assert [f"? {REFUSED}", REFUSED] == [entry.text for entry in kept(notes, path)]


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


def test_a_failing_disk_is_reported_once_and_no_answer_waits(keeper: Bot, tmp_path: Path) -> None:
    """A folder is in the place of the file. Each fallback comes back, and the operator is notified once."""
    reported: list[str] = []
    path = tmp_path / "journal.sqlite3"
    path.mkdir()
    with QuestionLog(path, reported.append) as notes:
        for _ in range(3):
            assert "fallback" == notes.note(REFUSED, keeper.answer(REFUSED)).kind
    assert 1 == len(reported)
    assert "cannot be written" in reported[0]
    path.rmdir()


def test_a_disk_that_works_again_is_reported(path: Path, reported: list[str]) -> None:
    """And what comes from then on is kept."""
    path.mkdir()
    failed, journal = threading.Event(), None

    def notify(sentence: str) -> None:
        reported.append(sentence)
        failed.set()

    journal = Journal(path, notify)
    assert failed.wait(10)
    path.rmdir()
    journal.write(Entry("fallback", "a text"))
    journal.close()
    assert ["cannot be written", "works again"] == [
        part for sentence in reported for part in ("cannot be written", "works again") if part in sentence
    ]
    assert 1 == len(read_journal(path))


def test_a_disk_that_hangs_loses_rows_and_no_time(path: Path, reported: list[str]) -> None:
    """What waits for it is bounded; more is not kept. `write` comes back although nothing can be written."""
    written, continues = threading.Event(), threading.Event()

    def notify(sentence: str) -> None:
        written.set()
        continues.wait(10)

    path.mkdir()
    journal = Journal(path, notify)
    assert written.wait(10)
    for number in range(3 * ROWS):
        journal.write(Entry("fallback", str(number)))
    path.rmdir()
    continues.set()
    journal.close()
    assert store._WAITING == len(read_journal(path))


def test_a_journal_that_was_deleted_begins_anew(path: Path, reported: list[str]) -> None:
    """An editor who has seen enough deletes the file, also while the bot runs."""
    first = Journal(path, reported.append)
    first.write(Entry("fallback", "before"))
    first.close()
    second = Journal(path, reported.append)
    second.write(Entry("fallback", "in between"))
    while not any("in between" == entry.text for entry in read_journal(path)):
        pass
    path.unlink()
    second.write(Entry("fallback", "after"))
    second.close()
    assert ["after"] == [entry.text for entry in read_journal(path)]
    assert [] == reported


def test_a_file_that_is_no_journal_cannot_be_read(path: Path) -> None:
    """And one that is not there holds nothing."""
    assert () == read_journal(path)
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(UnreadableError, match="not a database"):
        read_journal(path)


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_the_page_on_privacy_says_what_is_kept(keeper: Bot, path: Path, language: str) -> None:
    """In each language the caps are named, or that nothing is kept."""
    wording = keeper.wording(language)
    page = Reply("page", language, ())
    with QuestionLog(path, print) as keeping, QuestionLog(None, print) as off:
        (kept_line,) = keeping.on_privacy(page, wording).blocks
        (nothing,) = off.on_privacy(page, wording).blocks
    assert wording.line("privacy_journal", rows="5,000", days=90) == getattr(kept_line, "text", "")
    assert wording.line("privacy_no_journal") == getattr(nothing, "text", "")
