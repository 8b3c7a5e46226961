"""The questions of other people about our interview are sound; test_figures.py says how well they are answered."""

import json
import re
from pathlib import Path

import pytest

from bot.conversation.bot import Bot
from bot.corpus.corpus import Corpus
from bot.editor.questions import Question, answers, gold_spans, read_questions
from bot.text.folding import comparison_key
from tests.interview.test_refusals import outcome

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "ru", "fa")


def read(name: str) -> tuple[Question, ...]:
    questions, problems = read_questions((FOLDER / name).read_text(encoding="utf-8").splitlines(), name)
    assert () == problems
    return questions


@pytest.fixture(scope="module")
def questions() -> tuple[Question, ...]:
    return read("questions.jsonl")


def test_our_questions_are_sound(questions: tuple[Question, ...], corpus: Corpus) -> None:
    """Every gold text stands in the interview."""
    assert len(questions) > 1000
    assert [] == [each.id for each in questions if not all(gold_spans(each, corpus.source))]


def test_none_of_our_questions_is_a_phrase(questions: tuple[Question, ...], corpus: Corpus) -> None:
    """A question that an editor has written down proves nothing. Small talk has few ways to say it."""
    intents = corpus.intents.intents
    written = {comparison_key(p.text) for each in intents for p in (*each.phrases, *each.negatives)}
    asked = [question for question in questions if question.kind != "smalltalk"]
    assert [] == [question.id for question in asked if comparison_key(question.text) in written]


def test_no_refused_question_is_answered_when_its_last_word_is_doubled(
    questions: tuple[Question, ...], bot: Bot
) -> None:
    """Of all our questions that the interview does not answer."""
    typed = [re.sub(r"\W+$", "", each.text) for each in questions if each.kind == "oos"]
    assert len(typed) > 100
    doubled = [f"{each} {each.split()[-1]}" for each in typed]
    differing = [
        once
        for once, twice in zip(typed, doubled, strict=True)
        if outcome(bot.answer(once)) != outcome(bot.answer(twice))
    ]
    assert [] == differing


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_questions_of_most_messages_get_their_reply(language: str, bot: Bot) -> None:
    """Of other people's messages with two questions. A part without an answer in the interview gets none."""
    lines = (FOLDER / "several" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    asked = helped = wrong = 0
    for entry in map(json.loads, lines):
        reply = bot.answer(entry["q"])
        shown = [part.quotations() for part in reply.parts or (reply,) if part.kind == "answer"]
        shown += [bot.corpus.quotations.get(each.intent_id, ()) for each in reply.offered]
        golds = [
            gold_spans(Question("", "", "", "", tuple(part["gold"])), bot.corpus.source)
            for part in entry["parts"]
        ]
        right = [any(answers(quotations, gold) for quotations in shown) for gold in golds if gold]
        asked, helped = asked + len(right), helped + sum(right)
        wrong += sum(
            part.kind == "answer" and not any(answers(part.quotations(), gold) for gold in golds)
            for part in reply.parts or (reply,)
        )
    assert helped >= 0.75 * asked
    assert wrong <= 0.1 * len(lines)
