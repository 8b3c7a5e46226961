"""Check the settings, the files and Telegram; changes nothing."""

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
from bot.cli.common import CLEAN, PROBLEMS, settings_of_env
from bot.conversation.bot import Bot
from bot.loading.loader import Loaded, load, summary
from bot.settings import HOME, Settings
from bot.telegram_app.diagnosis import Finding, diagnose


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--offline", action="store_true", help="ask nothing of Telegram")


def run(options: argparse.Namespace) -> int:
    settings, invalid = settings_of_env()
    loaded = load(options.source, options.intents)
    found = list(_check_machine(settings, invalid, loaded))
    if options.offline:
        found.append(Finding("note", "Telegram was not asked (--offline)."))
    elif settings.token is None:
        found.append(Finding("note", "Telegram was not asked: there is no token."))
    elif invalid:
        found.append(Finding("note", "Telegram was not asked: repair the settings first."))
    elif loaded.bot is not None:
        found += asyncio.run(_ask_telegram(settings, loaded.bot))
    for each in found:
        print(f"{each.level:<8} {each.text}")
    return PROBLEMS if any(each.level == "problem" for each in found) else CLEAN


def _check_machine(settings: Settings, invalid: tuple[str, ...], loaded: Loaded) -> Iterator[Finding]:
    yield Finding("ok", f"Version {__version__} on Python {platform.python_version()}, {sys.platform}.")
    yield from (Finding("problem", sentence) for sentence in invalid)
    if settings.token is None and not invalid:
        yield Finding("note", "There is no TELEGRAM_BOT_TOKEN: the bot talks in the terminal. See README.md.")
    yield from _env_file(HOME / ".env")
    yield from _kept_file(
        "inbox",
        settings.inbox,
        "Messages are kept on disk until they are answered.",
        off="without a webhook, what is being answered when the bot is killed is lost.",
    )
    yield from _kept_file(
        "journal",
        settings.journal,
        "Questions without an answer are kept for the editor: python -m bot review.",
        off="what is not answered is not kept for the editor.",
    )
    for problem in loaded.problems:
        if problem.level == "error" or problem.rule == "stale-calibration":
            yield Finding("problem", str(problem))
    if loaded.bot is not None:
        yield Finding("ok", f"{summary(loaded.bot)}.")


def _env_file(path: Path) -> Iterator[Finding]:
    if path.exists() and os.name == "posix" and path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        text = "Others on this machine can read .env, which holds the token; chmod 600 .env"
        yield Finding("problem", text)


def _kept_file(name: str, path: Path | None, well: str, off: str) -> Iterator[Finding]:
    """A folder in its place, or one that is not there, is a problem of the settings."""
    if path is None:
        yield Finding("note", f"{name.upper()} is off: {off}")
    elif not os.access(path if path.exists() else path.parent, os.W_OK):
        if path.parent.is_dir():
            text = f"The {name} {path} cannot be written; make its folder writable, or set {name.upper()}."
            yield Finding("problem", text)
    elif not path.is_dir():
        yield Finding("ok", well)


async def _ask_telegram(settings: Settings, bot: Bot) -> list[Finding]:
    return [each async for each in diagnose(settings, bot, datetime.now(UTC))]
