"""Where a new text has headings, speech, attributions and narration: a guess for a person to check.

The segments follow each other through the whole text. Between two of them there are only white space and double
quotation marks, as a source card asks for.

Three ways of printing an interview are known: turns with a label ("Q:", "Mara Lind:"), turns with a dash, and
prose with quotation marks and attributions ("...," she said). A paragraph is read by the first that fits.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.corpus.passages import Passage, Span
from bot.corpus.source import Source, separator_end

HEADING, SPEECH, ATTRIBUTION, NARRATION = "heading", "speech", "attribution", "narration"
"""The kinds of segments. A label ("Q:", a dash) is an attribution, too."""
ASKING, ANSWERING, NEWSPAPER = "interviewer", "interviewee", "newspaper"
"""The speakers of a text that does not name them."""

_LONGEST_HEADING = 80
_LONGEST_ATTRIBUTION = 8
"""Words: "Marrow said with a laugh and a shrug." has eight; what is longer is narration."""
_SHORTEST_SPEECH = 3
"""Words: fewer in quotation marks, without an end mark, are a term ("State Web") within narration."""

_LABEL = re.compile(r"([^\W\d_][\w.’' -]{0,29}?) ?[:：]\s+(?=\S)")
_SHORT_LABELS = dict.fromkeys(("q", "question", "в"), ASKING) | dict.fromkeys(("a", "answer", "о"), ANSWERING)
_DASH = re.compile(r"[—–-]\s+(?=\S)")
_OPENING_MARK = re.compile(r"(?:(?<=[\s(\[—–-])|^)[“«„\"](?=\S)")
_CLOSING_MARK = re.compile(r"[”»“\"]")
_ENDED = re.compile(r"(?:^|[.!?…:,;؟،”»\"])\s*$")
_SENTENCE_END = re.compile(r"[.!?…]\s+$")
_SENTENCE = re.compile(r".*?(?:[.!?…؟](?=\s|$)|$)", re.DOTALL)
_CONTINUING_ENDS = frozenset(",?!،؟")
"""Marks at the end of a quotation behind which the sentence continues: "...," she said."""
_HEADING_END = '.!?:,;…؟،”»")'


@dataclass(frozen=True, slots=True)
class LayoutSegment:
    """A guessed segment. `speaker` is a name or role, "" where nobody speaks."""

    kind: str
    span: Span
    speaker: str = ""


def layout(source: Source) -> tuple[LayoutSegment, ...]:
    """The segments of a text without a card (whose passages are its paragraphs), in order."""
    labels = _labels(source)
    segments: list[LayoutSegment] = []
    for passage in source.passages:
        if looks_like_heading(source, passage):
            segments.append(LayoutSegment(HEADING, passage.span))
        else:
            segments += _paragraph(source.text, passage.span, labels)
    return tuple(trimmed for each in segments if (trimmed := _without_separators(source.text, each)))


def looks_like_heading(source: Source, passage: Passage) -> bool:
    """Whether a paragraph is a short line without an end mark, and something follows it."""
    text = source.whole(passage).exact
    short = len(text) <= _LONGEST_HEADING and "\n" not in text and text[-1] not in _HEADING_END
    begins = text[0].isalnum() and not _LABEL.match(text)
    return short and begins and passage.number < len(source.passages)


def _labels(source: Source) -> frozenset[str]:
    """The labels of turns: single letters as in "Q:", and what stands before a colon in two paragraphs."""
    texts = (source.whole(passage).exact for passage in source.passages)
    found = Counter(match[1] for text in texts if (match := _LABEL.match(text)))
    return frozenset(label for label, n in found.items() if n > 1 or label.casefold() in _SHORT_LABELS)


def _paragraph(text: str, span: Span, labels: frozenset[str]) -> Iterator[LayoutSegment]:
    paragraph = text[span.start : span.end]
    label, dash = _LABEL.match(paragraph), _DASH.match(paragraph)
    if label and label[1] in labels:
        turn, speaker = label, _SHORT_LABELS.get(label[1].casefold(), label[1])
    elif dash:
        turn, speaker = dash, ASKING if paragraph.rstrip().endswith(("?", "؟")) else ANSWERING
    else:
        yield from _prose(text, span)
        return
    yield LayoutSegment(ATTRIBUTION, Span(span.start, span.start + len(turn[0].rstrip())))
    yield LayoutSegment(SPEECH, Span(span.start + turn.end(), span.end), speaker)


def _prose(text: str, span: Span) -> Iterator[LayoutSegment]:
    """The speech in quotation marks, and what stands before, between and behind it."""
    at = span.start
    for quoted in _quoted(text, span):
        sentence_begins = _ENDED.search(text[span.start : quoted.start - 1])
        if sentence_begins and _is_speech(text[quoted.start : quoted.end]):
            yield from _between(text, Span(at, quoted.start - 1), behind=at > span.start, ahead=True)
            yield LayoutSegment(SPEECH, quoted, ANSWERING)
            at = min(quoted.end + 1, span.end)
    yield from _between(text, Span(at, span.end), behind=at > span.start, ahead=False)


def _is_speech(quoted: str) -> bool:
    return len(quoted.split()) >= _SHORTEST_SPEECH or quoted.endswith((",", ".", "!", "?", "…", "،", "؟"))


def _quoted(text: str, span: Span) -> Iterator[Span]:
    """What stands between quotation marks, without them; marks inside marks belong to it.

    A quotation that is never closed ends where another is opened behind a sentence. Where it begins the paragraph,
    it may also end with it, as newspapers print a speech of several paragraphs.
    """
    depth, start = 0, span.start
    paragraph = text[span.start : span.end]
    opening = {found.start() for found in _OPENING_MARK.finditer(paragraph)}
    for at, character in enumerate(paragraph):
        if at in opening and depth and _SENTENCE_END.search(paragraph, 0, at):
            yield Span(start, span.start + at)
            depth, start = 1, span.start + at + 1
        elif at in opening and (character != '"' or not depth):
            depth += 1
            start = span.start + at + 1 if depth == 1 else start
        elif depth and _CLOSING_MARK.match(character):
            depth -= 1
            if not depth:
                yield Span(start, span.start + at)
    if depth and start == span.start + 1:
        yield Span(start, span.end)


def _between(text: str, span: Span, *, behind: bool, ahead: bool) -> Iterator[LayoutSegment]:
    """What stands behind a quotation, ahead of one, or both: a short sentence that belongs to a quotation is an
    attribution, the rest is narration."""
    between = text[span.start : span.end]
    found = _SENTENCE.match(between)
    first = found[0] if found else ""
    continues = text[: span.start].rstrip('”»"“')[-1:] in _CONTINUING_ENDS
    is_whole = ahead and first.strip() == between.strip()
    if behind and len(first.split()) <= _LONGEST_ATTRIBUTION and (continues or is_whole):
        yield LayoutSegment(ATTRIBUTION, Span(span.start, span.start + len(first)))
        yield LayoutSegment(NARRATION, Span(span.start + len(first), span.end), NEWSPAPER)
    elif ahead and between.rstrip().endswith((":", ",")) and len(between.split()) <= _LONGEST_ATTRIBUTION:
        yield LayoutSegment(ATTRIBUTION, span)
    else:
        yield LayoutSegment(NARRATION, span, NEWSPAPER)


def _without_separators(text: str, segment: LayoutSegment) -> LayoutSegment | None:
    """The segment without the separator before it and the white space behind it; None where nothing is left.

    Where there is no letter and no digit (a lone comma), nobody speaks.
    """
    start = separator_end(text, segment.span.start)
    span = Span(start, start + len(text[start : segment.span.end].rstrip()))
    if span.start >= span.end:
        return None
    has_words = any(map(str.isalnum, text[span.start : span.end]))
    return replace(segment, span=span) if has_words else LayoutSegment(ATTRIBUTION, span)
