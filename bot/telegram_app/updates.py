"""Where updates come in: nothing is acknowledged before it is safe.

Rule: the library tells Telegram that an update was received (by the next offset, or by the webhook's 200) as
soon as `put` returns, and by then the handlers have hardly begun. So `put` returns only when the update is
kept on disk, or when it is answered. One way for polling and webhook.

Buttons and inline queries are not kept: Telegram itself forgets them after 150 and 30 seconds, and nobody
waits for them any longer (https://core.telegram.org/bots/api#answercallbackquery).
"""

import asyncio
import json
import logging
from typing import TypeGuard

from telegram import Bot as TelegramBot
from telegram import Update

from bot.storage.inbox import Inbox

_LOG = logging.getLogger(__name__)


class UpdateQueue(asyncio.Queue[object]):
    """The library's queue of updates. This plain one gives no guarantee: a killed process has lost them."""

    def answered(self, update: object) -> None:
        """Everything that was to be sent for `update` is out, or will never be."""

    async def refill(self, api: TelegramBot) -> None:
        """Puts in again what an earlier process did not get done."""

    def close(self) -> None:
        """Nothing comes in any more."""


class DurableQueue(UpdateQueue):
    """Keeps each message in an `Inbox` until it is answered. A redelivery is not put in a second time."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self._inbox = inbox

    async def put(self, item: object) -> None:
        """Keeps `item`, then puts it in."""
        if _is_kept(item) and not self._inbox.keep(item.update_id, item.to_json()):
            return
        await super().put(item)

    def answered(self, update: object) -> None:
        if _is_kept(update):
            self._inbox.answered(update.update_id)

    async def refill(self, api: TelegramBot) -> None:
        for number, text in self._inbox.waiting():
            try:
                await super().put(Update.de_json(json.loads(text), api))
            except (
                Exception
            ) as error:  # written by another version, perhaps: one message must not stop the start
                _LOG.error("update %s cannot be read again: %s", number, type(error).__name__)
                self._inbox.answered(number)

    def close(self) -> None:
        self._inbox.close()


class AcknowledgingQueue(UpdateQueue):
    """Lets `put` return when the answer is out: Telegram keeps the message until then, and brings it again
    when this process dies. For a webhook without a disk, or with several processes behind one address;
    polling would stand still meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self._begun: dict[int, asyncio.Event] = {}

    async def put(self, item: object) -> None:
        """Waits for `answered`. A redelivery of what is in work waits along."""
        if not isinstance(item, Update):  # the library's own mark that it stops
            return await super().put(item)
        done = self._begun.get(item.update_id)
        if done is None:
            done = self._begun[item.update_id] = asyncio.Event()
            await super().put(item)
        await done.wait()
        return None

    def answered(self, update: object) -> None:
        if isinstance(update, Update) and update.update_id in self._begun:
            self._begun.pop(update.update_id).set()


def _is_kept(item: object) -> TypeGuard[Update]:
    return isinstance(item, Update) and (item.message is not None or item.edited_message is not None)
