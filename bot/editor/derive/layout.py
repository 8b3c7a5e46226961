"""Where a new text has headings, speech, attributions and narration: a guess for a person to check.

The segments follow each other through the whole text. Between two of them there are only white space and double
quotation marks, as a source card asks for.

A text is printed in turns (`turns`), or it is prose with quotation marks and attributions ("...," she said).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.corpus.passages import Span
from bot.corpus.source import Source, has_words, separator_end
from bot.editor.derive.labels import ANSWERING, ASKING, NEWSPAPER, SOMEBODY, Mark, names_in
from bot.editor.derive.turns import Turns, dash_at, end_of_words, find_turns
from bot.editor.derive.unspoken import (
    AROUND_HEADING,
    DATELINE,
    FIRST_IN_MARKS,
    HEADING,
    SIGN_OFF,
    closing_at,
    credits_apart,
    is_heading,
    unspoken_kind,
)
from bot.text.languages import stem

SPEECH, ATTRIBUTION, NARRATION, QUESTION = "speech", "attribution", "narration", "question"
"""The kinds of segments, besides those of `unspoken`. A label ("Q:", a dash) is an attribution, too."""

_LONGEST_ATTRIBUTION = 8
"""Words: "Marrow said with a laugh and a shrug." has eight; what is longer is narration."""
_SHORTEST_SPEECH = 3
"""Words: fewer in quotation marks, without an end mark, are a term ("State Web") within narration."""
_SPEECH_ENDS = tuple(",.!?…،؟")

_OPENING_MARK = re.compile(r"(?:(?<=[\s(\[—–-])|^)[“«„\"](?=\S)")
_CLOSING_MARK = re.compile(r"[”»“\"]")
_IN_MARKS = re.compile(r"[“«„\"][^“«„”»\"]+[”»“\"]")
_ENDED = re.compile(r"(?:^|[.!?…:,;؟،”»\"])\s*$")
_SENTENCE_END = re.compile(r"[.!?…]\s+$")
_SENTENCE = re.compile(r".*?(?:[.!?…؟](?=\s|$)|$)", re.DOTALL)
_CONTINUING_ENDS = frozenset(",?!،؟")
"""Marks at the end of a quotation behind which the sentence continues: "...," she said."""
_CONTINUING_MARKS = (",", "— ", "– ")
"""Marks at the start of what continues the sentence of a quotation: «...», — said she; „...“, said she."""
_STAGE_DIRECTION = re.compile(r"[*_]*(?:\w+:[*_]*\s*)?(?:\([^()]*\)|\[[^\[\]]*\])\.?")
"""Also a break: "Break: [14:20]"."""
_OTHERS_WORDS = re.compile(
    r"[“«„\"](?:[^”»“\"]+[,?!…][”»“\"]|[^”»“\"]+[”»“\"],)\s(?:[—–]\s)?(?=[a-zß-ÿа-яё])[^.!?]*[A-ZÀ-ÞА-ЯЁ]"
)
"""Between two turns: "...," says her colleague Lou Kerr."""


@dataclass(frozen=True, slots=True)
class LayoutSegment:
    """A guessed segment. `speaker` is a name or role, "" where nobody speaks who may be quoted."""

    kind: str
    span: Span
    speaker: str = ""


def layout(source: Source) -> tuple[LayoutSegment, ...]:
    """The segments of a text without a card (whose passages are its paragraphs), in order."""
    text = source.text
    paragraphs = credits_apart(text, [passage.span for passage in source.passages])
    prose = [list(_prose(text, span)) for span in paragraphs[1:] if not is_heading(span.of(text))]
    spoken = sum(any(segment.kind == SPEECH for segment in segments) for segments in prose)
    turns, blocks = find_turns(text, paragraphs, spoken)
    segments = list(_segments(text, blocks, turns))
    if not turns.speakers:
        segments = _named(text, segments)
    return tuple(trimmed for each in segments if (trimmed := _without_separators(text, each)))


def _segments(text: str, blocks: Sequence[Span], turns: Turns) -> Iterator[LayoutSegment]:
    speaker, at_top = "", True
    is_closing = closing_at(text, blocks, turns)
    for number, block in enumerate(blocks):
        words = block.of(text)
        if block.start in turns.speakers:
            speaker, at_top = turns.speakers[block.start], False
            mark = turns.read(words) or (dash_at(words) if speaker == ASKING else None)
            yield from _turn(text, block, mark, speaker, turns)
            continue
        kind = unspoken_kind(text, blocks, number, at_top=at_top)
        if turns.speakers and kind in {"", HEADING} and _STAGE_DIRECTION.fullmatch(words):
            yield LayoutSegment(ATTRIBUTION, block)
            continue
        at_top = at_top and bool(kind)
        if kind == HEADING:
            speaker = ""
            yield from _heading(text, block)
        elif kind:
            speaker = "" if kind == SIGN_OFF and block.start > max(turns.speakers, default=0) else speaker
            yield LayoutSegment(kind, block)
        elif not turns.speakers:
            yield from _prose(text, block)
        elif not speaker or not has_words(words) or _OTHERS_WORDS.match(words) or is_closing(block):
            speaker = speaker if _OTHERS_WORDS.match(words) else ""
            yield LayoutSegment(NARRATION, block, NEWSPAPER)
        else:
            is_answer = speaker in turns.asking and turns.answers_are_unmarked
            mark = dash_at(words) if is_answer or turns.read is dash_at else None
            yield from _turn(text, block, mark, ANSWERING if is_answer else speaker, turns)


def _heading(text: str, block: Span) -> Iterator[LayoutSegment]:
    """Of one that begins with words in quotation marks, these; the rest is nobody's ("...": the keeper remembers)."""
    words = block.trimmed(text, AROUND_HEADING)
    quoted = FIRST_IN_MARKS.match(text, words.start, words.end)
    heading = Span(*quoted.span(1)) if quoted else words
    yield LayoutSegment(ATTRIBUTION, Span(block.start, words.start))
    yield LayoutSegment(HEADING, heading)
    yield LayoutSegment(DATELINE, Span(heading.end, block.end))


