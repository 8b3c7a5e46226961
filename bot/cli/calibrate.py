"""`calibrate`: fits the numbers that decide when to answer."""

import argparse
import sys

from bot.cli.common import CLEAN, PROBLEMS, AddCommand, report
from bot.editor.calibrate.fit import Fitted, calibrate
from bot.loading.loader import calibration_file, load_corpus, load_groups, shown
from bot.matching.calibration_file import intents_checksum, write_calibration
from bot.yamlfiles.problems import errors


def add_command(add: AddCommand) -> None:
    fitting = add(
        "calibrate", _calibrate, "Fit the weights and thresholds to the intents.", "calibrate --write"
    )
    fitting.add_argument("--write", action="store_true", help="write them to DIR/calibration.yaml")


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
        path = calibration_file(options.intents)
        path.write_text(text, encoding="utf-8")
        print(f"written: {shown(path)}")
    else:
        print("\n" + text + "\nNothing was written; add --write to do so.")
    return CLEAN


def _trade_off(fitted: Fitted) -> str:
    """What each threshold would do to the left-out phrases. The one that was chosen is marked."""
    lines = [f"{len(fitted.trials)} left-out phrases and negative examples; answered from the confidence:"]
    lines.append(f"{'from':>6}{'right':>9}{'wrong':>9}{'negative examples':>14}{'out of scope':>14}")
    for row in fitted.trade_off:
        mark = " <" if row.accept == fitted.calibration.accept else ""
        lines.append(
            f"{row.accept:>6.2f}{row.right:>9.1%}{row.wrong:>9.1%}{row.negatives:>14.1%}{row.out_of_scope:>14.1%}{mark}"
        )
    return "\n".join(lines)
