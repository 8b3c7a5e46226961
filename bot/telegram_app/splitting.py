"""Cuts a text that is too long for one message.

Rule: nothing but white space is lost, and no word is cut that could be sent whole. What this file does
not know: blocks, entities, replies.
"""

import re
import unicodedata

MAX_UNITS = 4096
"""The longest text of a message (https://core.telegram.org/bots/api#sendmessage: "1-4096 characters
after entities parsing"). The server counts code points; UTF-16 units are never fewer, so that a text
within this many of them is within both ways of counting."""

_SENTENCE_END = re.compile(r"""[.!?…؟۔]["'”’»)\]]*(?=\s)|\n""")
_WORD_END = re.compile(r"\S(?=\s)")


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

    A piece ends with a sentence or a line where it can, else with a word; only a word longer than
    `limit` is cut itself, and then not in front of a combining mark. The white space around a cut is
    dropped. A text that fits is given back as it is.
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
    """The best place to cut `text` at, not behind `most`."""
    for end_of in (_SENTENCE_END, _WORD_END):
        # One character more is looked at, since the space behind a cut need not fit.
        ends = [found.end() for found in end_of.finditer(text, 0, most + 1) if found.end() <= most]
        if ends and text[: ends[-1]].strip():
            return ends[-1]
    end = most
    while end > 1 and unicodedata.combining(text[end]):
        end -= 1
    return end
