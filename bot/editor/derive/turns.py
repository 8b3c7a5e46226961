"""Who speaks where in an interview that is printed in turns: with labels ("Q:", "Mara Lind:"), with dashes, with
questions in bold, or with questions as paragraphs of their own.

A paragraph without a mark belongs to the last turn until the next heading.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from bot.corpus.passages import Span
from bot.editor.derive.labels import ANSWERING, ASKING, Mark, find_labels, is_question, label_at, words_at

_DASH = re.compile(r"[—–-]\s+(?=\S)")
_ANSWER_BEHIND = re.compile(r"(?:[^.!?…—–]|(?<=\w)[.—–](?=\w))*[?!]+(?=[ \t]+[—–-]\s+[A-ZÀ-ÞА-ЯЁ])")
"""A question behind whose dash the answer stands on the same line: "Was it cold? — Very"."""
_ASKED_BY = re.compile(r"(?<=[?!…])[ \t]+[—–-][ \t]+(?=[a-zß-ÿа-яё])[^?!—–]{1,60}$")
"""Who says it, at the end of a turn: "Was it cold? — asked our reporter."."""
_IN_BOLD = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+[.!?…؟]\1$", re.DOTALL)
_SENTENCE_END = re.compile(r"[.!?…؟][\s”»\"*_)]*$")
_SHARE_OF_QUESTIONS = 0.4
"""Of the turns of somebody who asks; the others are thanks and requests ("Tell us ...")."""
_FEWEST_QUESTIONS = 3
"""Paragraphs that end with a question mark, from which they are taken for the interviewer's."""
_LONGEST_QUESTION = 400

Reader = Callable[[str], Mark | None]
"""The mark with which a block begins."""


@dataclass(frozen=True, slots=True)
class Turns:
    """How a text prints its turns. `speakers` has the speaker of each block that begins a turn, by its start."""

    read: Reader
    speakers: Mapping[int, str] = field(default_factory=dict)
    asking: frozenset[str] = frozenset()
    answers_are_unmarked: bool = False
    """Whether the paragraphs behind a question are its answer."""


def find_turns(text: str, paragraphs: Sequence[Span], is_prose: bool) -> tuple[Turns, tuple[Span, ...]]:
    """The turns, and the paragraphs with their lines cut where a turn begins. `is_prose`: there is speech in quotation
    marks, so that a paragraph that is a question says nothing."""
    labels = find_labels(text, paragraphs)
    if labels:
        read = partial(label_at, labels)
        blocks = tuple(block for span in paragraphs for block in _blocks(text, span, read))
        return _labelled(text, blocks, read, labels), blocks
    bold = [span for span in paragraphs if _IN_BOLD.fullmatch(words_at(text, span))]
    if sum(is_question(words_at(text, span)) for span in bold) >= 2:
        return _questions_alone(bold, Mark(2)), tuple(paragraphs)
    lines = (block for span in paragraphs for block in _blocks(text, span, dash_at))
    blocks = tuple(block for line in lines for block in _with_answer_apart(text, line))
    found = _with_dashes(text, blocks)
    if found.speakers:
        return found, blocks
    short = (span for span in paragraphs if span.length <= _LONGEST_QUESTION and not is_prose)
    asking = [span for span in short if is_question(words_at(text, span))]
    alone = _questions_alone(asking, Mark(0)) if len(asking) >= _FEWEST_QUESTIONS else Turns(dash_at)
    return alone, tuple(paragraphs)


def _blocks(text: str, span: Span, read: Reader) -> Iterator[Span]:
    """The paragraph, cut at each line that begins a turn, and at a question before that line."""
    lines = [span.start + line.start() for line in re.finditer(r"^[^\n]", words_at(text, span), re.MULTILINE)]
    turns = {at for at in lines if read(text[at : span.end])}
    ahead = (at for at, turn in pairwise(lines) if turn in turns and is_question(text[at:turn]))
    asking = {at for at in ahead if _SENTENCE_END.search(text, span.start, at)}
    for start, end in pairwise(sorted({span.start, *turns, *asking, span.end})):
        yield Span(start, start + len(text[start:end].rstrip()))


