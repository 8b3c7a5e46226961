"""The judge judges as the README says, and calibration learns what it claims."""

import json
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.common import CLEAN, PROBLEMS, USAGE_ERROR
from bot.conversation.bot import Bot
from bot.conversation.replies import Reply
from bot.conversation.requests import ShowIntent
from bot.corpus.corpus import Corpus
from bot.editor.calibrate.regression import conditional_logit, logistic_regression
from bot.editor.evaluate.page import score_page
from bot.editor.evaluate.scorecard import auroc, evaluate
from bot.editor.questions import Outcome, Question, gold_spans, judge, read_questions
from bot.loading.loader import Loaded
from bot.matching.calibration import Calibration, Weights
from bot.matching.calibration_file import intents_checksum, read_calibration, write_calibration
from bot.matching.cross_validation import with_a_slip
from bot.settings import HOME
from bot.text.folding import comparison_key
from bot.yamlfiles.documents import parse_document

GOLD = "Some market issues made Yandex to come back from Iran."


def question(*gold: str) -> Question:
    return Question("1", "why did yandex leave", "en", "direct", gold)


@pytest.fixture
def answered(bot: Bot) -> Reply:
    return bot.respond(ShowIntent("yandex-left"), "en")


def test_half_of_a_gold_span_is_right(answered: Reply, corpus: Corpus) -> None:
    """The quotation holds the whole first sentence."""
    assert Outcome.RIGHT is judge(question(GOLD), answered, corpus).outcome


def test_another_quotation_is_wrong(answered: Reply, corpus: Corpus) -> None:
    """A gold span elsewhere in the text."""
    assert Outcome.WRONG is judge(question("We have three working groups"), answered, corpus).outcome


def test_any_answer_to_an_unanswerable_question_is_false(answered: Reply, corpus: Corpus) -> None:
    """However good the quotation looks."""
    assert Outcome.FALSE_ANSWER is judge(question(), answered, corpus).outcome


def test_less_than_half_of_the_gold_span_is_wrong(answered: Reply, corpus: Corpus) -> None:
    """The answer holds a seventh of this one."""
    text = corpus.source.text
    start = text.index(GOLD)
    long = text[start - 350 : start + 54]
    assert Outcome.WRONG is judge(question(long), answered, corpus).outcome


def test_the_right_passage_among_those_offered_is_told_apart(bot: Bot, corpus: Corpus) -> None:
    """An offer helps where one of its questions is the right one, and else it misses."""
    offers = [
        reply
        for words in ("yandex", "money", "moscow", "sanctions", "partner", "company", "payment", "tehran")
        if (reply := bot.answer(words)).kind == "offer"
    ]
    assert offers
    held = corpus.quotations[offers[0].offered[0].intent_id][0].exact
    assert Outcome.OFFERED is judge(question(held), offers[0], corpus).outcome
    assert Outcome.MISSED is judge(question("cup of coffee for free"), offers[0], corpus).outcome


def test_auroc_counts_pairs() -> None:
    """The part of the pairs in the right order, ties by half."""
    assert 1.0 == auroc([0.9, 0.8], [0.1])
    assert 0.875 == auroc([0.9, 0.4], [0.1, 0.4])
    assert 0.0 == auroc([0.1], [0.9])


def test_lines_that_are_no_questions_are_told() -> None:
    """With their place; the others are read."""
    lines = ['{"id": 1, "q": "x", "lang": "en", "kind": "k", "gold": []}', "rubbish", '{"id": 2}', ""]
    questions, problems = read_questions(lines, "q.jsonl")
    assert ["1"] == [each.id for each in questions]
    assert ["q.jsonl:2:1", "q.jsonl:3:1"] == [str(problem.at) for problem in problems]


def test_the_page_holds_everything_and_nothing_from_elsewhere(bot: Bot, corpus: Corpus) -> None:
    """One file, whatever is asked: no address, no script, and what was typed is escaped."""
    asked = [question(GOLD), Question("2", "<script>alert(1)</script> sanctions?", "en", "x", (GOLD,))]
    page = score_page(evaluate(asked, bot, corpus), corpus)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page


