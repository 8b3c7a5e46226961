"""What the doctor finds on Telegram's side: whether everything there is as the bot needs it."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal

import httpx
from telegram import Bot as TelegramBot
from telegram import User, WebhookInfo
from telegram.constants import ChatAction
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.conversation.bot import Bot
from bot.settings import Secret, Settings
from bot.telegram_app.connection import (
    CONNECTIONS,
    TELEGRAM,
    Connection,
    ObservedRequest,
    api_address,
    client_options,
    http_request,
)
from bot.telegram_app.operator import OWNER_REFUSED
from bot.telegram_app.responses import is_refused, words_of
from bot.telegram_app.setup import outdated_lines


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence of the doctor, with the fix where something is wrong. A "note" needs no repair."""

    level: Literal["ok", "note", "problem"]
    text: str


async def diagnose(
    settings: Settings, bot: Bot, now: datetime, request: BaseRequest | None = None
) -> AsyncIterator[Finding]:
    """Whether everything on Telegram's side is as the bot needs it. Changes nothing.

    Without a token there are no findings; without an answer of Telegram one. Tests pass a `request` in place of HTTP.
    """
    if settings.token is None:
        return
    inner = request or http_request(settings, CONNECTIONS)
    observed = ObservedRequest(inner, Connection(lambda _sentence: None, refusals=1))
    api = TelegramBot(
        settings.token.reveal(), api_address(settings), request=observed, get_updates_request=observed
    )
    if request is None:
        async with httpx.AsyncClient(timeout=10.0, **client_options(settings)) as client:
            yield await check_clock(client, settings.api_base or TELEGRAM, now)
    try:
        async for finding in _ask_telegram(api, token_hint(settings.token), settings, bot):
            yield finding
    finally:
        await api.shutdown()


async def check_clock(client: httpx.AsyncClient, address: str, now: datetime) -> Finding:
    """This machine's clock against that of the server at `address`. Certificates and messages allow 30 seconds."""
    try:
        answer = await client.head(address)
        theirs = parsedate_to_datetime(answer.headers["Date"])
    except (httpx.HTTPError, KeyError, ValueError) as error:
        return Finding("note", f"The clock could not be compared ({type(error).__name__}).")
    if theirs.tzinfo is None:  # "-0000", or no zone at all; HTTP knows only that of Greenwich
        theirs = theirs.replace(tzinfo=UTC)
    off = (now - theirs).total_seconds()
    if abs(off) > 30:
        return Finding("problem", f"The clock is {off:+.0f} seconds off; set it, best by NTP.")
    return Finding("ok", "The clock is right.")


async def _ask_telegram(api: TelegramBot, token: str, settings: Settings, bot: Bot) -> AsyncIterator[Finding]:
    where = "Telegram's test environment" if settings.test_environment else "Telegram"
    try:
        me = await api.get_me()
    except InvalidToken:
        yield Finding("problem", f"{where} does not know the token {token}; copy it anew from @BotFather.")
        return
    except TelegramError as error:
        through = f" through the proxy {settings.proxy.shown}" if settings.proxy else ""
        fix = "check the network, TELEGRAM_API_BASE and PROXY_URL"
        yield Finding("problem", f"{where} cannot be reached{through} ({words_of(error)}); {fix}.")
        return
    yield Finding("ok", f"The token {token} is that of @{me.username} on {where}.")
    try:
        for finding in (*_abilities(me), *_deliveries(await api.get_webhook_info(), settings)):
            yield finding
        if outdated := await outdated_lines(api, bot):
            yield Finding("note", f"Not up to date: {', '.join(outdated)}; they are set when the bot starts.")
        else:
            yield Finding("ok", "The commands and descriptions are up to date.")
    except TelegramError as error:
        yield Finding("note", f"{where} did not answer all questions ({words_of(error)}); ask again later.")
    if settings.owner is not None:
        yield await _owner_chat(api, settings.owner)


async def _owner_chat(api: TelegramBot, owner: int) -> Finding:
    """Whether the bot may write there. "Typing ..." is shown for some seconds, and nothing stays."""
    try:
        await api.send_chat_action(owner, ChatAction.TYPING)
    except TelegramError as error:
        if is_refused(error):
            return Finding("problem", OWNER_REFUSED % (owner, words_of(error)))
        return Finding("note", f"Whether the owner can be written to is not known ({words_of(error)}).")
    return Finding("ok", "The owner's chat can be written to.")


def token_hint(token: Secret) -> str:
    """Enough of a token to tell two apart, and not enough to use it.

    >>> token_hint(Secret("4242:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQ1"))
    '4242:…QQ1'
    """
    number, _, rest = token.reveal().partition(":")
    return f"{number}:…{rest[-3:]}"


def _abilities(me: User) -> Iterator[Finding]:
    """What was chosen with @BotFather, against what the bot can do."""
    if me.supports_inline_queries:
        yield Finding("ok", "Inline mode is on.")
    else:
        text = "Inline mode is off, so nobody can share answers; turn it on with /setinline at @BotFather."
        yield Finding("problem", text)
    if not me.can_join_groups:
        text = "The bot cannot be added to groups; allow it with /setjoingroups at @BotFather, if you want it there."
        yield Finding("note", text)
    if me.can_read_all_group_messages:
        text = "Group privacy is off: the bot is sent all messages of its groups, and answers mentions there."
    else:
        text = (
            "Group privacy is on: in groups the bot hears commands and replies, not mentions (/setprivacy)."
        )
    yield Finding("note", text)


def _deliveries(info: WebhookInfo, settings: Settings) -> Iterator[Finding]:
    """How updates come, against how they are configured to come."""
    wanted = settings.webhook.url if settings.webhook else ""
    if info.url == wanted:
        yield Finding("ok", f"Updates come {'to ' + wanted if wanted else 'by polling'}.")
    elif wanted:
        text = f"Updates do not come to {wanted} yet; the bot asks for that when it starts."
        yield Finding("note", text)
    else:
        text = (
            f"Another program receives the updates at {info.url}. The bot takes them over when it starts; "
            "set WEBHOOK_URL if that is its own address."
        )
        yield Finding("problem", text)
    if info.pending_update_count:
        yield Finding("note", f"{info.pending_update_count} updates wait to be fetched.")
    last = info.last_error_date
    if info.last_error_message and last and datetime.now(UTC) - last < timedelta(hours=1):
        text = f"The last delivery failed: {info.last_error_message}; check the server in front and its certificate."
        yield Finding("problem", text)
    if not wanted:
        text = (
            "Whether another program polls with this token cannot be known without disturbing it; "
            "the bot says so when it meets one."
        )
        yield Finding("note", text)
