"""`doctor`: is everything in place for a bot that runs? Asks, and changes nothing."""

import argparse
import asyncio
import os
import platform
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot import __version__
from bot.cli.common import CLEAN, PROBLEMS, AddCommand
from bot.conversation.bot import Bot
from bot.loading.loader import Loaded, load, summary
from bot.settings import HOME, Settings, environment_with_file, read_settings
from bot.yamlfiles.problems import errors

OK, NOTE, PROBLEM = "ok", "note", "problem"

Line = tuple[str, str]
"""How it is ("ok", "note" or "problem"), and a sentence."""


def add_command(add: AddCommand) -> None:
    adding = add("doctor", _doctor, "Check the settings, the files and Telegram; changes nothing.", "doctor")
    adding.add_argument("--offline", action="store_true", help="ask nothing of Telegram")


def _doctor(options: argparse.Namespace) -> int:
    settings, invalid = read_settings(environment_with_file(HOME / ".env"))
    loaded = load(options.source, options.intents)
    found = [*_here(settings, invalid, loaded)]
    if options.offline:
        found.append((NOTE, "Telegram was not asked (--offline)."))
    elif settings.token is None:
        found.append((NOTE, "Telegram was not asked: there is no token."))
    elif loaded.bot is not None:
        found += asyncio.run(_there(settings, loaded.bot))
    for level, text in found:
        print(f"{level:<8} {text}")
    return PROBLEMS if any(level == PROBLEM for level, _ in found) else CLEAN


def _here(settings: Settings, invalid: tuple[str, ...], loaded: Loaded) -> Iterator[Line]:
    """What can be seen on this machine alone."""
    yield OK, f"Version {__version__} on Python {platform.python_version()}, {sys.platform}."
    yield from ((PROBLEM, sentence) for sentence in invalid)
    if settings.token is None and not invalid:
        yield NOTE, "There is no TELEGRAM_BOT_TOKEN: the bot talks in the terminal. See README.md."
    yield from _env_file(HOME / ".env")
    yield from _inbox(settings.inbox)
    yield from _journal(settings.journal)
    yield from ((PROBLEM, str(problem)) for problem in errors(loaded.problems))
    others = [problem for problem in loaded.problems if problem.level != "error"]
    yield from ((PROBLEM, str(problem)) for problem in others if problem.rule == "stale-calibration")
    if loaded.bot is not None:
        yield OK, f"{summary(loaded.bot)}."


def _env_file(path: Path) -> Iterator[Line]:
    """The file with the token should be the owner's alone."""
    if path.exists() and os.name == "posix" and path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        yield PROBLEM, "Others on this machine can read .env, which holds the token; chmod 600 .env"


def _inbox(inbox: Path | None) -> Iterator[Line]:
    if inbox is None:
        yield NOTE, "INBOX is off: without a webhook, what is being answered when the bot is killed is lost."
    elif not _can_be_written(inbox):
        yield PROBLEM, f"The inbox {inbox} cannot be written; make its folder writable, or set INBOX."
    else:
        yield OK, "Messages are kept on disk until they are answered."


def _journal(journal: Path | None) -> Iterator[Line]:
    if journal is None:
        yield NOTE, "JOURNAL is off: what is not answered is not kept for the editor."
    elif not _can_be_written(journal):
        yield PROBLEM, f"The journal {journal} cannot be written; make its folder writable, or set JOURNAL."
    else:
        yield OK, "Questions without an answer are kept for the editor: python -m bot review."


def _can_be_written(path: Path) -> bool:
    return os.access(path if path.exists() else path.parent, os.W_OK)


async def _there(settings: Settings, bot: Bot) -> list[Line]:
    """What Telegram says."""
    from bot.telegram_app.operator import diagnose  # noqa: PLC0415 - 0.3 s, only needed here

    return [(each.level, each.text) async for each in diagnose(settings, bot, datetime.now(UTC))]
