"""Kills, restarts, faults, floods, and unreadable updates.

All of it is drawn from one seed and stops with the traffic, so that what was delayed can still be answered.
"""

import asyncio
import itertools
import random

from tests.end_to_end.faults import (
    NOTHING,
    dribbling,
    dropped_after,
    dropped_before,
    hung,
    late,
    other_body,
    page,
    refused,
    slowed_down,
)
from tests.end_to_end.people import inject
from tests.end_to_end.server import Server
from tests.soak.fleet import Fleet
from tests.soak.plan import Plan
from tests.soak.traffic import Traffic

GENTLE = 0.2
"""Share of the kills that are a SIGTERM, as an operator or a deployment sends it."""

CROWD, MIDST = 8, 0.05
"""So many people write at once just before a kill, which comes within so many seconds: a bot answers one message
in milliseconds, and a kill between two messages proves nothing."""

FLOOD_EVERY, FLOOD_SIZE = 15.0, 10
"""Seconds, and messages that somebody sends at once: less than any backlog that a bot may refuse to keep."""

MALFORMED_EVERY = 10.0
"""Seconds between two updates that the library cannot read: a message without chat and date."""

SEND_FAULTS = (
    refused(500),
    refused(502),
    refused(429),
    page(502),
    page(403),
    page(404),
    page(200),
    page(200, carried=True),
    slowed_down(1),
    dropped_before(),
    dropped_after(),
    hung(1.0),
    late(0.5),
    dribbling(0.3),
)
POLL_FAULTS = (
    *(refused(500), refused(409), page(502), page(404), dropped_before(), dropped_after(), late(0.5)),
    *map(other_body, NOTHING),
)
SHARE = 0.03
"""The part of the calls with a fault: enough of each kind in a minute, and hardly five in a row for one message."""


class Chaos:
    """All that goes wrong in one run."""

    def __init__(self, server: Server, fleet: Fleet, traffic: Traffic, plan: Plan) -> None:
        self.floods = 0
        self._server, self._fleet, self._traffic, self._plan = server, fleet, traffic, plan
        self._chance = random.Random(plan.seed)
        self._tasks: list[asyncio.Task[None]] = []
        self._restarts: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Starts the trouble."""
        if self._plan.faults:
            self._server.faults.at_random("sendMessage", SHARE, SEND_FAULTS, self._plan.seed)
            self._server.faults.at_random("getUpdates", SHARE, POLL_FAULTS, self._plan.seed)
        wanted = (
            (self._plan.kills, self._kills()),
            (self._plan.floods, self._floods()),
            (self._plan.malformed, self._malformed()),
        )
        for on, trouble in wanted:
            if on:
                self._tasks.append(asyncio.create_task(trouble))
            else:
                trouble.close()

    async def stop(self) -> None:
        """Ends the trouble, after the restarts that were begun."""
        self._server.faults.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, *self._restarts, return_exceptions=True)

    async def _kills(self) -> None:
        while True:
            await asyncio.sleep(self._chance.expovariate(1 / self._plan.kill_every))
            self._traffic.crowd(CROWD)
            await asyncio.sleep(self._chance.uniform(0.0, MIDST))
            place = self._chance.randrange(self._fleet.places)
            if self._chance.random() < GENTLE:
                restart = asyncio.create_task(self._fleet.terminate(place))
                self._restarts.add(restart)
                restart.add_done_callback(self._restarts.discard)
            else:
                self._fleet.kill(place)

    async def _floods(self) -> None:
        while True:
            await asyncio.sleep(self._chance.expovariate(1 / FLOOD_EVERY))
            self._traffic.burst(FLOOD_SIZE)
            self.floods += 1

    async def _malformed(self) -> None:
        for number in itertools.count(1):
            await asyncio.sleep(MALFORMED_EVERY)
            inject(self._server.state, {"message": {"message_id": number, "text": "?"}}, line=-number)
