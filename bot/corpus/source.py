"""The interview, unaltered. `Source.quote` is the only place where quoted text is made."""

import difflib
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.corpus.passages import Passage, Quotation, Section, Segment, SourceMetadata, Span


@dataclass(frozen=True, slots=True)
class NotVerbatim:
    """The words are in no passage. `nearest` is the most similar place of the text, and `difference` the position (from
    0) of the first wanted character that differs from it."""

    nearest: Span
    difference: int


@dataclass(frozen=True, slots=True)
class NotUnique:
    """The words are at several places, so that it is not clear which one is quoted."""

    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class CrossesPassages:
    """The words run over the end of a passage."""

    span: Span
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Truncated:
    """The words begin or end inside a word, or right behind a negation (`before`) that reverses their meaning."""

    span: Span
    before: str


QuotationFault = NotVerbatim | NotUnique | CrossesPassages | Truncated

_DOUBLE_MARKS = '“”„‟«»"'
_SINGLE_MARKS = "‘’‚‛'"
_DASHES = (
    "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}\N{MINUS SIGN}"
)
_FOLDED_CHARACTER = str.maketrans(
    dict.fromkeys(_DOUBLE_MARKS, '"') | dict.fromkeys(_SINGLE_MARKS, "'") | dict.fromkeys(_DASHES, "-")
)
_SEPARATOR = re.compile(rf"[\s{_DOUBLE_MARKS}]*")
_NEGATION = re.compile(r"(?:\b(?:not|no|never|neither|nor|without|cannot|hardly)|n[’']t)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text with white space, quotation marks and dashes folded, and where each character came from."""

    text: str
    offsets: tuple[int, ...] = field(repr=False)

    def span(self, start: int, end: int) -> Span:
        """The span in the original text of the folded text from `start` to `end`."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def fold_typography(text: str) -> FoldedText:
    """`text` with every run of white space as one space, straight quotation marks, and hyphens for all dashes.

    >>> fold_typography("the “State\\u00a0 Web” – 2018").text
    'the "State Web" - 2018'

    Letters, digits and other punctuation stay as they are: else a quotation would not be verbatim.
    """
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        if not character.isspace():
            characters.append(character.translate(_FOLDED_CHARACTER))
            offsets.append(offset)
        elif characters and characters[-1] != " ":
            characters.append(" ")
            offsets.append(offset)
    if characters and characters[-1] == " ":
        characters.pop()
        offsets.pop()
    return FoldedText("".join(characters), tuple(offsets))


def occurrences(folded: FoldedText, words: str) -> Iterator[Span]:
    """Every place of `words` (folded by `fold_typography`) in the text, also overlapping ones."""
    start = folded.text.find(words) if words else -1
    while start >= 0:
        yield folded.span(start, start + len(words))
        start = folded.text.find(words, start + 1)


@dataclass(frozen=True, slots=True)
class Source:
    """The text, what its card says, and its segments: each character of the text belongs to exactly one."""

    path: str
    text: str
    metadata: SourceMetadata
    passages: tuple[Passage, ...]
    segments: tuple[Segment, ...]
    folded: FoldedText = field(repr=False)

    @property
    def checksum(self) -> str:
        """SHA-256 of the text in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def quote(self, passage: Passage, span: Span) -> Quotation:
        """The quotation at `span`. Raises ValueError where `span` is not inside the passage (a programming error)."""
        if not (passage.span.contains(span) and span.start < span.end):
            raise ValueError(f"{span} is not inside the passage {passage.id} at {passage.span}")
        return Quotation(passage, span, self.text[span.start : span.end])

    def whole(self, passage: Passage) -> Quotation:
        """A whole passage as a quotation."""
        return self.quote(passage, passage.span)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        return self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset)

    def find(self, wanted: str) -> Quotation | QuotationFault:
        """The one place in a passage where `wanted` is, word for word.

        Only white space and the forms of quotation marks and dashes may differ. Of a sentence that the newspaper
        printed twice the pull-quote does not count.
        """
        needle = fold_typography(wanted).text
        places = tuple(occurrences(self.folded, needle))
        if not places and needle[:1] + needle[-1:] == '""':  # quoted as a whole by the editor
            needle = needle[1:-1].strip()
            places = tuple(occurrences(self.folded, needle))
        if not places:
            return self._nearest(needle)
        inside = tuple((p, span) for span in places for p in self.passages if p.span.contains(span))
        if len(inside) > 1:
            return NotUnique(tuple(span for _, span in inside))
        if not inside:
            return CrossesPassages(places[0], self.segments_at(places[0]))
        passage, span = inside[0]
        return self._truncated(passage, span) or self.quote(passage, span)

    def segments_at(self, span: Span) -> tuple[Segment, ...]:
        """The segments that share a character with `span`, separators left out."""
        return tuple(
            segment
            for segment in self.segments
            if segment.kind != "separator" and segment.span.start < span.end and span.start < segment.span.end
        )

    def passage(self, passage_id: str) -> Passage | None:
        """The passage of that id, or None."""
        return next((passage for passage in self.passages if passage.id == passage_id), None)

    def sections(self) -> tuple[Section, ...]:
        """The sections that have passages, in text order."""
        return tuple(dict.fromkeys(passage.section for passage in self.passages))

    def _truncated(self, passage: Passage, span: Span) -> Truncated | None:
        before = self.text[passage.span.start : span.start]
        cut_at_start = before[-1:].isalnum() and self.text[span.start].isalnum()
        cut_at_end = self.text[span.end - 1].isalnum() and self.text[span.end : span.end + 1].isalnum()
        if cut_at_start or cut_at_end or _NEGATION.search(before):
            return Truncated(span, before[-20:])
        return None

    def _nearest(self, needle: str) -> NotVerbatim:
        haystack = self.folded.text
        match = difflib.SequenceMatcher(None, haystack, needle, autojunk=False).find_longest_match()
        start = max(0, match.a - match.b)
        begins = haystack.find(needle[:8], max(0, start - len(needle)), start + len(needle))
        start = begins if begins >= 0 else start  # both then begin with the same words
        end = max(start + 1, min(len(haystack), start + len(needle)))
        pairs = zip(needle, haystack[start:end], strict=False)
        equal = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(needle), end - start))
        return NotVerbatim(self.folded.span(start, end) if haystack else Span(0, 0), equal)


def separator_end(text: str, start: int) -> int:
    """Where the separator (spaces and double quotation marks) that begins at `start` ends."""
    found = _SEPARATOR.match(text, start)
    return found.end() if found else start
