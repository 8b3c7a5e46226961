"""What the operator is told about the connection, and the watchdog that ends a silent process."""

import asyncio

import pytest
from telegram import Bot as TelegramBot
from telegram.error import TelegramError

from bot.telegram_app.connection import (
    BACK,
    CONFLICT,
    MOST_SILENCE,
    UNREACHABLE,
    Connection,
    ObservedRequest,
    watchdog,
)
from bot.telegram_app.run import _heartbeat
from bot.telegram_app.updates import UpdateQueue
from tests.telegram_app.harness import TOKEN
from tests.telegram_app.recorder import Recorder


def observed(telegram: Recorder, connection: Connection) -> TelegramBot:
    """A client whose calls are reported to `connection`."""
    request = ObservedRequest(telegram, connection)
    return TelegramBot(TOKEN, request=request, get_updates_request=request)


def test_each_change_is_reported_once() -> None:
    """Whatever comes in between; and a conflict once for good, since it comes and goes with every poll."""
    reports: list[str] = []
    connection = Connection(reports.append)
    for status in (200, 502, 500, 200, 200, 409, 200, 409):
        connection.answered(status)
    connection.failed()
    connection.failed()
    assert [UNREACHABLE, BACK, CONFLICT, UNREACHABLE] == reports
    assert not connection.refused.is_set()


def test_a_token_is_refused_when_it_is_refused_three_times_in_a_row() -> None:
    """Telegram has done so by mistake, once in a while."""
    connection = Connection(lambda _sentence: None)
    for status in (401, 404, 200, 401, 401):
        connection.answered(status)
    assert not connection.refused.is_set()
    connection.answered(401)
    assert connection.refused.is_set()


def test_the_watchdog_notices_silence_and_not_failing_polls() -> None:
    """Without network each attempt fails, which is noticed; a poll that hangs neither answers nor fails."""
    clock = [0.0]
    connection = Connection(lambda _sentence: None, now=lambda: clock[0])
    clock[0] = 100.0
    connection.heard()
    assert 0.0 == connection.silence()
    clock[0] = 300.0
    assert asyncio.run(watchdog(connection)).startswith(
        "Telegram was not heard, nor asked for messages, for 200 seconds"
    )


@pytest.mark.parametrize(("lifeline", "silent"), [("getUpdates", 300.0), ("getMe", 0.0)])
def test_only_the_calls_that_bring_messages_count(telegram: Recorder, lifeline: str, silent: float) -> None:
    """When the task that polls has died, a getMe is answered all the same."""
    clock = [0.0]
    connection = Connection(print, now=lambda: clock[0], lifeline=lifeline)
    clock[0] = 300.0
    asyncio.run(observed(telegram, connection).get_me())
    assert silent == connection.silence()


@pytest.mark.parametrize(("refusal", "silent"), [({"retry_after": 3600}, -3600.0), ({}, 0.0)])
def test_a_poll_that_must_wait_is_not_silent(
    telegram: Recorder, refusal: dict[str, int], silent: float
) -> None:
    """As long as Telegram has asked to wait; and a poll that fails was heard."""
    clock = [0.0]
    connection = Connection(lambda _sentence: None, now=lambda: clock[0])
    telegram.refuse("getUpdates", 429 if refusal else 502, "Too Many Requests", **refusal)
    clock[0] = 300.0
    with pytest.raises(TelegramError):
        asyncio.run(observed(telegram, connection).get_updates(timeout=1))
    assert silent == connection.silence()


@pytest.mark.parametrize(
    ("updates", "timeout", "waits"),
    [
        ([], 10, True),
        ([{"update_id": 4}], 10, True),  # it was confirmed
        ([{"update_id": 4}, {"update_id": 5}], 10, False),
        ([], 0, False),  # the last poll
    ],
)
def test_a_server_that_does_not_wait_for_news_is_not_asked_without_a_pause(
    telegram: Recorder,
    monkeypatch: pytest.MonkeyPatch,
    updates: list[dict[str, int]],
    timeout: int,
    waits: bool,
) -> None:
    """Two servers for tests, which others wrote, were asked four hundred times a second."""
    telegram.updates = [updates]
    api, pauses = observed(telegram, Connection(print)), list[float]()

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr("bot.telegram_app.connection.asyncio.sleep", sleep)
    monkeypatch.setattr("bot.telegram_app.connection.SHORTEST_POLL", 1000.0)
    asyncio.run(api.get_updates(offset=5, timeout=timeout))
    assert waits == any(seconds > 900 for seconds in pauses)


def test_a_process_that_stood_still_was_not_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour of sleep of a laptop. After it the silence counts anew."""
    now, pauses = [0.0], iter([3600.0])

    async def sleep(seconds: float) -> None:
        now[0] += seconds + next(pauses, 0.0)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    asyncio.run(watchdog(Connection(print, now=lambda: now[0])))
    assert 3600 + MOST_SILENCE <= now[0] < 3600 + 1.5 * MOST_SILENCE


def test_a_webhook_to_which_nobody_writes_is_not_silent(
    telegram: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram is asked now and then, and answers: for ten times the longest silence the watchdog waits."""
    now = [0.0]
    connection = Connection(print, now=lambda: now[0], lifeline="getMe")
    api = observed(telegram, connection)
    one_step = asyncio.sleep

    async def sleep(seconds: float) -> None:
        until = now[0] + seconds
        while now[0] < until:
            await one_step(0)

    async def hours() -> bool:
        tasks = [
            asyncio.create_task(each) for each in (watchdog(connection), _heartbeat(api, UpdateQueue(), None))
        ]
        while now[0] < 10 * MOST_SILENCE:
            now[0] += 1.0
            for _ in range(10):
                await one_step(0)
        ended = tasks[0].done()
        for task in tasks:
            task.cancel()
        return ended

    monkeypatch.setattr(asyncio, "sleep", sleep)
    assert not asyncio.run(hours())
    assert {"getMe", "getWebhookInfo"} == {call.method for call in telegram.calls}
