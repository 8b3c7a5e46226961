"""Telegram's limits are kept, and what certainly did not arrive is sent again, without delaying other chats."""

import asyncio
from typing import Any

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram_app import rate_limit
from bot.telegram_app.rate_limit import (
    AT_ONCE,
    FIRST_PAUSE,
    LONGEST_PAUSE,
    LONGEST_UNCERTAIN_PAUSE,
    MOST_AGE,
    Limits,
    SendingPolicy,
)
from bot.telegram_app.responses import UnreadableAnswerError
from tests.telegram_app.harness import NO_LIMITS, Harness
from tests.telegram_app.updates import message

GROUP = -100


def caused_by(error: TelegramError, cause: Exception) -> TelegramError:
    """An error as the library raises it: with what the HTTP client said as its cause."""
    error.__cause__ = cause
    return error


NOT_SENT = caused_by(NetworkError("no line"), httpx.ConnectError("refused"))
NO_PLACE = caused_by(TimedOut(), httpx.PoolTimeout("busy"))
PERHAPS = caused_by(TimedOut(), httpx.ReadTimeout("no answer"))
DROPPED = caused_by(NetworkError("dropped"), httpx.RemoteProtocolError("dropped"))
GARBLED = UnreadableAnswerError(200)
LOGIN_PAGE = UnreadableAnswerError(403)
TROUBLE = NetworkError("Bad Gateway (502)")


class Line:
    """Takes the place of the request to Telegram: raises the given errors in turn, then succeeds."""

    def __init__(self, *errors: TelegramError) -> None:
        self.errors = list(errors)
        self.calls: list[Any] = []
        self.pauses: list[float] = []
        self.under_way = self.most_under_way = 0

    async def request(self, endpoint: str, data: dict[str, Any]) -> bool:
        self.calls.append((endpoint, data["chat_id"]))
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await asyncio.sleep(0)
        self.under_way -= 1
        if self.errors:
            raise self.errors.pop(0)
        return True

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)

    def policy(self, limits: Limits = NO_LIMITS) -> SendingPolicy:
        return SendingPolicy(limits, sleep=self.sleep, chance=lambda: 0.5)

    async def send(self, policy: SendingPolicy, chat: int = 7, endpoint: str = "sendMessage") -> Any:
        data = {"chat_id": chat, "text": "x"}
        return await policy.process_request(self.request, (endpoint, data), {}, endpoint, data, None)


@pytest.mark.parametrize(
    ("errors", "pauses"),
    [
        ([NOT_SENT], [FIRST_PAUSE]),
        ([NO_PLACE, NOT_SENT, TROUBLE], [0.5, 1.0, 2.0]),
        ([TROUBLE] * 12, [0.5, 1.0, 2.0, 4.0, 8.0, 16.0] + [LONGEST_PAUSE] * 6),
        ([RetryAfter(7), RetryAfter(3)], [7.1, 3.1]),
        ([PERHAPS], [FIRST_PAUSE]),
        ([DROPPED, TROUBLE], [0.5, 1.0]),
        ([PERHAPS, DROPPED, PERHAPS, GARBLED], [0.5, 4.0, 32.0, 256.0]),
        ([LOGIN_PAGE, LOGIN_PAGE], [0.5, 1.0]),
        ([InvalidToken("taken back")], [0.5]),
    ],
)
def test_what_did_not_arrive_is_sent_again(errors: list[TelegramError], pauses: list[float]) -> None:
    """After a growing pause, or the one that Telegram asks for, until it arrives."""
    line = Line(*errors)
    assert asyncio.run(line.send(line.policy()))
    assert pauses == line.pauses
    assert len(errors) + 1 == len(line.calls)


@pytest.mark.parametrize(
    ("errors", "calls"),
    [
        ([BadRequest("message is too long")], 1),
        ([Forbidden("bot was blocked by the user")], 1),
        ([ChatMigrated(-8), ChatMigrated(-9)], 2),
    ],
)
def test_what_is_refused_is_not_sent_again(errors: list[TelegramError], calls: int) -> None:
    """A refusal is final."""
    line = Line(*errors)
    with pytest.raises(type(errors[-1])):
        asyncio.run(line.send(line.policy()))
    assert calls == len(line.calls)


@pytest.mark.parametrize("endpoint", ["answerCallbackQuery", "getMe", "setMyCommands"])
def test_what_expires_or_is_asked_again_elsewhere_is_asked_once(endpoint: str) -> None:
    """Whatever happened: a button must not hold up its chat for the hour that Telegram asks for."""
    for error in (RetryAfter(3600), TROUBLE):
        line = Line(error)
        with pytest.raises(type(error)):
            asyncio.run(line.send(line.policy(), endpoint=endpoint))
        assert [] == line.pauses


@pytest.mark.parametrize(("error", "most"), [(NOT_SENT, 3000), (PERHAPS, 40)])
def test_what_does_not_arrive_for_a_day_is_given_up(error: TelegramError, most: int) -> None:
    """With few copies of what may have arrived each time."""
    line = Line(*[error] * 5000)
    with pytest.raises(type(error)):
        asyncio.run(line.send(line.policy()))
    assert MOST_AGE < sum(line.pauses) < MOST_AGE + LONGEST_UNCERTAIN_PAUSE
    assert len(line.calls) < most


