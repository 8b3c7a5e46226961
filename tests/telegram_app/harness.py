"""A bot under test: it receives updates one after another, and `telegram` records what it does."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from telegram import Update

from bot.conversation.bot import Bot
from bot.settings import Secret, Settings
from bot.telegram_app import build_service
from bot.telegram_app.app import TelegramApplication
from bot.telegram_app.rate_limit import Limits, SendingPolicy
from tests.telegram_app.recorder import Recorder, buttons
from tests.telegram_app.updates import press

TOKEN = "4242:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQ1"
SETTINGS = Settings(Secret(TOKEN), inbox=None, journal=None)
NO_LIMITS = Limits(10**6, 10**6, 10**6)
STARTED = 100
"""Messages without a date of their own are of the second 1, and so older than the process."""


class Harness:
    """One bot and the recorder behind it, in a process that started at the second `started`.

    pauses  the seconds that would be waited before something is sent again
    taken   how often `current` was called
    """

    def __init__(
        self, bot: Bot, telegram: Recorder, settings: Settings = SETTINGS, started: int = STARTED
    ) -> None:
        self.bot = bot
        self.telegram = telegram
        self.settings = settings
        self.taken = 0
        self.pauses: list[float] = []
        policy = SendingPolicy(NO_LIMITS, sleep=self._pause, chance=lambda: 0.5)
        moment = datetime.fromtimestamp(started, UTC)
        self.service = build_service(self._current, settings, telegram, moment, policy)

    @property
    def application(self) -> TelegramApplication:
        return self.service.application

    def receive(self, *updates: Mapping[str, Any]) -> None:
        """Handles updates, each after the one before was handled."""
        asyncio.run(self._process(updates))

    def press_button(self, label: str) -> None:
        """Presses the button of that label under the newest message."""
        newest = self.telegram.screen[-1]
        data = next(each["callback_data"] for each in buttons(newest) if each["text"] == label)
        self.receive(press(data, newest))

    def start(self) -> None:
        """What happens before the first poll and beside it."""

        async def prepare() -> None:
            async with self.application:
                await self.service.updates.refill(self.application.bot)
                await self.service.introduce()

        asyncio.run(prepare())

    @property
    def last(self) -> dict[str, Any]:
        """The newest message of the bot, as a screen shows it."""
        return self.telegram.screen[-1]

    def _current(self) -> Bot:
        self.taken += 1
        return self.bot

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    async def _process(self, updates: tuple[Mapping[str, Any], ...]) -> None:
        async with self.application as application:
            for each in updates:
                await application.process_update(Update.de_json(dict(each), application.bot))
