"""An update is acknowledged when it is safe, and answered once."""

import asyncio
from pathlib import Path
from typing import Any

from telegram import Bot, Update

from bot.storage.inbox import Inbox
from bot.telegram_app.ordering import PerChatProcessor
from bot.telegram_app.updates import AcknowledgingQueue, DurableQueue
from tests.telegram_app.stage import Stage
from tests.telegram_app.updates import message, press

QUESTION = "how tall is the tower"


def update_of(bot: Bot, fields: dict[str, Any]) -> Update:
    return Update.de_json(fields, bot)


def inbox_at(folder: Path) -> Inbox:
    return Inbox(folder / "inbox.sqlite3", print)


def test_a_message_is_on_disk_before_it_is_acknowledged(stage: Stage, tmp_path: Path) -> None:
    """When `put` has returned, a new process finds it: the library acknowledges only after that."""
    bot, inbox = stage.application.bot, inbox_at(tmp_path)
    queue = DurableQueue(inbox)
    asyncio.run(queue.put(update_of(bot, message(QUESTION))))
    inbox.close()
    again = DurableQueue(inbox_at(tmp_path))
    asyncio.run(again.refill(bot))
    found = again.get_nowait()
    assert isinstance(found, Update)
    assert found.message is not None
    assert QUESTION == found.message.text
    again.close()


def test_a_redelivered_message_is_not_put_in_twice(stage: Stage, tmp_path: Path) -> None:
    """Neither while it waits nor when it is answered."""
    queue = DurableQueue(inbox_at(tmp_path))
    update = update_of(stage.application.bot, message(QUESTION))
    asyncio.run(queue.put(update))
    asyncio.run(queue.put(update))
    queue.answered(update)
    asyncio.run(queue.put(update))
    assert 1 == queue.qsize()
    queue.close()


def test_a_button_is_not_kept(stage: Stage, tmp_path: Path) -> None:
    """Telegram forgets it after two and a half minutes, and so do we."""
    stage.hears(message("/topics"))
    inbox = inbox_at(tmp_path)
    queue = DurableQueue(inbox)
    asyncio.run(queue.put(update_of(stage.application.bot, dict(press("ts", stage.last)))))
    assert 1 == queue.qsize()
    assert () == inbox.waiting()
    queue.close()


def test_what_another_version_wrote_stops_no_start(stage: Stage, tmp_path: Path) -> None:
    """It is left out, and the next message is answered."""
    inbox = inbox_at(tmp_path)
    inbox.keep(1, '{"update_id": 1, "message": {"unknown": true}}')
    inbox.keep(2, update_of(stage.application.bot, message(QUESTION)).to_json())
    queue = DurableQueue(inbox)
    asyncio.run(queue.refill(stage.application.bot))
    assert 1 == queue.qsize()
    assert [2] == [number for number, _ in inbox.waiting()]
    queue.close()


def test_only_what_was_handled_to_its_end_is_answered(stage: Stage, tmp_path: Path) -> None:
    """A handler that fails for good is at its end; one that is broken off by a stop is not."""
    bot, inbox = stage.application.bot, inbox_at(tmp_path)
    queue = DurableQueue(inbox)

    async def nobody(_update: Update) -> None:
        raise AssertionError("there is no flood here")

    async def fails() -> None:
        raise ValueError

    async def hangs() -> None:
        await asyncio.Event().wait()

    processor = PerChatProcessor(queue.answered, nobody)

    async def both() -> None:
        for number, work in enumerate((fails(), hangs())):
            update = update_of(bot, message(QUESTION, chat_id=number + 1))
            await queue.put(update)
            task = asyncio.create_task(processor.process_update(update, work))
            await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(both())
    assert 1 == len(inbox.waiting())
    queue.close()


def test_without_a_disk_it_is_acknowledged_after_the_answer(stage: Stage) -> None:
    """`put` returns then, also for a redelivery that came meanwhile, which is not answered a second time."""
    queue = AcknowledgingQueue()
    update = update_of(stage.application.bot, message(QUESTION))

    async def deliver() -> list[bool]:
        first = asyncio.create_task(queue.put(update))
        second = asyncio.create_task(queue.put(update))
        taken = await queue.get()
        await asyncio.sleep(0)
        before = first.done() or second.done()
        queue.answered(taken)
        await asyncio.gather(first, second)
        return [before, queue.empty()]

    assert [False, True] == asyncio.run(deliver())
