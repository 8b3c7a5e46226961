"""Something between the bot and Telegram answers in its place, or cuts connections: every question is answered.

The whole service in this process, over real HTTP, with the pauses left out.
"""

from collections.abc import Callable

import pytest

from tests.end_to_end.faults import (
    NOTHING,
    dropped_after,
    dropped_before,
    other_body,
    page,
    refused,
    slowed_down,
)
from tests.end_to_end.people import Visitor, open_topic
from tests.end_to_end.processes import Fake

pytestmark = pytest.mark.usefixtures("logging_is_restored")

QUESTION = "when is the lamp lit"
CHATS = (1, 2, 3, 4)
FAULTS = (
    *(page(403), page(404), page(200), page(200, carried=True)),
    *(dropped_before(), dropped_after(), refused(401), slowed_down(300)),
)


def test_no_question_is_lost(
    empty: Fake, serve: Callable[[int], int], capfd: pytest.CaptureFixture[str]
) -> None:
    """However often it happens in a row; the log has no page, and there is no apology."""
    for number in CHATS:
        Visitor(empty.state, number).says(QUESTION)
    times = 4
    empty.faults.script("sendMessage", *FAULTS * times)
    expected = len(CHATS) + times * sum(fault.uncertain for fault in FAULTS)
    assert 0 == serve(expected)
    sent = list(empty.state.sent.values())
    assert expected == len(sent)
    assert set(CHATS) == {each.chat for each in sent}
    assert all(each.segment("blockquote") for each in sent)
    assert "" == capfd.readouterr().err


def test_polls_without_an_answer_are_few(
    empty: Fake, serve: Callable[[int], int], capfd: pytest.CaptureFixture[str]
) -> None:
    """A pause follows each of them, and then the questions come."""
    Visitor(empty.state, 1).says(QUESTION)
    empty.faults.script("getUpdates", other_body(NOTHING[0]))
    assert 0 == serve(1)
    assert len(empty.called("getUpdates")) <= 4
    assert "Something else answers in Telegram's place (HTTP 200)" in capfd.readouterr().err


def test_an_answer_whose_topic_was_deleted_is_sent_without_it(
    empty: Fake, serve: Callable[[int], int]
) -> None:
    """Telegram's fake refuses it as Telegram does."""
    group, topic = -1_000_000_000_700, 5
    open_topic(empty.state, group, topic)
    Visitor(empty.state, group=group, thread=topic).says("/ask when is the lamp lit")
    empty.state.threads.clear()
    assert 0 == serve(1)
    (message,) = empty.state.sent.values()
    assert (group, None) == (message.chat, message.thread)
