"""What tests on the fake share: a fake that no bot polls, and the library's client and the service to call it."""

import asyncio
import signal
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.conversation.bot import Bot as InterviewBot
from bot.settings import Secret, Settings
from bot.storage.inbox import Inbox
from bot.telegram_app import build_service, run_service
from bot.telegram_app import run as run_module
from bot.telegram_app.rate_limit import SendingPolicy
from tests.end_to_end.processes import Fake, running_fake
from tests.end_to_end.state import TOKEN
from tests.telegram_app.conftest import logging_is_restored
from tests.telegram_app.harness import NO_LIMITS

__all__ = ["logging_is_restored"]

Action = Callable[[Bot], Coroutine[Any, Any, Any]]
Ask = Callable[[Action], Any]


@pytest.fixture
def empty() -> Iterator[Fake]:
    """A fake to which nobody has written yet."""
    with running_fake() as fake:
        yield fake


@pytest.fixture
def ask(empty: Fake) -> Ask:
    """Runs an action with the library's own `Bot` over HTTP; returns its result, raises its error."""

    async def run(action: Action) -> Any:
        requests = HTTPXRequest(), HTTPXRequest(connection_pool_size=4)
        async with Bot(
            TOKEN, f"{empty.address}/bot", request=requests[0], get_updates_request=requests[1]
        ) as bot:
            return await action(bot)

    return lambda action: asyncio.run(run(action))


async def no_pause(_seconds: float) -> None:
    await asyncio.sleep(0)


@pytest.fixture
def serve(
    empty: Fake, keeper: InterviewBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[int], int]]:
    """Runs the service until so many messages were sent; returns the exit code."""
    monkeypatch.setattr(run_module, "LAST_POLL", 0.1)
    settings = Settings(Secret(TOKEN), api_base=empty.address, inbox=tmp_path / "inbox.sqlite3", journal=None)

    def run(messages: int) -> int:
        def stop_at_the_last(_message: object) -> None:
            if len(empty.state.sent) == messages:
                signal.raise_signal(signal.SIGTERM)

        empty.state.watchers.append(stop_at_the_last)
        service = build_service(lambda: keeper, settings, policy=SendingPolicy(NO_LIMITS, no_pause))
        return run_service(service, settings)

    yield run
    inbox = Inbox(tmp_path / "inbox.sqlite3", print)
    assert () == inbox.waiting()
    inbox.close()
