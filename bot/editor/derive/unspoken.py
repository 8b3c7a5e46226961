"""Which paragraphs of a new text nobody speaks: headings, bylines and credits, dates, notes of the
editors, and what stands behind the last answer about the author or the person."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from bot.corpus.passages import Span
from bot.editor.derive.labels import CREDITS, EDITORIAL, names_in
from bot.editor.derive.turns import Turns

HEADING, DATELINE, SIGN_OFF = "heading", "dateline", "sign-off"

_LONGEST_HEADING = 80
_LONGEST_BYLINE = 150
_LONGEST_DATE = 30
_LONGEST_NOTE = 300
_FIRST_BLOCKS, _LAST_BLOCKS = 6, 3
"""Where credits may stand at the top and at the end."""
_HEADING_END = '.!?:,;…؟،”»")'

_MARKED = re.compile(r"#{1,6}[ \t]+[^\n]*\w[^\n]*$")
AROUND_HEADING = "#*_ \t"
"""What Markdown writes around the words of a heading."""
FIRST_IN_MARKS = re.compile(r"[“«„\"]([^”»“\"]*[^”»“\"\s])[”»“\"]")
"""The words in quotation marks with which a text begins."""
_DATED = re.compile(r"\b(?:1[5-9]|20)\d\d\b|\b1[34]\d\d\b|[|۰-۹]")
_WAY_TO_PAGE = re.compile(r"\w [>›»→] \w")
"""Above a headline on the web: "Home > People"."""
_LINE = re.compile(r"^[^\w\s]{3,}[ \t]*$", re.MULTILINE)
_WORK = (
    rf"(?:{CREDITS}|interviewed|authors?(?: (?:&|and) interviewers)?|autor"
    r"|автор|беседовал[аи]?|записал[аи]?|نویسنده)"
)
_WORKS = rf"{_WORK}(?:\s*(?:and|und|y|и|و|&|/|,)\s*{_WORK})?\**"
_BYLINE = re.compile(
    rf"[\W_]*(?:(?P<sure>{_WORKS}\s*(?:[:：]|by\b|von\b|por\b|par\b|از\b)\**\s*)"
    rf"|(?:by|von|por|par|das (?:gespräch|interview) führte|{_WORKS})\s+)(?=(?P<names>.+))",
    re.IGNORECASE | re.DOTALL,
)
"""What stands behind "Text and photos:" is a name; behind "By" only if all of it looks like one."""
_BESIDE_NAMES = re.compile(rf"and|und|y|и|for|für|with|by|von|{_WORK}", re.IGNORECASE)
_EDITED = re.compile(
    r"[\W_]*(?:(?:this|the|our|das|dieses|der|это|la|esta|este|این)\s+)?"
    r"(?:interview|conversation|discussion|transcript|text|gespräch|entrevista|conversación|texto"
    r"|интервью|беседа|разговор|текст|مصاحبه|گفت‌وگو|متن)\b.{0,60}?\b"
    r"(?:edited|condensed|shortened|abridged|translated|conducted|gekürzt|redigiert|bearbeitet|übersetzt|geführt"
    r"|editad[ao]|resumid[ao]|traducid[ao]|отредактирован|сокращ|переведен|ویرایش|خلاصه|کوتاه|ترجمه)"
    r"|[\W_]*(?:translated|edited|transcribed)\b.{0,40}\bby\s"
    r"|[\W_]*(?:editor[’']s note|anmerkung der redaktion|nota de la redacción|от редакции|یادداشت سردبیر)",
    re.IGNORECASE | re.DOTALL,
)
"""How a note of the editors begins: "This interview has been edited and condensed."."""
_FOOTNOTE = re.compile(r"[*†‡©→]|--+(?=\w)|\[\^?\d+\]|\(\d+\)")
_ABOUT_SOMEBODY = re.compile(
    r",?\s+(?:is|was|lives|writes|works|has|ist|war|lebt|schreibt|arbeitet|es|fue|vive|escribe|nació|родил[а-я]+|живёт"
    r"|живет|работает)\b|,?\s+\(?(?:\*\s?)?\d\d|,\s+(?:born|geboren|nacid[ao])\b|\s[—–-]\s"
)
"""Behind a name: "Ada Brook was born in 1947.", "Greta Holm, 58, ..."."""
_FEWEST_ANSWERS = 3
"""From which it tells something that no answer has a second paragraph."""


def is_heading(text: str) -> bool:
    """Also one in quotation marks, or with some at its start, and with the marks of Markdown before it."""
    if _MARKED.match(text):
        return True
    if text.startswith(("**", "__")) and text.endswith(text[:2]):
        text = text.strip(AROUND_HEADING)
    if not text:
        return False
    quoted = FIRST_IN_MARKS.match(text)
    last = quoted[1][-1] if quoted and quoted.end() == len(text) else text[-1]
    short = len(text) <= _LONGEST_HEADING and "\n" not in text and last not in _HEADING_END
    return short and (text[0].isalnum() or text[0] in "'‘" or quoted is not None)


def unspoken_kind(text: str, blocks: Sequence[Span], number: int, *, at_top: bool) -> str:
    """The kind of a block that nobody says, or ""."""
    block = blocks[number].of(text)
    short = len(block) <= _LONGEST_BYLINE and block[-1] not in _HEADING_END.replace(")", "")
    is_dated = short and (number or _is_date(block)) and _DATED.search(block)
    if len(block) <= _LONGEST_BYLINE and (EDITORIAL.match(block) or (at_top and _WAY_TO_PAGE.search(block))):
        return DATELINE if at_top else SIGN_OFF
    is_note = _is_credit(block) or (len(block) <= _LONGEST_NOTE and _EDITED.match(block))
    if is_note and not at_top and number + _LAST_BLOCKS >= len(blocks):
        return SIGN_OFF
    if (at_top and is_dated) or (is_note and number < _FIRST_BLOCKS):
        return DATELINE
    heads = is_heading(block) or (not number and is_heading(block.rstrip('?!”»“"…')))
    return HEADING if heads and number + 1 < len(blocks) else ""


def credits_apart(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    """The paragraphs, cut at a line across the page ("***"); those at the top and at the end also where a line or a
    sentence is a credit, a date, or a note of the editors: "A headline/By Mara Lind/May 2, 2019", "Ada Brook's book is
    out. Interview: Mara Lind"."""
    spans = [part for span in paragraphs for part in _lines_apart(text, span)]
    ends = {*spans[:_FIRST_BLOCKS], *spans[-_LAST_BLOCKS:]}
    return [part for span in spans for part in (_parts(text, span) if span in ends else [span])]


