"""Where a text is cut into sentences, and a message into the questions that it holds.

A message is cut at the ends of sentences and at an "and" before a new question word. `conversation` decides whether the
pieces are answered on their own.
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

_MARKS = ("?", "؟")
_ALWAYS_AN_END = re.compile(r"(?<=[?!؟;])|\n")
"""In a typed message, whether or not white space follows."""

# The words that begin a question, in the three languages.
_EN = r"(?:what|why|when|where|who|how|which|is|are|does|do|did|will|can)\b"
_RU = (
    r"(?:(?:в|на|под|с|из|от|к|о|про|за|у|по|до|для)\s+)?"
    r"(?:что|чем|кого|кем|почему|зачем|когда|где|кто|как|какой|какие|какая|какого|каком|каких|сколько)\b"
)
_FA = r"(?:چه|چرا|کی|کجا|چگونه|چطور|چند|کدام|آیا)\b"
_BEGINS = re.compile(f"{_EN}|{_RU}|{_FA}", re.IGNORECASE)

# "and" before such a word: the second question of a sentence.
_AND = re.compile(
    rf",?\s+(?:and|also|plus)\s+(?={_EN})|,?\s+(?:и|а также|а)\s+(?={_RU})|\s+و\s+(?={_FA})", re.IGNORECASE
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


def split_questions(text: str) -> tuple[str, ...]:
    """The pieces of a message that may be questions of their own, in order.

    >>> split_questions("Hi! Why did Yandex leave, and when was it agreed?")
    ('Hi!', 'Why did Yandex leave', 'when was it agreed?')

    A message that cannot be cut is its own only piece; one without any text has none.
    """
    parts = _ALWAYS_AN_END.split(text)
    sentences = (part[start:end] for part in parts for start, end in sentence_bounds(part))
    pieces = (piece.strip() for sentence in sentences for piece in _AND.split(sentence))
    return tuple(piece for piece in pieces if piece)


def is_asking(piece: str) -> bool:
    """Whether a piece of a message has the form of a question.

    >>> is_asking("is coffee free"), is_asking("coffee?"), is_asking("It was long.")
    (True, True, False)
    """
    return piece.endswith(_MARKS) or _BEGINS.match(piece) is not None
