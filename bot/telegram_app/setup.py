"""The commands and descriptions that Telegram shows, registered at start.

What is already there is not set again, because these calls are limited; and a failure does not stop the bot.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial

from telegram import Bot as TelegramBot
from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeDefault
from telegram.error import TelegramError

from bot.conversation.bot import Bot
from bot.telegram_app.incoming import COMMANDS
from bot.telegram_app.render import shortened

_LOG = logging.getLogger(__name__)

GROUP_COMMANDS = ("ask", "help", "topics", "source")
"""The commands that are useful in a group."""

LONGEST_DESCRIPTION, LONGEST_SHORT_DESCRIPTION = 512, 120
"""Characters (https://core.telegram.org/bots/api#setmydescription, #setmyshortdescription)."""

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
            async for name, repair in _differences(api, bot, code):
                outdated.append(f"{name} ({code})" if code else name)
                if change:
                    await repair()
    except TelegramError as error:
        kind = type(error).__name__
        _LOG.warning("the commands and descriptions could not be registered (%s); the bot works on", kind)
    return tuple(dict.fromkeys(outdated))


async def _differences(
    api: TelegramBot, bot: Bot, code: str | None
) -> AsyncIterator[tuple[str, Callable[[], Awaitable[bool]]]]:
    """What is not as in the wording, each with the call that sets it."""
    wording = bot.wording(code)
    for scope, names in SCOPES:
        commands = tuple(BotCommand(name, wording.line(f"command_{name}")) for name in names)
        if await api.get_my_commands(scope, code) != commands:
            yield "commands", partial(api.set_my_commands, commands, scope, code)
    line = _fitting(bot.profile_line("description", code), LONGEST_DESCRIPTION)
    if (await api.get_my_description(code)).description != line:
        yield "description", partial(api.set_my_description, line, code)
    line = _fitting(bot.profile_line("short_description", code), LONGEST_SHORT_DESCRIPTION)
    if (await api.get_my_short_description(code)).short_description != line:
        yield "short description", partial(api.set_my_short_description, line, code)


def _fitting(text: str, most: int) -> str:
    return text if len(text) <= most else shortened(text, most - 1)