def test_evaluate_compares_with_an_earlier_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was gained and lost, question by question."""
    file = tmp_path / "q.jsonl"
    entry = {"id": "a", "q": "why did yandex leave iran", "lang": "en", "kind": "direct", "gold": [GOLD]}
    file.write_text(json.dumps(entry), encoding="utf-8")
    assert CLEAN == main(["evaluate", str(file), "--json"])
    record = json.loads(capsys.readouterr().out)
    assert 1.0 == record["right"]
    record["results"][0]["outcome"] = "missed"
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps(record), encoding="utf-8")
    assert CLEAN == main(["evaluate", str(file), "--compare", str(earlier)])
    assert "gained 1\n  a: missed -> right: why did yandex leave iran\nlost 0\n" == capsys.readouterr().out


def test_evaluate_needs_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No file is a usage error; a file with a line that is no question is a problem."""
    assert USAGE_ERROR == main(["evaluate"])
    file = tmp_path / "q.jsonl"
    file.write_text("rubbish\n", encoding="utf-8")
    assert PROBLEMS == main(["evaluate", str(file)])
    assert "q.jsonl:1:1: error: no question" in capsys.readouterr().err


def test_logistic_regression_finds_known_weights() -> None:
    """Three in four at x = 0, nine in ten at x = 1: log-odds of 1.1 and 2.2."""
    rows = [((1.0, 0.0), True, 1.0, 7500.0), ((1.0, 0.0), False, 1.0, 2500.0)]
    rows += [((1.0, 1.0), True, 1.0, 9000.0), ((1.0, 1.0), False, 1.0, 1000.0)]
    constant, slope = logistic_regression(rows)
    assert (1.1, 1.1) == (round(constant, 1), round(slope, 1))


def test_logistic_regression_takes_account_of_what_is_known_beforehand() -> None:
    """Three in eight are right, but half was lost beforehand: three in four, a log-odds of 1.1."""
    rows = [((1.0,), True, 0.5, 3750.0), ((1.0,), False, 0.5, 6250.0)]
    assert [1.1] == [round(weight, 1) for weight in logistic_regression(rows)]


def test_conditional_logit_finds_known_weights() -> None:
    """The option with one more of x is chosen nine times in ten: log-odds of 2.2."""
    choices = [([(1.0,), (0.0,)], 0)] * 900 + [([(1.0,), (0.0,)], 1)] * 100
    assert [2.2] == [round(weight, 1) for weight in conditional_logit(choices)]


def test_a_slip_changes_the_words_and_keeps_the_sense() -> None:
    """One word fewer, two letters swapped; short texts stay whole; the same slip each time."""
    assert "did yadnex leave iran" == with_a_slip("why did yandex leave iran")
    assert "b2b" == with_a_slip("b2b")
    assert "" == with_a_slip("")


def test_the_calibration_file_is_read_as_it_was_written(corpus: Corpus) -> None:
    """To the three digits that are written."""
    usual = Weights((1.0, 2.5, -3.125, 0.25), Calibration().usual.answered)
    calibration = Calibration(usual, accept=0.5, offer=0.1)
    text = write_calibration(calibration, intents_checksum(corpus.intents))
    node, _ = parse_document(text, "c.yaml")
    assert node is not None
    assert (calibration, intents_checksum(corpus.intents), ()) == read_calibration(node)


def test_our_calibration_is_fitted_to_our_intents(loaded: Loaded) -> None:
    """Whoever edits phrases runs `python -m bot calibrate --write` before the release."""
    assert [] == [str(problem) for problem in loaded.problems]


def test_a_title_in_another_order_keeps_the_checksum(corpus: Corpus) -> None:
    """The checksum depends on what is said, not on the order of files."""
    reversed_set = type(corpus.intents)(tuple(reversed(corpus.intents.intents)))
    assert intents_checksum(corpus.intents) == intents_checksum(reversed_set)


def test_our_questions_are_sound(corpus: Corpus) -> None:
    """They can be read, and every gold span stands in the interview."""
    lines = (HOME / "tests" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions, problems = read_questions(lines, "questions.jsonl")
    assert () == problems
    assert len(questions) > 1000
    assert [] == [q.id for q in questions if not all(gold_spans(q, corpus.source))]


def test_none_of_our_questions_is_a_phrase(corpus: Corpus) -> None:
    """What an editor has written down proves nothing when it is asked. Small talk has few ways to say it."""
    intents = corpus.intents.intents
    written = {comparison_key(p.text) for each in intents for p in (*each.phrases, *each.negatives)}
    lines = (HOME / "tests" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions, _ = read_questions(lines, "questions.jsonl")
    asked = [question for question in questions if question.kind != "smalltalk"]
    assert [] == [question.id for question in asked if comparison_key(question.text) in written]
