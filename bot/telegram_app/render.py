"""One `Reply` to texts, entities and buttons.

A blockquote holds the characters of a quotation and nothing else, or a translation, whose first line says that it is
one; apps fold that up from the fourth line on. No parse mode is used, so that no character of a text has a meaning.
Offsets of entities count UTF-16 units (https://core.telegram.org/bots/api#messageentity).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bot.conversation.bot import NAMED
from bot.conversation.replies import Block, Choice, Reply, Role
from bot.conversation.requests import Request, ShowIntent, ShowPart, ShowPassage, encode
from bot.corpus.passages import Quotation

MAX_UNITS = 4096
"""The longest text of a message (https://core.telegram.org/bots/api#sendmessage: "1-4096 characters
after entities parsing"). The server counts code points; UTF-16 units are never fewer, so that a text
within this many of them is within both ways of counting."""

RIGHT_TO_LEFT_LANGUAGES = frozenset({
    "ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"
})  # fmt: skip
"""Persian has a wording file; the others may get one. A line with names in Latin letters does not tell by itself."""

_STYLES: dict[Role, str | None] = {
    "title": MessageEntity.BOLD,
    "attribution": MessageEntity.ITALIC,
    "translation": MessageEntity.EXPANDABLE_BLOCKQUOTE,
    "note": MessageEntity.ITALIC,
    "text": None,
}
_NEXT_BLOCK, _DIRECTLY_UNDER = "\n\n", "\n"

_SENTENCE_END = re.compile(r"""[.!?…؟۔]["'”’»)\]]*(?=\s)|\n""")
_WORD_END = re.compile(r"\S(?=\s)")

_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\u200e", "\u200f"
_MARKS = {"L": _LEFT_TO_RIGHT, "R": _RIGHT_TO_LEFT, "AL": _RIGHT_TO_LEFT}
"""The mark with the direction of each strong type of `unicodedata.bidirectional`."""


@dataclass(frozen=True, slots=True)
class RenderedMessage:
    """One message: its text, the entities in it, and the buttons under it."""

    text: str
    entities: tuple[MessageEntity, ...]
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, slots=True)
class _StyledText:
    """A text in one style; `before` separates it from the text above it in its message. A quotation has no role."""

    text: str
    style: str | None
    before: str = _NEXT_BLOCK
    role: Role | None = None


_Group = tuple[_StyledText, ...]
"""Parts that belong together: quotations in a row, the attribution and the translation under them, or one part."""


