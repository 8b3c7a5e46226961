"""Where a text is cut into sentences, and a message into the questions that it holds.

`conversation` decides whether the pieces of a message are answered on their own.
"""

import re
from collections.abc import Iterator

_END = re.compile(r"(?<=[.!?؟…])\s+")
_ABBREVIATION = re.compile(
    r"[A-ZА-ЯЁ]\."  # an initial
    r"|(?:[^\W\d_]\.){2,}"  # U.S., e.g., p.m., т.е.
    r"|[тдпекг]\."  # и т. д., т. п., т. к., в 2008 г.
    r"|(?i:mr|mrs|ms|dr|prof|st|etc|vs|им|др|см|напр)\."
)

MOST_QUESTIONS = 3
"""More answers than that are a wall of text on a phone."""

_ALWAYS_AN_END = re.compile(r"(?<=[?!؟;])|\n")
"""In a typed message, whether or not white space follows."""


def sentence_bounds(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence in `text`, in order, without the white space around it.

    A full stop ends a sentence only where white space follows, and never behind an abbreviation:

    >>> text = "Mr. Lee left the U.S. in May. Why?"
    >>> [text[start:end] for start, end in sentence_bounds(text)]
    ['Mr. Lee left the U.S. in May.', 'Why?']
    """
    start = len(text) - len(text.lstrip())
    for space in _END.finditer(text, start):
        last_word = text[start : space.start()].rsplit(None, 1)[-1].lstrip("([«“”\"'")
        if space.end() < len(text) and not _ABBREVIATION.fullmatch(last_word):
            yield start, space.start()
            start = space.end()
    if start < len(text):
        yield start, len(text.rstrip())


def split_questions(text: str, joint: re.Pattern[str]) -> tuple[str, ...]:
    """The pieces of a message that may be questions of their own, in order. `joint` is what lies between two questions
    in one sentence.

    >>> split_questions("Hi! Why did Yandex leave, and when was it agreed?", re.compile(", and "))
    ('Hi!', 'Why did Yandex leave', 'when was it agreed?')

    A message that cannot be cut is its own only piece; one without any text has none.
    """
    parts = _ALWAYS_AN_END.split(text)
    sentences = (part[start:end] for part in parts for start, end in sentence_bounds(part))
    pieces = (piece.strip() for sentence in sentences for piece in joint.split(sentence))
    return tuple(piece for piece in pieces if piece)
