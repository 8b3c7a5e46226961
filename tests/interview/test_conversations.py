"""The conversations of tests/interview/conversations, one test each."""

import pytest

from bot.conversation.bot import Bot
from tests.interview.transcript import FOLDER, transcript
from tests.tables import known_miss
from tests.telegram_app.conversation_files import EXPECTATIONS, Conversation, conversations
from tests.telegram_app.expectations import CHECKS, Outcome, check
from tests.telegram_app.player import play

ALL = list(conversations(FOLDER))


CASES = [pytest.param(each, id=f"{each.place} {each.title}", marks=known_miss(each.miss)) for each in ALL]


@pytest.mark.parametrize("conversation", CASES)
def test_conversation(conversation: Conversation, bot: Bot) -> None:
    """After each step the bot has done what the step expects."""
    for step, shown in play(conversation, bot):
        check(Outcome(step, shown, bot))


def test_every_expectation_has_its_check_and_is_used() -> None:
    """A key that no conversation uses is superfluous."""
    assert set(EXPECTATIONS) == set(CHECKS)
    assert set(EXPECTATIONS) == {word for each in ALL for step in each.steps for word in step.expectations()}


def test_there_are_conversations_of_all_kinds_in_three_languages() -> None:
    """At least thirty; in private, in groups and in topics."""
    assert len(ALL) >= 30
    assert {"private", "group", "topic"} == {each.where for each in ALL}
    languages = {step.text("language") for each in ALL for step in each.steps}
    assert {"en", "ru", "fa"} <= languages


TRANSCRIPT = """\
== An edit that leaves the words alone (private, {place})

> says: why did yandex leave iran

  Why did Yandex leave Iran?

  │ Some market issues made Yandex to come back from Iran. Yandex was a very Russian"""


def test_a_conversation_can_be_printed(bot: Bot) -> None:
    """As a screen shows it: what is done, what is sent, and where nothing is."""
    (conversation,) = (each for each in ALL if each.title == "An edit that leaves the words alone")
    printed = transcript(conversation, bot)
    expected = TRANSCRIPT.format(place=conversation.place)
    assert expected == printed[: len(expected)]
    assert ["> edits: why did yandex leave iran", "  (nothing)"] == printed.split("\n")[-2:]
