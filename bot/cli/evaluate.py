"""Ask the questions of files and judge the answers."""

import argparse
import json
from pathlib import Path

from bot.cli.common import load_bot, progress, question_files, usage_error, write_file
from bot.editor.evaluate import report
from bot.editor.evaluate.scorecard import Scorecard, evaluate, left_out
from bot.matching.calibration_file import number_of_phrases
from bot.matching.cross_validation import CrossValidation

EXAMPLE = "tests/interview/questions.jsonl"


def add_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("files", nargs="*", type=Path, metavar="QUESTIONS.jsonl", help="the questions")
    add("--json", action="store_true", help="print everything as one JSON object")
    add("--errors", action="store_true", help="list each miss with what led to it")
    add("--html", type=Path, metavar="FILE", help="write one self-contained page")
    add("--phrases", action="store_true", help="leave each phrase out in turn and ask it; needs no questions")
    add("--compare", type=Path, metavar="FILE.json", help="an earlier --json run")


def run(options: argparse.Namespace) -> None:
    if options.phrases:
        _evaluate_phrases(options)
        return
    if not options.files:
        usage_error("evaluate: name a file of questions, or --phrases")
    questions = question_files("evaluate", options.files)
    bot = load_bot(options)
    bot.warm_up()
    card = evaluate(progress(questions, len(questions), "questions"), bot)
    if options.html:
        write_file("evaluate", options.html, report.score_page(card, bot.corpus), overwrite=True)
    if options.compare:
        _compare(options.compare, card)
    elif options.json:
        print(json.dumps(report.score_record(card), ensure_ascii=False, indent=1))
    else:
        print(report.score_text(card))
        if options.errors:
            print("\n" + report.errors_text(card, bot.corpus))


def _compare(path: Path, card: Scorecard) -> None:
    try:
        print(report.compare_text(json.loads(path.read_text(encoding="utf-8")), card))
    except (OSError, ValueError) as error:
        usage_error(f"evaluate: {path} cannot be compared with: {error}")


def _evaluate_phrases(options: argparse.Namespace) -> None:
    bot = load_bot(options)
    corpus, calibration = bot.corpus, bot.calibration
    asked = CrossValidation(corpus.intents, bot.matcher.lexicon, calibration, corpus.alike).left_out()
    asked = progress(asked, number_of_phrases(corpus.intents), "phrases")
    print(report.phrases_text(left_out(asked, corpus, calibration)))
