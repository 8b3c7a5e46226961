"""The parts of the interview: spans, speakers, sections, passages, and quotations.

Offsets count Unicode code points from 0, as Python does.
"""

from dataclasses import dataclass

from bot.text.languages import Localized


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of the source text, in code points: `start` belongs to it, `end` does not."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: "Span") -> int:
        """How many characters both have."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def of(self, text: str) -> str:
        """The characters of the text in it."""
        return text[self.start : self.end]

    def trimmed(self, text: str, marks: str | None = None) -> "Span":
        """Without the white space (or these marks) at its ends."""
        start = self.end - len(self.of(text).lstrip(marks))
        return Span(start, max(start, self.start + len(self.of(text).rstrip(marks))))


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words a passage holds. With `direct` they are a person's own; otherwise the newspaper narrates, also where
    it reports what the person said. `main`: one of those who are interviewed."""

    id: str
    name: Localized
    direct: bool
    main: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the text, with the heading printed above it ("" where there is none)."""

    id: str
    heading: str
    title: Localized


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of the text that can be cited: one speaker, one section. `number` counts from 1 in text order."""

    id: str
    number: int
    span: Span
    speaker: Speaker
    section: Section


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the text by its `kind`: "passage", "heading", one that the source card names (attribution, question,
    pull-quote, dateline, sign-off), or "separator", the spaces and quotation marks between two others."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class SourceMetadata:
    """What the source card says about the text as a whole; empty without a card."""

    title: Localized = Localized(())
    outlet: Localized = Localized(())
    role: Localized = Localized(())
    place: Localized = Localized(())
    day: Localized = Localized(())
    language: str = ""
    licence: str = ""
    licence_url: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Verbatim text: `exact` is the source's own characters at `span`, inside one passage."""

    passage: Passage
    span: Span
    exact: str
