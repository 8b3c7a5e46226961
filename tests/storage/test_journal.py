"""The journal keeps what was not answered, without names, and no answer waits for it."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.conversation.bot import Bot
from bot.conversation.replies import Reply
from bot.conversation.requests import FromOffer, NoneOfThese, ShowIntent, ShowPage, ShowTopics, decode, encode
from bot.storage import journal as store
from bot.storage.journal import NONE_TAKEN, ROWS, Entry, Journal, UnreadableError, read_journal
from bot.storage.question_log import QuestionLog
from tests.storage.offering import ANSWERED, OFFERED, offering

REFUSED = "What is the population of China?"


@pytest.fixture(scope="module")
def unsure(keeper: Bot) -> Bot:
    """A bot that offers two questions for OFFERED."""
    return offering(keeper)


@pytest.fixture
def notes(path: Path, reported: list[str]) -> Iterator[QuestionLog]:
    with closing(QuestionLog(path, reported.append)) as notes:
        yield notes


def kept(notes: QuestionLog, path: Path) -> tuple[Entry, ...]:
    """The rows, once all are written."""
    notes.close()
    return read_journal(path)


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
    with closing(QuestionLog(path, print)) as later:
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
    with closing(QuestionLog(None, print)) as notes:
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


def test_a_text_that_is_no_unicode_stops_nothing(keeper: Bot, notes: QuestionLog, path: Path) -> None:
    """Half of a pair of surrogates, as JSON may hold it, cannot be written to a file."""
    notes.note(f"\ud83d {REFUSED}", keeper.answer(REFUSED))
    notes.note(REFUSED, keeper.answer(REFUSED))
    assert [f"? {REFUSED}", REFUSED] == [entry.text for entry in kept(notes, path)]


def test_a_failing_disk_is_reported_once_and_no_answer_waits(
    keeper: Bot, path: Path, reported: list[str]
) -> None:
    """A folder is in the place of the file. Each fallback comes back, and the operator is notified once."""
    path.mkdir()
    with closing(QuestionLog(path, reported.append)) as notes:
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


def at_work(path: Path, reported: list[str]) -> Journal:
    """A journal that has its file open."""
    Journal(path, reported.append).close()
    journal = Journal(path, reported.append)
    journal.write(Entry("fallback", "before"))
    while not read_journal(path):
        pass
    return journal


def test_a_journal_that_was_deleted_begins_anew(path: Path, reported: list[str]) -> None:
    """An editor who has seen enough deletes the file, also while the bot runs."""
    journal = at_work(path, reported)
    path.unlink()
    journal.write(Entry("fallback", "after"))
    journal.close()
    assert ["after"] == [entry.text for entry in read_journal(path)]
    assert [] == reported


@pytest.mark.parametrize("put_there", ["an empty file", "an older copy"])
def test_another_file_in_its_place_is_written_to(path: Path, reported: list[str], put_there: str) -> None:
    """Somebody empties it, or puts a backup back while the bot runs."""
    copy = path.with_name("copy")
    first = Journal(copy, reported.append)
    first.write(Entry("fallback", "of the copy"))
    first.close()
    journal = at_work(path, reported)
    if put_there == "an empty file":
        path.write_bytes(b"")
    else:
        copy.rename(path)
    journal.write(Entry("fallback", "after"))
    journal.close()
    assert "after" == read_journal(path)[-1].text
    assert [] == reported


def test_an_error_does_not_last_longer_than_its_cause(path: Path, reported: list[str]) -> None:
    """Another program has taken the table away."""
    journal = at_work(path, reported)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE journal")
    journal.write(Entry("fallback", "lost"))
    journal.write(Entry("fallback", "after"))
    journal.close()
    assert ["after"] == [entry.text for entry in read_journal(path)]
    assert ["cannot be written", "works again"] == [
        part for sentence in reported for part in ("cannot be written", "works again") if part in sentence
    ]


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
    with closing(QuestionLog(path, print)) as keeping, closing(QuestionLog(None, print)) as off:
        *page, kept_line = keeping.privacy(keeper, language).blocks
        *same, nothing = off.privacy(keeper, language).blocks
    assert page == same == list(keeper.respond(ShowPage("privacy"), language).blocks)
    assert wording.line("privacy_journal", rows="5,000", days=90) == getattr(kept_line, "text", "")
    assert wording.line("privacy_no_journal") == getattr(nothing, "text", "")
