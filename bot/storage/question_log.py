"""What of a reply is worth keeping, and how a pressed button finds its row.

Rule: a front end hands over every reply to a typed question and every request of a button, and shows what it gets
back. An offer's row is found again by a random name which its own buttons carry: so nobody need be known, a
restart loses nothing, and of an offer that was shown to a group any member may choose.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from bot.conversation.replies import Remark, Reply, of_offer
from bot.conversation.requests import FromOffer, Request, ShowIntent
from bot.conversation.wording import Wording
from bot.storage.entries import DAYS, NONE_TAKEN, ROWS, Entry
from bot.storage.masks import masked
from bot.text.folding import words

if TYPE_CHECKING:
    from bot.storage.journal import Journal

_NAME_BYTES = 6
"""Of an offer's name: among 5,000 rows two are alike once in twenty million."""


class QuestionLog:
    """The pen of a front end. Without a path nothing is ever kept, and replies stay as they are.

    >>> with QuestionLog(None, tell=print) as notes:
    ...     notes.note("what is b2g", bot.answer("what is b2g")).kind
    'answer'
    """

    def __init__(self, path: Path | None, tell: Callable[[str], None]) -> None:
        self._journal = _open(path, tell) if path else None

    def note(self, text: str, reply: Reply) -> Reply:
        """Keeps `text` where `reply` is a fallback or an offer, and gives the reply to show."""
        if self._journal is None or not words(text):
            return reply
        if reply.kind == "fallback":
            self._journal.write(Entry("fallback", masked(text)))
        if reply.kind != "offer":
            return reply
        offer = secrets.token_urlsafe(_NAME_BYTES)
        shown = tuple(candidate.intent_id for candidate in reply.offered)
        self._journal.write(Entry("offer", masked(text), shown), offer)
        return of_offer(reply, offer)

    def pressed(self, request: Request) -> Request:
        """What was really asked for. Where it was chosen from an offer, that is noted."""
        if not isinstance(request, FromOffer):
            return request
        if self._journal is not None:
            chosen = request.request
            taken = chosen.intent_id if isinstance(chosen, ShowIntent) else NONE_TAKEN
            self._journal.take(request.offer, taken)
        return request.request

    def wrong(self, text: str, reply: Reply) -> bool:
        """Keeps `text` as a question that got a wrong reply; False where nothing is kept."""
        if self._journal is None:
            return False
        shown = (reply.intent_id,) if reply.intent_id else tuple(c.intent_id for c in reply.offered)
        self._journal.write(Entry("wrong", masked(text), shown))
        return True

    def on_privacy(self, page: Reply, wording: Wording) -> Reply:
        """The page on privacy with exactly what is kept here. It stands beside the code that does it."""
        if self._journal is None:
            line = wording.line("privacy_no_journal")
        else:
            line = wording.line("privacy_journal", rows=f"{ROWS:,}", days=DAYS)
        return replace(page, blocks=(*page.blocks, Remark(line)))

    def close(self) -> None:
        """Waits until all is on disk."""
        if self._journal is not None:
            self._journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _open(path: Path, tell: Callable[[str], None]) -> "Journal":
    from bot.storage.journal import Journal  # noqa: PLC0415 - sqlite3, which only a bot that keeps needs

    return Journal(path, tell)
