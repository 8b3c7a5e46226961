"""The source card: from its YAML to a `Source` whose segments are the whole text.

The card only points into the text and never supplies any.
"""

import hashlib
import re
from dataclasses import dataclass, field

from bot.corpus.passages import Passage, Section, Segment, SourceMetadata, Span, Speaker
from bot.corpus.source import Source, fold_typography, separator_end
from bot.text.languages import FALLBACK, Localized
from bot.yamlfiles.documents import Node
from bot.yamlfiles.fields import ID, Field, Form, Record, Shape
from bot.yamlfiles.problems import Location, Problem
from bot.yamlfiles.reading import did_you_mean, read_record

SPEAKER = Record(
    "a speaker",
    (
        Field("id", Shape.TEXT, "an id: lower case, digits, hyphens", required=True, pattern=ID),
        Field("name", Shape.BY_LANGUAGE, "the name to show", required=True),
        Field("words", Shape.TEXT, "whose words", required=True, choices=("direct", "narration")),
        Field(
            "main",
            Shape.FLAG,
            "whether this is whom the interview is with; else the first one whose words are direct",
        ),
    ),
)
SEGMENT = Record(
    "a segment",
    (
        Field("section", Shape.TEXT, "the id of the section that begins here", pattern=ID),
        Field("heading", Shape.TEXT, "the section's heading, as printed"),
        Field("title", Shape.BY_LANGUAGE, "the section's title, where no heading is printed"),
        Field("passage", Shape.TEXT, "the passage's id: lower case, digits, hyphens", pattern=ID),
        Field("speaker", Shape.TEXT, "the id of one of the speakers"),
        Field(
            "kind",
            Shape.TEXT,
            "what a segment is that is no passage",
            choices=("attribution", "question", "pull-quote", "dateline", "sign-off"),
        ),
        Field("from", Shape.TEXT, "the first words of the segment"),
        Field("to", Shape.TEXT, "the last words of the segment"),
        Field("text", Shape.TEXT, "a short segment, whole"),
    ),
)
CARD = Record(
    "a source card",
    (
        Field("title", Shape.BY_LANGUAGE, "a title", required=True),
        Field("outlet", Shape.BY_LANGUAGE, "where it was published"),
        Field("role", Shape.BY_LANGUAGE, "the main speaker's office"),
        Field("place", Shape.BY_LANGUAGE, "where it was said"),
        Field("day", Shape.BY_LANGUAGE, "when it was said, as far as the text tells"),
        Field("language", Shape.TEXT, "the text's language code", required=True, pattern="[a-z]{2,3}"),
        Field("licence", Shape.TEXT, "the text's licence"),
        Field("licence_url", Shape.TEXT, "where the licence can be read"),
        Field("credit", Shape.TEXT, "whom the licence asks to name"),
        Field(
            "sha256", Shape.TEXT, "a checksum: 64 hexadecimal digits", required=True, pattern="[0-9a-f]{64}"
        ),
        Field("speakers", Shape.RECORDS, "who speaks", required=True, entries=SPEAKER),
        Field("segments", Shape.RECORDS, "the text in order", required=True, entries=SEGMENT),
    ),
)


def source_without_card(text: str, path: str) -> Source:
    """A `Source` whose passages are the paragraphs of `text`, all by one unknown speaker.

    Paragraphs are separated by blank lines; in a text without any, each line is one.
    """
    speaker = Speaker("unknown", Localized(((FALLBACK, "unknown"),)), direct=False)
    section = Section("text", "", Localized(()))
    paragraph = r"\S(?:.|\n(?!\s*\n))*" if re.search(r"\n\s*\n\s*\S", text) else r"\S.*"
    passages: list[Passage] = []
    segments: list[Segment] = []
    end = 0
    for found in re.finditer(paragraph, text):
        span = Span(*found.span()).trimmed(text)
        number = len(passages) + 1
        passages.append(Passage(f"p{number}", number, span, speaker, section))
        segments += [*_separator(end, span.start), Segment("passage", span)]
        end = span.end
    segments += _separator(end, len(text))
    return Source(path, text, SourceMetadata(), tuple(passages), tuple(segments), fold_typography(text))


