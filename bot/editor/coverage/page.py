"""The coverage as one self-contained HTML page: figures, controls, and the whole interview marked by intent."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from bot.editor.coverage.measure import Coverage, part_quoted
from bot.editor.coverage.paragraphs import paragraphs
from bot.editor.coverage.report import percent, section_title
from bot.editor.templates import fill
from bot.text.languages import FALLBACK

_GOLDEN_ANGLE = 137.508
"""Degrees from an intent's hue to the next: neighbours differ, however many there are."""
_FIRST_SPEAKER, _NEXT_SPEAKER = 215, 155
"""Degrees: blue, then hues that differ from it and from each other."""

_Item = TypeVar("_Item")


def coverage_page(coverage: Coverage) -> str:
    """The page as HTML text.

    Every character of the source stands in it once and in order, in elements that are marked `data-source` and
    hold nothing else.
    """
    source = coverage.source
    titles = [intent.title for intent in coverage.intents]
    return fill(
        Path(__file__).with_name("page.html.j2"),
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
