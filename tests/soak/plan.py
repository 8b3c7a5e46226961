"""What is done to the bot, for how long, and the bars."""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

POLLING, WEBHOOK, NGINX = "polling", "webhook", "nginx"
TROUBLES = ("kills", "faults", "floods", "malformed")


@dataclass(frozen=True, slots=True)
class Plan:
    """One run. A bar that is None does not count; that nothing is unanswered or out of order always does.

    inbox        "off": nothing is kept on disk between the processes
    seconds      of traffic; the answers may come later
    messages     end after so many, however long it takes; the next is sent when one was answered
    rate         messages a second, from all chats together
    chats        people who write; every tenth of them is a group
    latency      seconds that Telegram takes for each message sent
    kill_every   seconds between two kills, on average; one in five is a SIGTERM, the others kill -9
    flood        messages that one more chat sends in bursts; its own replies are not judged
    p99_bar      milliseconds above the latency that 99 of 100 replies keep to
    growth_bar   MB that a process may grow between a fifth of the run and its end
    log          where to keep what the bot writes; "": nowhere
    """

    mode: str = POLLING
    inbox: str = "on"
    seconds: float = 600.0
    messages: int = 0
    rate: float = 15.0
    chats: int = 90
    latency: float = 0.1
    kill_every: float = 5.0
    flood: int = 0
    p99_bar: float | None = None
    growth_bar: float | None = None
    kills: bool = True
    faults: bool = True
    floods: bool = True
    malformed: bool = True
    seed: int = 0
    log: str = ""


CALM = Plan(kills=False, faults=False, floods=False, malformed=False)

SCENARIOS = {
    "trouble": Plan(),
    "flood": replace(CALM, seconds=20.0, latency=0.0, flood=500, p99_bar=100.0),
    "load": replace(CALM, seconds=60.0, rate=30.0, chats=3000, latency=0.15, p99_bar=50.0),
    "memory": replace(CALM, messages=100_000, chats=1000, latency=0.0, growth_bar=8.0),
}
"""The bars of the project:

trouble  with a kill every 5 s nothing stays unanswered, nothing is out of order, and there are no more
         duplicates than sends in flight at the kills
flood    while one chat sends 500 messages, the replies to the others keep to 100 ms
load     30 messages a second at 150 ms of latency: answered within 50 ms above that; from so many chats that
         hardly anybody writes again within the 150 ms and has to wait for the order of replies
memory   flat over 100,000 messages; the bar leaves room for what an allocator keeps in reserve
"""


def read_plan(arguments: Sequence[str]) -> Plan:
    """The plan of a command line. Exits with 2 on a usage error, as argparse does.

    >>> read_plan(["flood", "--mode", "webhook", "--seed", "3"]).flood
    500
    """
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("scenario", nargs="?", choices=SCENARIOS, default="trouble")
    parser.add_argument("--mode", choices=(POLLING, WEBHOOK, NGINX))
    for name in ("seconds", "rate", "latency", "kill-every", "p99-bar", "growth-bar"):
        parser.add_argument(f"--{name}", type=float)
    for name in ("messages", "chats", "flood", "seed"):
        parser.add_argument(f"--{name}", type=int)
    parser.add_argument("--inbox", choices=("on", "off"))
    parser.add_argument("--log")
    parser.add_argument("--without", nargs="+", choices=TROUBLES, default=[], help="troubles to leave out")
    given = vars(parser.parse_args(arguments))
    plan = replace(SCENARIOS[given["scenario"]], seed=random.randrange(1_000_000))
    changes: dict[str, Any] = {
        field.name: given[field.name] for field in fields(Plan) if given.get(field.name) is not None
    }
    return replace(plan, **changes | dict.fromkeys(given["without"], False))
