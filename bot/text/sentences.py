"""Where a text is cut into sentences."""

import re
from collections.abc import Iterator

_END = re.compile(r"(?<=[.!?؟…])\s+")
_ABBREVIATION = re.compile(
    r"[A-ZА-ЯЁ]\."  # an initial
    r"|(?:[^\W\d_]\.){2,}"  # U.S., e.g., p.m., т.е.
    r"|[тдпекг]\."  # и т. д., т. п., т. к., в 2008 г.
    r"|(?i:mr|mrs|ms|dr|prof|st|etc|vs|им|др|см|напр)\."
)


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
