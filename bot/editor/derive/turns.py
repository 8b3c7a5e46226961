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
from bot.editor.derive.labels import ANSWERING, ASKING, Mark, find_labels, is_question, label_at

_DASH = re.compile(r"[—–-](?:\s+(?=\S)|(?=[^\W\d]|[¿¡«“„\"]))")
_ANSWER_BEHIND = re.compile(r"(?:[^.!?…—–]|(?<=\w)[.—–](?=\w))*[?!]+(?=[ \t]+[—–-]\s+[A-ZÀ-ÞА-ЯЁ])")
"""A question behind whose dash the answer stands on the same line: "Was it cold? — Very"."""
_ASKED_BY = re.compile(r"(?<=[?!…])[ \t]+[—–-][ \t]+(?=[a-zß-ÿа-яё])[^?!—–]{1,60}$")
"""Who says it, at the end of a turn: "Was it cold? — asked our reporter."."""
_IN_BOLD = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+[.!?…؟]\1$|#{1,6}[ \t]+[^\n]+[?؟]$", re.DOTALL)
"""Also a heading of Markdown that asks."""
_ADDRESSED = re.compile(
    r"\b(?:you|your|yours|yourself|sie|ihnen|ihre?[mnrs]?|du|dein\w*|usted|ustedes|te|tu|tus|su|sus|vos"
    r"|вы|вас|вам|вами|ваш\w*|ты|тебя|тебе|твой|твоя|شما|تو)\b|[؟?]\s*شما",
    re.IGNORECASE,
)
"""Without such a word in any of them, headings that ask are those of an article: "What is a lighthouse?"."""
_BEFORE_QUESTION = re.compile(r"#{1,6}[ \t]+|\*\*|__")
_STATES, _ANSWERS_ASKING, _ANSWERS_AGAIN, _ASKS_AGAIN, _BEGINS_ANSWERING = 1.0, 1.0, 1.0, 2.0, 0.5
"""How unlikely it is that a turn with a dash asks without a question mark, answers with one, and so on."""
_THANKS = re.compile(
    r"(?:thanks|thank you|danke|wir danken|gracias|спасибо|благодар|سپاس|ممنون|متشکر)\b", re.IGNORECASE
)
"""How the interviewer takes leave."""
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


def find_turns(text: str, paragraphs: Sequence[Span], spoken: int) -> tuple[Turns, tuple[Span, ...]]:
    """The turns, and the paragraphs with their lines cut where a turn begins. `spoken` is the number of paragraphs with
    speech in quotation marks: where they are many, a paragraph that is a question says nothing."""
    labels = find_labels(text, paragraphs)
    if labels:
        read = partial(label_at, labels)
        blocks = tuple(block for span in paragraphs for block in _blocks(text, span, read))
        return _labelled(text, blocks, read, labels), blocks
    bold = [span for span in paragraphs[1:] if _IN_BOLD.fullmatch(span.of(text))]
    asked = [words for span in bold if is_question(words := span.of(text))]
    is_article = all(words.startswith("#") for words in asked) and not any(map(_ADDRESSED.search, asked))
    if len(asked) >= 2 and not is_article:
        return _questions_alone(bold, _question_mark), tuple(paragraphs)
    lines = tuple(part for span in paragraphs for part in _with_question_apart(text, span))
    may_ask = (line for line in lines if line != paragraphs[0] and text[line.start] != "#")  # no headings
    asking = [line for line in may_ask if line.length <= _LONGEST_QUESTION and is_question(line.of(text))]
    dashed = (block for span in paragraphs for block in _blocks(text, span, dash_at))
    blocks = tuple(part for block in dashed for part in _with_answer_apart(text, block))
    found = _with_dashes(text, blocks)
    if len(found.speakers) >= len(asking):
        return found, blocks
    if len(asking) >= _FEWEST_QUESTIONS and len(asking) > spoken:
        return _questions_alone(asking, lambda _: Mark(0)), lines
    return Turns(dash_at), tuple(paragraphs)


def _question_mark(text: str) -> Mark | None:
    found = _BEFORE_QUESTION.match(text)
    return Mark(found.end() if found else 0)


def _with_question_apart(text: str, span: Span) -> Iterator[Span]:
    """The paragraph; a question with its answer on the next line in two."""
    first, _, behind = span.of(text).partition("\n")
    if behind and is_question(first):
        yield Span(span.start, span.start + len(first.rstrip()))
        yield from _with_question_apart(text, Span(span.start + len(first) + 1, span.end))
    else:
        yield span


def _blocks(text: str, span: Span, read: Reader) -> Iterator[Span]:
    """The paragraph, cut at each line that begins a turn, and at a question before that line or at the start."""
    lines = [span.start + line.start() for line in re.finditer(r"^[^\n]", span.of(text), re.MULTILINE)]
    turns = {at for at in lines if read(text[at : span.end])}
    ahead = (at for at, turn in pairwise(lines) if turn in turns and is_question(text[at:turn]))
    asking = {at for at in ahead if _SENTENCE_END.search(text, span.start, at)}
    for start, end in pairwise(sorted({span.start, *turns, *asking, span.end})):
        block = Span(start, start + len(text[start:end].rstrip()))
        yield from [block] if start in turns else _with_question_apart(text, block)


