"""What was asked and replied, and what is wrong with that.

A reply belongs to the oldest question of its chat that expects it and has none yet; where there is none left, it
is a duplicate. A first reply is out of order when a younger question of the chat was answered before it.
"""

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass(slots=True)
class Asked:
    """One question, and when it was answered first (None: not yet). Times are in seconds."""

    message: int
    question: int
    at: float
    place: int
    answered: float | None = None


@dataclass(slots=True)
class Chat:
    """The questions of one chat in the order of asking; `newest` is the youngest that was answered."""

    asked: list[Asked] = field(default_factory=list)
    open: list[Asked] = field(default_factory=list)
    newest: int = -1


class Ledger:
    """Everything that was asked and replied. Chats in `unjudged` are left out of every count."""

    def __init__(self, unjudged: frozenset[int] = frozenset()) -> None:
        self.duplicates = self.out_of_order = self.sent = self.answered = 0
        self.latencies: list[float] = []
        self.repeated: list[str] = []
        self.strays: list[str] = []
        self._unjudged = unjudged
        self._chats: defaultdict[int, Chat] = defaultdict(Chat)

    @property
    def unanswered(self) -> int:
        """Questions without a reply."""
        return self.sent - self.answered

    def asks(self, chat: int, message: int, question: int, now: float) -> None:
        """A question was asked; `question` is its number in the catalogue."""
        asked = Asked(message, question, now, len(self._chats[chat].asked))
        self._chats[chat].asked.append(asked)
        self._chats[chat].open.append(asked)
        self.sent += chat not in self._unjudged

    def replied(
        self, chat: int, question: int | None, answers: int | None, now: float, text: str = ""
    ) -> None:
        """A reply came: to the catalogue's `question`, or in a group to the message `answers`. Of one that
        belongs to nothing the `text` is kept."""
        if chat in self._unjudged:
            return
        known = self._chats[chat]
        asked = next((each for each in known.open if _belongs(each, question, answers)), None)
        if asked is None:
            before = next((each for each in known.asked if _belongs(each, question, answers)), None)
            if before is None:
                self.strays.append(f"another message in chat {chat} at {now:.2f}: {text}")
            else:
                self.duplicates += 1
                first = f"at {before.answered or before.at:.2f}, again at {now:.2f}"
                self.repeated.append(f"message {before.message} in chat {chat} was answered {first}")
            return
        known.open.remove(asked)
        asked.answered = now
        self.answered += 1
        self.latencies.append(now - asked.at)
        self.out_of_order += asked.place < known.newest
        known.newest = max(known.newest, asked.place)

    def lost(self) -> list[str]:
        """A line for each question without a reply."""
        return [
            f"message {asked.message} in chat {chat}, asked at {asked.at:.2f}, got no reply"
            for chat, known in self._chats.items()
            for asked in known.open
            if chat not in self._unjudged
        ]

    def percentile(self, share: float) -> float:
        """The latency in milliseconds that this share of the replies keeps to; 0 without replies."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def _belongs(asked: Asked, question: int | None, answers: int | None) -> bool:
    if answers is not None:
        return asked.message == answers
    return asked.question == question
