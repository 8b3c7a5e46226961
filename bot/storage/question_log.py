"""Which questions are kept for the editor, and what was chosen of an offer.

A front end passes every reply to a typed question and every request of a button through here. The row of an offer is
found again by a random name that its buttons carry. So no visitor is identified, a restart loses nothing, and in a
group any member may choose.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.conversation.bot import Bot
from bot.conversation.replies import Remark, Reply, of_offer
from bot.conversation.requests import FromOffer, Request, ShowIntent, ShowPage
from bot.storage.journal import DAYS, NONE_TAKEN, ROWS, Entry, Journal
from bot.storage.redaction import redacted
from bot.text.folding import words

_NAME_BYTES = 6
"""Length of an offer's name: among 5,000 rows two are alike once in twenty million."""


class QuestionLog:
    """Keeps questions in the journal at `path`. Without a path it keeps nothing and replies stay as they are.

    >>> QuestionLog(None, notify=print).note("what is b2g", bot.answer("what is b2g")).kind
    'answer'
    """

    def __init__(self, path: Path | None, notify: Callable[[str], None]) -> None:
        self._journal = Journal(path, notify) if path else None

    def note(self, text: str, reply: Reply) -> Reply:
        """Keeps `text` where `reply` is a fallback or an offer. Returns the reply to show."""
        if self._journal is None or not words(text):
            return reply
        if reply.kind == "fallback":
            self._journal.write(Entry("fallback", redacted(text)))
        if reply.kind != "offer":
            return reply
        offer = secrets.token_urlsafe(_NAME_BYTES)
        shown = tuple(candidate.intent_id for candidate in reply.offered)
        self._journal.write(Entry("offer", redacted(text), shown), offer)
        return of_offer(reply, offer)

    def pressed(self, request: Request) -> Request:
        """The request without the name of an offer; a choice from an offer is kept."""
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
        self._journal.write(Entry("wrong", redacted(text), shown))
        return True

    def privacy(self, bot: Bot, language: str | None) -> Reply:
        """The page on privacy with one more line: what is kept here."""
        page, wording = bot.respond(ShowPage("privacy"), language), bot.wording(language)
        if self._journal is None:
            line = wording.line("privacy_no_journal")
        else:
            line = wording.line("privacy_journal", rows=f"{ROWS:,}", days=DAYS)
        return replace(page, blocks=(*page.blocks, Remark(line)))

    def close(self) -> None:
        if self._journal is not None:
            self._journal.close()
