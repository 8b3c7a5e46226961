"""The interview on the coverage page: every word of it, marked up, with the questions beside it.

Rule: every character of the source stands here once, in its order, inside elements marked `data-source`, and
nothing else stands inside them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from types import MappingProxyType

from bot.corpus.intents import Intent
from bot.corpus.passages import Section, Segment, Speaker
from bot.editor.coverage.measure import Coverage, PassageCoverage, Piece
from bot.editor.coverage.paragraphs import SEPARATORS, Paragraph, paragraphs
from bot.editor.coverage.report import percent, section_title
from bot.text.localized import FALLBACK

_GOLDEN_ANGLE = 137.508
"""Degrees: hues so far apart in turn never come near each other's neighbours, however many there are."""
_FIRST_SPEAKER, _NEXT_SPEAKER = 215, 155
"""Degrees: blue, then hues that differ from it and from each other."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The hue (0 to 359) of every intent, by id, and of every speaker."""

    intents: Mapping[str, int]
    speakers: tuple[tuple[Speaker, int], ...]

    def of(self, speaker: Speaker) -> int:
        return dict(self.speakers)[speaker]


def palette(coverage: Coverage) -> Palette:
    """Hues in text order, so that neighbours differ."""
    intents = {intent.id: round(n * _GOLDEN_ANGLE) % 360 for n, intent in enumerate(coverage.intents)}
    speakers = dict.fromkeys(each.passage.speaker for each in coverage.passages)
    hues = ((each, (_FIRST_SPEAKER + n * _NEXT_SPEAKER) % 360) for n, each in enumerate(speakers))
    return Palette(MappingProxyType(intents), tuple(hues))


def whose(speaker: Speaker) -> str:
    """Whose words these are, in English: a person's own, or told by the newspaper."""
    name = speaker.name.best(FALLBACK)
    return f"{name}, own words" if speaker.direct else f"{name}, narration"


def bars(hues: Iterable[int]) -> str:
    """The CSS of one bar under the line for each of these hues, lowest first."""
    layers = (
        f"linear-gradient(hsl({hue} var(--sat) var(--bar)) 0 0) 0 calc(100% - {3 * n}px)/100% 2px no-repeat"
        for n, hue in enumerate(hues)
    )
    return f"--bars:{','.join(layers)},"


def words(coverage: Coverage, colours: Palette) -> str:
    """The whole source as HTML, section by section."""
    covered = {each.passage.id: each for each in coverage.passages}
    intents = {intent.id: intent for intent in coverage.intents}
    writer = _Writer(coverage, colours, covered, intents)
    by_section = groupby(paragraphs(coverage.source), key=lambda paragraph: paragraph.section)
    return "".join(writer.section(section, tuple(group)) for section, group in by_section)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes paragraphs; knows what they need to look up."""

    coverage: Coverage
    colours: Palette
    covered: dict[str, PassageCoverage]
    intents: dict[str, Intent]

    def section(self, section: Section, group: tuple[Paragraph, ...]) -> str:
        """A section with its paragraphs; where the text prints no heading, its title stands above them."""
        title = escape(section_title(section))
        printed = any(paragraph.is_heading for paragraph in group)
        heading = "" if printed else f"<h2 dir=auto>{title}{self._share(section)}</h2>"
        rows = "".join(map(self._paragraph, group))
        return f"<section id='section-{escape(section.id)}' aria-label='{title}'>{heading}{rows}</section>"

    def _share(self, section: Section) -> str:
        """How much of a section is quoted, for its heading."""
        found = (each for each in self.coverage.sections if each.section == section)
        return "".join(f"<small>{percent(each.passages)} quoted</small>" for each in found)

    def _paragraph(self, paragraph: Paragraph) -> str:
        """A heading, or a row: the words, and beside them the questions they answer."""
        each = self.covered[paragraph.passage.id] if paragraph.passage else None
        inside = "".join(self._stretch(segment, each) for segment in paragraph.segments)
        if paragraph.is_heading:
            return f"<h2 dir=auto>{inside}{self._share(paragraph.section)}</h2>"
        if each is None:
            kinds = ", ".join(each.kind for each in paragraph.segments if each.kind not in SEPARATORS)
            who = f"<span class=who>{escape(kinds)}, never quoted</span>" if kinds else ""
            return f"<div class=row><div class='words between'>{who}<p dir=auto>{inside}</p></div></div>"
        speaker = each.passage.speaker
        kind, hue = ("own" if speaker.direct else "narration"), self.colours.of(speaker)
        return (
            f"<div class=row id='{escape(each.passage.id)}'>"
            f"<div style='--s:{hue}' class='words {kind}'>{_who(each)}<p dir=auto>{inside}</p></div>"
            f"{self._notes(each)}</div>"
        )

    def _stretch(self, segment: Segment, each: PassageCoverage | None) -> str:
        if segment.kind == "passage" and each:
            return "".join(self._piece(piece, each) for piece in each.pieces)
        text = self._source(segment.span.start, segment.span.end)
        return f"<span data-source class=frame>{text}</span>"

    def _piece(self, piece: Piece, each: PassageCoverage) -> str:
        """A segment as a link to the first question that it answers; plain text where nobody quotes it."""
        text = self._source(piece.span.start, piece.span.end)
        if not piece.intents:
            kind = " class=none" if piece.span in each.unquoted(self.coverage.source) else ""
            return f"<span data-source{kind}>{text}</span>"
        first, *others = piece.intents
        notes = " ".join(_note_id(each, intent) for intent in piece.intents)
        style = f"--h:{self.colours.intents[first]}"
        if others:
            style += f";--n:{len(others)};{bars(self.colours.intents[other] for other in others)}"
        count = f" data-n={len(piece.intents)}" if others else ""
        return (
            f"<a data-source class=q href='#{_note_id(each, first)}' data-notes='{notes}'{count}"
            f" style='{style}'>{text}</a>"
        )

    def _source(self, start: int, end: int) -> str:
        """The source's own characters; a carriage return would be read as a line feed."""
        return escape(self.coverage.source.text[start:end]).replace("\r", "&#13;")

    def _notes(self, each: PassageCoverage) -> str:
        notes = "".join(self._note(self.intents[intent], each) for intent in each.intents)
        return f"<ul class=notes>{notes or '<li class=nobody>No intent quotes this.'}</ul>"

    def _note(self, intent: Intent, each: PassageCoverage) -> str:
        hue = self.colours.intents[intent.id]
        return (
            f"<li id='{_note_id(each, intent.id)}' style='--h:{hue}'>{''.join(_titles(intent))}"
            f"<span class=id>{escape(intent.id)}</span></li>"
        )


def _who(each: PassageCoverage) -> str:
    """Whose words a passage holds, and its id; a tooltip says whether they are told."""
    speaker = each.passage.speaker
    name = escape(speaker.name.best(FALLBACK))
    return f"<span class=who title='{escape(whose(speaker))}'>{name} · {escape(each.passage.id)}</span>"


def _note_id(each: PassageCoverage, intent: str) -> str:
    return escape(f"{each.passage.id}.{intent}")


def _titles(intent: Intent) -> Iterator[str]:
    for language, text in intent.title.texts:
        code = escape(language)
        yield f"<span class=title lang='{code}' data-language='{code}' dir=auto>{escape(text)}</span>"
