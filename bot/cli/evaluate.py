"""`evaluate`: how good the answers are."""

import argparse
import json
import sys
from pathlib import Path

from bot.cli.common import CLEAN, PROBLEMS, AddCommand, load_or_report, report, usage_error
from bot.editor.evaluate.page import score_page
from bot.editor.evaluate.phrases import left_out
from bot.editor.evaluate.report import compare_text, dump, errors_text, phrases_text, score_record, score_text
from bot.editor.evaluate.scorecard import evaluate
from bot.editor.questions import Question, read_questions
from bot.loading.loader import load_groups


def add_command(add: AddCommand) -> None:
    evaluating = add(
        "evaluate",
        _evaluate,
        "Ask the questions of a file and judge the answers.",
        "evaluate tests/questions.jsonl",
    )
    evaluating.add_argument("files", nargs="*", type=Path, metavar="QUESTIONS.jsonl", help="the questions")
    evaluating.add_argument("--json", action="store_true", help="print everything as one JSON object")
    evaluating.add_argument("--errors", action="store_true", help="list each miss with what led to it")
    evaluating.add_argument("--html", type=Path, metavar="FILE", help="write one self-contained page")
    evaluating.add_argument(
        "--phrases", action="store_true", help="leave each phrase out in turn and ask it; needs no questions"
    )
    evaluating.add_argument("--compare", type=Path, metavar="FILE.json", help="an earlier --json run")


def _evaluate(options: argparse.Namespace) -> int:
    if options.phrases:
        return _evaluate_phrases(options)
    if not options.files:
        return usage_error("evaluate: name a file of questions, or --phrases")
    questions: list[Question] = []
    for path in options.files:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            return usage_error(f"evaluate: {path} cannot be read: {error}")
        found, problems = read_questions(text.splitlines(), str(path))
        report(problems, sys.stderr)
        if problems:
            return PROBLEMS
        questions += found
    loaded = load_or_report(options)
    if loaded.bot is None:
        return PROBLEMS
    loaded.bot.warm_up()
    card = evaluate(questions, loaded.bot, loaded.bot.corpus)
    if options.html is not None:
        options.html.write_text(score_page(card, loaded.bot.corpus), encoding="utf-8")
    if options.compare is not None:
        try:
            print(compare_text(json.loads(options.compare.read_text(encoding="utf-8")), card))
        except (OSError, ValueError) as error:
            return usage_error(f"evaluate: {options.compare} cannot be compared with: {error}")
    elif options.json:
        print(dump(score_record(card)))
    else:
        print(score_text(card))
        if options.errors:
            print("\n" + errors_text(card, loaded.bot.corpus))
    return CLEAN


def _evaluate_phrases(options: argparse.Namespace) -> int:
    loaded = load_or_report(options)
    if loaded.bot is None:
        return PROBLEMS
    results = left_out(loaded.bot.corpus, load_groups()[0], loaded.bot.calibration)
    print(phrases_text(results))
    return CLEAN