def _lines_apart(text: str, span: Span) -> Iterator[Span]:
    bounds = [span.start, span.end]
    bounds += (span.start + at for found in _LINE.finditer(span.of(text)) for at in found.span())
    for start, end in pairwise(sorted(set(bounds))):
        part = Span(start, end).trimmed(text)
        if part.length:
            yield part


def _parts(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    cuts = [span.start + found.end() for found in re.finditer(r"\n|[.!?…]\s+(?=\S)", span.of(text))]
    for before, at, after in zip([span.start, *cuts], cuts, [*cuts[1:], span.end], strict=False):
        first, second = text[before:at].strip(), text[at:after].strip()
        at_line = text[at - 1] == "\n" and (_is_credit(first) or _is_date(second))
        if at_line or _is_credit(second) or (second[:1] in {"(", "[", "*", "_"} and _EDITED.match(second)):
            yield Span(start, start + len(text[start:at].rstrip()))
            start = at
    yield Span(start, span.end)


def _is_credit(text: str) -> bool:
    """
    >>> [_is_credit(text) for text in ("By Mara Lind | Fennel Letter", "By Monday we were tired.", "Photos: Jon Field")]
    [True, False, True]
    """
    found = _BYLINE.match(text)
    if not found or len(text) > _LONGEST_BYLINE or text.lstrip("*_([ ")[:1].islower():
        return False
    names = (name.rstrip(".") for name in re.findall(r"[^\W_][\w.’'-]*", found["names"]))
    named = [name for name in names if not _BESIDE_NAMES.fullmatch(name)]
    sure = found["sure"] and named and not named[0][0].islower()
    return bool(sure) or (bool(named) and all(name[0].isupper() or name[0].isdigit() for name in named))


def _is_date(line: str) -> bool:
    return 0 < len(line) <= _LONGEST_DATE and line[-1] not in _HEADING_END and _DATED.search(line) is not None


def closing_at(text: str, blocks: Sequence[Span], turns: Turns) -> Callable[[Span], bool]:
    """Tells whether the closing words begin at a block."""
    first, last = min(turns.speakers, default=0), max(turns.speakers, default=len(text))
    known = {name for block in blocks if block.start < first for name in names_in(block.of(text))}
    known = {name for name in known | set(turns.speakers.values()) if " " in name}
    is_turn = [block.start in turns.speakers for block in blocks if first <= block.start <= last]
    if turns.answers_are_unmarked:
        last_answer = next((block.start for block in blocks if block.start > last), last)
        answers, continues = len(turns.speakers), (False, False) in pairwise(is_turn)
    else:
        last_answer = last
        answers = sum(each not in turns.asking for each in turns.speakers.values())
        continues = not all(is_turn)
    is_single = answers >= _FEWEST_ANSWERS and not continues

    def begins_at(block: Span) -> bool:
        words = " ".join(block.of(text).split())
        if block.start <= last_answer:
            return False
        begins = next(iter(names_in(words)), "")
        about = words.startswith(begins) and " " in begins and _ABOUT_SOMEBODY.match(words, len(begins))
        return bool(is_single or _FOOTNOTE.match(words) or about) or any(name in words for name in known)

    return begins_at
