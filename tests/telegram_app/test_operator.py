"""The owner's chat gets the start and the errors, and no other chat does."""

import asyncio
from dataclasses import replace

import pytest

from bot.conversation.bot import Bot
from bot.telegram_app.operator import PAUSE, Operator
from tests.telegram_app.harness import SETTINGS, Harness
from tests.telegram_app.recorder import Recorder, Refusal
from tests.telegram_app.updates import message

OWNER, SECRET_WORDS = 4711, "my secret question about the lamp"


@pytest.fixture
def owned(bot: Bot, telegram: Recorder) -> Harness:
    """A bot with an owner."""
    return Harness(bot, telegram, replace(SETTINGS, owner=OWNER))


def reported(harness: Harness) -> list[str]:
    """The texts in the owner's chat."""
    return [each["text"] for each in harness.telegram.screen if each["chat"]["id"] == OWNER]


def test_the_start_is_reported(owned: Harness) -> None:
    """With what was loaded."""
    owned.start()
    assert 1 == len(reported(owned))
    assert reported(owned)[0].startswith("Started.")


def test_an_error_is_reported_without_the_words_of_the_visitor(owned: Harness) -> None:
    """Telegram's own words, but none that the visitor wrote, and the number of the update."""
    owned.telegram.refuse("sendMessage", 400, "Bad Request: something is wrong with " + SECRET_WORDS)
    update = message(SECRET_WORDS)
    owned.receive(update)
    (report,) = reported(owned)
    assert report.startswith("Failed: Bad Request: something is wrong with my … … … the …")
    assert report.endswith(f"update {update['update_id']}.")
    assert "secret" not in report


def test_equal_errors_are_gathered(owned: Harness) -> None:
    """One report a minute; the next one counts what came meanwhile."""
    clock = [0.0]
    operator = Operator(OWNER, "", "", waiting=lambda: 0, now=lambda: clock[0])

    async def fail() -> None:
        async with owned.application as application:
            for _ in range(4):
                await operator.report_error(application.bot, "Bad Request: x", 7)
            clock[0] = PAUSE
            await operator.report_error(application.bot, "Bad Request: x", 8)

    asyncio.run(fail())
    assert ["Failed: Bad Request: x; update 7.", "Failed: Bad Request: x (4 times); update 8."] == reported(
        owned
    )


def test_the_owner_may_ask_how_it_is(owned: Harness) -> None:
    """Uptime, replies by kind, what waits, errors, version and checksum."""
    owned.receive(message("when is the lamp lit"), message("/status", chat_id=OWNER))
    status = reported(owned)[-1]
    for words in (
        "Up 0 min, version ",
        "Served: answer 1",
        "Waiting: 0",
        "Errors: none",
        owned.bot.corpus.source.checksum,
    ):
        assert words in status


def test_for_everybody_else_status_is_no_command(owned: Harness) -> None:
    """Like any other unknown one it shows the help."""
    owned.receive(message("/status"), message("/nonsense"))
    first, second = (each["text"] for each in owned.telegram.screen)
    assert second == first
    assert owned.bot.corpus.source.checksum not in first


def test_an_owner_who_cannot_be_reached_stops_nothing(
    owned: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    """The visitor is apologised to first, the next one is answered, and the log says what to do, once."""
    owned.telegram.refuse("sendMessage", 400, "Bad Request: something is wrong")
    owned.telegram.refusals["sendMessage"] += [
        None,
        Refusal(403, "Forbidden: bot was blocked by the user"),
    ] * 2
    owned.receive(message("when is the lamp lit"), message("when is the lamp lit"))
    assert [] == reported(owned)
    assert 2 == len(owned.telegram.screen)
    assert 1 == sum("press Start" in each.getMessage() for each in caplog.records)


@pytest.mark.parametrize(
    ("status", "refusal"),
    [(403, "Forbidden: bot was blocked by the user"), (400, "Bad Request: chat not found")],
)
def test_whom_the_bot_cannot_write_to_is_no_fault(owned: Harness, status: int, refusal: str) -> None:
    """It is logged once, nothing is tried again, and the owner is left alone."""
    owned.telegram.refuse("sendMessage", status, refusal)
    owned.receive(message("when is the lamp lit"))
    assert ["sendMessage"] == owned.telegram.methods()
    assert [] == reported(owned)
