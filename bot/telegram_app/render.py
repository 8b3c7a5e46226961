"""One `Reply` to texts, entities and buttons.

Rule: a blockquote holds the characters of a quotation and nothing else; no parse mode is used, so that
no character of a text has a meaning.

Offsets of entities count UTF-16 units (https://core.telegram.org/bots/api#messageentity).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bot.conversation.bot import named
from bot.conversation.replies import Block, Choice, Reply, Role
from bot.conversation.requests import encode
from bot.corpus.passages import Quotation
from bot.telegram_app.direction import directed
from bot.telegram_app.splitting import MAX_UNITS, split_text, utf16_length

LONG_QUOTATION = 600
"""Quotations of more characters are folded up at first: they fill the screen of a phone."""

_STYLES: dict[Role, str | None] = {
    "title": MessageEntity.BOLD,
    "attribution": MessageEntity.ITALIC,
    "note": MessageEntity.ITALIC,
    "text": None,
}
_NEXT_BLOCK, _DIRECTLY_UNDER = "\n\n", "\n"


@dataclass(frozen=True, slots=True)
class RenderedMessage:
    """One message: its text, what of it is set how, and the buttons under it."""

    text: str
    entities: tuple[MessageEntity, ...]
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """A text in one style; `before` keeps it apart from what stands above it in the same message."""

    text: str
    style: str | None
    before: str = _NEXT_BLOCK


_Group = tuple[_Part, ...]
"""Parts that belong together: a quotation and the attribution under it, or one part alone."""


LONGEST_LABEL = 60
"""Characters of a button that two lines on a phone show; an app cuts longer ones anywhere."""


def render(reply: Reply, shares: bool = False) -> tuple[RenderedMessage, ...]:
    """The messages that show `reply`, in order; the last one carries the buttons, with one to share an answer
    where `shares`: Telegram refuses that one to a bot without inline mode.

    Most replies are one message. A longer one is cut between blocks, then between sentences. A reply
    without any text, which the core does not make, gives no message.
    """
    messages = [_message(parts) for parts in _pack(_groups(reply))]
    if messages:
        messages[-1] = replace(messages[-1], keyboard=_keyboard(reply, shares))
    return tuple(messages)


def _groups(reply: Reply) -> list[_Group]:
    groups: list[_Group] = []
    for block in reply.blocks:
        part = _part(block, reply.language)
        if not part.text.strip():
            continue
        if part.before == _DIRECTLY_UNDER and groups:
            groups[-1] = (*groups[-1], part)
        else:
            groups.append((part,))
    return groups


def _part(block: Block, language: str) -> _Part:
    if isinstance(block, Quotation):
        long = len(block.exact) > LONG_QUOTATION
        return _Part(block.exact, MessageEntity.EXPANDABLE_BLOCKQUOTE if long else MessageEntity.BLOCKQUOTE)
    before = _DIRECTLY_UNDER if block.role == "attribution" else _NEXT_BLOCK
    return _Part(directed(block.text.strip(), language), _STYLES[block.role], before)


def _pack(groups: Iterable[_Group]) -> Iterator[_Group]:
    """The groups message by message: as many as fit, none torn that fits alone."""
    message: _Group = ()
    for group in groups:
        if message and not _fits((*message, *group)):
            yield message
            message = ()
        if _fits((*message, *group)):
            message = (*message, *group)
        else:
            *full, message = _truncated(group)
            yield from full
    if message:
        yield message


def _truncated(group: _Group) -> list[_Group]:
    """A group that is too long for one message, in several."""
    messages: list[_Group] = []
    for part in group:
        pieces = [replace(part, text=text) for text in split_text(part.text)]
        if messages and len(pieces) == 1 and _fits((*messages[-1], *pieces)):
            messages[-1] = (*messages[-1], *pieces)
        else:
            messages += [(piece,) for piece in pieces]
    return messages


def _fits(parts: _Group) -> bool:
    return utf16_length(_joined(parts)) <= MAX_UNITS


def _joined(parts: _Group) -> str:
    return "".join((part.before if number else "") + part.text for number, part in enumerate(parts))


def _message(parts: _Group) -> RenderedMessage:
    text = ""
    entities = []
    for part in parts:
        text += (part.before if text else "") + part.text
        if part.style:
            length = utf16_length(part.text)
            entities.append(MessageEntity(part.style, utf16_length(text) - length, length))
    return RenderedMessage(text, tuple(entities))


def _keyboard(reply: Reply, shares: bool) -> InlineKeyboardMarkup | None:
    """Choices one under the other, the steps around a passage side by side below them, sharing last."""
    rows = [[_button(choice, reply.language)] for choice in reply.choices]
    if reply.navigation:
        rows.append([_button(step, reply.language) for step in reply.navigation])
    if shares and reply.share and reply.intent_id:
        label = directed(reply.share, reply.language)
        rows.append([InlineKeyboardButton(label, switch_inline_query=named(reply.intent_id))])
    return InlineKeyboardMarkup(rows) if rows else None


def _button(choice: Choice, language: str) -> InlineKeyboardButton:
    label = directed(shortened(choice.label, LONGEST_LABEL), language)
    return InlineKeyboardButton(label, callback_data=encode(choice.request))


def shortened(text: str, limit: int) -> str:
    """`text` in one line, cut between words where it is longer.

    >>> shortened("The  lamp is lit at dusk", 12)
    'The lamp is…'
    """
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit + 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
