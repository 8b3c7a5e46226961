"""The commands and descriptions that Telegram shows, registered beside the answers.

Telegram remembers them. What is already there is not set again, because these calls are limited: it may ask to wait
for an hour. That delays nothing else, and a failure does not stop the bot.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial

from telegram import Bot as TelegramBot
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeDefault,
    BotDescription,
    BotShortDescription,
)
from telegram.error import RetryAfter, TelegramError

from bot.conversation.bot import Bot
from bot.telegram_app.incoming import COMMANDS
from bot.telegram_app.rate_limit import requested_pause
from bot.telegram_app.render import shortened
from bot.telegram_app.responses import words_of

_LOG = logging.getLogger(__name__)

GROUP_COMMANDS = ("ask", "help", "summary", "topics", "source")
"""The commands that are useful in a group."""

SCOPES = ((BotCommandScopeDefault(), COMMANDS), (BotCommandScopeAllGroupChats(), GROUP_COMMANDS))
"""https://core.telegram.org/bots/api#determining-list-of-commands"""


async def register_profile(
    api: TelegramBot, bot: Bot, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Registers the bot's lines for every language it speaks, and the English ones for all others.

    Telegram shows a person the lines of their language, else those without a language
    (https://core.telegram.org/bots/api#setmycommands). Where Telegram asks to wait, it says so in the log, waits, and
    goes on. Another failure ends it, with one line in the log; the next start tries again.
    """

    async def patiently(call: Callable[[], Awaitable[object]]) -> object:
        while True:
            try:
                return await call()
            except RetryAfter as error:
                pause = requested_pause(error) or 0.0
                _LOG.warning(
                    "Telegram asks to wait %.0f s before more commands and descriptions are registered; "
                    "the bot answers meanwhile",
                    pause,
                )
                await sleep(pause)

    try:
        for line in _lines(api, bot):
            if await patiently(line.registered) != line.wanted:
                await patiently(line.register)
    except TelegramError as error:
        _LOG.warning(
            "the commands and descriptions could not be registered (%s); the bot works on", words_of(error)
        )


async def outdated_lines(api: TelegramBot, bot: Bot) -> tuple[str, ...]:
    """What is not registered as it should be: "commands (ru)". Raises TelegramError."""
    found = [line.name for line in _lines(api, bot) if await line.registered() != line.wanted]
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Line:
    """One thing that is registered for one language."""

    name: str
    wanted: object
    registered: Callable[[], Awaitable[object]]
    register: Callable[[], Awaitable[bool]]


def _lines(api: TelegramBot, bot: Bot) -> Iterator[_Line]:
    for code in (None, *(each for each in bot.languages() if len(each) == 2)):  # Telegram takes no others
        wording = bot.wording(code)
        suffix = f" ({code})" if code else ""
        for scope, names in SCOPES:
            commands = tuple(BotCommand(name, wording.line(f"command_{name}")) for name in names)
            yield _Line(
                f"commands{suffix}",
                commands,
                partial(api.get_my_commands, scope, code),
                partial(api.set_my_commands, commands, scope, code),
            )
        # Of at most so many characters: https://core.telegram.org/bots/api#setmydescription, #setmyshortdescription
        for name, most, kind, get, put in (
            ("description", 512, BotDescription, api.get_my_description, api.set_my_description),
            (
                "short description",
                120,
                BotShortDescription,
                api.get_my_short_description,
                api.set_my_short_description,
            ),
        ):
            text = bot.profile_line(name.replace(" ", "_"), code)
            text = text if len(text) <= most else shortened(text, most)
            yield _Line(f"{name}{suffix}", kind(text), partial(get, code), partial(put, text, code))
