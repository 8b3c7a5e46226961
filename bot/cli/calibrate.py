"""Fit the weights and thresholds to the intents."""

import argparse
from dataclasses import replace
from functools import partial

from bot.cli.common import loaded_or_exit, progress, write_file
from bot.editor.calibrate.fit import Fitted, TradeOff, calibrate, judged_by
from bot.loading.files import shown
from bot.loading.loader import load_calibration, load_corpus, load_lexicon
from bot.loading.topics import calibration_file
from bot.matching.calibration import built_in
from bot.matching.calibration_file import write_calibration

EXAMPLE = "--write"

NOTICEABLE = 0.005
"""Part of the left-out texts: half a percentage point."""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--write", action="store_true", help="write them beside the intents")


def run(options: argparse.Namespace) -> None:
    read, problems = load_corpus(options.source, options.intents)
    lexicon, unread = load_lexicon(options.source, options.intents)
    corpus = loaded_or_exit((read, (*problems, *unread)))
    start = built_in(has_negatives=corpus.intents.refuses())
    lexicon = replace(lexicon, quoted_language=corpus.source.language)
    fitted = calibrate(corpus, lexicon, start, partial(progress, what="texts"))
    in_use, _ = load_calibration(corpus, options.intents)
    before, now = (judged_by(each, fitted.trials, corpus) for each in (in_use, fitted.calibration))
    text = write_calibration(fitted.calibration, corpus.intents)
    print(_trade_off(fitted, before, now))
    if options.write:
        path = calibration_file(options.intents)
        write_file("calibrate", path, text, overwrite=True)
        print(f"written: {shown(path)}")
    else:
        print("\n" + text + "\nNothing was written; add --write to do so.")
    print(compared(before, now))


def _trade_off(fitted: Fitted, before: TradeOff, now: TradeOff) -> str:
    """What each threshold would do to the left-out texts. The one that was chosen is marked."""
    lines = [
        f"{len(fitted.trials)} phrases, each asked of a bot without it, are answered so when the bot is",
        f"{now.accept:.1%} sure that it is about the interview, and so sure that it is answered (< is chosen):",
        f"{'sure':>14}{'right':>9}{'wrong':>9}{'negative examples':>20}{'out of scope':>14}",
        *(_row(f"{row.sure:.1%}", row) + (" <" if row.sure == now.sure else "") for row in fitted.trade_off),
        "",
        _row("in use", before),
        _row("now", now),
    ]
    return "\n".join(lines)


def _row(name: str, row: TradeOff) -> str:
    return f"{name:>14}{row.right:>9.1%}{row.wrong:>9.1%}{row.negatives:>20.1%}{row.elsewhere:>14.1%}"


def compared(before: TradeOff, now: TradeOff) -> str:
    """What is noticeably better and worse now, in words."""
    changes = (
        ("phrases are answered rightly", now.right - before.right, 1),
        ("phrases are answered wrongly", now.wrong - before.wrong, -1),
        ("negative examples are answered", now.negatives - before.negatives, -1),
        ("questions that are out of scope are answered", now.elsewhere - before.elsewhere, -1),
    )
    found: dict[str, list[str]] = {"better": [], "worse": []}
    for what, change, gain in changes:
        if abs(change) >= NOTICEABLE:
            kind = "better" if change * gain > 0 else "worse"
            found[kind].append(f"{'more' if change > 0 else 'fewer'} {what} ({change:+.1%})")
    told = "; ".join(f"{kind}: {', '.join(listed)}" for kind, listed in found.items() if listed)
    return f"Compared with the numbers in use, {told or 'nothing is noticeably better or worse'}."
