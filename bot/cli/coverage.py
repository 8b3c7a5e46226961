"""`coverage`: what of a text is quoted, and by which intents."""

import argparse
import json
import sys
from pathlib import Path

from bot.cli.common import CLEAN, PROBLEMS, AddCommand, report, usage_error
from bot.corpus.corpus import Corpus, resolve
from bot.corpus.intents import IntentSet
from bot.editor.coverage import coverage_page, coverage_record, coverage_text, measure
from bot.loading.loader import INTENTS, SOURCE, load_corpus, load_source, shown
from bot.yamlfiles.problems import Problem, errors


def add_command(add: AddCommand) -> None:
    covering = add(
        "coverage",
        _coverage,
        "Say which passages are quoted by which intents, and which by none.",
        "coverage --html coverage.html",
    )
    covering.add_argument("--json", action="store_true", help="print one JSON object")
    covering.add_argument("--html", type=Path, metavar="FILE", help="write one self-contained page")


def intents_folder(options: argparse.Namespace) -> Path | None:
    """The folder of intents. Another text than our interview has none until one is named: ours are not
    about it."""
    named = options.intents != INTENTS or options.source.resolve() == SOURCE
    return Path(options.intents) if named else None


def unfinished_corpus(source: Path, intents: Path | None) -> tuple[Corpus | None, tuple[Problem, ...]]:
    """The corpus, and what keeps it from being worked on. What is only still to be written (TODO) does not.

    Without a folder of intents nothing is quoted yet.
    """
    if intents is not None:
        corpus, problems = load_corpus(source, intents)
    else:
        text_source, problems = load_source(source)
        corpus = resolve(text_source, IntentSet(()))[0] if text_source else None
    return corpus, tuple(problem for problem in errors(problems) if problem.rule != "todo")


def _coverage(options: argparse.Namespace) -> int:
    corpus, problems = unfinished_corpus(options.source, intents_folder(options))
    report(problems, sys.stderr)
    if corpus is None or problems:
        return PROBLEMS
    coverage = measure(corpus)
    if options.html is not None:
        try:
            options.html.write_text(coverage_page(coverage), encoding="utf-8", newline="\n")
        except OSError as error:
            return usage_error(f"coverage: {options.html} cannot be written: {error.strerror}")
    if options.json:
        print(json.dumps(coverage_record(coverage), ensure_ascii=False, indent=1))
    elif options.html is not None:
        print(f"written: {shown(options.html)}")
    else:
        print(coverage_text(coverage))
    return CLEAN