def _with_answer_apart(text: str, block: Span) -> Iterator[Span]:
    mark = dash_at(block.of(text))
    found = _ANSWER_BEHIND.match(text, block.start + mark.length, block.end) if mark else None
    if found:
        yield Span(block.start, found.end())
        yield Span(found.end(), block.end).trimmed(text)
    else:
        yield block


def _labelled(text: str, blocks: Sequence[Span], read: Reader, labels: Mapping[str, str]) -> Turns:
    speakers: dict[int, str] = {}
    asked: defaultdict[str, list[bool]] = defaultdict(list)
    unlabelled: dict[int, str] = {}
    requests: set[int] = set()
    last = ""
    around = zip([blocks[0], *blocks], blocks, [*blocks[1:], blocks[-1]], strict=False)
    for before, block, behind in around:
        words = block.of(text)
        mark = read(words)
        if mark:
            speaker = speakers[block.start] = labels[mark.label]
            said = behind if len(words.rstrip()) <= mark.length else block
            is_answer = before.start not in speakers and _is_asking(text, before)
            if is_answer:
                unlabelled[before.start] = speaker
            elif speaker == last and before.start not in speakers and before.length <= _LONGEST_QUESTION:
                requests.add(before.start)
            last = speaker
            asked[speaker].append(not is_answer and is_question(said.of(text)))
    shares = {speaker: sum(each) / len(each) for speaker, each in asked.items()}
    asking = {speaker for speaker, share in shares.items() if share >= _SHARE_OF_QUESTIONS} - {ANSWERING}
    if len(asking) == len(shares) > 1:  # somebody answers
        asking.discard(min(shares, key=lambda speaker: (shares[speaker], speaker)))
    asking |= {ASKING} & shares.keys()
    named = shares.keys() - asking - {ANSWERING}
    if len(named) == 1:  # "Answer:" is whoever answers elsewhere
        speakers = {at: next(iter(named)) if each == ANSWERING else each for at, each in speakers.items()}
    found = {start for start, answering in unlabelled.items() if answering not in asking}
    if found and not asking:  # whoever has a label twice was asked something in between
        found |= requests
        speakers |= _without_labels(text, blocks, speakers)
    speakers |= dict.fromkeys(found, ASKING)
    asks = frozenset({*asking, ASKING})
    return Turns(read, speakers, asks, answers_are_unmarked=asking >= shares.keys())


def _without_labels(text: str, blocks: Sequence[Span], speakers: Mapping[int, str]) -> dict[int, str]:
    """Behind the first label: the speakers of questions whose answers have no label either, and of these answers, if
    one person answers."""
    found: dict[int, str] = {}
    answering = set(speakers.values())
    for block, following in pairwise(blocks):
        is_asked = min(speakers) < block.start not in speakers and _is_asking(text, block)
        if is_asked and following.start not in speakers and len(answering) == 1:
            found |= {block.start: ASKING, following.start: next(iter(answering))}
    return found


def _is_asking(text: str, block: Span) -> bool:
    """Whether a paragraph without a label is the interviewer's, if an answer with a label stands behind it."""
    words = block.of(text)
    asks = is_question(words) or _IN_BOLD.fullmatch(words) or _THANKS.match(words)
    return len(words) <= _LONGEST_QUESTION and bool(asks)


def dash_at(text: str) -> Mark | None:
    found = _DASH.match(text)
    return Mark(found.end()) if found else None


def end_of_words(text: str, span: Span) -> int:
    """Where the words of a turn with a dash end: before the dash of who says them."""
    found = _ASKED_BY.search(span.of(text))
    return span.start + found.start() if found else span.end


def _with_dashes(text: str, blocks: Sequence[Span]) -> Turns:
    """A dash before a small letter begins no turn, but a part of a list."""
    dashed = [
        block
        for block in blocks
        if (mark := dash_at(words := block.of(text))) and not words[mark.length].islower()
    ]
    asked = [is_question(_ASKED_BY.sub("", block.of(text))) for block in dashed]
    if len(dashed) < 2 or not any(asked):
        return Turns(dash_at)
    found = zip(dashed, _likeliest(asked), strict=True)
    return Turns(
        dash_at, {block.start: ASKING if asks else ANSWERING for block, asks in found}, frozenset({ASKING})
    )


def _likeliest(asked: Sequence[bool]) -> list[bool]:
    """Which turns are questions, of those that end with a question mark or do not.

    >>> _likeliest([True, False, False, True, True, False])  # a request, and an answer that asks
    [True, False, True, False, True, False]
    """
    again = {True: _ASKS_AGAIN, False: _ANSWERS_AGAIN}
    ways = {True: (_BEGINS_ANSWERING, [True]), False: (0.0, [False])}  # as if a turn stood before the first
    for ends_asking in asked:
        own = {True: 0.0 if ends_asking else _STATES, False: _ANSWERS_ASKING if ends_asking else 0.0}
        ways = {
            asks: min(
                (cost + own[asks] + again[asks] * (way[-1] == asks), [*way, asks])
                for cost, way in ways.values()
            )
            for asks in own
        }
    return min(ways.values())[1][1:]


def _questions_alone(asking: Sequence[Span], read: Reader) -> Turns:
    """Only the questions have a mark. The paragraphs behind each are its answer."""
    found = dict.fromkeys((span.start for span in asking), ASKING)
    return Turns(read, found, frozenset({ASKING}), answers_are_unmarked=True)
