"""The interview, unaltered. `Source.quote` is the only place where quoted text is made."""

import difflib
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.corpus.passages import Passage, Quotation, Section, Segment, SourceMetadata, Span, Speaker
from bot.text.languages import FALLBACK
from bot.yamlfiles.problems import Location, Problem

LIMIT = 60
"""Characters of a text that fit into the line of a problem."""

_NOWHERE = Location("")
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
    def language(self) -> str:
        """The code of the language that its card names; without one English."""
        return self.metadata.language or FALLBACK

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    def quote(self, passage: Passage, span: Span) -> Quotation:
        """The quotation at `span`. Raises ValueError where `span` is not inside the passage (a programming error)."""
        if not (passage.span.contains(span) and span.start < span.end):
            raise ValueError(f"{span} is not inside the passage {passage.id} at {passage.span}")
        return Quotation(passage, span, span.of(self.text))

    def whole(self, passage: Passage) -> Quotation:
        return self.quote(passage, passage.span)

    def place(self, offset: int) -> Location:
        return Location.of_offset(self.path, self.text, offset)

    def find(self, wanted: str, at: Location = _NOWHERE) -> Quotation | Problem:
        """The one place in a passage where `wanted` is, word for word, or what is wrong with it (as written `at`).

        Only white space and the forms of quotation marks and dashes may differ. Of a sentence that the newspaper
        printed twice the pull-quote does not count.
        """
        needle = fold_typography(wanted).text
        places = tuple(occurrences(self.folded, needle))
        if not places and needle[:1] + needle[-1:] == '""':  # quoted as a whole by the editor
            needle = needle[1:-1].strip()
            places = tuple(occurrences(self.folded, needle))
        if not places:
            return self._not_verbatim(wanted, needle, at)
        inside = tuple((p, span) for span in places for p in self.passages if p.span.contains(span))
        if len(inside) > 1:
            offsets = ", ".join(str(span.start) for _, span in inside)
            message = f'"{in_one_line(wanted)}" stands {len(inside)} times (at {offsets}); quote more words'
            return Problem(at, "quote-not-unique", message)
        if not inside:
            return self._crosses_passages(wanted, places[0], at)
        passage, span = inside[0]
        before = self.text[passage.span.start : span.start]
        if self._is_truncated(before, span):
            message = (
                f'"{in_one_line(wanted)}" is cut out of its sentence behind "...{before[-20:]}";'
                " begin and end at whole words, and take a negation in"
            )
            return Problem(at, "truncated-quote", message)
        return self.quote(passage, span)

    def passage(self, passage_id: str) -> Passage | None:
        return next((passage for passage in self.passages if passage.id == passage_id), None)

    def main_speakers(self) -> tuple[Speaker, ...]:
        """Those whom the card calls main; else the first whose own words are in the text."""
        speakers = tuple(dict.fromkeys(passage.speaker for passage in self.passages))
        direct = tuple(speaker for speaker in speakers if speaker.direct)
        return tuple(speaker for speaker in speakers if speaker.main) or direct[:1]

    def sections(self) -> tuple[Section, ...]:
        """The sections that have passages, in text order."""
        return tuple(dict.fromkeys(passage.section for passage in self.passages))

    def _is_truncated(self, before: str, span: Span) -> bool:
        """Whether the words begin or end inside a word, or right behind a negation that reverses their meaning."""
        in_first_word = before[-1:].isalnum() and self.text[span.start].isalnum()
        in_last_word = self.text[span.end - 1].isalnum() and self.text[span.end : span.end + 1].isalnum()
        return in_first_word or in_last_word or _NEGATION.search(before) is not None

    def _crosses_passages(self, wanted: str, span: Span, at: Location) -> Problem:
        touched = (each for each in self.segments if each.span.overlap(span) and each.kind != "separator")
        kinds = dict.fromkeys(segment.kind for segment in touched)
        if "passage" in kinds:
            wrong = f"runs over the end of a passage (touches: {', '.join(kinds)})"
            advice = "quote each speaker's words as an item of its own"
        else:
            whose = "interviewer" if "question" in kinds else "newspaper"
            wrong = f"has the words of the {whose} ({', '.join(kinds)}), which are never quoted"
            advice = "quote those of a speaker"
        return Problem(at, "quote-crosses-speakers", f'"{in_one_line(wanted)}" {wrong}; {advice}')

    def _not_verbatim(self, wanted: str, needle: str, at: Location) -> Problem:
        """Names the most similar place of the text, and the first character that differs from it."""
        haystack = self.folded.text
        match = difflib.SequenceMatcher(None, haystack, needle, autojunk=False).find_longest_match()
        start = max(0, match.a - match.b)
        begins = haystack.find(needle[:8], max(0, start - len(needle)), start + len(needle))
        start = begins if begins >= 0 else start  # both then begin with the same words
        end = max(start + 1, min(len(haystack), start + len(needle)))
        pairs = zip(needle, haystack[start:end], strict=False)
        equal = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(needle), end - start))
        span = self.folded.span(start, end) if haystack else Span(0, 0)
        nearest = _around(span.of(self.text), equal)
        message = (
            f'not in {self.path}: "{_around(wanted, equal)}"; nearest: "{nearest}"'
            f" - first difference at character {equal + 1}; copy the words from the text"
        )
        return Problem(at, "not-verbatim", message)


def separator_end(text: str, start: int) -> int:
    """Where the separator (spaces and double quotation marks) that begins at `start` ends."""
    found = _SEPARATOR.match(text, start)
    return found.end() if found else start


def has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def in_one_line(text: str, limit: int = LIMIT) -> str:
    """`text` in one line, cut with dots where it is longer than `limit`."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 3] + "..."


def _around(text: str, place: int) -> str:
    """`text` in one line, cut so that the character at `place` is shown."""
    if place < LIMIT // 2 or len(text) <= LIMIT:
        return in_one_line(text)
    return "..." + in_one_line(text[place - LIMIT // 2 :], LIMIT - 3)