def read_source(text: str, path: str, node: Node) -> tuple[Source | None, tuple[Problem, ...]]:
    """The `Source` that a card describes, or every reason why the card does not fit the text.

    What is still to be written in the card (TODO) is a problem, but the source is built.
    """
    form, problems = read_record(node, CARD)
    if form is None or any(problem.rule != "todo" for problem in problems):
        return None, problems
    layout = _Layout(text, form.text("language"), {s.id: s for s in map(_speaker, form.records("speakers"))})
    checksum = hashlib.sha256(text.encode()).hexdigest()
    if checksum != form.text("sha256"):
        message = f"{path} has the checksum {checksum}; the text was altered, or the card is another text's"
        layout.problems.append(Problem(form.place("sha256"), "altered-source", message))
    for segment in form.records("segments"):
        layout.add(segment)
    layout.close(form.place("segments"))
    if layout.problems:
        return None, (*problems, *layout.problems)
    source = Source(
        path, text, _card(form), tuple(layout.passages), tuple(layout.segments), fold_typography(text)
    )
    return source, problems


@dataclass(slots=True)
class _Layout:
    """The segments found so far, from the start of the text to `end`."""

    text: str
    language: str
    speakers: dict[str, Speaker]
    section: Section = Section("text", "", Localized(()))
    passages: list[Passage] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    end: int = 0

    def add(self, form: Form) -> None:
        if form.text("section"):
            heading = form.text("heading")
            title = Localized(((self.language, heading),)) if heading else form.by_language("title")
            self.section = Section(form.text("section"), heading, title)
            if heading:
                self._place(form, "heading", "heading")
        elif form.text("passage"):
            self._add_passage(form)
        elif form.text("kind"):
            self._place(form, form.text("kind"))
        else:
            message = 'a segment needs "section", "passage" or "kind"'
            self.problems.append(Problem(form.at, "missing-key", message))

    def _add_passage(self, form: Form) -> None:
        speaker = self.speakers.get(form.text("speaker"))
        span = self._place(form, "passage")
        if any(form.text("passage") == passage.id for passage in self.passages):
            message = f'the passage "{form.text("passage")}" stands here twice; ids are unique'
            self.problems.append(Problem(form.place("passage"), "duplicate-id", message))
        if speaker is None:
            hint = did_you_mean(form.text("speaker"), tuple(self.speakers))
            message = f'"{form.text("speaker")}" is not among the speakers{hint}'
            self.problems.append(Problem(form.place("speaker"), "unknown-value", message))
        elif span:
            number = len(self.passages) + 1
            self.passages.append(Passage(form.text("passage"), number, span, speaker, self.section))

    def _place(self, form: Form, kind: str, key: str = "text") -> Span | None:
        """Finds the segment right behind the last one, with only a separator between them."""
        first = form.text(key) or form.text("from")
        last = form.text(key) or form.text("to")
        start = separator_end(self.text, self.end)
        at = form.place(key if form.text(key) else "from")
        if not first or not last or not self.text.startswith(first, start):
            if any(problem.rule == "broken-partition" for problem in self.problems):
                return None  # behind one that does not fit no other does
            context = self.text[start : start + 40]
            message = f'expected here: "{context}..."; the card has "{first}" (each segment needs from and to, or text)'
            self.problems.append(Problem(at, "broken-partition", message))
            return None
        found = self.text.find(last, start)
        if found < 0:
            message = f'the text does not say "{last}" after "{first}"'
            self.problems.append(Problem(form.place("to"), "broken-partition", message))
            return None
        span = Span(start, found + len(last))
        self.segments += [*_separator(self.end, start), Segment(kind, span)]
        self.end = span.end
        return span

    def close(self, at: Location) -> None:
        """Reports a card that ends before the text does."""
        rest = self.text[separator_end(self.text, self.end) :]
        if rest and not self.problems:
            message = f'no segment holds the end of the text: "{rest[:40]}..."'
            self.problems.append(Problem(at, "broken-partition", message))
        self.segments += _separator(self.end, len(self.text))


def _separator(start: int, end: int) -> list[Segment]:
    return [Segment("separator", Span(start, end))] if start < end else []


def _speaker(form: Form) -> Speaker:
    return Speaker(
        form.text("id"), form.by_language("name"), form.text("words") == "direct", form.flag("main")
    )


def _card(form: Form) -> SourceMetadata:
    return SourceMetadata(
        title=form.by_language("title"),
        outlet=form.by_language("outlet"),
        role=form.by_language("role"),
        place=form.by_language("place"),
        day=form.by_language("day"),
        language=form.text("language"),
        licence=form.text("licence"),
        licence_url=form.text("licence_url"),
        credit=form.text("credit"),
    )
