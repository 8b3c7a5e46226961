"""A reply, whatever it is shown on: a list of blocks, and what can be chosen next.

A block is either a `Quotation` (the source's own characters) or a `Remark` (the bot's own words), never both.
"""

from dataclasses import dataclass, replace
from typing import Literal, get_args

from bot.conversation.requests import FromOffer, NoneOfThese, Request, ShowIntent, ShowPart
from bot.corpus.passages import Quotation
from bot.matching import Candidate

Role = Literal["title", "text", "attribution", "translation", "note"]
"""What a remark is for: a title is bold, an attribution follows a quotation, a translation of ours (its first line says
so) follows the attribution, a note is small."""

ReplyKind = Literal["answer", "offer", "fallback", "small_talk", "page"]
"""The four kinds of reply to a message; a "page" answers a button, a command, or what is asked of the last answer."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the bot says itself."""

    text: str
    role: Role = "text"


Block = Remark | Quotation


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen next: a button, or a number in the terminal. `short` is the label for where there
    is little room; "" where it is the same."""

    label: str
    request: Request
    short: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot says, and why.

    blocks      in reading order
    choices     questions and topics, best first, each worth a line of its own
    navigation  short steps (passage before, passage after, topic), worth one line together
    share       what the button says that shares the answer; "" where there is none to share
    intent_id   what the first answer answers; None unless the kind is answer or small_talk
    offered     the candidates behind the choices of an offer
    ranking     the best candidates, whatever was decided
    context     what a message that follows continues: the answer or the passage that is shown or nearest; None where
                the one before goes on to be it
    parts       the replies that were joined to this one; none where it is a single one
    """

    kind: ReplyKind
    language: str
    blocks: tuple[Block, ...]
    choices: tuple[Choice, ...] = ()
    navigation: tuple[Choice, ...] = ()
    share: str = ""
    intent_id: str | None = None
    offered: tuple[Candidate, ...] = ()
    ranking: tuple[Candidate, ...] = ()
    context: Request | None = None
    parts: tuple["Reply", ...] = ()

    def quotations(self) -> tuple[Quotation, ...]:
        """The quotations among the blocks, of joined answers without those of the other parts. Only those of an answer
        answer anything."""
        if self.parts:
            return tuple(q for part in self.parts if part.kind == self.kind for q in part.quotations())
        return tuple(block for block in self.blocks if isinstance(block, Quotation))


def joined(replies: tuple[Reply, ...]) -> Reply:
    """At least one reply to the parts of a message as one, with the buttons of the first answer, else of an offer."""
    if len(replies) == 1:
        return replies[0]
    first = min(replies, key=lambda reply: get_args(ReplyKind).index(reply.kind))
    return replace(
        first,
        blocks=tuple(block for reply in replies for block in reply.blocks),
        offered=tuple(candidate for reply in replies for candidate in reply.offered),
        parts=replies,
    )


def of_offer(reply: Reply, offer: str) -> Reply:
    """An offer whose choices carry its name, by which the question log finds it again."""
    choices = tuple(
        replace(choice, request=FromOffer(offer, choice.request))
        if isinstance(choice.request, ShowIntent | NoneOfThese)
        else choice
        for choice in reply.choices
    )
    return replace(reply, choices=choices)


def in_brief(reply: Reply) -> Reply:
    """The reply for a group: of a fallback only the first line is left, and an answer is its quotations and one row of
    buttons. Several quotations with a title each keep their titles."""
    if reply.kind == "fallback":
        return replace(reply, blocks=reply.blocks[:1], choices=())
    if reply.kind != "answer":
        return reply
    titles = [block for block in reply.blocks if isinstance(block, Remark) and block.role == "title"]
    is_single = len(titles) == 1 and not any(isinstance(step.request, ShowPart) for step in reply.navigation)
    blocks = tuple(block for block in reply.blocks if not (is_single and block in titles))
    return replace(reply, blocks=blocks, choices=())
