"""People who write, at a rate or as fast as they are answered.

Each chat asks the catalogue's questions in turn, from a start of its own, so that a question comes again only after
all others.
"""

import asyncio
import random
import time
from collections.abc import Callable

from tests.end_to_end.people import Visitor
from tests.end_to_end.state import Message, State
from tests.soak.ledger import Ledger
from tests.soak.plan import Plan
from tests.soak.questions import Catalogue

FIRST_CHAT, FIRST_GROUP = 1_000, -1_000_000_001_000
FLOODER = 999
GROUPS = 10
"""Every tenth chat is a group: there a reply names the message that it answers."""

BATCH = 100
"""What one answer to getUpdates brings at most; so many questions are open at the same time, too, where people
wait for their answers."""

PATIENCE = 30.0
"""Seconds without any answer after which people write again."""


class Traffic:
    """The people of one run. `chance` decides who writes."""

    def __init__(
        self, state: State, catalogue: Catalogue, ledger: Ledger, plan: Plan, chance: random.Random
    ) -> None:
        self._state, self._catalogue, self._ledger, self._plan = state, catalogue, ledger, plan
        self._chance = chance
        self._next: dict[int, int] = {}
        self.visitors = tuple(_visitor(state, number) for number in range(plan.chats))
        state.watchers.append(self._noted)

    def ask(self, visitor: Visitor) -> None:
        """One question, by somebody."""
        number = self._next.setdefault(visitor.chat, self._chance.randrange(len(self._catalogue.questions)))
        self._next[visitor.chat] = (number + 1) % len(self._catalogue.questions)
        text = self._catalogue.questions[number]
        with self._state.changed:
            message = visitor.says(f"/ask {text}" if visitor.group else text)
            self._ledger.asks(visitor.chat, message, number, time.monotonic())

    async def at_a_rate(self) -> None:
        """Somebody writes again and again, until the time is over."""
        begun = due = time.monotonic()
        while (now := time.monotonic()) < begun + self._plan.seconds:
            if now < due:
                await asyncio.sleep(due - now)
            self.ask(self._chance.choice(self.visitors))
            due += self._chance.uniform(0.5, 1.5) / self._plan.rate

    async def one_by_one(self, look: Callable[[], object]) -> None:
        """A question for each answer, until so many were asked. `look` is called once in a thousand."""
        for number in range(self._plan.messages):
            await self._turn()
            self.ask(self.visitors[number % len(self.visitors)])
            if number % 1000 == 0:
                look()

    async def _turn(self) -> None:
        """Returns when few questions are open, or when none has been answered for long: they are lost."""
        begun, answered = time.monotonic(), self._ledger.answered
        while self._ledger.unanswered >= BATCH and time.monotonic() < begun + PATIENCE:
            await asyncio.sleep(0.001)
            if self._ledger.answered > answered:
                begun, answered = time.monotonic(), self._ledger.answered

    async def flood(self) -> None:
        """One chat sends all its messages during the run, a batch of Telegram's at once."""
        bursts = -(-self._plan.flood // BATCH)
        for burst in range(bursts):
            await asyncio.sleep(self._plan.seconds / (bursts + 1))
            for _ in range(min(BATCH, self._plan.flood - burst * BATCH)):
                self.ask(Visitor(self._state, FLOODER))

    def crowd(self, size: int) -> None:
        """Several people write at once, one message each."""
        for visitor in self._chance.sample(self.visitors, min(size, len(self.visitors))):
            self.ask(visitor)

    def burst(self, size: int) -> None:
        """Somebody sends several messages at once."""
        visitor = self._chance.choice(self.visitors)
        for _ in range(1 if visitor.group else size):
            self.ask(visitor)

    def _noted(self, message: Message) -> None:
        number = self._catalogue.number_of_reply.get(message.text.strip())
        answers = message.answers if message.chat < 0 else None
        self._ledger.replied(message.chat, number, answers, time.monotonic(), message.text)


def _visitor(state: State, number: int) -> Visitor:
    group = FIRST_GROUP - number if number % GROUPS == GROUPS - 1 else None
    return Visitor(state, FIRST_CHAT + number, group=group)
