"""A chat that writes more than can be answered is told so once, and delays no other."""

import asyncio

import pytest
from telegram import Update

from bot.telegram_app.updates import MOST_WAITING, PerChatProcessor
from tests.telegram_app.harness import Harness
from tests.telegram_app.updates import message, update_of

SLOW_CHAT = 1


async def flood(harness: Harness, language: str) -> list[str]:
    """One chat sends more than may wait while its first answer hangs; returns what it was shown until then."""
    harness.telegram.slow.add(SLOW_CHAT)
    async with harness.application as application:
        await application.start()
        for _ in range(MOST_WAITING + 5):
            content = message("/privacy", chat_id=SLOW_CHAT, language=language)
            await application.update_queue.put(update_of(application.bot, content))
        async with asyncio.timeout(10):
            while not harness.telegram.screen or not application.update_queue.empty():
                await asyncio.sleep(0)
        meanwhile = [each["text"] for each in harness.telegram.screen]
        harness.telegram.go_on.set()
        await application.stop()
    return meanwhile


def test_a_second_flood_is_reported_again(harness: Harness) -> None:
    """Though something waits all the time: half of the first was answered, and then more was cut."""
    told: list[int] = []

    async def tell(update: Update) -> bool:
        told.append(update.update_id)
        return True

    async def burst(processor: PerChatProcessor, size: int) -> None:
        for _ in range(size):
            update = update_of(harness.application.bot, message("/privacy"))
            tasks.append(asyncio.create_task(processor.process_update(update, turns.acquire())))
        await asyncio.sleep(0)

    async def flood() -> list[int]:
        processor = PerChatProcessor(lambda _update: None, tell)
        counts = []
        for size, answered in (
            (MOST_WAITING + 5, 10),
            (20, MOST_WAITING // 2),
            (MOST_WAITING, 2 * MOST_WAITING),
        ):
            await burst(processor, size)
            counts.append(len(told))
            for _ in range(answered):
                turns.release()
            for _ in range(3 * answered):
                await asyncio.sleep(0)
        await asyncio.gather(*tasks)
        return counts

    tasks: list[asyncio.Task[None]] = []
    turns = asyncio.Semaphore(0)
    assert [1, 1, 2] == asyncio.run(flood())


def test_a_chat_that_is_quiet_costs_nothing(harness: Harness) -> None:
    """However many have written, a flood among them: what is answered leaves nothing behind."""

    async def tell(_update: Update) -> bool:
        return True

    async def write() -> PerChatProcessor:
        processor = PerChatProcessor(lambda _update: None, tell)
        for chat in [*range(1, 100), *[7] * (MOST_WAITING + 2)]:
            update = update_of(harness.application.bot, message("/privacy", chat_id=chat))
            tasks.append(asyncio.create_task(processor.process_update(update, asyncio.sleep(0))))
        await asyncio.gather(*tasks)
        return processor

    tasks: list[asyncio.Task[None]] = []
    processor = asyncio.run(write())
    assert (0, 0, 0) == (len(processor._waiting), len(processor._told), len(processor._locks))


@pytest.mark.parametrize(("text", "notices"), [("/topics", 1), ("what a day", 0)])
def test_a_flooded_group_is_told_once(text: str, notices: int, harness: Harness) -> None:
    """When it was the bot that was asked."""
    harness.telegram.slow.add(-SLOW_CHAT)

    async def flood() -> None:
        async with harness.application as application:
            await application.start()
            for each in ["/topics", *[text] * (2 * MOST_WAITING)]:
                content = message(each, chat_id=-SLOW_CHAT)
                await application.update_queue.put(update_of(application.bot, content))
            for _ in range(6 * MOST_WAITING):  # until all have begun
                await asyncio.sleep(0)
            harness.telegram.go_on.set()
            await application.stop()

    asyncio.run(flood())
    line = harness.bot.wording("en").line("flood")
    assert notices == sum(each["text"] == line for each in harness.telegram.screen)


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_a_flood_is_answered_up_to_a_bound_and_reported_once(harness: Harness, language: str) -> None:
    """One polite line, however many more come; those before are answered."""
    wording = harness.bot.wording(language)
    assert [wording.line("flood")] == [
        text.strip("\u200e\u200f") for text in asyncio.run(flood(harness, language))
    ]
    assert MOST_WAITING + 1 == len(harness.telegram.screen)
