"""`coverage`: what of the interview is quoted, and by which intents."""

import argparse
import json
import sys
from pathlib import Path

from bot.coverage import coverage_page, coverage_record, coverage_text, measure
from bot.loading import load_corpus, shown
from bot.problems import errors
from bot.verbs.shared import CLEAN, PROBLEMS, AddVerb, misuse, report


def add_verbs(add: AddVerb) -> None:
    covering = add(
        "coverage",
        _coverage,
        "Say which passages are quoted by which intents, and which by none.",
        "coverage --html coverage.html",
    )
    covering.add_argument("--json", action="store_true", help="print one JSON object")
    covering.add_argument("--html", type=Path, metavar="FILE", help="write one self-contained page")


def _coverage(options: argparse.Namespace) -> int:
    corpus, problems = load_corpus(options.source, options.intents)
    report(errors(problems), sys.stderr)
    if corpus is None or errors(problems):
        return PROBLEMS
    coverage = measure(corpus)
    if options.html is not None:
        try:
            options.html.write_text(coverage_page(coverage), encoding="utf-8")
        except OSError as error:
            return misuse(f"coverage: {options.html} cannot be written: {error.strerror}")
    if options.json:
        print(json.dumps(coverage_record(coverage), ensure_ascii=False, indent=1))
    elif options.html is not None:
        print(f"written: {shown(options.html)}")
    else:
        print(coverage_text(coverage))
    return CLEAN
