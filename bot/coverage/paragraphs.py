"""The source as paragraphs to be shown: each passage with the words that stand around it.

Rule: the stretches of all paragraphs together are the source, each character once and in order. What this
file does not know: who quotes what, and HTML.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.passages import Passage, Section, Source, Span, Stretch

_SEAM = re.compile(r"(\S*\s*)(.*)", re.DOTALL)
"""A seam's marks before its first space close what went before; those behind it open what follows."""
SEAMS = frozenset({"seam", "opening"})
"""The two kinds into which a seam is cut here."""
_JOINING = frozenset({"attribution", "dateline"})
"""What may stand in one paragraph with a passage."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading, or a passage with its attribution and marks, or what else stands between two passages."""

    stretches: tuple[Stretch, ...]
    passage: Passage | None
    section: Section

    @property
    def is_heading(self) -> bool:
        return any(stretch.kind == "heading" for stretch in self.stretches)


def paragraphs(source: Source) -> tuple[Paragraph, ...]:
    """The paragraphs in text order. A source without any passage has none."""
    groups = tuple(tuple(group) for group in _groups(source))
    passages = tuple(_passage(source, group) for group in groups)
    return tuple(
        Paragraph(group, passages[number], _section(groups, passages, number))
        for number, group in enumerate(groups)
        if source.passages
    )


def _groups(source: Source) -> Iterator[list[Stretch]]:
    """The stretches, cut where a paragraph begins."""
    group: list[Stretch] = []
    for stretch in _with_cut_seams(source):
        if group and _begins(stretch, group, source.text):
            yield group
            group = []
        group.append(stretch)
    if group:
        yield group


def _begins(stretch: Stretch, group: list[Stretch], text: str) -> bool:
    """Whether `stretch` begins a paragraph, behind those of `group`.

    An opening mark goes with what follows it; a passage joins the dateline or the "Q:" that stands before it
    in its line, and an attribution the passage.
    """
    kinds = {each.kind for each in group} - SEAMS
    if not kinds or stretch.kind == "seam":
        return False
    new_line = "\n" in text[group[-1].span.start : group[-1].span.end] and group[-1].kind == "seam"
    if stretch.kind == "opening":
        return "passage" in kinds or not kinds <= _JOINING
    if stretch.kind == "attribution":
        return new_line or kinds == {"heading"}
    return not (stretch.kind == "passage" and kinds <= _JOINING and not new_line)


def _with_cut_seams(source: Source) -> Iterator[Stretch]:
    """The stretches, with each seam cut into what closes and what opens."""
    for stretch in source.stretches:
        if stretch.kind != "seam":
            yield stretch
            continue
        start, end = stretch.span.start, stretch.span.end
        found = _SEAM.match(source.text[start:end])
        cut = start + (found.end(1) if found and start else 0)
        if start < cut:
            yield Stretch("seam", Span(start, cut))
        if cut < end:
            yield Stretch("opening", Span(cut, end))


def _passage(source: Source, group: tuple[Stretch, ...]) -> Passage | None:
    spans = {stretch.span for stretch in group if stretch.kind == "passage"}
    return next((passage for passage in source.passages if passage.span in spans), None)


def _section(
    groups: tuple[tuple[Stretch, ...], ...], passages: tuple[Passage | None, ...], number: int
) -> Section:
    """The section of the paragraph's passage, else of the next one; of the last one where a heading or the
    end of the text comes first. What stands before all passages belongs to the first."""
    for at in range(number, len(groups)):
        if at > number and any(stretch.kind == "heading" for stretch in groups[at]):
            break
        passage = passages[at]
        if passage:
            return passage.section
    before = [passage.section for passage in passages[:number] if passage]
    return before[-1] if before else next(passage.section for passage in passages if passage)
