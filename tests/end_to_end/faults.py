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


WEB_PAGE = b"<html>\n<head><title>Please log in</title></head>\n<body>nginx</body>\n</html>"
NOTHING = (
    b'{"ok": false}',
    b'{"ok": true, "result": null}',
    b'{"ok": true, "result": [{"message": {}}]}',
    b"?",
)
"""Answers of servers that are broken, or no Bot API."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one call instead of the usual.

    before     seconds until the call is carried out or refused
    refusal    the answer, in place of carrying the call out
    carried    whether the call is carried out (where nothing is refused)
    after      seconds between carrying out and the answer
    answered   whether an answer comes at all; else the connection is cut
    dribble    seconds over which the answer's body is spread
    body       what stands in the answer in place of Telegram's JSON
    """

    before: float = 0.0
    refusal: Refusal | None = None
    carried: bool = True
    after: float = 0.0
    answered: bool = True
    dribble: float = 0.0
    body: bytes = b""

    @property
    def uncertain(self) -> bool:
        """Whether the bot cannot know that its call was carried out: repeating it makes a duplicate."""
        return self.carried and self.refusal is None and (not self.answered or bool(self.body))


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


def page(status: int, carried: bool = False) -> Fault:
    """A web page in place of JSON: of the server in front (502), of a proxy (403), or of a network that wants a login
    (200)."""
    return other_body(WEB_PAGE, status, carried)


def other_body(body: bytes, status: int = 200, carried: bool = False) -> Fault:
    """Anything in place of Telegram's answer."""
    return Fault(refusal=None if status == 200 else Refusal(status, ""), carried=carried, body=body)


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
    """Which fault the next call of a method meets: first the scripted ones in order, then one by chance."""

    def __init__(self) -> None:
        self.latency: dict[str, float] = {}
        self.met = 0
        self.uncertain = 0
        self._script: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._chances: dict[str, tuple[float, Sequence[Fault]]] = {}
        self._chance = random.Random(0)

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

    def pick(self, method: str) -> Fault:
        """The fault of this call, NO_FAULT for most."""
        fault = self._scripted(method) or self._random(method)
        if fault is None:
            return NO_FAULT
        self.met += 1
        self.uncertain += fault.uncertain
        return fault

    def _scripted(self, method: str) -> Fault | None:
        waiting = self._script.get(method)
        return waiting.popleft() if waiting else None

    def _random(self, method: str) -> Fault | None:
        share, faults = self._chances.get(method, (0.0, ()))
        if not faults or self._chance.random() >= share:
            return None
        return self._chance.choice(faults)
