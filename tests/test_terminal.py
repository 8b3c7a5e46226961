"""The terminal shows the same replies, with numbers to choose by."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.conversation.bot import Bot
from bot.conversation.requests import ShowIntent
from bot.corpus.passages import Quotation
from bot.storage.journal import Entry, read_journal
from bot.storage.question_log import QuestionLog
from bot.terminal import (
    READ_IN_CONTEXT,
    Conversation,
    TerminalStyle,
    chat,
    language_of_user,
    render,
    style_of,
)
from tests.storage.offering import ANSWERED, OFFERED, offering

PLAIN = TerminalStyle(width=80)


@pytest.fixture
def conversation(keeper: Bot) -> Conversation:
    return Conversation(lambda: keeper, PLAIN)


def said(conversation: Conversation, line: str) -> str:
    shown = conversation.reply_to(line)
    assert shown is not None
    return shown


def test_a_quotation_is_set_off_and_attributed(keeper: Bot) -> None:
    """Behind a bar, word for word, with the speaker under it."""
    reply = keeper.respond(ShowIntent("lamp"), "en")
    lines = render(reply, PLAIN).splitlines()
    quoted = " ".join(line.removeprefix("│ ") for line in lines if line.startswith("│ "))
    expected = " ".join(b.exact for b in reply.blocks if isinstance(b, Quotation))
    assert expected.split() == quoted.split()
    last = max(n for n, line in enumerate(lines) if line.startswith("│ "))
    assert "  — Ada Lund, in the Harbour Courier" == lines[last + 1]


def test_a_number_chooses(conversation: Conversation) -> None:
    """The first topic, then its first question, leads to a quotation."""
    assert "  1)" in said(conversation, "/topics")
    assert "  1)" in said(conversation, "1")
    assert "│ " in said(conversation, "1")


def test_a_number_that_is_not_there_says_so(conversation: Conversation) -> None:
    """And the choices stay as they were."""
    said(conversation, "/topics")
    assert "There is no choice 99 here." == said(conversation, "99")
    assert "  1)" in said(conversation, "1")


@pytest.mark.parametrize("line", ["/start", "/topics", "/source", "/help", "/privacy"])
def test_commands_show_their_page(line: str, conversation: Conversation) -> None:
    """Each in the language of the conversation so far."""
    said(conversation, "привет")
    assert any("\u0400" <= char <= "\u04ff" for char in said(conversation, line))


def test_an_unknown_command_names_the_known_ones(conversation: Conversation) -> None:
    """It is not a question about the interview."""
    assert "There is no command /topic here." in said(conversation, "/topic")


def test_ask_may_be_written(conversation: Conversation) -> None:
    """As in a Telegram group."""
    assert said(conversation, "when is the lamp lit") == said(conversation, "/ask when is the lamp lit")


@pytest.mark.parametrize("line", ["/quit", "/exit", " /q "])
def test_quit_leaves(line: str, conversation: Conversation) -> None:
    assert conversation.reply_to(line) is None


def test_a_chat_ends_with_its_input(conversation: Conversation) -> None:
    """Ctrl-D says goodbye; empty lines are passed over."""
    lines = iter(["", "hello"])

    def read() -> str:
        for line in lines:
            return line
        raise EOFError

    shown: list[str] = []
    chat(conversation, read, shown.append)
    assert 3 == len(shown)
    assert "Goodbye!" == shown[-1]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fa_IR"}, "fa"),
        ({"LANGUAGE": "ru:en", "LC_ALL": "en_US.UTF-8"}, "ru"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_welcome_is_in_the_language_of_the_environment(
    environment: dict[str, str], language: str, keeper: Bot
) -> None:
    """Until a message tells another; English where the bot does not speak it."""
    conversation = Conversation(lambda: keeper, TerminalStyle(language=language_of_user(environment)))
    assert language == conversation.wording.language
    said(conversation, "привет")
    assert "ru" == conversation.wording.language


def test_right_to_left_text_stays_as_stored(conversation: Conversation) -> None:
    """No character is added, dropped or reordered but for line breaks."""
    shown = said(conversation, "سلام")
    intents = conversation._current().answer("سلام").blocks
    expected = [block.text for block in intents if not isinstance(block, Quotation)]
    assert " ".join(expected[0].split()) == " ".join(shown.split())


def escapes(text: str) -> Iterator[str]:
    return (char for char in text if char == "\x1b")


def test_colours_only_on_a_terminal(keeper: Bot) -> None:
    """A terminal without NO_COLOR; files and pipes get plain text."""
    reply = keeper.respond(ShowIntent("lamp"), "en")
    assert list(escapes(render(reply, TerminalStyle(colours=True))))
    assert not list(escapes(render(reply, style_of(False, {}))))
    assert not style_of(True, {"NO_COLOR"}).colours


@pytest.mark.parametrize("command", ["/why", "/next", "/wrong"])
def test_an_editor_tool_needs_a_question_first(command: str, conversation: Conversation) -> None:
    """It says so; it is not an unknown command."""
    assert f"{command} is about the last question, and there was none yet." == said(conversation, command)


def test_why_says_when_the_answer_before_decided(keeper: Bot) -> None:
    """The explanation is of the message alone."""
    conversation = Conversation(lambda: keeper, PLAIN, why=lambda question: f"explained: {question}")
    said(conversation, "when is the lamp lit")
    assert "explained: when is the lamp lit" == said(conversation, "/why")
    said(conversation, "tell me more")
    assert f"{READ_IN_CONTEXT}\n\nexplained: tell me more" == said(conversation, "/why")


def test_next_goes_through_all_candidates(conversation: Conversation, keeper: Bot) -> None:
    """Best first, each with its id and confidence, once; then it says that there are no more."""
    question = "boat lamp storm landing"
    said(conversation, question)
    candidates = keeper.answer(question).ranking
    answers = [each for each in candidates if keeper.respond(ShowIntent(each.intent_id)).kind == "answer"]
    for candidate in answers:
        shown = said(conversation, "/next")
        assert shown.startswith(f"{candidate.intent_id}, confidence {candidate.confidence:.0%}\n")
        assert "│ " in shown
    assert "There is no further candidate for the last question." == said(conversation, "/next")


def test_next_does_not_repeat_the_answer(conversation: Conversation) -> None:
    """It was shown already."""
    said(conversation, "when is the lamp lit")
    assert "lamp, confidence" not in said(conversation, "/next")


def test_wrong_keeps_the_question(keeper: Bot, tmp_path: Path) -> None:
    """With what was answered; an offer and its choice are kept as on Telegram."""
    path = tmp_path / "journal.sqlite3"
    with closing(QuestionLog(path, print)) as log:
        unsure = offering(keeper)
        conversation = Conversation(lambda: unsure, PLAIN, question_log=log)
        said(conversation, OFFERED)
        said(conversation, "1")
        said(conversation, ANSWERED)
        assert said(conversation, "/wrong").startswith("Noted")
    offer, wrong = read_journal(path)
    assert Entry("wrong", ANSWERED, ("winter",)) == wrong
    assert ("offer", OFFERED, offer.shown[0]) == (offer.kind, offer.text, offer.taken)


def test_wrong_without_a_journal_says_so(conversation: Conversation) -> None:
    """The editor must not believe that it was noted."""
    said(conversation, "when is the lamp lit")
    assert "Nothing is noted, because JOURNAL is off." == said(conversation, "/wrong")


def test_help_names_the_tools_of_editors(conversation: Conversation) -> None:
    assert all(command in said(conversation, "/help") for command in ("/why", "/next", "/wrong"))


@pytest.mark.parametrize(
    "line", ["when is the lamp lit", "/topics", "/privacy", "/random", "/topic", "/next", "99"]
)
def test_a_line_is_answered_by_one_bot(line: str, keeper: Bot) -> None:
    """Files may change meanwhile: the bot is taken once for each line."""
    taken: list[Bot] = []

    def current() -> Bot:
        taken.append(keeper)
        return keeper

    conversation = Conversation(current, PLAIN)
    said(conversation, "boat lamp storm landing")
    taken.clear()
    said(conversation, line)
    assert 1 == len(taken)


def test_what_follows_an_answer_is_read_in_its_context_for_ten_minutes(keeper: Bot) -> None:
    """Later it stands alone."""
    now = 0.0
    conversation = Conversation(lambda: keeper, PLAIN, clock=lambda: now)
    said(conversation, "when is the lamp lit")
    assert said(conversation, "tell me more").startswith("What was the boat called?")
    now = 601.0
    assert "About what?" == said(conversation, "tell me more")
