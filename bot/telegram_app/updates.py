"""What Telegram delivers: validated, queued until it is answered, and handled in order within a chat.

The library tells Telegram that an update was received (by the next offset, or by the webhook's 200) as soon as
`put` returns, and by then the handlers have hardly begun. So `put` returns only when the update is on disk, or when
it is answered. This holds for polling and for webhooks.
"""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeGuard
from weakref import WeakValueDictionary

from telegram import Bot as TelegramBot
from telegram import Update
from telegram.ext import SimpleUpdateProcessor

from bot.storage.inbox import Inbox

_LOG = logging.getLogger(__name__)

IN_FLIGHT = 4096
"""Updates begun at the same time, nearly all of them waiting. With a small number one chat that floods
would take all places (measured: another chat then waited 2.9 s, with this number 0.04 s). How many
messages are *sent* at once is set in rate_limit.py."""

MOST_WAITING = 50
"""Updates of one chat that may wait. Nobody types as many before the first is answered; at Telegram's limit of
one message a second to a chat, the last of them is answered after nearly a minute."""

LARGEST_NUMBER = 2**63 - 1
"""Of an update, as SQLite can keep it (https://www.sqlite.org/datatype3.html). Telegram's are positive and smaller."""


def readable(update: Any) -> dict[str, Any] | None:
    """`update` as it is, an empty one of its number where it cannot be read, or None where it has no number.

    >>> readable({"update_id": 7, "message": {"no": "message"}})
    {'update_id': 7}

    The library reads all updates of a poll together. When one of them fails, it asks for the same ones again, four
    hundred times a second (measured with 22.8); a webhook gets a failed one again for a day. An empty update has no
    handler, so it passes.
    """
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(number, int) or abs(number) > LARGEST_NUMBER:
        _LOG.error("an update without a number was left out")
        return None
    try:
        Update.de_json(update, None)
    except Exception as error:  # the library raises any kind of exception for what it does not expect
        _LOG.error("update %s cannot be read and was left out: %s", number, type(error).__name__)
        return {"update_id": number}
    return dict(update)


def readable_updates(result: object) -> list[dict[str, Any]] | None:
    """The updates of a poll, as `readable` has them. None where the result is no list, or none of its updates has a
    number: the next poll would bring the same, at once."""
    if not isinstance(result, list):
        return None
    found = [each for each in map(readable, result) if each is not None]
    return None if result and not found else found


class UpdateQueue(asyncio.Queue[object]):
    """The library's queue of updates. This plain one gives no guarantee: a killed process has lost them."""

    def answered(self, update: object) -> None:
        """Everything that was to be sent for `update` is sent, or will never be."""

    async def refill(self, api: TelegramBot) -> None:
        """Puts in again what an earlier process did not get done."""

    def close(self) -> None: ...


class DurableQueue(UpdateQueue):
    """Keeps each message in an `Inbox` until it is answered. A redelivery is not put in a second time.

    Buttons and inline queries are not kept: Telegram itself forgets them after 150 and 30 seconds
    (https://core.telegram.org/bots/api#answercallbackquery).
    """

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self._inbox = inbox
        self._api: TelegramBot | None = None

    async def put(self, item: object) -> None:
        if self._api:
            await self.refill(self._api)
        if not _is_kept(item) or self._inbox.keep(item.update_id, item.to_json()):
            await super().put(item)

    def answered(self, update: object) -> None:
        if _is_kept(update):
            self._inbox.answered(update.update_id)

    async def refill(self, api: TelegramBot) -> None:
        """Once. Another process may use the inbox at the start, and die later with messages in it."""
        self._api = api
        if self._inbox.is_taken:
            return
        in_hand = set(self._inbox.in_hand)
        for number, text in self._inbox.waiting():
            if number in in_hand:
                continue
            try:
                await super().put(Update.de_json(json.loads(text), api))
            except Exception as error:  # perhaps another version wrote it; the bot must start all the same
                _LOG.error("update %s cannot be read again: %s", number, type(error).__name__)
                self._inbox.answered(number)

    def close(self) -> None:
        self._inbox.close()


class AcknowledgingQueue(UpdateQueue):
    """Lets `put` return when the answer is sent: Telegram keeps the message until then, and delivers it again
    when this process dies. For a webhook without a disk, or with several processes behind one address;
    polling would stand still meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self._begun: dict[int, asyncio.Event] = {}

    async def put(self, item: object) -> None:
        """Waits for `answered`. A redelivery of an update that is being handled waits for the same."""
        if not isinstance(item, Update):  # the library's own mark that it stops
            await super().put(item)
            return
        done = self._begun.get(item.update_id)
        if done is None:
            done = self._begun[item.update_id] = asyncio.Event()
            await super().put(item)
        await done.wait()

    def answered(self, update: object) -> None:
        if isinstance(update, Update) and update.update_id in self._begun:
            self._begun.pop(update.update_id).set()


def _is_kept(item: object) -> TypeGuard[Update]:
    return isinstance(item, Update) and (item.message is not None or item.edited_message is not None)


class PerChatProcessor(SimpleUpdateProcessor):
    """Handles one update at a time in a chat, in the order of arrival, and the chats side by side.

    `answered` is called for each update that was handled to its end, also when it failed for good; not for one
    that was cancelled, as at a stop that could not wait any longer. When MOST_WAITING updates of a chat wait,
    further ones are not handled, and `too_many` is called for these until it returns True: the chat was told. It is
    told again when it floods again, after half of what waited was answered.
    """

    def __init__(
        self, answered: Callable[[object], None], too_many: Callable[[Update], Awaitable[bool]]
    ) -> None:
        super().__init__(IN_FLIGHT)
        self._answered = answered
        self._too_many = too_many
        self._waiting: Counter[int] = Counter()
        self._told: set[int] = set()
        # A lock exists as long as an update holds it or waits for it, so that quiet chats cost nothing.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Awaits `coroutine` when it is its turn in the chat: `asyncio.Lock` is first come, first served."""
        place = _place_in_line(update)
        if self._waiting[place] >= MOST_WAITING:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # otherwise Python warns that it was never awaited
            await self._refuse(update, place)
            return
        self._waiting[place] += 1
        try:
            async with self._locks.setdefault(place, asyncio.Lock()):
                await self._handle(update, coroutine)
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # where it was cancelled before its turn
            self._waiting[place] -= 1
            if self._waiting[place] <= MOST_WAITING // 2:
                self._told.discard(place)
            if not self._waiting[place]:
                del self._waiting[place]

    async def _handle(self, update: object, coroutine: Awaitable[Any]) -> None:
        try:
            await coroutine
        except Exception:
            self._answered(update)
            raise
        self._answered(update)

    async def _refuse(self, update: object, place: int) -> None:
        try:
            if place not in self._told and isinstance(update, Update):
                self._told.add(place)  # before the notice is out, which may take long
                if not await self._too_many(update):
                    self._told.discard(place)
        finally:
            self._answered(update)


def _place_in_line(update: object) -> int:
    """The number of the chat, of the person where there is no chat, or else a number of the update's own."""
    if not isinstance(update, Update):
        return 0
    about = update.effective_chat or update.effective_user
    return about.id if about else -update.update_id
