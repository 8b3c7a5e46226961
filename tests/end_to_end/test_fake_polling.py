"""The fake keeps and gives updates as Telegram does: by offset, in order, to one poller."""

import asyncio

import pytest
from telegram import Bot
from telegram.error import Conflict

from tests.end_to_end.conftest import Ask
from tests.end_to_end.people import Visitor
from tests.end_to_end.processes import Fake
from tests.end_to_end.updates import LIFETIMES, Updates

GROUP = -1_000_000_000_500


def test_updates_are_kept_until_a_higher_offset_confirms_them(empty: Fake, ask: Ask) -> None:
    """When the answer to a poll is lost, the updates are not."""
    first, second = empty.visitor().says("one"), empty.visitor().says("two")
    found = ask(lambda bot: bot.get_updates())
    assert [first, second] == [update.message.message_id for update in found]
    (left,) = ask(lambda bot: bot.get_updates(offset=found[1].update_id))
    assert second == left.message.message_id
    ask(lambda bot: bot.get_updates(offset=found[1].update_id + 1))
    assert 0 == len(empty.state.updates)


def test_a_negative_offset_forgets_all_but_the_last(empty: Fake, ask: Ask) -> None:
    """It counts from the end."""
    for word in ("one", "two", "three"):
        empty.visitor().says(word)
    assert ["three"] == [update.message.text for update in ask(lambda bot: bot.get_updates(offset=-1))]


def test_a_batch_has_at_most_a_hundred(empty: Fake, ask: Ask) -> None:
    """Whatever limit is asked for."""
    for number in range(120):
        empty.visitor().says(str(number))
    assert 100 == len(ask(lambda bot: bot.get_updates(limit=120)))
    assert 7 == len(ask(lambda bot: bot.get_updates(offset=1, limit=7)))


def test_the_same_offset_at_once_again_gives_one(empty: Fake, ask: Ask) -> None:
    """A client that never confirms gets one update at a time."""
    empty.visitor().says("one")
    empty.visitor().says("two")

    async def twice(bot: Bot) -> tuple[int, int]:
        return len(await bot.get_updates(offset=3)), len(await bot.get_updates(offset=3))

    assert (2, 1) == ask(twice)


def test_the_same_offset_again_waits_for_news(empty: Fake, ask: Ask) -> None:
    """Up to three seconds, also when no waiting was asked for."""

    async def twice(bot: Bot) -> list[str]:
        await bot.get_updates(offset=3)
        waiting = asyncio.create_task(bot.get_updates(offset=3, timeout=0))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        empty.visitor().says("news")
        return [update.message.text for update in await waiting if update.message and update.message.text]

    assert ["news"] == ask(twice)


def test_a_long_poll_ends_with_the_first_message(empty: Fake, ask: Ask) -> None:
    """Not with its timeout."""

    async def poll(bot: Bot) -> int:
        waiting = asyncio.create_task(bot.get_updates(timeout=40))
        await asyncio.sleep(0.05)
        empty.visitor().says("news")
        return len(await waiting)

    assert 1 == ask(poll)


def test_a_second_poller_ends_the_first(empty: Fake, ask: Ask) -> None:
    """The first poll ends with a conflict, and the second one waits."""

    async def two(bot: Bot) -> int:
        first = asyncio.create_task(bot.get_updates(offset=1, timeout=40))
        await asyncio.sleep(0.05)
        second = asyncio.create_task(bot.get_updates(offset=2, timeout=40))
        with pytest.raises(Conflict, match="only one bot instance"):
            await first
        empty.visitor().says("news")
        return len(await second)

    assert 1 == ask(two)


def test_a_poll_is_refused_while_a_webhook_is_set(ask: Ask) -> None:
    """And possible again after deleteWebhook."""

    async def both(bot: Bot) -> object:
        await bot.set_webhook("http://127.0.0.1:9/nobody")
        with pytest.raises(Conflict, match="webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        return await bot.get_updates()

    assert () == ask(both)


def test_only_the_kinds_asked_for_are_kept(empty: Fake, ask: Ask) -> None:
    """The list holds until the next one."""
    ask(lambda bot: bot.get_updates(allowed_updates=["inline_query"]))
    empty.visitor().says("hello")
    empty.visitor().asks_inline("yandex")
    assert ["yandex"] == [update.inline_query.query for update in ask(lambda bot: bot.get_updates())]


def test_a_query_expires_before_a_message() -> None:
    """A button waits 150 s, an inline query 30 s, a message a day."""
    now = [0.0]
    updates = Updates(lambda: now[0])
    for kind in ("message", "callback_query", "inline_query"):
        updates.add(kind, {}, 7)
    now[0] = LIFETIMES["inline_query"] + 1
    assert ["message", "callback_query"] == [list(update.content)[1] for update in updates.first(9)]
    now[0] = LIFETIMES["callback_query"] + 1
    assert ["message"] == [list(update.content)[1] for update in updates.first(9)]


def test_a_group_with_privacy_mode_hides_what_people_say(empty: Fake, ask: Ask) -> None:
    """Commands pass, a mention does not; without privacy mode everything does."""
    visitor = Visitor(empty.state, group=GROUP)
    visitor.says("@interview_test_bot hello")
    visitor.says("/ask hello")
    empty.state.reads_all = True
    visitor.says("talk")
    found = ask(lambda bot: bot.get_updates())
    assert ["/ask hello", "talk"] == [update.message.text for update in found]
