"""Is everything on Telegram's side as the bot needs it? Asks, and changes nothing.

Rule: each finding is one plain sentence, with the fix where something is wrong. What this file does not know:
who reads it, and the files of the bot.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal

import httpx
from telegram import Bot as TelegramBot
from telegram import User, WebhookInfo
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.conversation.bot import Bot
from bot.settings import Secret, Settings
from bot.telegram_app.connection import TELEGRAM, api_address
from bot.telegram_app.setup import register_profile

MOST_OFF = 30.0
"""Seconds by which the clock may be wrong: certificates and the dates of messages bear that."""

PATIENCE = 10.0
"""Seconds."""

FRESH_ERROR = timedelta(hours=1)
"""A delivery that failed longer ago is history."""

Level = Literal["ok", "note", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence; a "note" is nothing to repair, but good to know."""

    level: Level
    text: str


def masked(token: Secret) -> str:
    """Enough of a token to tell two apart, and not enough to use it.

    >>> masked(Secret("4242:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQ1"))
    '4242:…QQ1'
    """
    number, _, rest = token.reveal().partition(":")
    return f"{number}:…{rest[-3:]}"


async def inspect(api: TelegramBot, settings: Settings, bot: Bot) -> AsyncIterator[Finding]:
    """What Telegram says of the bot, one thing after another; ends early when nothing more can be asked."""
    token = masked(settings.token) if settings.token else ""
    where = "Telegram's test environment" if settings.test_environment else "Telegram"
    try:
        me = await api.get_me()
    except InvalidToken:
        yield Finding("problem", f"{where} does not know the token {token}; copy it anew from @BotFather.")
        return
    except TelegramError as error:
        text = f"{where} cannot be reached ({type(error).__name__}); check the network and TELEGRAM_API_BASE."
        yield Finding("problem", text)
        return
    yield Finding("ok", f"The token {token} is that of @{me.username} on {where}.")
    for finding in (*_abilities(me), *_webhook(await api.get_webhook_info(), settings)):
        yield finding
    outdated = await register_profile(api, bot, change=False)
    if outdated:
        text = f"Not up to date: {', '.join(outdated)}; they are set when the bot starts."
        yield Finding("note", text)
    else:
        yield Finding("ok", "The commands and descriptions are up to date.")


def _abilities(me: User) -> list[Finding]:
    """What was chosen with @BotFather, against what the bot can do."""
    found = []
    if me.supports_inline_queries:
        found.append(Finding("ok", "Inline mode is on."))
    else:
        text = "Inline mode is off, so nobody can share answers; turn it on with /setinline at @BotFather."
        found.append(Finding("problem", text))
    if not me.can_join_groups:
        text = "The bot cannot be added to groups; allow it with /setjoingroups at @BotFather, if you want it there."
        found.append(Finding("note", text))
    if me.can_read_all_group_messages:
        text = "Group privacy is off: the bot is sent all messages of its groups, and answers mentions there."
    else:
        text = (
            "Group privacy is on: in groups the bot hears commands and replies, not mentions (/setprivacy)."
        )
    found.append(Finding("note", text))
    return found


def _webhook(info: WebhookInfo, settings: Settings) -> list[Finding]:
    """How updates come, against how they are configured to come."""
    found = []
    wanted = settings.webhook.url if settings.webhook else ""
    if info.url == wanted:
        found.append(Finding("ok", f"Updates come {'to ' + wanted if wanted else 'by polling'}."))
    elif wanted:
        text = f"Updates do not come to {wanted} yet; the bot asks for that when it starts."
        found.append(Finding("note", text))
    else:
        text = (
            f"Another program receives the updates at {info.url}. The bot takes them over when it starts; "
            "set WEBHOOK_URL if that is its own address."
        )
        found.append(Finding("problem", text))
    if info.pending_update_count:
        found.append(Finding("note", f"{info.pending_update_count} updates wait to be fetched."))
    last = info.last_error_date
    if info.last_error_message and last and datetime.now(UTC) - last < FRESH_ERROR:
        text = f"The last delivery failed: {info.last_error_message}; check the server in front and its certificate."
        found.append(Finding("problem", text))
    if not wanted:
        text = (
            "Whether another program polls with this token cannot be known without disturbing it; "
            "the bot says so when it meets one."
        )
        found.append(Finding("note", text))
    return found


async def check_clock(client: httpx.AsyncClient, address: str, now: datetime) -> Finding:
    """This machine's clock against that of the server at `address`."""
    try:
        answer = await client.head(address)
        theirs = parsedate_to_datetime(answer.headers["Date"])
    except (httpx.HTTPError, KeyError, ValueError) as error:
        return Finding("note", f"The clock could not be compared ({type(error).__name__}).")
    off = (now - theirs).total_seconds()
    if abs(off) > MOST_OFF:
        return Finding("problem", f"The clock is {off:+.0f} seconds off; set it, best by NTP.")
    return Finding("ok", "The clock is right.")


async def diagnose(
    settings: Settings, bot: Bot, now: datetime, request: BaseRequest | None = None
) -> AsyncIterator[Finding]:
    """All findings about a configured bot. `request` makes the requests in place of HTTP; tests use it.

    Nothing without a token.
    """
    if settings.token is None:
        return
    api = TelegramBot(settings.token.reveal(), base_url=api_address(settings), request=request)
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        if request is None:
            yield await check_clock(client, settings.api_base or TELEGRAM, now)
    try:
        async for finding in inspect(api, settings, bot):
            yield finding
    finally:
        await api.shutdown()
