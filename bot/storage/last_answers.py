"""The last answer of each person, in memory, so that "and when?" is understood without a reply gesture."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import NamedTuple

from bot.conversation.requests import Request

SECONDS = 600.0
"""Who comes back later has begun something new."""

MOST_PEOPLE = 4000
"""Up to two megabytes (measured: 1.7). The person who was answered longest ago is forgotten first."""


class _Answer(NamedTuple):
    context: Request
    before: Request | None
    message: int
    at: float


class LastAnswers:
    """What each person was answered last. A person may be any value: a chat and a user, for instance.

    >>> last = LastAnswers()
    >>> last.note("ann", intent)
    >>> last.context("ann") == intent, last.context("ben")
    (True, None)
    """

    def __init__(self, most: int = MOST_PEOPLE, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._answers: OrderedDict[Hashable, _Answer] = OrderedDict()

    def note(self, person: Hashable, shown: Request | None, message: int = 0) -> None:
        """Remembers what a reply shows (see `Reply.context`); one that shows nothing changes nothing. `message` is the
        number of the message that it answers."""
        if shown is None:
            return
        before = self.context(person, message)
        self._answers[person] = _Answer(shown, before, message, self._clock())
        self._answers.move_to_end(person)
        if len(self._answers) > self._most:
            self._answers.popitem(last=False)

    def context(self, person: Hashable, message: int = 0) -> Request | None:
        """What the person was shown before the message of that number, also when it was edited since."""
        last = self._answers.get(person)
        if last is None or self._clock() - last.at > SECONDS:
            return None
        return last.before if message and message == last.message else last.context
