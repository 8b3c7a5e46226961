"""Order inside a chat, and nobody waits for another chat."""

import asyncio

import pytest
from telegram import Update

from bot.telegram_app.ordering import MOST_WAITING
from tests.telegram_app.stage import Stage
from tests.telegram_app.updates import message

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
    wording = stage.bot.wording("en")
    privacy = "\n\n".join((wording.line("privacy"), wording.line("privacy_no_journal")))
    for chat in (SLOW_CHAT, OTHER_CHAT):
        texts = [each["text"] for each in stage.telegram.screen if each["chat"]["id"] == chat]
        assert [privacy, wording.line("topics")] == texts


def test_stopping_answers_what_was_received(stage: Stage) -> None:
    """Nothing in the queue is thrown away."""
    asyncio.run(talk_in_two_chats(stage))
    assert 4 == len(stage.telegram.screen)


async def flood(stage: Stage, language: str) -> list[str]:
    """One chat sends more than may wait while its first answer hangs; gives what it was shown until then."""
    stage.telegram.slow.add(SLOW_CHAT)
    async with stage.application as application:
        await application.start()
        for _ in range(MOST_WAITING + 5):
            update = Update.de_json(
                message("/privacy", chat_id=SLOW_CHAT, language=language), application.bot
            )
            await application.update_queue.put(update)
        async with asyncio.timeout(10):
            while not stage.telegram.screen or not application.update_queue.empty():
                await asyncio.sleep(0)
        meanwhile = [each["text"] for each in stage.telegram.screen]
        stage.telegram.go_on.set()
        await application.stop()
    return meanwhile


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_a_flood_is_answered_up_to_a_bound_and_told_so_once(stage: Stage, language: str) -> None:
    """One polite line, whatever comes beyond; what came before is answered."""
    wording = stage.bot.wording(language)
    assert [wording.line("flood")] == [
        text.strip("\u200e\u200f") for text in asyncio.run(flood(stage, language))
    ]
    assert MOST_WAITING + 1 == len(stage.telegram.screen)
