"""The conversations of tests/telegram_app/conversations, about our own interview, one test each."""

import pytest

from bot.conversation.bot import Bot
from bot.corpus.corpus import Corpus
from bot.loading.loader import Loaded
from tests.telegram_app.conversation_files import EXPECTATIONS, Conversation, conversations
from tests.telegram_app.expectations import CHECKS, Scene, meets
from tests.telegram_app.player import play
from tests.telegram_app.transcript import transcript

ALL = list(conversations())


@pytest.fixture(scope="module")
def interview(loaded: Loaded) -> tuple[Bot, Corpus]:
    """The bot on the real interview, not on the small text of the other tests here."""
    assert loaded.bot is not None
    assert loaded.bot is not None
    return loaded.bot, loaded.bot.corpus


@pytest.mark.parametrize("conversation", ALL, ids=[f"{each.place} {each.title}" for each in ALL])
def test_conversation(conversation: Conversation, interview: tuple[Bot, Corpus]) -> None:
    """Each step is met with what the table expects of it."""
    for step, shown in play(conversation, interview[0]):
        meets(Scene(step, shown, *interview))


def test_every_expectation_has_its_check_and_is_used() -> None:
    """A word that no conversation uses is a word too many."""
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


def test_a_conversation_can_be_printed(interview: tuple[Bot, Corpus]) -> None:
    """As it looks on a screen: what is done, what is sent, and where nothing is."""
    (conversation,) = (each for each in ALL if each.title == "An edit that leaves the words alone")
    printed = transcript(conversation, interview[0])
    expected = TRANSCRIPT.format(place=conversation.place)
    assert expected == printed[: len(expected)]
    assert ["> edits: why did yandex leave iran", "  (nothing)"] == printed.split("\n")[-2:]