def _turn(text: str, block: Span, mark: Mark | None, speaker: str, turns: Turns) -> Iterator[LayoutSegment]:
    """The mark, and the words behind it. Bold marks around all of the words are nobody's, too."""
    behind = Span(block.start + (mark.length if mark else 0), block.end).trimmed(text)
    start, end = behind.start, end_of_words(text, behind) if mark and not mark.label else block.end
    for bold in ("**", "__"):
        is_closed_only = text.count(bold, start, end) == 1
        if text.endswith(bold, start, end) and (is_closed_only or text.startswith(bold, start)):
            start, end = start if is_closed_only else start + len(bold), end - len(bold)
    yield LayoutSegment(ATTRIBUTION, Span(block.start, start))
    words = Span(start, end)
    if _STAGE_DIRECTION.fullmatch(words.of(text)):
        yield LayoutSegment(ATTRIBUTION, words)
        return
    yield LayoutSegment(QUESTION, words) if speaker in turns.asking else LayoutSegment(SPEECH, words, speaker)
    yield LayoutSegment(ATTRIBUTION, Span(end, block.end))


def _named(text: str, segments: list[LayoutSegment]) -> list[LayoutSegment]:
    """With the names in the attributions as speakers. "She said" is the last one's; where others were named since, it
    is somebody's."""
    found = [_name_beside(text, segments, at) for at in range(len(segments))]
    persons = {_family(name): _longest_form(name, text) for name in filter(None, found)}
    last = SOMEBODY if len(persons) > 1 else next(iter(persons.values()), ANSWERING)
    named = []
    for segment, name in zip(segments, found, strict=True):
        if segment.kind == NARRATION and len(persons) > 1:
            mentioned = {_family(run) for run in names_in(segment.span.of(text))}
            if mentioned:
                last = persons.get(mentioned.pop(), SOMEBODY) if len(mentioned) == 1 else SOMEBODY
        last = persons[_family(name)] if name else last
        named.append(replace(segment, speaker=last) if segment.kind == SPEECH else segment)
    return named


def _family(name: str) -> str:
    return stem(name.rsplit(maxsplit=1)[-1].casefold())


