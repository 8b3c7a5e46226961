"""What the tests of the fake share: a fake without a bot's process, and the library's client to call it."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.end_to_end.processes import Fake, running_fake
from tests.end_to_end.state import TOKEN

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
