"""A reply, whatever it is shown on: a list of blocks, and what can be chosen next.

Rule: a block is either a `Quotation` (the source's own characters) or a `Remark` (the house's own
words), never both. Front ends render blocks and choices; they decide nothing.
"""

from dataclasses import dataclass, replace
from typing import Literal

from bot.conversation.requests import FromOffer, NoneOfThese, Request, ShowIntent
from bot.corpus.passages import Quotation
from bot.matching import Candidate

Role = Literal["title", "text", "attribution", "note"]
"""What a remark is for: a title is set bold, an attribution follows a quotation, a note is small."""

Kind = Literal["answer", "offer", "fallback", "small_talk", "page"]
"""The four kinds of reply to a message; a "page" answers a button or a command."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the bot says itself."""

    text: str
    role: Role = "text"


Block = Remark | Quotation


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen next: a button, or a number in the terminal."""

    label: str
    request: Request


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot says, and why.

    blocks      in reading order
    choices     questions and topics, best first, each worth a line of its own
    navigation  short steps (passage before, place, passage after), worth one line together
    share       what the button says that shares the answer; "" where there is none to share
    intent_id   what the first answer answers; None unless the kind is answer or small_talk
    offered     the candidates behind the choices of an offer
    ranking     the best candidates, whatever was decided
    """

    kind: Kind
    language: str
    blocks: tuple[Block, ...]
    choices: tuple[Choice, ...] = ()
    navigation: tuple[Choice, ...] = ()
    share: str = ""
    intent_id: str | None = None
    offered: tuple[Candidate, ...] = ()
    ranking: tuple[Candidate, ...] = ()

    def quotations(self) -> tuple[Quotation, ...]:
        """The quotations among the blocks. Only those of an answer answer anything."""
        return tuple(block for block in self.blocks if isinstance(block, Quotation))


def joined(replies: tuple[Reply, ...]) -> Reply:
    """Several answers to one message as one reply; the first one is what the buttons belong to.

    At least one reply is needed; one alone is given back as it is.
    """
    first = replies[0]
    blocks = tuple(block for reply in replies for block in reply.blocks)
    return replace(first, blocks=blocks)


def of_offer(reply: Reply, offer: str) -> Reply:
    """The reply of the kind offer whose choices tell from which offer they were chosen."""
    choices = tuple(
        replace(choice, request=FromOffer(offer, choice.request))
        if isinstance(choice.request, ShowIntent | NoneOfThese)
        else choice
        for choice in reply.choices
    )
    return replace(reply, choices=choices)


def in_brief(reply: Reply) -> Reply:
    """The reply for a chat in which others read along: a fallback is its first line, without a menu."""
    if reply.kind != "fallback":
        return reply
    return replace(reply, blocks=reply.blocks[:1], choices=())
