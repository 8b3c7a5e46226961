"""The commands and descriptions in Telegram's menus."""

import asyncio

import pytest

from bot.conversation.bot import Bot
from bot.telegram_app.incoming import COMMANDS
from bot.telegram_app.setup import GROUP_COMMANDS
from tests.telegram_app.stage import Stage

LANGUAGES = ["", "en", "fa", "ru"]


def start(stage: Stage) -> None:
    """What happens between the first request and the first poll."""

    async def prepare() -> None:
        async with stage.application as application:
            assert application.post_init is not None
            await application.post_init(application)

    asyncio.run(prepare())


def setters(stage: Stage) -> list[str]:
    return [method for method in stage.telegram.methods() if method.startswith("set")]


def test_every_language_is_registered_and_english_for_all_others(stage: Stage) -> None:
    """Commands, description, short description; the same words as in the wording files."""
    start(stage)
    assert 16 == len(setters(stage))
    for kind in ("MyCommands", "MyDescription", "MyShortDescription"):
        assert LANGUAGES == sorted(code for what, code in stage.telegram.profile if what == kind)
    for code in LANGUAGES:
        wording = stage.bot.wording(code)
        commands = stage.telegram.profile["MyCommands", code]["commands"]
        assert [(name, wording.line(f"command_{name}")) for name in COMMANDS] == [
            (each["command"], each["description"]) for each in commands
        ]
        registered = stage.telegram.profile["MyShortDescription", code]["short_description"]
        assert wording.line("short_description") == registered


def test_groups_are_shown_what_is_of_use_there(stage: Stage) -> None:
    """In every language; to start, or to be told of privacy, one goes to the bot itself."""
    start(stage)
    for code in LANGUAGES:
        commands = stage.telegram.profile["MyCommands groups", code]["commands"]
        assert list(GROUP_COMMANDS) == [each["command"] for each in commands]


def test_what_is_registered_already_is_left_alone(stage: Stage) -> None:
    """A second start asks and sets nothing."""
    start(stage)
    stage.telegram.calls.clear()
    start(stage)
    assert [] == setters(stage)


def test_only_what_changed_is_set(stage: Stage) -> None:
    """One line in one language."""
    start(stage)
    stage.telegram.calls.clear()
    stage.telegram.profile["MyDescription", "ru"] = {"description": "старое"}
    start(stage)
    assert ["setMyDescription"] == setters(stage)


def test_a_failure_is_one_line_and_not_fatal(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """Too many requests, for instance; the rest is left for the next start."""
    stage.telegram.refuse("setMyDescription", 429, "Too Many Requests")
    start(stage)
    assert ["setMyCommands", "setMyCommands", "setMyDescription"] == setters(stage)
    (record,) = caplog.records
    assert "the bot works on" in record.getMessage()


def test_the_lines_are_as_long_as_telegram_allows(bot: Bot) -> None:
    """Descriptions 512 and 120 characters, a command's 256 (setMyDescription and its neighbours)."""
    for code in bot.languages():
        wording = bot.wording(code)
        assert 0 < len(wording.line("description")) <= 512
        assert 0 < len(wording.line("short_description")) <= 120
        assert all(0 < len(wording.line(f"command_{name}")) <= 256 for name in COMMANDS)
