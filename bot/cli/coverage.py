"""Say which passages are quoted by which intents, and which by none."""

import argparse
import json
from pathlib import Path

from bot.cli.common import intents_folder, unfinished_corpus, write_file
from bot.editor.coverage.measure import measure
from bot.editor.coverage.report import coverage_page, coverage_record, coverage_text
from bot.loading.files import shown

EXAMPLE = "--html coverage.html"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write one self-contained page")


def run(options: argparse.Namespace) -> None:
    coverage = measure(unfinished_corpus(options.source, intents_folder(options)))
    if options.html:
        write_file("coverage", options.html, coverage_page(coverage), overwrite=True)
    if options.json:
        print(json.dumps(coverage_record(coverage), ensure_ascii=False, indent=1))
    elif options.html:
        print(f"written: {shown(options.html)}")
    else:
        print(coverage_text(coverage))
