"""`calibrate`: fits the numbers that decide when to answer."""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace

from bot.cli.common import CLEAN, PROBLEMS, AddCommand, progress, report, write_file
from bot.editor.calibrate.fit import Fitted, calibrate
from bot.loading.files import shown
from bot.loading.loader import load_corpus, load_lexicon
from bot.loading.topics import calibration_file
from bot.matching.calibration import built_in
from bot.matching.calibration_file import write_calibration
from bot.matching.cross_validation import Trial
from bot.yamlfiles.problems import errors


def add_command(add: AddCommand) -> None:
    fitting = add(
        "calibrate", _calibrate, "Fit the weights and thresholds to the intents.", "calibrate --write"
    )
    fitting.add_argument("--write", action="store_true", help="write them beside the intents")


def _calibrate(options: argparse.Namespace) -> int:
    corpus, problems = load_corpus(options.source, options.intents)
    lexicon, unread = load_lexicon(options.source, options.intents)
    found = errors((*problems, *unread))
    report(found, sys.stderr)
    if corpus is None or found:
        return PROBLEMS
    start = built_in(has_negatives=corpus.intents.refuses())
    fitted = calibrate(corpus, replace(lexicon, quoted=corpus.source.language), start, _progress)
    text = write_calibration(fitted.calibration, corpus.intents)
    print(_trade_off(fitted))
    if not options.write:
        print("\n" + text + "\nNothing was written; add --write to do so.")
        return CLEAN
    path = calibration_file(options.intents)
    write_file("calibrate", path, text, overwrite=True)
    print(f"written: {shown(path)}")
    return CLEAN


def _progress(trials: Iterable[Trial], total: int) -> Iterable[Trial]:
    return progress(trials, total, "texts")


def _trade_off(fitted: Fitted) -> str:
    """What each threshold would do to the left-out texts. The one that was chosen is marked."""
    accept = fitted.calibration.accept
    lines = [
        f"{len(fitted.trials)} phrases, each asked of a bot without it, are answered so when the bot is {accept:.1%}",
        "sure that it is about the interview, and so sure that the question is answered at all (< is chosen):",
        f"{'sure':>14}{'right':>9}{'wrong':>9}{'negative examples':>20}{'out of scope':>14}",
    ]
    for row in fitted.trade_off:
        mark = " <" if row.sure == fitted.calibration.sure else ""
        lines.append(
            f"{row.sure:>14.1%}{row.right:>9.1%}{row.wrong:>9.1%}{row.negatives:>20.1%}{row.elsewhere:>14.1%}{mark}"
        )
    return "\n".join(lines)