def render(reply: Reply, shares: bool = False) -> tuple[RenderedMessage, ...]:
    """The messages that show `reply`, in order; the last one has the buttons.

    `shares` adds a button to share an answer, which Telegram refuses to a bot without inline mode.
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
        if groups and (part.before == _DIRECTLY_UNDER or (part.role is None and groups[-1][-1].role is None)):
            groups[-1] = (*groups[-1], part)
        else:
            groups.append((part,))
    return groups


def _part(block: Block, language: str) -> _StyledText:
    if isinstance(block, Quotation):
        long = len(block.exact) > 600  # it would fill the screen of a phone, so it is collapsed at first
        return _StyledText(
            block.exact, MessageEntity.EXPANDABLE_BLOCKQUOTE if long else MessageEntity.BLOCKQUOTE
        )
    before = _DIRECTLY_UNDER if block.role in {"attribution", "translation"} else _NEXT_BLOCK
    return _StyledText(directed(block.text.strip(), language), _STYLES[block.role], before, block.role)


def _pack(groups: Iterable[_Group]) -> Iterator[_Group]:
    """The groups message by message: as many as fit. A group that fits into one message is not cut.

    A translation is left out where the message does not hold it with all its quotations.
    """
    message: _Group = ()
    for whole in groups:
        group = whole if _fits(whole) else tuple(part for part in whole if part.role != "translation")
        if message and not _fits((*message, *group)):
            yield message
            message = ()
        for piece in [replace(part, text=text) for part in group for text in split_text(part.text)]:
            if message and not _fits((*message, piece)):
                yield message
                message = ()
            message = (*message, piece)
    if message:
        yield message


def _fits(parts: _Group) -> bool:
    return utf16_length(_message(parts).text) <= MAX_UNITS


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
    """Choices one under the other, and one row below them: steps, and sharing."""
    rows = [[_button(choice, reply)] for choice in reply.choices]
    steps = [_button(step, reply) for step in reply.navigation]
    if shares and reply.share and reply.intent_id:
        label = directed(reply.share, reply.language)
        steps.append(InlineKeyboardButton(label, switch_inline_query=NAMED + reply.intent_id))
    if steps:
        rows.append(steps)
    return InlineKeyboardMarkup(rows) if rows else None


def _button(choice: Choice, reply: Reply) -> InlineKeyboardButton:
    """Two lines on a phone show 60 characters; an app cuts longer labels anywhere."""
    label = directed(shortened(choice.short or choice.label, 60), reply.language)
    return InlineKeyboardButton(label, callback_data=button_data(choice.request, reply.context))


def button_data(request: Request, shown: Request | None) -> str:
    """What a button carries: its `request`, and behind a step what the message with it shows, so that a reply to that
    message is understood (`incoming.request_behind`).

    >>> button_data(ShowPassage(5), ShowIntent("lamp")), button_data(ShowPart("sea", 2), ShowPart("sea", 1))
    ('p:5/i:lamp', 'm:sea:2/1')
    """
    match request, shown:
        case ShowPart(), ShowPart(_, part):
            return f"{encode(request)}/{part}"
        case ShowPart(), ShowIntent():
            return f"{encode(request)}/0"
        case ShowPassage(), ShowIntent() | ShowPart() | ShowPassage():
            return f"{encode(request)}/{encode(shown)}"
    return encode(request)


def shortened(text: str, limit: int) -> str:
    """`text` in one line of at most `limit` characters, cut between words where there are any.

    >>> shortened("The  lamp is lit at dusk", 12)
    'The lamp is…'
    """
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0][: limit - 1].rstrip(",;:") + "…"


def utf16_length(text: str) -> int:
    """The length of `text` in UTF-16 units, in which Telegram counts offsets.

    >>> utf16_length("a👍")
    3
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split_text(text: str, limit: int = MAX_UNITS) -> tuple[str, ...]:
    """`text` in pieces of at most `limit` UTF-16 units (2 or more), in order.

    >>> split_text("One two. Three four.", 14)
    ('One two.', 'Three four.')

    A piece ends with a sentence or a line where possible, else with a word; only a word longer than
    `limit` is cut itself, and then not before a combining mark. The white space around a cut is
    dropped. A text that fits is returned as it is.
    """
    pieces = []
    while utf16_length(text) > limit:
        end = _cut(text, _fitting(text, limit))
        pieces.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return tuple(piece for piece in (*pieces, text) if piece)


def _fitting(text: str, limit: int) -> int:
    """How many code points of `text` fit into `limit` UTF-16 units."""
    window = text[:limit].encode("utf-16-le", "surrogatepass")[: 2 * limit]
    return len(window.decode("utf-16-le", "ignore"))  # half a character at the end is dropped


def _cut(text: str, most: int) -> int:
    """The best place to cut `text` at, `most` or before."""
    for end_of in (_SENTENCE_END, _WORD_END):
        # One character more is searched, since the space after a cut need not fit.
        ends = [found.end() for found in end_of.finditer(text, 0, most + 1) if found.end() <= most]
        if ends and text[: ends[-1]].strip():
            return ends[-1]
    end = most
    while end > 1 and unicodedata.combining(text[end]):
        end -= 1
    return end


def directed(text: str, language: str) -> str:
    """`text` with a mark before each line that would run the wrong way for `language`.

    >>> directed("Yandex", "fa"), directed("Yandex در ایران", "fa")
    ('Yandex', '\\u200fYandex در ایران')

    A line in one direction only, such as an address, stays as it is. Apps lay a line out in the direction of its
    first letter (the Unicode Bidirectional Algorithm, rules P2 and P3: https://www.unicode.org/reports/tr9/), so a
    Persian line that begins with "Yandex" would be shown in the wrong order. Telegram drops U+2028 to U+202E from
    texts, but neither of these marks. A quotation never gets one.
    """
    mark = _RIGHT_TO_LEFT if language in RIGHT_TO_LEFT_LANGUAGES else _LEFT_TO_RIGHT
    return "\n".join(_directed_line(line, mark) for line in text.split("\n"))


def _directed_line(line: str, mark: str) -> str:
    found = [_MARKS.get(unicodedata.bidirectional(char)) for char in line]
    directions = [each for each in found if each]
    return line if len(set(directions)) < 2 or directions[0] == mark else mark + line
