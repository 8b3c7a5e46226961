"""The coverage as aligned text for a terminal, and as one JSON object for other programs.

Lines and columns count from 1, offsets are code points from 0.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from textwrap import wrap
from typing import Any

from bot.corpus.passages import Section, Span
from bot.corpus.source import Source, in_one_line
from bot.editor.coverage.measure import Coverage, PassageCoverage, part_quoted
from bot.text.languages import FALLBACK

WIDTH = 110
"""Columns. Wider lines are wrapped, with the ids of intents below each other."""
_SHOWN = 70
"""Characters of an unquoted piece; a longer one is cut with dots."""


def coverage_text(coverage: Coverage) -> str:
    """A line for each passage, under its section; then the total, and what no intent quotes, with its place."""
    width = max(len("passage"), *(len(each.passage.id) for each in coverage.passages))
    lines = [f"{'passage':<{width + 2}}{'quoted':>7}{'of':>7}  by the intents"]
    for section, passages in coverage.sections:
        lines += ["", f"{section_title(section)}: {percent(passages)}"]
        for each in passages:
            lines += _passage_lines(each, width)
    return "\n".join([*lines, "", *_summary(coverage), *_unquoted_lines(coverage)])


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


def _summary(coverage: Coverage) -> Iterator[str]:
    passages = coverage.passages
    touched = sum(bool(each.intents) for each in passages)
    characters = sum(each.passage.span.length for each in passages)
    yield (
        f"In all {part_quoted(passages):.1%} of {characters:,} characters; {touched} of {len(passages)} passages,"
        f" by {len(coverage.intents)} intents."
    )


def _unquoted_lines(coverage: Coverage) -> list[str]:
    lines = []
    for each in coverage.passages:
        for span in each.unquoted(coverage.source):
            line, column = coverage.source.place(span.start)
            shown = in_one_line(coverage.source.text[span.start : span.end], _SHOWN)
            lines.append(f'  {coverage.source.path}:{line}:{column}: {each.passage.id}: "{shown}"')
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
    line, column = source.place(span.start)
    return {**asdict(span), "line": line, "column": column, "text": source.text[span.start : span.end]}
