"""What the operator learns about the running bot: reports in the owner's chat, and the findings of the doctor.

These lines are plain English like the log, and not in `wording`, which is for visitors. They hold no word and no
name of a visitor, only kinds and numbers.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
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

from bot import __version__
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
from bot.telegram_app.responses import is_refused, words_of
from bot.telegram_app.setup import outdated_lines

PAUSE = 60.0
"""Seconds between two reports: an error that meets everybody must not fill the owner's chat."""

OWNER_REFUSED = (
    'The bot cannot write to OWNER_CHAT_ID %s ("%s"): open the chat with the bot in Telegram and press Start, or '
    "correct the number (@userinfobot shows it)."
)

_LOG = logging.getLogger(__name__)


class Operator:
    """The owner's chat, and the counts for /status. Without a chat (None) nothing is sent, and no method raises.

    about     what was loaded at the start
    checksum  that of the source
    waiting   gives the number of updates that are not answered yet
    now       gives seconds that only grow
    """

    def __init__(
        self,
        chat: int | None,
        about: str,
        checksum: str,
        waiting: Callable[[], int],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._chat = chat
        self._about = about
        self._checksum = checksum
        self._waiting = waiting
        self._now = now
        self._started = now()
        self._served: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        self._unsent: Counter[str] = Counter()
        self._reported = float("-inf")
        self._refused = False

    def writes_in(self, chat: int) -> bool:
        return chat == self._chat

    def count(self, kind: str) -> None:
        self._served[kind] += 1

    async def report_start(self, api: TelegramBot) -> None:
        await self.notify(api, f"Started. {self._about}.")

    async def report_error(self, api: TelegramBot, what: str, update: object) -> None:
        """Sends what went wrong and the number of the update. Errors within a minute of a report are sent with the
        next one, equal ones counted."""
        self._errors[what] += 1
        self._unsent[what] += 1
        if self._now() - self._reported < PAUSE:
            return
        self._reported = self._now()
        lines = [f"{place} ({times} times)" if times > 1 else place for place, times in self._unsent.items()]
        self._unsent.clear()
        await self.notify(api, f"Failed: {', '.join(lines)}; update {update}.")

    def status(self) -> str:
        served = ", ".join(
            f"{kind.replace('_', ' ')} {number}" for kind, number in self._served.most_common()
        )
        errors = "; ".join(f"{place} {number}" for place, number in self._errors.most_common(5))
        return "\n".join(
            (
                f"Up {_span(self._now() - self._started)}, version {__version__}.",
                f"Served: {served or 'nobody yet'}.",
                f"Waiting: {self._waiting()}.",
                f"Errors: {errors or 'none'}.",
                f"Loaded at the start: {self._about}.",
                f"Its source: sha256 {self._checksum}.",
            )
        )

    async def notify(self, api: TelegramBot, text: str) -> None:
        """Sends `text` to the owner's chat; a failure is logged, a chat that cannot be written to once."""
        if self._chat is None:
            return
        try:
            await asyncio.wait_for(api.send_message(self._chat, text), PAUSE)
        except TimeoutError:
            _LOG.warning("the owner could not be notified within %.0f s", PAUSE)
        except TelegramError as error:
            if not is_refused(error):
                _LOG.warning("the owner could not be notified: %s", words_of(error))
            elif not self._refused:
                self._refused = True
                _LOG.warning(OWNER_REFUSED, self._chat, words_of(error))


def _span(seconds: float) -> str:
    """Days and hours, hours and minutes, or minutes.

    >>> _span(59), _span(3 * 3600 + 61), _span(100 * 3600)
    ('0 min', '3 h 1 min', '4 d 4 h')
    """
    minutes = int(seconds // 60)
    hours, days = minutes // 60, minutes // 1440
    if days:
        return f"{days} d {hours % 24} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"


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
    """This machine's clock against that of the server at `address`. Certificates and the dates of messages allow for
    30 seconds."""
    try:
        answer = await client.head(address)
        theirs = parsedate_to_datetime(answer.headers["Date"])
    except (httpx.HTTPError, KeyError, ValueError) as error:
        return Finding("note", f"The clock could not be compared ({type(error).__name__}).")
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
