"""Where a new text has headings, speakers' own words, attributions and narration: a guess for a person to check.

Rule: the pieces follow each other through the whole text, and between two of them there are only white space and
double quotation marks, as a source card asks for.

Three ways of printing an interview are known: turns with a label ("Q:", "Mara Lind:"), turns with a dash, and
prose with quotation marks and attributions ("...," she said). A paragraph is read by the first that fits.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.corpus.passages import Passage, Span
from bot.corpus.source import Source, separator_end

HEADING, WORDS, ATTRIBUTION, NARRATION = "heading", "words", "attribution", "narration"
"""The kinds of parts. A label ("Q:", a dash) is an attribution, too."""
ASKING, ANSWERING, NEWSPAPER = "interviewer", "interviewee", "newspaper"
"""The speakers of a text that does not name them."""

_LONGEST_HEADING = 80
_LONGEST_ATTRIBUTION = 8
"""Words: "Marrow said with a laugh and a shrug." has eight; what is longer tells something itself."""
_SHORTEST_SPEECH = 3
"""Words: shorter ones in quotation marks, without an end mark, are a term ("State Web") within narration."""

_LABEL = re.compile(r"([^\W\d_][\w.’' -]{0,29}?) ?[:：]\s+(?=\S)")
_SHORT_LABELS = {
    "q": ASKING,
    "a": ANSWERING,
    "question": ASKING,
    "answer": ANSWERING,
    "в": ASKING,
    "о": ANSWERING,
}
_DASH = re.compile(r"[—–-]\s+(?=\S)")
_OPENING_MARK = re.compile(r"(?:(?<=[\s(\[—–-])|^)[“«„\"](?=\S)")
_CLOSING_MARK = re.compile(r"[”»“\"]")
_ENDED = re.compile(r"(?:^|[.!?…:,;؟،”»\"])\s*$")
_SENTENCE_END = re.compile(r"[.!?…]\s+$")
_SENTENCE = re.compile(r".*?(?:[.!?…؟](?=\s|$)|$)", re.DOTALL)
_LEANING_ENDS = frozenset(",?!،؟")
"""Marks at the end of a quotation behind which the sentence goes on: "...," she said."""
_HEADING_END = '.!?:,;…؟،”»")'


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the text. `speaker` is a name or role, "" where nobody speaks."""

    kind: str
    span: Span
    speaker: str = ""


def layout(source: Source) -> tuple[Part, ...]:
    """The parts of a text without a card (whose passages are its paragraphs), in order."""
    labels = _labels(source)
    parts: list[Part] = []
    for passage in source.passages:
        if looks_like_heading(source, passage):
            parts.append(Part(HEADING, passage.span))
        else:
            parts += _paragraph(source.text, passage.span, labels)
    return tuple(part for part in (_without_separator(source.text, part) for part in parts) if part)


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


def _paragraph(text: str, span: Span, labels: frozenset[str]) -> Iterator[Part]:
    words = text[span.start : span.end]
    label, dash = _LABEL.match(words), _DASH.match(words)
    if label and label[1] in labels:
        yield Part(ATTRIBUTION, Span(span.start, span.start + len(label[0].rstrip())))
        speaker = _SHORT_LABELS.get(label[1].casefold(), label[1])
        yield Part(WORDS, Span(span.start + label.end(), span.end), speaker)
    elif dash:
        yield Part(ATTRIBUTION, Span(span.start, span.start + len(dash[0].rstrip())))
        yield Part(WORDS, Span(span.start + dash.end(), span.end), _by_question(words))
    else:
        yield from _prose(text, span)


def _by_question(words: str) -> str:
    return ASKING if words.rstrip().endswith(("?", "؟")) else ANSWERING


def _prose(text: str, span: Span) -> Iterator[Part]:
    """Quoted words, and what stands before, between and behind them."""
    at = span.start
    quoted = False
    for inside in _quoted(text, span):
        ended = _ENDED.search(text[span.start : inside.start - 1])
        if ended and _is_speech(text[inside.start : inside.end]):
            yield from _between(text, Span(at, inside.start - 1), behind=quoted, ahead=True)
            yield Part(WORDS, inside, ANSWERING)
            at, quoted = min(inside.end + 1, span.end), True
    yield from _between(text, Span(at, span.end), behind=quoted, ahead=False)


def _is_speech(words: str) -> bool:
    """Whether words in quotation marks are said, and no term or title."""
    return len(words.split()) >= _SHORTEST_SPEECH or words.endswith((",", ".", "!", "?", "…", "،", "؟"))


def _quoted(text: str, span: Span) -> Iterator[Span]:
    """What stands between quotation marks, without them; marks inside marks belong to it.

    Words that are never closed end where others are opened behind a sentence, or at the end of the paragraph
    where they begin it, as newspapers print a speech of several paragraphs.
    """
    depth, begins = 0, span.start
    words = text[span.start : span.end]
    opening = {found.start() for found in _OPENING_MARK.finditer(words)}
    for at in range(len(words)):
        if at in opening and depth and _SENTENCE_END.search(words, 0, at):
            yield Span(begins, span.start + at)
            depth, begins = 1, span.start + at + 1
        elif at in opening and (words[at] != '"' or not depth):
            depth += 1
            begins = span.start + at + 1 if depth == 1 else begins
        elif depth and _CLOSING_MARK.match(words, at):
            depth -= 1
            if not depth:
                yield Span(begins, span.start + at)
    if depth and begins == span.start + 1:
        yield Span(begins, span.end)


def _between(text: str, span: Span, *, behind: bool, ahead: bool) -> Iterator[Part]:
    """The words between quotations: a short sentence that leans on one is an attribution, the rest narrates."""
    words = text[span.start : span.end]
    found = _SENTENCE.match(words)
    first = found[0] if found else ""
    leaning = behind and len(first.split()) <= _LONGEST_ATTRIBUTION
    comma_before = text[: span.start].rstrip('”»"“')[-1:] in _LEANING_ENDS
    if leaning and (comma_before or (ahead and first.strip() == words.strip())):
        yield Part(ATTRIBUTION, Span(span.start, span.start + len(first)))
        yield Part(NARRATION, Span(span.start + len(first), span.end), NEWSPAPER)
    elif ahead and words.rstrip().endswith((":", ",")) and len(words.split()) <= _LONGEST_ATTRIBUTION:
        yield Part(ATTRIBUTION, span)
    else:
        yield Part(NARRATION, span, NEWSPAPER)


def _without_separator(text: str, part: Part) -> Part | None:
    """The part without the white space and marks at its ends; None where it has nothing else.

    What has no letter and no digit (a lone comma) is nobody's words.
    """
    start = separator_end(text, part.span.start)
    span = Span(start, start + len(text[start : part.span.end].rstrip()))
    if span.start >= span.end:
        return None
    if not any(map(str.isalnum, text[span.start : span.end])):
        return Part(ATTRIBUTION, span)
    return Part(part.kind, span, part.speaker)