def _longest_form(name: str, text: str) -> str:
    """ "Otto Hale" for "Hale" or "Otto", if the text names one so."""
    forms = {run for run in names_in(text) if " " in run and name in run.split()[:1] + run.split()[-1:]}
    shortest = min(forms, key=len, default=name)
    return shortest if all(form.endswith(shortest) for form in forms) else name


def _name_beside(text: str, segments: Sequence[LayoutSegment], at: int) -> str:
    """The name in the words that say who says the speech at `at`, behind it or before it; "" of anything else. Of
    several the first one of two words: "Council leader Ada Brook"."""
    if segments[at].kind != SPEECH:
        return ""
    behind = segments[at + 1] if at + 1 < len(segments) else segments[at]
    is_behind = behind.kind == ATTRIBUTION and "\n" not in text[segments[at].span.end : behind.span.start]
    beside = behind.span.of(text) if is_behind else ""
    before = segments[at - 1].span.of(text).rstrip() if at else ""
    if not beside and before.endswith((":", ",")) and segments[at - 1].kind != SPEECH:
        beside = _last_sentence(before)
    names = names_in(beside)
    return next((name for name in names if " " in name), next(iter(names), ""))


def _last_sentence(text: str) -> str:
    return re.split(r"[.!?…]\s+", text)[-1]


def _prose(text: str, span: Span) -> Iterator[LayoutSegment]:
    """The speech in quotation marks, and what stands before, between and behind it."""
    at = span.start
    for quoted in _quoted(text, span):
        words = quoted.of(text)
        is_speech = len(words.split()) >= _SHORTEST_SPEECH or words.endswith(_SPEECH_ENDS)
        if is_speech and _ENDED.search(text[span.start : quoted.start - 1]):
            yield from _between(text, Span(at, quoted.start - 1), behind=at > span.start, ahead=True)
            yield LayoutSegment(SPEECH, quoted, ANSWERING)
            at = min(quoted.end + 1, span.end)
    yield from _between(text, Span(at, span.end), behind=at > span.start, ahead=False)


def _quoted(text: str, span: Span) -> Iterator[Span]:
    """What stands between quotation marks, without them; marks inside marks belong to it.

    A quotation that is never closed ends where another is opened behind a sentence. Where it begins the paragraph,
    it may also end with it, as newspapers print a speech of several paragraphs.
    """
    depth, start = 0, span.start
    paragraph = span.of(text)
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
    between = span.of(text)
    found = _SENTENCE.match(between)
    first = found[0] if found else ""
    end_mark = text[: span.start].rstrip('”»"“')[-1:]
    continues = end_mark in _CONTINUING_ENDS or first.startswith(_CONTINUING_MARKS)
    is_whole = ahead and first.strip() == between.strip()
    last = _last_sentence(between)
    if behind and len(first.split()) <= _LONGEST_ATTRIBUTION and (continues or is_whole):
        yield LayoutSegment(ATTRIBUTION, Span(span.start, span.start + len(first)))
        yield LayoutSegment(NARRATION, Span(span.start + len(first), span.end), NEWSPAPER)
    elif ahead and between.rstrip().endswith((":", ",")) and len(last.split()) <= _LONGEST_ATTRIBUTION:
        yield LayoutSegment(NARRATION, Span(span.start, span.end - len(last)), NEWSPAPER)
        yield LayoutSegment(ATTRIBUTION, Span(span.end - len(last), span.end))
    else:
        yield LayoutSegment(NARRATION, span, NEWSPAPER)


def _without_separators(text: str, segment: LayoutSegment) -> LayoutSegment | None:
    """The segment without the separator before it and the white space behind it; None where nothing is left. Where
    there is no letter and no digit (a lone comma), nobody speaks."""
    words = segment.span.trimmed(text)
    end = words.end - 1 if _IN_MARKS.fullmatch(words.of(text)) else words.end
    span = Span(separator_end(text, words.start), end)
    if span.length <= 0:
        return None
    return replace(segment, span=span) if has_words(span.of(text)) else LayoutSegment(ATTRIBUTION, span)
