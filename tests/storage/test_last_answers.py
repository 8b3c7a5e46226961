"""The last answer of each person is remembered for a while, of some thousand people."""

from bot.conversation.requests import ShowIntent
from bot.storage.last_answers import LastAnswers

LAMP, BOAT = ShowIntent("lamp"), ShowIntent("boat")


def test_it_is_forgotten_after_ten_minutes() -> None:
    """Counted from the answer."""
    now = [0.0]
    last = LastAnswers(clock=lambda: now[0])
    last.note("ann", LAMP)
    now[0] = 600.0
    assert LAMP == last.context("ann")
    now[0] = 601.0
    assert last.context("ann") is None


def test_each_person_has_one_of_their_own() -> None:
    """What shows no answer changes nothing."""
    last = LastAnswers()
    last.note("ann", LAMP)
    last.note("ben", BOAT)
    last.note("ann", None)
    assert [LAMP, BOAT, None] == [last.context(each) for each in ("ann", "ben", "cid")]


def test_who_was_answered_longest_ago_is_forgotten_first() -> None:
    """So the memory is bounded."""
    last = LastAnswers(most=2)
    for person in ("ann", "ben", "ann", "cid"):
        last.note(person, LAMP)
    assert [LAMP, None, LAMP] == [last.context(each) for each in ("ann", "ben", "cid")]


def test_an_edited_message_is_read_in_its_first_context() -> None:
    """Not in that of its own answer."""
    last = LastAnswers()
    last.note("ann", LAMP, message=1)
    last.note("ann", BOAT, message=2)
    assert [LAMP, BOAT] == [last.context("ann", message=number) for number in (2, 3)]
    last.note("ann", BOAT, message=2)  # edited
    assert LAMP == last.context("ann", message=2)
