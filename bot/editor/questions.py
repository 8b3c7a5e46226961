"""Files of test questions, and how the bot's reply to a question is judged.

A reply is *right* when it is an answer that quotes at least half of one of the question's gold spans, in at
most 1,000 characters. A question without gold spans is one that the interview does not answer.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from bot.conversation.replies import Reply
from bot.corpus.corpus import Corpus
from bot.corpus.passages import Quotation, Span
from bot.corpus.source import Source, fold_typography, occurrences
from bot.yamlfiles.problems import Location, Problem, is_todo

LONGEST_ANSWER = 1000
"""Characters. Quoting everything is no answer."""

GOLD_SHARE = 0.5
"""The part of a gold span that an answer must quote."""


class Outcome(Enum):
    """How the reply to a question is judged. The last two are for unanswerable questions."""

    RIGHT = "right"
    OFFERED = "offered"
    WRONG = "wrong"
    MISSED = "missed"
    REFUSED = "refused"
    NEAR_SHOWN = "near shown"
    FALSE_ANSWER = "false answer"


GOOD = frozenset({Outcome.RIGHT, Outcome.REFUSED, Outcome.NEAR_SHOWN})
"""What neither misses an answer nor gives a wrong one."""


@dataclass(frozen=True, slots=True)
class Question:
    """A test question: what is typed, and the verbatim texts that answer it (none: unanswerable). The turns of one
    dialogue have the same `dialogue`, a name of its own; "" is a question that stands alone."""

    id: str
    text: str
    language: str
    kind: str
    gold: tuple[str, ...]
    file: str = ""
    dialogue: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One question with its reply.

    rank        the place in the ranking, from 1, of the first intent that answers the question; 0 where none does
    confidence  of the best answer intent in the ranking, 0 to 1
    """

    question: Question
    reply: Reply
    outcome: Outcome
    confidence: float
    rank: int
    milliseconds: float


def judge(question: Question, reply: Reply, corpus: Corpus, milliseconds: float = 0.0) -> Result:
    golds = gold_spans(question, corpus.source)
    ranked = enumerate((corpus.quotations.get(c.intent_id, ()) for c in reply.ranking), 1)
    rank = next((place for place, quotations in ranked if answers(quotations, golds)), 0)
    confidence = max((c.confidence for c in reply.ranking if c.intent_id in corpus.quotations), default=0.0)
    return Result(question, reply, _outcome(reply, corpus, golds), confidence, rank, milliseconds)


def gold_spans(question: Question, source: Source) -> tuple[tuple[Span, ...], ...]:
    """For each gold text the places where it stands in the source; a sentence that is printed twice has two."""
    return tuple(tuple(occurrences(source.folded, fold_typography(gold).text)) for gold in question.gold)


def answers(quotations: Sequence[Quotation], golds: Iterable[Iterable[Span]]) -> bool:
    """Whether the quotations hold enough of one gold span, and are short enough to be an answer."""
    if sum(len(quotation.exact) for quotation in quotations) > LONGEST_ANSWER:
        return False
    return any(
        sum(quotation.span.overlap(span) for quotation in quotations) / span.length >= GOLD_SHARE
        for spans in golds
        for span in spans
    )


def correct_quotations(question: Question, corpus: Corpus) -> tuple[str, ...]:
    golds = gold_spans(question, corpus.source)
    return tuple(i for i, quotations in corpus.quotations.items() if answers(quotations, golds))


def read_questions(lines: Iterable[str], name: str) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """The questions of a JSONL file, and a problem for each line that is not one. A line with "turns" is a dialogue, a
    list of questions that follow one another."""
    questions: list[Question] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = _questions_of(json.loads(line), str(number), name)
        except (ValueError, KeyError, TypeError, AttributeError):
            message = 'no question; write {"id": ..., "q": ..., "lang": ..., "kind": ..., "gold": [...]}'
            problems.append(Problem(Location(name, number, 1), "not-a-question", message))
            continue
        if any(is_todo(text) for question in found for text in (question.kind, *question.gold)):
            message = 'TODO stands where a person must write; an empty "gold" list says "not answered"'
            problems.append(Problem(Location(name, number, 1), "todo", message))
        questions += found
    return tuple(questions), tuple(problems)


def _questions_of(entry: dict[str, Any], number: str, name: str) -> list[Question]:
    identity, language = str(entry.get("id", number)), str(entry.get("lang", ""))
    if "turns" not in entry:
        gold = tuple(map(str, entry["gold"]))
        return [Question(identity, str(entry["q"]), language, str(entry.get("kind", "all")), gold, name)]
    turns = [
        question
        for n, turn in enumerate(entry["turns"], 1)
        for question in _questions_of({"lang": language, **turn, "id": f"{identity}/{n}"}, number, name)
    ]
    return [replace(turn, dialogue=f"{name}:{identity}") for turn in turns]


def _outcome(reply: Reply, corpus: Corpus, golds: tuple[tuple[Span, ...], ...]) -> Outcome:
    if not golds:
        return {"answer": Outcome.FALSE_ANSWER, "offer": Outcome.NEAR_SHOWN}.get(reply.kind, Outcome.REFUSED)
    if reply.kind == "answer":
        return Outcome.RIGHT if answers(reply.quotations(), golds) else Outcome.WRONG
    is_offered = any(answers(corpus.quotations.get(c.intent_id, ()), golds) for c in reply.offered)
    return Outcome.OFFERED if is_offered else Outcome.MISSED
