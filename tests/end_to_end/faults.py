"""Scripted faults, each one that happens on the open internet.

A fault says whether the call was carried out all the same, which the bot cannot know.
"""

import random
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

from tests.end_to_end.rules import Refusal, too_many_requests

DESCRIPTIONS = {
    400: "Bad Request: something is wrong",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one call instead of the usual.

    before     seconds until the call is carried out or refused
    refusal    the answer, in place of carrying the call out
    carried    whether the call is carried out (where nothing is refused)
    after      seconds between carrying out and the answer
    answered   whether an answer comes at all; else the connection is cut
    dribble    seconds over which the answer's body is spread
    page       the answer is a web page, as from a proxy without a server behind it
    """

    before: float = 0.0
    refusal: Refusal | None = None
    carried: bool = True
    after: float = 0.0
    answered: bool = True
    dribble: float = 0.0
    page: bool = False

    @property
    def uncertain(self) -> bool:
        """Whether the bot cannot know that its call was carried out: repeating it makes a duplicate."""
        return self.carried and self.refusal is None and not self.answered


def refused(code: int, description: str = "") -> Fault:
    """An answer with that status."""
    return Fault(refusal=Refusal(code, description or DESCRIPTIONS[code]), carried=False)


def slowed_down(seconds: int) -> Fault:
    """429, with the seconds to wait."""
    return Fault(refusal=too_many_requests(seconds), carried=False)


def moved(chat: int) -> Fault:
    """The group has another number now."""
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return Fault(refusal=Refusal(400, text, {"migrate_to_chat_id": chat}), carried=False)


def gateway_page() -> Fault:
    """502 with a web page in place of JSON."""
    return Fault(refusal=Refusal(502, "Bad Gateway"), carried=False, page=True)


def dropped_before() -> Fault:
    """The connection is cut, and the call was not carried out."""
    return Fault(carried=False, answered=False)


def dropped_after() -> Fault:
    """The call was carried out, and the connection is cut before the answer."""
    return Fault(answered=False)


def hung(seconds: float, carried: bool = False) -> Fault:
    """No answer for so long, and then the connection is cut."""
    return Fault(carried=carried, after=seconds, answered=False)


def late(seconds: float) -> Fault:
    """The call is carried out and answered, but slowly."""
    return Fault(before=seconds)


def dribbling(seconds: float) -> Fault:
    """The answer's body comes byte by byte."""
    return Fault(dribble=seconds)


NO_FAULT = Fault()


class Faults:
    """Which fault the next call of a method meets: first the scripted ones in order, then one by chance.

    By chance the connection is cut once for a chat, and not again before a call for that chat has succeeded: a bot
    that repeats a message that may have arrived at most once would rightly give up. A script can do it twice.
    """

    def __init__(self) -> None:
        self.latency: dict[str, float] = {}
        self.met = 0
        self.uncertain = 0
        self._script: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._chances: dict[str, tuple[float, Sequence[Fault]]] = {}
        self._chance = random.Random(0)
        self._cut_off: set[object] = set()

    def script(self, method: str, *faults: Fault) -> None:
        """The next calls of `method` meet these, one each."""
        self._script[method].extend(faults)

    def at_random(self, method: str, share: float, faults: Sequence[Fault], seed: int) -> None:
        """From now on a share (0 to 1) of the calls meets one of the faults."""
        self._chance = random.Random(seed)
        self._chances[method] = (share, faults)

    def stop(self) -> None:
        """No more faults."""
        self._script.clear()
        self._chances.clear()

    def pick(self, method: str, chat: object = None) -> Fault:
        """The fault of this call, NO_FAULT for most. `chat` is the chat that it is for, if any."""
        fault = self._scripted(method) or self._random(method, chat)
        if fault is None:
            self._cut_off.discard(chat)
            return NO_FAULT
        if not fault.answered and chat is not None:
            self._cut_off.add(chat)
        self.met += 1
        self.uncertain += fault.uncertain
        return fault

    def _scripted(self, method: str) -> Fault | None:
        waiting = self._script.get(method)
        return waiting.popleft() if waiting else None

    def _random(self, method: str, chat: object) -> Fault | None:
        share, faults = self._chances.get(method, (0.0, ()))
        if not faults or self._chance.random() >= share:
            return None
        fault = self._chance.choice(faults)
        return fault if fault.answered or chat not in self._cut_off else None
