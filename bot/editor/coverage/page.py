"""The coverage as one self-contained page: the figures and controls, and below them the interview.

Rule: no font, no picture and no script from elsewhere; everything that came from outside is escaped. What this
file does not know: how it looks (`look`), and how the interview is marked up (`words`).
"""

from collections.abc import Iterator
from html import escape

from bot.editor.coverage.look import SCRIPT, STYLE
from bot.editor.coverage.measure import Coverage, part_quoted
from bot.editor.coverage.report import percent, section_title
from bot.editor.coverage.words import Palette, bars, palette, whose, words
from bot.text.localized import FALLBACK


def coverage_page(coverage: Coverage) -> str:
    """The page as HTML text."""
    card = coverage.source.metadata
    title = escape(card.title.best(FALLBACK) or coverage.source.path)
    colours = palette(coverage)
    parts = [
        f"<!doctype html>\n<html lang=en><head><meta charset=utf-8><title>Coverage: {title}</title>",
        "<meta name=viewport content='width=device-width,initial-scale=1'>",
        f"<style>{STYLE}</style></head><body>",
        f"<header><h1>{title}</h1>{_byline(coverage)}{_tiles(coverage, colours)}",
        f"<nav aria-label=Sections><ol class=jump>{''.join(_jumps(coverage))}</ol></nav></header>",
        f"<main>{_tools(coverage)}{_legend(colours)}{words(coverage, colours)}</main>",
        "<aside id=card hidden aria-live=polite aria-label=Questions>",
        "<button type=button aria-label=Close>×</button><ul class=notes></ul></aside>",
        f"<script>{SCRIPT}</script></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _byline(coverage: Coverage) -> str:
    outlet = coverage.source.metadata.outlet.best(FALLBACK)
    before = f"{escape(outlet)} · " if outlet else ""
    return f"<p class=by>{before}what the bot can quote, and in answer to which questions</p>"


def _tiles(coverage: Coverage, colours: Palette) -> str:
    passages = coverage.passages
    pieces = [piece for each in passages for piece in each.pieces]
    several = sum(len(piece) for piece in pieces if len(piece.intents) > 1)
    figures = [
        (f"{part_quoted(passages):.1%}", "of the characters quoted"),
        (f"{several / max(1, sum(map(len, pieces))):.1%}", "by several intents"),
        (f"{sum(bool(each.intents) for each in passages)} of {len(passages)}", "passages quoted"),
        (str(len(coverage.intents)), "intents quote them"),
    ]
    tiles = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for value, name in figures)
    return f"<dl class=tiles>{tiles}{''.join(_speaker_tiles(coverage, colours))}</dl>"


def _speaker_tiles(coverage: Coverage, colours: Palette) -> Iterator[str]:
    for speaker, _ in colours.speakers:
        own = [each for each in coverage.passages if each.passage.speaker == speaker]
        yield f"<div><dt>of {escape(whose(speaker))}</dt><dd>{percent(own)}</dd></div>"


def _jumps(coverage: Coverage) -> Iterator[str]:
    for section in coverage.sections:
        part, shown = part_quoted(section.passages), percent(section.passages)
        yield (
            f"<li><a href='#section-{escape(section.section.id)}'>"
            f"<span dir=auto>{escape(section_title(section.section))}</span>"
            f"<i style='--part:{part:.2%}'></i><b>{shown}</b></a>"
        )


def _tools(coverage: Coverage) -> str:
    kinds = (
        ("", "everything"),
        ("none", "quoted by none"),
        ("several", "quoted by several"),
        ("own", "a person’s own words"),
        ("narration", "narration"),
    )
    which = "".join(f"<option value='{value}'>{name}</option>" for value, name in kinds)
    titles = (intent.title.languages() for intent in coverage.intents)
    languages = dict.fromkeys(language for each in titles for language in each)
    options = "".join(f"<option>{escape(each)}</option>" for each in languages)
    return (
        "<form class=tools role=search onsubmit='return false'>"
        "<label>Find <input id=words type=search placeholder='words, a question, an id'></label>"
        f"<label>Show <select id=which>{which}</select></label>"
        f"<label>Questions in <select id=language>{options}<option value=''>all languages</option></select></label>"
        "<span id=found class=found role=status></span></form>"
    )


def _legend(colours: Palette) -> str:
    speakers = "".join(
        f"<li class='{'own' if speaker.direct else 'narration'}' style='--s:{hue}'>{escape(whose(speaker))}"
        for speaker, hue in colours.speakers
    )
    return (
        "<ul class=legend aria-label=Legend>"
        "<li><span class=q style='--h:205'>quoted by one intent</span>"
        f"<li><span class=q data-n=3 style='--h:205;--n:2;{bars((90, 330))}'>by three, a bar for each"
        " further one</span>"
        f"<li><span class=none>by none</span>{speakers}</ul>"
    )
