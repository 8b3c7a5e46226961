"""The coverage as aligned text for a terminal, as one JSON object for other programs, and as an HTML page.

Lines and columns count from 1, offsets are code points from 0.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from textwrap import wrap
from typing import Any, TypeVar

from bot.corpus.passages import Section, Span
from bot.corpus.source import Source, in_one_line
from bot.editor.coverage.measure import Coverage, PassageCoverage, part_quoted
from bot.editor.coverage.paragraphs import paragraphs
from bot.editor.templates import fill
from bot.text.languages import FALLBACK

WIDTH = 110
"""Columns. Wider lines are wrapped, with the ids of intents below each other."""
_SHOWN = 70
"""Characters of an unquoted piece; a longer one is cut with dots."""
_GOLDEN_ANGLE = 137.508
"""Degrees from an intent's hue to the next: neighbours differ, however many there are."""
_FIRST_SPEAKER, _NEXT_SPEAKER = 215, 155
"""Degrees: blue, then hues that differ from it and from each other."""

_Item = TypeVar("_Item")


def coverage_text(coverage: Coverage) -> str:
    """A line for each passage, under its section; then the total, and what no intent quotes, with its place."""
    width = max(len("passage"), *(len(each.passage.id) for each in coverage.passages))
    lines = [f"{'passage':<{width + 2}}{'quoted':>7}{'of':>7}  by the intents"]
    for section, passages in coverage.sections:
        lines += ["", f"{section_title(section)}: {percent(passages)}"]
        for each in passages:
            lines += _passage_lines(each, width)
    return "\n".join([*lines, "", _summary(coverage), *_unquoted_lines(coverage)])


def coverage_record(coverage: Coverage) -> dict[str, Any]:
    """Everything, as one JSON object; `quoted` is a part of the characters, 0 to 1."""
    return {
        "source": coverage.source.path,
        "characters": sum(each.passage.span.length for each in coverage.passages),
        "quoted": round(part_quoted(coverage.passages), 4),
        "sections": [
            {
                "section": section.id,
                "title": section_title(section),
                "quoted": round(part_quoted(passages), 4),
                "passages": [_passage_record(passage, coverage.source) for passage in passages],
            }
            for section, passages in coverage.sections
        ],
    }


def section_title(section: Section) -> str:
    """The heading of a section, else its title, else its id."""
    return section.heading or section.title.best(FALLBACK) or section.id


def percent(passages: Iterable[PassageCoverage]) -> str:
    """How much of these passages is quoted, like "99%". Rounded down: "100%" means every character."""
    return f"{math.floor(100 * part_quoted(passages))}%"


def _passage_lines(each: PassageCoverage, width: int) -> Iterator[str]:
    head = f"  {each.passage.id:<{width}}{percent([each]):>7}{each.passage.span.length:>7,}  "
    intents = ", ".join(each.intents) or "none"
    rows = wrap(intents, max(20, WIDTH - len(head)), break_long_words=False, break_on_hyphens=False)
    yield head + rows[0]
    yield from (" " * len(head) + row for row in rows[1:])


def _summary(coverage: Coverage) -> str:
    passages = coverage.passages
    quoted = sum(bool(each.intents) for each in passages)
    characters = f"{sum(each.passage.span.length for each in passages):,} characters"
    by = f"{quoted} of {len(passages)} passages, by {len(coverage.intents)} intents"
    return f"In all {part_quoted(passages):.1%} of {characters}; {by}."


def _unquoted_lines(coverage: Coverage) -> list[str]:
    lines = []
    for each in coverage.passages:
        for span in each.unquoted(coverage.source):
            shown = in_one_line(span.of(coverage.source.text), _SHOWN)
            lines.append(f'  {coverage.source.place(span.start)}: {each.passage.id}: "{shown}"')
    return ["", "Quoted by no intent:", *lines] if lines else []


def _passage_record(each: PassageCoverage, source: Source) -> dict[str, Any]:
    return {
        "passage": each.passage.id,
        "speaker": each.passage.speaker.id,
        **asdict(each.passage.span),
        "quoted": round(part_quoted([each]), 4),
        "intents": list(each.intents),
        "unquoted": [_span_record(span, source) for span in each.unquoted(source)],
    }


def _span_record(span: Span, source: Source) -> dict[str, Any]:
    _, line, column = source.place(span.start)
    return {**asdict(span), "line": line, "column": column, "text": span.of(source.text)}


def coverage_page(coverage: Coverage) -> str:
    """The page as HTML text. Every character of the source stands in it once and in order, in elements that are marked
    `data-source` and hold nothing else."""
    source = coverage.source
    titles = [intent.title for intent in coverage.intents]
    return fill(
        "coverage/page.html.j2",
        coverage=coverage,
        source=source,
        title=source.metadata.title.best(FALLBACK) or source.path,
        outlet=source.metadata.outlet.best(FALLBACK),
        figures=_figures(coverage),
        languages=list(dict.fromkeys(language for title in titles for language in title.languages())),
        paragraphs_by_section=groupby(paragraphs(source), key=lambda paragraph: paragraph.section),
        covered={each.passage.id: each for each in coverage.passages},
        shares={section: percent(passages) for section, passages in coverage.sections},
        intents={intent.id: intent for intent in coverage.intents},
        hues=_hues((intent.id for intent in coverage.intents), 0, _GOLDEN_ANGLE),
        speakers=_hues((each.passage.speaker for each in coverage.passages), _FIRST_SPEAKER, _NEXT_SPEAKER),
        part_quoted=part_quoted,
        percent=percent,
        section_title=section_title,
        fallback=FALLBACK,
    )


def _figures(coverage: Coverage) -> tuple[tuple[str, str], ...]:
    passages = coverage.passages
    pieces = [piece for each in passages for piece in each.pieces]
    characters = sum(piece.span.length for piece in pieces)
    several = sum(piece.span.length for piece in pieces if len(piece.intents) > 1)
    return (
        ("of the characters quoted", f"{part_quoted(passages):.1%}"),
        ("by several intents", f"{several / max(1, characters):.1%}"),
        ("passages quoted", f"{sum(bool(each.intents) for each in passages)} of {len(passages)}"),
        ("intents quote them", str(len(coverage.intents))),
    )


def _hues(items: Iterable[_Item], first: float, step: float) -> dict[_Item, int]:
    """A hue (0 to 359 degrees) for each different item, in the order given."""
    return {item: round(first + n * step) % 360 for n, item in enumerate(dict.fromkeys(items))}
