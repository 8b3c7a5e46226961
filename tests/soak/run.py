"""One run: the fake, the bot's processes, the traffic and the trouble.

After the traffic the run lasts as long as the bot goes on answering; what is unanswered then is lost.
"""

import asyncio
import contextlib
import random
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

from tests.end_to_end.processes import environment
from tests.end_to_end.server import Server
from tests.end_to_end.state import TOKEN, State
from tests.end_to_end.webhook import LONGEST_PAUSE
from tests.soak.balancer import MISSING, balancing, nginx
from tests.soak.chaos import Chaos
from tests.soak.fleet import Fleet
from tests.soak.ledger import Ledger
from tests.soak.plan import NGINX, POLLING, Plan
from tests.soak.questions import Catalogue, read_catalogue
from tests.soak.result import Result
from tests.soak.traffic import FLOODER, Traffic

QUIET = 45.0
"""Seconds without any call that sends: longer than the read timeout of 20, and than the pause of 32 after a third
failure in which a message may have arrived."""

AFTERMATH = 1.5
"""Seconds after the last answer in which a duplicate may still come."""

READY_PATIENCE = 30.0
"""Seconds until the bot must have called for the first time."""

UNNOTED = 0.3
"""Seconds in which a process has certainly recorded that an answer was sent, on the busiest machine; on a quiet one it
takes milliseconds."""

PROCESSES = 3
"""Behind nginx."""


class Skipped(Exception):  # noqa: N818 - nothing went wrong
    """The run cannot be made on this machine; the text says why."""


def soak(plan: Plan) -> Result:
    """Makes one run. Raises Skipped where nginx is needed and not installed, or the bot is not ready in time."""
    if plan.mode == NGINX and nginx() is None:
        raise Skipped(MISSING)
    return asyncio.run(_soak(plan, read_catalogue()))


async def _soak(plan: Plan, catalogue: Catalogue) -> Result:
    server = Server(State())
    server.faults.latency["sendMessage"] = plan.latency
    ledger = Ledger(frozenset({FLOODER}))
    traffic = Traffic(server.state, catalogue, ledger, plan, random.Random(plan.seed))
    port = await server.start()
    try:
        async with _fleet(plan, f"http://127.0.0.1:{port}") as (fleet, log):
            chaos = Chaos(server, fleet, traffic, plan)
            await _ready(plan, server.state)
            chaos.start()
            growth = await _talk(plan, traffic, fleet)
            await chaos.stop()
            await _settle(plan, server, ledger)
            fleet.measure()
            for line in (*ledger.lost(), *ledger.repeated, *ledger.strays):
                fleet.note(line)
            leaked = TOKEN.encode() in log.read_bytes()
    finally:
        await server.close()
    allowed = in_flight(fleet.kill_times, server.cut_off) + server.faults.uncertain
    story = (
        f"{len(fleet.kill_times)} kills, {fleet.restarts} restarts, {fleet.deaths} ends of its own, "
        f"{server.faults.met} faults, {chaos.floods} floods, {len(ledger.strays)} other messages; "
        f"{plan.mode}, seed {plan.seed}"
    )
    return Result(plan, ledger, allowed, fleet.peak, growth, leaked, story)


def in_flight(kills: Iterable[float], cut_off: Iterable[tuple[float, float, float]]) -> int:
    """How many sends a kill has cut off, or may have: the last on a connection that was open at the kill, each as
    (opened, ended, closed). Sends that ended long before the kill were recorded as answered.

    >>> in_flight([10.0], [(8.0, 9.9, 10.1), (8.0, 10.3, 10.4), (8.0, 9.0, 10.1), (10.2, 11.0, 11.1)])
    2
    """
    times = tuple(kills)
    return sum(
        any(opened <= kill <= gone and kill - UNNOTED <= end for kill in times)
        for opened, end, gone in cut_off
    )


async def _ready(plan: Plan, state: State) -> None:
    """Returns when the bot receives in the mode of the plan."""
    end = time.monotonic() + READY_PATIENCE
    while time.monotonic() < end:
        polled = any(method == "getUpdates" for method, _ in state.calls)
        if polled if plan.mode == POLLING else state.webhook_url:
            return
        await asyncio.sleep(0.05)
    raise Skipped(f"the bot does not receive by {plan.mode}: it was not ready in {READY_PATIENCE:.0f} s")


async def _talk(plan: Plan, traffic: Traffic, fleet: Fleet) -> float:
    """All the traffic; returns by how many MB the bot grew after the first fifth."""
    if not plan.messages:
        await asyncio.gather(traffic.at_a_rate(), traffic.flood())
        return 0.0
    sizes: list[float] = []
    await traffic.one_by_one(lambda: sizes.append(fleet.measure()))
    return fleet.measure() - sizes[len(sizes) // 5]


async def _settle(plan: Plan, server: Server, ledger: Ledger) -> None:
    """Returns when all is answered, or when the bot has given up."""
    quiet = QUIET if plan.mode == POLLING else QUIET + 2 * LONGEST_PAUSE
    last = time.monotonic()
    while ledger.unanswered and time.monotonic() < last + quiet:
        last = time.monotonic() if server.open_sends else max(last, server.last_send)
        await asyncio.sleep(0.05)
    await asyncio.sleep(AFTERMATH)


@contextlib.asynccontextmanager
async def _fleet(plan: Plan, address: str) -> AsyncIterator[tuple[Fleet, Path]]:
    """The processes of the plan's mode, and the file that they write into."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ports = free_ports(PROCESSES + 1 if plan.mode == NGINX else 1)
        async with contextlib.AsyncExitStack() as stack:
            program = nginx()
            if plan.mode == NGINX and program:
                await stack.enter_async_context(balancing(program, folder, ports[0], ports[1:]))
            path = Path(plan.log or folder / "log")
            fleet = Fleet(_environments(plan, address, folder, ports), stack.enter_context(path.open("wb")))
            stack.push_async_callback(fleet.close)
            fleet.start()
            yield fleet, path


def _environments(plan: Plan, address: str, folder: Path, ports: list[int]) -> list[dict[str, str]]:
    """Behind nginx no process keeps messages on disk: it acknowledges one when it has answered it, see `balancer`."""
    inbox = str(folder / "inbox.sqlite3") if plan.inbox == "on" and plan.mode != NGINX else "off"
    if plan.mode == POLLING:
        return [environment(address, INBOX=inbox)]
    hook = {"WEBHOOK_URL": f"http://127.0.0.1:{ports[0]}/telegram", "WEBHOOK_SECRET": "a-secret-of-the-soak"}
    behind = ports[1:] if plan.mode == NGINX else ports
    return [environment(address, INBOX=inbox, WEBHOOK_PORT=str(each), **hook) for each in behind]


def free_ports(number: int) -> list[int]:
    """Free ports of loopback; all are held until the last is found, so that no two are the same."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
