"""The fake delivers by webhook as Telegram does: in order within a chat, until it is taken."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from telegram.error import BadRequest

from tests.end_to_end.conftest import Ask
from tests.end_to_end.people import Visitor
from tests.end_to_end.server import Server
from tests.end_to_end.state import State
from tests.end_to_end.webhook import SECRET_HEADER, retry_after
from tests.end_to_end.wire import Answered, response


class Receiver:
    """Something that listens for deliveries. `answers` gives the status of each, in turn; then 200."""

    def __init__(self, *answers: int, wait: float = 0.0) -> None:
        self.texts: list[str] = []
        self.heads: list[str] = []
        self.together = self.most_together = 0
        self._answers = list(answers)
        self._wait = wait

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection; a status of 0 closes it."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = int(head.lower().partition("content-length:")[2].split()[0])
                update = json.loads(await reader.readexactly(length))
                self.together += 1
                self.most_together = max(self.most_together, self.together)
                await asyncio.sleep(self._wait)
                self.together -= 1
                self.heads.append(head)
                self.texts.append(update["message"]["text"])
                status = self._answers.pop(0) if self._answers else 200
                if not status:
                    break
                writer.write(b"".join(response(status, b"")))
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()


class Deliveries:
    """A fake in the test's own loop, whose pauses are recorded instead of waited for."""

    def __init__(self) -> None:
        self.state = State()
        self.pauses: list[float] = []
        self.server = Server(self.state, sleep=self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)

    async def delivered(self) -> None:
        """Returns when nothing waits any more."""
        while len(self.state.updates):
            await asyncio.sleep(0.001)


def delivering(
    receiver: Receiver, action: Callable[[Deliveries], Coroutine[Any, Any, None]], **parameters: str
) -> Deliveries:
    """The fake after `action`, and after all has been delivered to `receiver`."""
    deliveries = Deliveries()

    async def run() -> None:
        listening = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
        port = listening.sockets[0].getsockname()[1]
        await deliveries.server.start()
        async with asyncio.timeout(10):
            await deliveries.server.webhook.set({"url": f"http://127.0.0.1:{port}/hook", **parameters})
            await action(deliveries)
            await deliveries.delivered()
        await deliveries.server.close()
        listening.close()

    asyncio.run(run())
    return deliveries


def says(*words: str, chats: int = 1) -> Callable[[Deliveries], Coroutine[Any, Any, None]]:
    """Each of so many people says the words, one after another."""

    async def action(deliveries: Deliveries) -> None:
        for word in words:
            for number in range(1, chats + 1):
                Visitor(deliveries.state, number).says(word)

    return action


def test_a_delivery_carries_the_secret_and_the_path() -> None:
    """It proves to the bot that the delivery is Telegram's."""
    receiver = Receiver()
    delivering(receiver, says("hello"), secret_token="a-secret")
    (head,) = receiver.heads
    assert head.startswith("POST /hook HTTP/1.1\r\n")
    assert f"{SECRET_HEADER}: a-secret\r\n" in head


def test_updates_of_a_chat_come_one_at_a_time_and_in_order() -> None:
    """The next one only when the one before was taken."""
    receiver = Receiver(wait=0.002)
    delivering(receiver, says("one", "two", "three"))
    assert (["one", "two", "three"], 1) == (receiver.texts, receiver.most_together)


def test_chats_are_delivered_side_by_side_up_to_the_limit() -> None:
    """max_connections holds for the bot as a whole."""
    receiver = Receiver(wait=0.02)
    delivering(receiver, says("hello", chats=9), max_connections="3")
    assert (9, 3) == (len(receiver.texts), receiver.most_together)


def test_a_failed_delivery_is_tried_again_at_once_and_then_ever_later() -> None:
    """0, 2, 4, 8 ... seconds; a connection that is cut counts as well."""
    receiver = Receiver(500, 0, 404, 502)
    deliveries = delivering(receiver, says("hello", "again"))
    assert [0, 2, 4, 8] == deliveries.pauses
    assert ["hello"] * 5 + ["again"] == receiver.texts


def test_the_pause_never_exceeds_two_minutes() -> None:
    """However often it fails."""
    deliveries = delivering(Receiver(*[500] * 12), says("hello"))
    assert all(60 <= pause <= 120 for pause in deliveries.pauses[-4:])


@pytest.mark.parametrize(
    ("headers", "seconds"), [({}, 0), ({"retry-after": "7"}, 7), ({"retry-after": "soon"}, 0)]
)
def test_retry_after_is_heard(headers: dict[str, str], seconds: int) -> None:
    """Where it is a number."""
    assert seconds == retry_after(Answered(503, headers, b""))


def test_what_waited_before_is_delivered_too() -> None:
    """Setting a webhook starts with the oldest update."""
    receiver, deliveries = Receiver(), Deliveries()
    Visitor(deliveries.state).says("before")

    async def set_later(_: Deliveries) -> None:
        listening = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
        await deliveries.server.start()
        port = listening.sockets[0].getsockname()[1]
        await deliveries.server.webhook.set({"url": f"http://127.0.0.1:{port}/"})
        await deliveries.delivered()
        await deliveries.server.close()
        listening.close()

    asyncio.run(set_later(deliveries))
    assert ["before"] == receiver.texts


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"url": "127.0.0.1:80"}, "invalid webhook URL specified"),
        ({"url": "http://127.0.0.1/", "secret_token": "a b"}, "unallowed characters"),
        ({"url": "http://127.0.0.1/", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
def test_a_webhook_that_telegram_refuses_is_refused(
    ask: Ask, parameters: dict[str, Any], description: str
) -> None:
    """With Telegram's words."""
    with pytest.raises(BadRequest, match=f"(?i){description}"):
        ask(lambda bot: bot.set_webhook(**parameters))


def test_the_webhook_tells_what_waits_and_what_went_wrong(ask: Ask) -> None:
    """getWebhookInfo, before and after."""
    assert "" == ask(lambda bot: bot.get_webhook_info()).url
    ask(lambda bot: bot.set_webhook("http://127.0.0.1:9/hook", max_connections=5))
    info = ask(lambda bot: bot.get_webhook_info())
    assert ("http://127.0.0.1:9/hook", 5) == (info.url, info.max_connections)
