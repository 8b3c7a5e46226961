"""A bot on a stage: updates are put to it one after another, and what it does is in `telegram`."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from telegram import Update

from bot.conversation.bot import Bot
from bot.settings import Secret, Settings
from bot.telegram_app import build_application
from bot.telegram_app.app import Surroundings
from bot.telegram_app.rate_limit import Limits, SendingPolicy
from tests.telegram_app.recorder import Recorder, buttons
from tests.telegram_app.updates import press

TOKEN = "4242:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQ1"
SETTINGS = Settings(Secret(TOKEN), inbox=None, journal=None)
NO_LIMITS = Limits(10**6, 10**6, 10**6)
STARTED = 100
"""A message that does not tell its date is of the second 1, and so older than the process."""


class Stage:
    """One bot and the recorder behind it, in a process that started at the second `started`."""

    def __init__(
        self, bot: Bot, telegram: Recorder, settings: Settings = SETTINGS, started: int = STARTED
    ) -> None:
        self.bot = bot
        self.telegram = telegram
        moment = datetime.fromtimestamp(started, UTC)
        self.pauses: list[float] = []
        policy = SendingPolicy(NO_LIMITS, sleep=self._pause, chance=lambda: 0.5)
        self.application = build_application(
            lambda: bot, settings, world=Surroundings(telegram, moment, policy)
        )

    def hears(self, *updates: Mapping[str, Any]) -> None:
        """Puts updates to the bot, each after the one before was handled."""
        asyncio.run(self._process(updates))

    def hears_button(self, label: str) -> None:
        """Presses the button of that label under the newest message."""
        newest = self.telegram.screen[-1]
        data = next(each["callback_data"] for each in buttons(newest) if each["text"] == label)
        self.hears(press(data, newest))

    def ends(self) -> None:
        """What the process does last, behind the end of the application."""
        if self.application.post_shutdown:
            asyncio.run(self.application.post_shutdown(self.application))

    @property
    def last(self) -> dict[str, Any]:
        """The newest message of the bot, as a screen shows it."""
        return self.telegram.screen[-1]

    async def _pause(self, seconds: float) -> None:
        """Writes down how long would be waited before something is sent again."""
        self.pauses.append(seconds)

    async def _process(self, updates: tuple[Mapping[str, Any], ...]) -> None:
        async with self.application as application:
            for each in updates:
                await application.process_update(Update.de_json(dict(each), application.bot))
