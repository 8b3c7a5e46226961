"""After an error the visitor gets one apology, the log one line, and the next message its answer."""

import logging

import pytest

from bot.conversation.bot import Bot
from bot.conversation.replies import Reply
from bot.conversation.requests import Request
from tests.telegram_app.harness import TOKEN, Harness
from tests.telegram_app.recorder import quoted
from tests.telegram_app.updates import message, press

WORDS = "when is the lamp lit"
TROUBLE = "Bad Request: something about the message"


@pytest.fixture
def broken(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> Harness:
    """A bot that breaks at the words "break" and "сломайся", and at every button."""
    answer = harness.bot.answer

    def fragile(text: str, language: str | None = None, _context: Request | None = None) -> Reply:
        if text in {"break", "сломайся"}:
            raise ValueError(f"{text} {TOKEN}")
        return answer(text, language)

    def breaking(_request: object, _language: str | None = None) -> Reply:
        raise ZeroDivisionError(TOKEN)

    monkeypatch.setattr(Bot, "answer", staticmethod(fragile))
    monkeypatch.setattr(Bot, "respond", staticmethod(breaking))
    return harness


def apologies(harness: Harness, language: str) -> int:
    """How many messages on the screen are the apology in that language."""
    line = harness.bot.wording(language).line("apology")
    return sum(each["text"] == line for each in harness.telegram.screen)


@pytest.mark.parametrize(("text", "language"), [("break", "en"), ("сломайся", "ru")])
def test_the_bot_apologises_and_answers_the_next_message(text: str, language: str, broken: Harness) -> None:
    """Once, in the language of the message."""
    broken.receive(message(text, language="fa"), message(WORDS))
    assert 1 == apologies(broken, language)
    assert 1 == len(quoted(broken.last))
    assert 2 == len(broken.telegram.screen)


def test_the_log_gets_one_line_without_words_and_token(
    broken: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    """The update's number, the kind of error and its place; not the visitor's words, and no stack trace."""
    update = message("break")
    broken.receive(update)
    (record,) = caplog.records
    assert record.getMessage().startswith(
        f"update {update['update_id']} failed: ValueError at test_errors.py:"
    )
    assert "\n" not in caplog.text.strip()
    assert TOKEN not in caplog.text
    assert "break" not in record.getMessage()
    assert logging.ERROR == record.levelno


def test_a_broken_button_is_acknowledged_and_apologised_for(broken: Harness) -> None:
    """In the language of the message with the button."""
    broken.receive(message("что хуже шторма"))
    broken.receive(press("p:1", broken.last, language="en"))
    assert 1 == len(broken.telegram.of("answerCallbackQuery"))
    assert 1 == apologies(broken, "ru")


def test_an_answer_that_cannot_be_sent_is_apologised_for(harness: Harness) -> None:
    """Telegram refused it, and would again."""
    harness.telegram.refuse("sendMessage", 400, TROUBLE)
    harness.receive(message(WORDS))
    assert 1 == apologies(harness, "en")


def test_an_apology_that_cannot_be_sent_either_ends_there(
    harness: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is tried a third time, and the next message is answered."""
    harness.telegram.refuse("sendMessage", 400, TROUBLE, times=2)
    harness.receive(message(WORDS), message(WORDS))
    assert 1 == len(harness.telegram.screen)
    assert ["failed", "apology"] == [
        next(word for word in ("apology", "failed") if word in each.getMessage()) for each in caplog.records
    ]


def test_whoever_blocked_the_bot_is_not_written_to_again(harness: Harness) -> None:
    """One refused message is enough."""
    harness.telegram.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    harness.receive(message(WORDS))
    assert ["sendMessage"] == harness.telegram.methods()
