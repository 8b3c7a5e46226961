"""Updates are validated, kept until they are answered, answered once, and handled in order within a chat."""

import asyncio
from pathlib import Path

import pytest
from telegram import Update

from bot.settings import Secret, Settings
from bot.storage.inbox import Inbox
from bot.telegram_app.app import open_queue
from bot.telegram_app.updates import (
    AcknowledgingQueue,
    DurableQueue,
    PerChatProcessor,
    readable,
    readable_updates,
)
from tests.telegram_app.harness import TOKEN, Harness
from tests.telegram_app.updates import UNREADABLE, message, press, update_of

QUESTION = "how tall is the tower"
SLOW_CHAT, OTHER_CHAT = 1, 2
COMMANDS = ("/privacy", "/topics")


def test_an_unreadable_update_does_not_affect_the_others(caplog: pytest.LogCaptureFixture) -> None:
    """Its number stays, so that the next poll goes on behind it; it is logged once, without its words."""
    good = message("secret words")
    assert [good, {"update_id": 8}] == readable_updates([good, UNREADABLE])
    (line,) = caplog.messages
    assert line.startswith("update 8 cannot be read and was left out: ")
    assert "secret" not in caplog.text


@pytest.mark.parametrize("result", [None, {}, "x", [7], [{"message": {}}], [None, {"update_id": "8"}]])
def test_a_poll_without_any_numbered_update_is_no_answer(result: object) -> None:
    """The next poll would bring the same, hundreds of times a second."""
    assert readable_updates(result) is None


def test_an_empty_poll_is_an_answer() -> None:
    """Nobody has written."""
    assert [] == readable_updates([])


@pytest.mark.parametrize("nonsense", [None, 7, "x", [], {}, {"update_id": "8"}, {"update_id": None}])
def test_an_update_without_a_number_is_left_out(nonsense: object) -> None:
    """There is nothing that could take its place."""
    assert readable(nonsense) is None


def inbox_at(folder: Path) -> Inbox:
    return Inbox(folder / "inbox.sqlite3", print)


def test_a_message_is_on_disk_before_it_is_acknowledged(harness: Harness, tmp_path: Path) -> None:
    """When `put` has returned, a new process finds it: the library acknowledges only after that."""
    bot, inbox = harness.application.bot, inbox_at(tmp_path)
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


def test_a_redelivered_message_is_not_put_in_twice(harness: Harness, tmp_path: Path) -> None:
    """Neither while it waits nor when it is answered."""
    queue = DurableQueue(inbox_at(tmp_path))
    update = update_of(harness.application.bot, message(QUESTION))
    asyncio.run(queue.put(update))
    asyncio.run(queue.put(update))
    queue.answered(update)
    asyncio.run(queue.put(update))
    assert 1 == queue.qsize()
    queue.close()


def test_a_button_is_not_kept(harness: Harness, tmp_path: Path) -> None:
    """Telegram forgets it after two and a half minutes."""
    harness.receive(message("/topics"))
    inbox = inbox_at(tmp_path)
    queue = DurableQueue(inbox)
    asyncio.run(queue.put(update_of(harness.application.bot, dict(press("ts", harness.last)))))
    assert 1 == queue.qsize()
    assert () == inbox.waiting()
    queue.close()


def test_a_message_that_another_version_kept_does_not_stop_the_start(
    harness: Harness, tmp_path: Path
) -> None:
    """It is left out, and the next message is answered."""
    inbox = inbox_at(tmp_path)
    inbox.keep(1, '{"update_id": 1, "message": {"unknown": true}}')
    inbox.keep(2, update_of(harness.application.bot, message(QUESTION)).to_json())
    inbox.close()
    inbox = inbox_at(tmp_path)
    queue = DurableQueue(inbox)
    asyncio.run(queue.refill(harness.application.bot))
    assert 1 == queue.qsize()
    assert [2] == [number for number, _ in inbox.waiting()]
    queue.close()


