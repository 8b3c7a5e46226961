"""The calibration as a small YAML file that people can read, and back.

Rule: the file says what it was fitted to, by a checksum of the intents. With other intents it still works (the
numbers tell of questions and phrases in general), but for ours `check` insists on a fresh one.
"""

import hashlib
from collections.abc import Iterable
from itertools import chain

from bot.corpus.intents import Intent, IntentSet
from bot.matching.calibration import (
    ANSWERED_INPUTS,
    INPUTS_WITHOUT_NEGATIVES,
    READING_INPUTS,
    READING_INPUTS_WITHOUT_NEGATIVES,
    Calibration,
    Weights,
)
from bot.yamlfiles.documents import Node
from bot.yamlfiles.fields import Field, Record, Shape, read_record
from bot.yamlfiles.problems import Problem

CALIBRATION = Record(
    "a calibration file",
    (
        Field("fitted_to", Shape.TEXT, "the checksum of the intents", required=True, pattern="[0-9a-f]{64}"),
        Field("accept", Shape.NUMBER, "the confidence from which on the bot answers", required=True),
        Field("offer", Shape.NUMBER, "the confidence from which on it offers", required=True),
        Field("reading", Shape.NUMBERS, "the weights of the readings", required=True),
        Field("answered", Shape.NUMBERS, "the weights of the signs", required=True),
        Field(
            "bare_reading", Shape.NUMBERS, "those of the readings where nothing is refused yet", required=True
        ),
        Field(
            "bare_answered", Shape.NUMBERS, "those of the signs where nothing is refused yet", required=True
        ),
    ),
)

_TABLES = (
    ("reading", READING_INPUTS),
    ("answered", ANSWERED_INPUTS),
    ("bare_reading", READING_INPUTS_WITHOUT_NEGATIVES),
    ("bare_answered", INPUTS_WITHOUT_NEGATIVES),
)

_HEADER = """\
# How much each observation counts when the bot decides. Written by `python -m bot calibrate --write`,
# from the phrases, negative examples and out-of-scope phrases in intents/ alone; do not edit by hand.
#
# A question's candidates share 1 among them by the weights under "reading"; whether it is answered at all
# is the sum of the signs times the weights under "answered", as a probability. The confidence is the
# product. Intents without negative examples and out-of-scope phrases, as those of a text just begun, have
# fewer signs, and weights of their own under "bare". What each name means: bot/matching/values.py.
"""


def intents_checksum(intents: IntentSet) -> str:
    """A checksum of everything that calibration reads: ids, kinds, phrases, negative examples, quotations.

    Neither the order of files and phrases nor titles of buttons and comments change it.
    """
    lines = sorted(line for intent in intents.intents for line in _lines(intent))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _lines(intent: Intent) -> Iterable[str]:
    yield f"{intent.id} kind {intent.kind}"
    yield from (f"{intent.id} title {text}" for _, text in intent.title.texts)
    yield from (f"{intent.id} quote {quote.text}" for quote in intent.quotes)
    yield from (f"{intent.id} phrase {phrase.text}" for phrase in intent.phrases)
    yield from (f"{intent.id} not {phrase.text}" for phrase in intent.negatives)


def write_calibration(calibration: Calibration, fitted_to: str) -> str:
    """The file's text.

    >>> print(write_calibration(Calibration(), "0" * 64))  # doctest: +ELLIPSIS
    # How much each observation counts ...
    """
    lines = [_HEADER, f"fitted_to: {fitted_to}", ""]
    lines += ["# thresholds of the confidence, 0 to 1", f"accept: {calibration.accept:.2f}"]
    lines += [f"offer: {calibration.offer:.2f}", ""]
    tables = chain.from_iterable(
        (each.reading, each.answered) for each in (calibration.usual, calibration.without_negatives)
    )
    for (name, inputs), weights in zip(_TABLES, tables, strict=True):
        lines.append(f"{name}:")
        lines += [f"  {key}: {weight:.3f}" for key, weight in zip(inputs, weights, strict=True)]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def read_calibration(node: Node) -> tuple[Calibration | None, str, tuple[Problem, ...]]:
    """The calibration, the checksum of the intents it was fitted to, and what is wrong with it."""
    form, problems = read_record(node, CALIBRATION)
    if form is None or problems:
        return None, "", problems
    found: list[Problem] = []
    for key, inputs in _TABLES:
        names = tuple(name for name, _ in form.numbers(key))
        if names != inputs:
            message = (
                f'"{key}" should hold {", ".join(inputs)}, in this order; run python -m bot calibrate --write'
            )
            found.append(Problem(form.place(key), "stale-calibration", message))
    if found:
        return None, "", tuple(found)
    tables = {key: tuple(weight for _, weight in form.numbers(key)) for key, _ in _TABLES}
    calibration = Calibration(
        usual=Weights(tables["reading"], tables["answered"]),
        without_negatives=Weights(tables["bare_reading"], tables["bare_answered"], has_negatives=False),
        accept=form.number("accept"),
        offer=form.number("offer"),
    )
    return calibration, form.text("fitted_to"), ()