def test_a_group_that_became_a_supergroup_is_written_to_at_its_new_number() -> None:
    """Once, at once, and with the same words."""
    line = Line(ChatMigrated(-100200))
    assert asyncio.run(line.send(line.policy(), GROUP))
    assert [("sendMessage", GROUP), ("sendMessage", -100200)] == line.calls
    assert [] == line.pauses


def test_a_chat_that_must_wait_holds_up_nobody() -> None:
    """While one waits as Telegram asks, the others are answered."""
    line = Line(RetryAfter(3600))
    go_on = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        await go_on.wait()

    async def talk() -> tuple[bool, int]:
        policy = SendingPolicy(NO_LIMITS, sleep=sleep)
        waiting = asyncio.create_task(line.send(policy, 1))
        await asyncio.sleep(0.01)
        await asyncio.gather(*(line.send(policy, chat) for chat in range(2, 2 + 2 * AT_ONCE)))
        before = waiting.done(), len(line.calls)
        go_on.set()
        await waiting
        return before

    assert (False, 1 + 2 * AT_ONCE) == asyncio.run(talk())


def test_at_the_end_what_is_under_way_is_confirmed_and_nothing_begins() -> None:
    """A send that is cut off would be repeated by the next process."""

    async def end() -> tuple[int, int]:
        arrive = asyncio.Event()
        begun = confirmed = 0

        async def request(_endpoint: str, _data: object) -> bool:
            nonlocal begun, confirmed
            begun += 1
            await arrive.wait()
            confirmed += 1
            return True

        policy = SendingPolicy(NO_LIMITS)
        data = {"chat_id": 7}
        for _ in range(2 * AT_ONCE):
            call = policy.process_request(request, ("sendMessage", data), {}, "sendMessage", data, None)
            tasks.append(asyncio.create_task(call))
        await asyncio.sleep(0.01)
        ending = asyncio.create_task(policy.end(5.0))
        await asyncio.sleep(0)
        arrive.set()
        await ending
        await asyncio.gather(*tasks, return_exceptions=True)
        return begun, confirmed

    tasks: list[asyncio.Task[Any]] = []
    assert (AT_ONCE, AT_ONCE) == asyncio.run(end())
    assert AT_ONCE == sum(task.cancelled() for task in tasks)


def test_only_so_many_are_under_way_at_once() -> None:
    """The others wait their turn."""
    line = Line()

    async def talk() -> None:
        policy = line.policy()
        await asyncio.gather(*(line.send(policy, chat) for chat in range(200)))

    asyncio.run(talk())
    assert AT_ONCE == line.most_under_way


@pytest.mark.parametrize(
    ("limits", "chats", "at_once"),
    [
        (Limits(), [7], 4),  # a few in a row pass, then one a second
        (Limits(in_a_row=100), [GROUP], 20),  # twenty a minute in a group
        (Limits(), list(range(1, 101)), 30),  # thirty a second in all chats
    ],
)
def test_the_limits_of_telegram_are_kept(
    limits: Limits, chats: list[int], at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a hundred messages so many pass in the first moment; the others wait."""
    line = Line()

    async def talk() -> int:
        loop = asyncio.get_running_loop()
        moment = loop.time()
        monkeypatch.setattr(loop, "time", lambda: moment)  # it does not go on while we look
        policy = line.policy(limits)
        tasks = [asyncio.create_task(line.send(policy, chats[n % len(chats)])) for n in range(100)]
        for _ in range(1000):
            await asyncio.sleep(0)
        passed = sum(task.done() for task in tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return passed

    assert at_once == asyncio.run(talk())


def test_edits_and_buttons_do_not_count() -> None:
    """A visitor who turns the pages quickly is not slowed down."""
    line = Line()

    async def turn_pages() -> None:
        policy = line.policy(Limits())
        async with asyncio.timeout(5):
            for endpoint in ("editMessageText", "answerCallbackQuery") * 30:
                await line.send(policy, endpoint=endpoint)

    asyncio.run(turn_pages())
    assert 60 == len(line.calls)


def test_the_memory_for_chats_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chats that have been quiet are forgotten; one that has used up its limit is not."""
    monkeypatch.setattr(rate_limit, "MOST_LIMITERS", 10)
    line = Line()

    async def write_to_many() -> set[int | str]:
        policy = line.policy(Limits(10**6, 4, 10**6))
        for chat in range(1, 100):
            await line.send(policy, chat)
            for limiter in policy._chats[chat] if chat != 50 else ():
                limiter._level = 0.0  # as some seconds later
        return set(policy._chats)

    chats = asyncio.run(write_to_many())
    assert len(chats) <= 12
    assert 50 in chats


def test_an_answer_comes_through_trouble(harness: Harness) -> None:
    """Telegram fails twice: the visitor gets one answer, and no apology."""
    harness.telegram.refuse("sendMessage", 502, "Bad Gateway", times=2)
    harness.receive(message("how tall is the tower"))
    assert [0.5, 1.0] == harness.pauses
    assert 1 == len(harness.telegram.screen)
