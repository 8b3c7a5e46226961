"""The commands and descriptions in Telegram's menus."""

import asyncio
from dataclasses import replace

import pytest

from bot.telegram_app.incoming import COMMANDS
from bot.telegram_app.setup import GROUP_COMMANDS, register_profile
from bot.text.languages import Localized
from tests.telegram_app.harness import Harness

LANGUAGES = ["", "en", "fa", "ru"]


def setters(harness: Harness) -> list[str]:
    return [method for method in harness.telegram.methods() if method.startswith("set")]


def test_every_language_is_registered_and_english_for_all_others(harness: Harness) -> None:
    """Commands, description, short description; the words of the wording files and of the source card."""
    harness.start()
    assert 16 == len(setters(harness))
    for kind in ("MyCommands", "MyDescription", "MyShortDescription"):
        assert LANGUAGES == sorted(code for what, code in harness.telegram.profile if what == kind)
    for code in LANGUAGES:
        wording = harness.bot.wording(code)
        commands = harness.telegram.profile["MyCommands", code]["commands"]
        assert [(name, wording.line(f"command_{name}")) for name in COMMANDS] == [
            (each["command"], each["description"]) for each in commands
        ]
        registered = harness.telegram.profile["MyShortDescription", code]["short_description"]
        assert harness.bot.profile_line("short_description", code) == registered


def test_groups_are_shown_what_is_of_use_there(harness: Harness) -> None:
    """In every language; /start and /privacy are for the chat with the bot itself."""
    harness.start()
    for code in LANGUAGES:
        commands = harness.telegram.profile["MyCommands groups", code]["commands"]
        assert list(GROUP_COMMANDS) == [each["command"] for each in commands]


def test_what_is_registered_already_is_left_alone(harness: Harness) -> None:
    """A second start asks and sets nothing."""
    harness.start()
    harness.telegram.calls.clear()
    harness.start()
    assert [] == setters(harness)


def test_only_what_changed_is_set(harness: Harness) -> None:
    """One line in one language."""
    harness.start()
    harness.telegram.calls.clear()
    harness.telegram.profile["MyDescription", "ru"] = {"description": "старое"}
    harness.start()
    assert ["setMyDescription"] == setters(harness)


def test_a_failure_is_one_line_and_not_fatal(harness: Harness, caplog: pytest.LogCaptureFixture) -> None:
    """The rest is left for the next start."""
    harness.telegram.refuse("setMyDescription", 502, "Bad Gateway")
    harness.start()
    assert ["setMyCommands", "setMyCommands", "setMyDescription"] == setters(harness)
    (record,) = caplog.records
    assert "the bot works on" in record.getMessage()


def test_what_must_wait_is_said_and_goes_on_where_it_was(
    harness: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    """After the hour for which Telegram asks; nothing is asked or set twice but the call that it refused."""
    harness.telegram.refuse("setMyDescription", 429, "Too Many Requests", retry_after=3600)
    pauses = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    async def register() -> None:
        async with harness.application as application:
            await register_profile(application.bot, harness.bot, sleep)

    asyncio.run(register())
    assert [3600.1] == pauses
    assert (16 + 1, 16) == (
        len(setters(harness)),
        sum(name.startswith("getMy") for name in harness.telegram.methods()),
    )
    (record,) = caplog.records
    assert "asks to wait 3600 s" in record.getMessage()


def test_the_lines_are_as_long_as_telegram_allows(harness: Harness) -> None:
    """Descriptions 512 and 120 characters, a command's 256 (setMyDescription and the like). A long title is cut."""
    source = harness.bot.corpus.source
    long = replace(source.metadata, title=Localized((("en", "A lighthouse that never ends " * 20),)))
    harness.bot = replace(
        harness.bot, corpus=replace(harness.bot.corpus, source=replace(source, metadata=long))
    )
    harness.start()
    for code in LANGUAGES:
        assert 400 < len(harness.telegram.profile["MyDescription", code]["description"]) <= 512
        assert 80 < len(harness.telegram.profile["MyShortDescription", code]["short_description"]) <= 120
        assert all(0 < len(harness.bot.wording(code).line(f"command_{name}")) <= 256 for name in COMMANDS)
