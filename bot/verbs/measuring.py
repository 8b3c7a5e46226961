"""`evaluate` and `calibrate`: how good the answers are, and the numbers that decide when to answer."""

import argparse
import json
import sys
from pathlib import Path

from bot.calibrate import Fitted, calibrate, left_out
from bot.evaluate import Question, evaluate, read_questions
from bot.loading import CALIBRATION_FILE, load_corpus, load_groups, shown
from bot.matching.calibration_file import intents_checksum, write_calibration
from bot.problems import errors
from bot.score_page import score_page
from bot.scorecards import compare_text, dump, errors_text, phrases_text, score_record, score_text
from bot.verbs.shared import CLEAN, PROBLEMS, AddVerb, load_or_report, misuse, report


def add_verbs(add: AddVerb) -> None:
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
    fitting = add(
        "calibrate", _calibrate, "Fit the weights and thresholds to the intents.", "calibrate --write"
    )
    fitting.add_argument("--write", action="store_true", help=f"write them to {shown(CALIBRATION_FILE)}")


def _evaluate(options: argparse.Namespace) -> int:
    if options.phrases:
        return _evaluate_phrases(options)
    if not options.files:
        return misuse("evaluate: name a file of questions, or --phrases")
    questions: list[Question] = []
    for path in options.files:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            return misuse(f"evaluate: {path} cannot be read: {error}")
        found, problems = read_questions(text.splitlines(), str(path))
        report(problems, sys.stderr)
        if problems:
            return PROBLEMS
        questions += found
    loaded = load_or_report(options)
    if loaded.responder is None or loaded.corpus is None:
        return PROBLEMS
    loaded.responder.warm_up()
    card = evaluate(questions, loaded.responder, loaded.corpus)
    if options.html is not None:
        options.html.write_text(score_page(card, loaded.corpus), encoding="utf-8")
    if options.compare is not None:
        try:
            print(compare_text(json.loads(options.compare.read_text(encoding="utf-8")), card))
        except (OSError, ValueError) as error:
            return misuse(f"evaluate: {options.compare} cannot be compared with: {error}")
    elif options.json:
        print(dump(score_record(card)))
    else:
        print(score_text(card))
        if options.errors:
            print("\n" + errors_text(card, loaded.corpus))
    return CLEAN


def _evaluate_phrases(options: argparse.Namespace) -> int:
    loaded = load_or_report(options)
    if loaded.corpus is None or loaded.calibration is None:
        return PROBLEMS
    results = left_out(loaded.corpus, load_groups()[0], loaded.calibration)
    print(phrases_text(results))
    return CLEAN


def _calibrate(options: argparse.Namespace) -> int:
    corpus, problems = load_corpus(options.source, options.intents)
    groups, unread = load_groups()
    report(errors((*problems, *unread)), sys.stderr)
    if corpus is None or errors((*problems, *unread)):
        return PROBLEMS
    fitted = calibrate(corpus, groups)
    text = write_calibration(fitted.calibration, intents_checksum(corpus.intents))
    print(_trade_off(fitted))
    if options.write:
        CALIBRATION_FILE.write_text(text, encoding="utf-8")
        print(f"written: {shown(CALIBRATION_FILE)}")
    else:
        print("\n" + text + "\nNothing was written; add --write to do so.")
    return CLEAN


def _trade_off(fitted: Fitted) -> str:
    """What each threshold would do to the left-out phrases. The one that was chosen is marked."""
    lines = [f"{len(fitted.trials)} left-out phrases and near-misses; answered from the confidence:"]
    lines.append(f"{'from':>6}{'right':>9}{'wrong':>9}{'near-misses':>14}{'out of scope':>14}")
    for row in fitted.trade_off:
        mark = " <" if row.accept == fitted.calibration.accept else ""
        lines.append(
            f"{row.accept:>6.2f}{row.right:>9.1%}{row.wrong:>9.1%}{row.near_misses:>14.1%}{row.out_of_scope:>14.1%}{mark}"
        )
    return "\n".join(lines)
