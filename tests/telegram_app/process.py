"""The process of the bot, run until it is told to stop."""

import signal
from typing import Any

from bot.telegram_app import run_service
from tests.telegram_app.harness import Harness
from tests.telegram_app.recorder import Recorder


def stopped_when_idle(harness: Harness) -> Harness:
    harness.telegram.idle = lambda: stop_once(harness.telegram, signal.SIGTERM)
    return harness


def stop_once(telegram: Recorder, number: signal.Signals) -> None:
    """A second signal would end the process without its last answers."""
    telegram.idle = lambda: None
    signal.raise_signal(number)


def run(harness: Harness, live: Any = None) -> int:
    return run_service(harness.service, harness.settings, live)
