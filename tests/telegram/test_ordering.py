"""Order inside a chat, and nobody waits for another chat."""

import asyncio

from telegram import Update

from tests.telegram.stage import Stage
from tests.telegram.updates import message

SLOW_CHAT, OTHER_CHAT = 1, 2
QUESTIONS = ("/privacy", "/topics")


async def talk_in_two_chats(stage: Stage) -> list[int]:
    """The first message to the slow chat hangs until the other chat has all its answers.

    Gives the chats in whose order the screen filled while the slow one hung.
    """
    stage.telegram.slow.add(SLOW_CHAT)
    async with stage.application as application:
        await application.start()
        for chat in (SLOW_CHAT, OTHER_CHAT):
            for text in QUESTIONS:
                update = Update.de_json(message(text, chat_id=chat), application.bot)
                await application.update_queue.put(update)
        async with asyncio.timeout(10):  # a guard, not a promise
            while len(stage.telegram.screen) < len(QUESTIONS):
                await asyncio.sleep(0)
        meanwhile = [each["chat"]["id"] for each in stage.telegram.screen]
        stage.telegram.go_on.set()
        await application.stop()
    return meanwhile


def test_a_slow_chat_keeps_its_order_and_holds_up_nobody(stage: Stage) -> None:
    """The other chat is served meanwhile; in the slow one the second answer waits for the first."""
    assert [OTHER_CHAT, OTHER_CHAT] == asyncio.run(talk_in_two_chats(stage))
    wording = stage.responder.wording("en")
    expected = [wording.line("privacy"), wording.line("topics")]
    for chat in (SLOW_CHAT, OTHER_CHAT):
        assert expected == [each["text"] for each in stage.telegram.screen if each["chat"]["id"] == chat]


def test_stopping_answers_what_was_received(stage: Stage) -> None:
    """Nothing in the queue is thrown away."""
    asyncio.run(talk_in_two_chats(stage))
    assert 4 == len(stage.telegram.screen)
