"""The commands and descriptions that Telegram shows, registered at start.

What is already there is not set again, because these calls are limited; and a failure does not stop the bot.
"""

import logging

from telegram import Bot as TelegramBot
from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeDefault
from telegram.error import TelegramError

from bot.conversation.bot import Bot
from bot.conversation.wording import Wording
from bot.telegram_app.incoming import COMMANDS

_LOG = logging.getLogger(__name__)

GROUP_COMMANDS = ("ask", "help", "topics", "source")
"""The commands that are useful in a group."""

SCOPES = ((BotCommandScopeDefault(), COMMANDS), (BotCommandScopeAllGroupChats(), GROUP_COMMANDS))
"""https://core.telegram.org/bots/api#determining-list-of-commands"""


async def register_profile(api: TelegramBot, bot: Bot, change: bool = True) -> tuple[str, ...]:
    """Registers the bot's lines for every language it speaks, and the English ones for all others.

    Telegram shows a person the lines of their language, else those without a language
    (https://core.telegram.org/bots/api#setmycommands). The first failure ends it, with one line in the
    log; the next start tries again. Returns what was not up to date ("commands (ru)"). Without
    `change` nothing is set.
    """
    outdated: list[str] = []
    try:
        for code in (None, *bot.languages()):
            wording = bot.wording(code)
            for name, update in _UPDATES.items():
                if await update(api, wording, code, change):
                    outdated.append(f"{name} ({code})" if code else name)
    except TelegramError as error:
        kind = type(error).__name__
        _LOG.warning("the commands and descriptions could not be registered (%s); the bot works on", kind)
    return tuple(outdated)


async def _commands(api: TelegramBot, wording: Wording, code: str | None, change: bool) -> bool:
    differ = False
    for scope, names in SCOPES:
        wanted = tuple(BotCommand(name, wording.line(f"command_{name}")) for name in names)
        if await api.get_my_commands(scope, code) != wanted:
            differ = True
            if change:
                await api.set_my_commands(wanted, scope, code)
    return differ


async def _description(api: TelegramBot, wording: Wording, code: str | None, change: bool) -> bool:
    wanted = wording.line("description")
    differs = (await api.get_my_description(language_code=code)).description != wanted
    if differs and change:
        await api.set_my_description(wanted, language_code=code)
    return differs


async def _short_description(api: TelegramBot, wording: Wording, code: str | None, change: bool) -> bool:
    wanted = wording.line("short_description")
    differs = (await api.get_my_short_description(language_code=code)).short_description != wanted
    if differs and change:
        await api.set_my_short_description(wanted, language_code=code)
    return differs


_UPDATES = {"commands": _commands, "description": _description, "short description": _short_description}
"""What is registered. Each function returns whether it differed from what it should be."""
