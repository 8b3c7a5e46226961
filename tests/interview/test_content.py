"""What our own intents and questions must hold, whatever they say. An edit of them may break these tests."""

from itertools import pairwise

import pytest

from bot.conversation.bot import Bot
from bot.corpus.corpus import Corpus
from bot.editor.check import check
from bot.editor.coverage import coverage_record, measure
from bot.editor.coverage.paragraphs import paragraphs
from bot.editor.questions import Question, gold_spans, read_questions
from bot.loading.loader import Loaded
from bot.settings import HOME
from bot.text.folding import comparison_key


@pytest.fixture(scope="module")
def questions() -> tuple[Question, ...]:
    lines = (HOME / "tests" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    found, problems = read_questions(lines, "questions.jsonl")
    assert () == problems
    return found


def test_our_intents_keep_all_rules(bot: Bot) -> None:
    """So `check --strict` can guard them."""
    assert () == check(bot)


@pytest.mark.parametrize(("language", "phrases", "negatives"), [("en", 30, 12), ("ru", 15, 4), ("fa", 15, 4)])
def test_each_of_our_answers_has_many_phrases(
    corpus: Corpus, language: str, phrases: int, negatives: int
) -> None:
    """With fewer phrases too many questions find nothing, with fewer negative examples too many get a wrong answer."""
    poor = [
        intent.id
        for intent in corpus.intents.answers()
        if sum(each.language == language for each in intent.phrases) < phrases
        or sum(each.language == language for each in intent.negatives) < negatives
    ]
    assert [] == poor


def test_our_calibration_is_fitted_to_our_intents(loaded: Loaded) -> None:
    """Whoever edits phrases runs `python -m bot calibrate --write` before the release."""
    assert [] == [str(problem) for problem in loaded.problems]


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


def test_the_pieces_of_the_interview_are_its_passages(corpus: Corpus) -> None:
    """Without gap or overlap, and the part that is quoted is the one of the line at the start."""
    coverage = measure(corpus)
    for each in coverage.passages:
        spans = [piece.span for piece in each.pieces]
        assert (each.passage.span.start, each.passage.span.end) == (spans[0].start, spans[-1].end)
        assert all(first.end == second.start for first, second in pairwise(spans))
    assert round(corpus.quoted_part(), 4) == coverage_record(coverage)["quoted"]


def test_every_intent_that_answers_is_in_the_coverage(corpus: Corpus) -> None:
    """Each quotes something."""
    assert set(corpus.intents.answers()) == set(measure(corpus).intents)


def test_an_attribution_stands_with_the_words_it_belongs_to(corpus: Corpus) -> None:
    """And a quotation mark with those it opens."""
    shown = [
        "".join(corpus.source.text[s.span.start : s.span.end] for s in each.segments)
        for each in paragraphs(corpus.source)
    ]
    assert corpus.source.text == "".join(shown)
    after_the_meeting = next(each for each in shown if "Right after this meeting" in each)
    assert after_the_meeting.startswith("“Right after this meeting")
    assert after_the_meeting.rstrip().endswith("agreements,” he said.")
