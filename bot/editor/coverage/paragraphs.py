"""The source as paragraphs to be shown: each passage with the words that stand around it.

The segments of all paragraphs together are the source, each character once and in order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.corpus.passages import Passage, Section, Segment, Span
from bot.corpus.source import Source

_SEPARATOR = re.compile(r"(\S*\s*)(.*)", re.DOTALL)
"""A separator's marks before its first space close what went before; those behind it open what follows."""
_SEPARATORS = frozenset({"separator", "opening"})
"""The two kinds into which a separator is cut here."""
_JOINING = frozenset({"attribution", "dateline"})
"""What may stand in one paragraph with a passage."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading, or a passage with its attribution and marks, or what else stands between two passages."""

    segments: tuple[Segment, ...]
    passage: Passage | None
    section: Section

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its segments, without separators."""
        return tuple(segment.kind for segment in self.segments if segment.kind not in _SEPARATORS)

    @property
    def is_heading(self) -> bool:
        return "heading" in self.kinds


def paragraphs(source: Source) -> Iterator[Paragraph]:
    """The paragraphs in text order. A source without any passage has none.

    The section is that of the passage, else of the next one; of the last one where a heading or the end of the text
    comes first. What stands before all passages belongs to the first.
    """
    if not source.passages:
        return
    groups = list(_groups(source))
    by_span = {passage.span: passage for passage in source.passages}
    passages = [next((by_span[s.span] for s in group if s.kind == "passage"), None) for group in groups]
    sections = [passage.section if passage else None for passage in passages]
    for number in reversed(range(len(groups) - 1)):
        if all(segment.kind != "heading" for segment in groups[number + 1]):
            sections[number] = sections[number] or sections[number + 1]
    last = source.passages[0].section
    for group, passage, section in zip(groups, passages, sections, strict=True):
        last = section or last
        yield Paragraph(tuple(group), passage, last)


def _groups(source: Source) -> Iterator[list[Segment]]:
    group: list[Segment] = []
    for segment in _with_cut_separators(source):
        if group and _begins(segment, group, source.text):
            yield group
            group = []
        group.append(segment)
    if group:
        yield group


def _begins(segment: Segment, group: list[Segment], text: str) -> bool:
    """Whether `segment` begins a paragraph, behind those of `group`. An opening mark goes with what follows it; a
    passage joins the dateline or the "Q:" that stands before it in its line, and an attribution the passage."""
    kinds = {each.kind for each in group} - _SEPARATORS
    if not kinds or segment.kind == "separator":
        return False
    new_line = "\n" in group[-1].span.of(text) and group[-1].kind == "separator"
    if segment.kind == "opening":
        return "passage" in kinds or not kinds <= _JOINING
    if segment.kind == "attribution":
        return new_line or kinds == {"heading"}
    return not (segment.kind == "passage" and kinds <= _JOINING and not new_line)


def _with_cut_separators(source: Source) -> Iterator[Segment]:
    for segment in source.segments:
        if segment.kind != "separator":
            yield segment
            continue
        start, end = segment.span.start, segment.span.end
        found = _SEPARATOR.match(source.text[start:end])
        cut = start + (found.end(1) if found and start else 0)
        if start < cut:
            yield Segment("separator", Span(start, cut))
        if cut < end:
            yield Segment("opening", Span(cut, end))