def _with_answer_apart(text: str, block: Span) -> Iterator[Span]:
    mark = dash_at(words_at(text, block))
    found = _ANSWER_BEHIND.match(text, block.start + mark.length, block.end) if mark else None
    if not found:
        yield block
        return
    yield Span(block.start, found.end())
    yield Span(found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip()), block.end)


def _labelled(text: str, blocks: Sequence[Span], read: Reader, labels: Mapping[str, str]) -> Turns:
    speakers: dict[int, str] = {}
    asked: defaultdict[str, list[bool]] = defaultdict(list)
    unlabelled: dict[int, str] = {}
    requests: set[int] = set()
    last = ""
    for number, block in enumerate(blocks):
        words = words_at(text, block)
        mark = read(words)
        if mark:
            speaker = speakers[block.start] = labels[mark.label]
            alone = len(words.rstrip()) <= mark.length and number + 1 < len(blocks)
            following = blocks[number + 1] if alone else block
            before = blocks[number - 1] if number else block
            is_answer = before.start not in speakers and _is_asking(text, before)
            if is_answer:
                unlabelled[before.start] = speaker
            elif speaker == last and before.start not in speakers and before.length <= _LONGEST_QUESTION:
                requests.add(before.start)
            last = speaker
            asked[speaker].append(not is_answer and is_question(words_at(text, following)))
    shares = {speaker: sum(each) / len(each) for speaker, each in asked.items()}
    asking = {speaker for speaker, share in shares.items() if share >= _SHARE_OF_QUESTIONS} - {ANSWERING}
    if len(asking) == len(shares) > 1:  # somebody answers
        asking.discard(min(shares, key=lambda speaker: (shares[speaker], speaker)))
    asking = {ASKING} if ASKING in shares else asking
    found = {start for start, answering in unlabelled.items() if answering not in asking}
    if found and not asking:  # whoever has a label twice was asked something in between
        found |= requests
    speakers |= dict.fromkeys(found, ASKING)
    asks = frozenset({*asking, ASKING})
    return Turns(read, speakers, asks, answers_are_unmarked=asking >= shares.keys())


def _is_asking(text: str, block: Span) -> bool:
    """Whether a paragraph without a label is the interviewer's, if an answer with a label stands behind it."""
    words = words_at(text, block)
    return len(words) <= _LONGEST_QUESTION and (is_question(words) or bool(_IN_BOLD.fullmatch(words)))


def dash_at(text: str) -> Mark | None:
    found = _DASH.match(text)
    return Mark(found.end()) if found else None


def end_of_words(text: str, span: Span) -> int:
    """Where the words of a turn with a dash end: before the dash of who says them."""
    found = _ASKED_BY.search(words_at(text, span))
    return span.start + found.start() if found else span.end


def _with_dashes(text: str, blocks: Sequence[Span]) -> Turns:
    """Turns alternate where the questions say so; else a turn behind a question answers it."""
    dashed = [block for block in blocks if dash_at(words_at(text, block))]
    asked = [is_question(_ASKED_BY.sub("", words_at(text, block))) for block in dashed]
    if len(dashed) < 2 or not any(asked):
        return Turns(dash_at)
    even, odd = sum(asked[::2]), sum(asked[1::2])
    alternating = max(even, odd) >= 2 * min(even, odd)
    speakers: dict[int, str] = {}
    last = ANSWERING
    for number, (block, ends_asking) in enumerate(zip(dashed, asked, strict=True)):
        asks = (number % 2 == (odd > even)) if alternating else (ends_asking and last != ASKING)
        last = speakers[block.start] = ASKING if asks else ANSWERING
    return Turns(dash_at, speakers, frozenset({ASKING}))


def _questions_alone(asking: Sequence[Span], mark: Mark) -> Turns:
    """Only the questions have a mark. The paragraphs behind each are its answer."""
    found = dict.fromkeys((span.start for span in asking), ASKING)
    return Turns(lambda _: mark, found, frozenset({ASKING}), answers_are_unmarked=True)