def test_messages_of_another_process_are_taken_over_before_newer_ones(
    harness: Harness, tmp_path: Path
) -> None:
    """It used the inbox when this one started, and died later. What this one has received stays in the queue once."""
    api, other = harness.application.bot, inbox_at(tmp_path)
    updates = [update_of(api, message(QUESTION)) for _ in range(3)]
    other.keep(updates[0].update_id, updates[0].to_json())
    queue = DurableQueue(inbox_at(tmp_path))

    async def takes_over() -> list[object]:
        await queue.refill(api)
        await queue.put(updates[1])
        other.close()
        await queue.put(updates[2])
        await queue.refill(api)
        return [queue.get_nowait() for _ in range(queue.qsize())]

    assert [updates[number] for number in (1, 0, 2)] == asyncio.run(takes_over())
    queue.close()


def test_a_message_waits_for_the_bot_to_which_it_was_sent(harness: Harness, tmp_path: Path) -> None:
    """Whatever token the process is started with meanwhile, on the same inbox."""
    api, waiting = harness.application.bot, []
    for token in (TOKEN, TOKEN.replace("4242", "4343"), TOKEN):
        queue = open_queue(Settings(Secret(token), inbox=tmp_path / "inbox.sqlite3"))
        asyncio.run(queue.refill(api))
        waiting.append(queue.qsize())
        if len(waiting) == 1:
            asyncio.run(queue.put(update_of(api, message(QUESTION))))
        queue.close()
    assert [0, 0, 1] == waiting


def test_only_what_was_handled_to_its_end_is_answered(harness: Harness, tmp_path: Path) -> None:
    """A handler that fails for good is at its end; one that a stop cancels is not."""
    bot, inbox = harness.application.bot, inbox_at(tmp_path)
    queue = DurableQueue(inbox)

    async def no_flood(_update: Update) -> bool:
        raise AssertionError("there is no flood here")

    async def fails() -> None:
        raise ValueError

    async def hangs() -> None:
        await asyncio.Event().wait()

    processor = PerChatProcessor(queue.answered, no_flood)

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


def test_without_a_disk_it_is_acknowledged_after_the_answer(harness: Harness) -> None:
    """`put` returns then, also for a redelivery that came meanwhile, which is not answered a second time."""
    queue = AcknowledgingQueue()
    update = update_of(harness.application.bot, message(QUESTION))

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


async def write_in_two_chats(harness: Harness) -> list[int]:
    """The first answer in the slow chat hangs until the other chat has all its answers.

    Returns the chats of the messages that were shown until then, in order.
    """
    harness.telegram.slow.add(SLOW_CHAT)
    async with harness.application as application:
        await application.start()
        for chat in (SLOW_CHAT, OTHER_CHAT):
            for text in COMMANDS:
                update = update_of(application.bot, message(text, chat_id=chat))
                await application.update_queue.put(update)
        async with asyncio.timeout(10):  # a guard against hanging
            while len(harness.telegram.screen) < len(COMMANDS):
                await asyncio.sleep(0)
        meanwhile = [each["chat"]["id"] for each in harness.telegram.screen]
        harness.telegram.go_on.set()
        await application.stop()
    return meanwhile


def test_a_slow_chat_keeps_its_order_and_delays_no_other(harness: Harness) -> None:
    """The other chat is answered meanwhile; in the slow one the second answer waits for the first."""
    assert [OTHER_CHAT, OTHER_CHAT] == asyncio.run(write_in_two_chats(harness))
    wording = harness.bot.wording("en")
    privacy = "\n\n".join((wording.line("privacy"), wording.line("privacy_no_journal")))
    for chat in (SLOW_CHAT, OTHER_CHAT):
        texts = [each["text"] for each in harness.telegram.screen if each["chat"]["id"] == chat]
        assert [privacy, wording.line("topics")] == texts


def test_stopping_answers_what_was_received(harness: Harness) -> None:
    """Nothing in the queue is thrown away."""
    asyncio.run(write_in_two_chats(harness))
    assert 4 == len(harness.telegram.screen)


@pytest.mark.parametrize(("number", "is_read"), [(2**63 - 1, True), (2**63, False), (-(2**63), False)])
def test_a_number_that_the_inbox_cannot_keep_is_none(number: int, is_read: bool) -> None:
    """SQLite has integers of 64 bits; a larger one is left out, and the others of a poll are answered."""
    assert is_read == (readable({"update_id": number}) is not None)
