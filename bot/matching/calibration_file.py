"""The calibration as a small YAML file that people can read, and back.

The file says what it was fitted to: a checksum of the intents, and how many phrases they have. With a few other
phrases it holds as well.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from bot.corpus.intents import Intent, IntentSet
from bot.matching.calibration import ABOUT_NAMES, ANSWERED_NAMES, CANDIDATE_NAMES, Calibration
from bot.yamlfiles.documents import Node
from bot.yamlfiles.fields import Field, Form, Record, Shape
from bot.yamlfiles.problems import Problem
from bot.yamlfiles.reading import read_record

MOST_CHANGED = 0.02
"""Part of all phrases by which their number may change before the calibration counts as stale."""

CALIBRATION = Record(
    "a calibration file",
    (
        Field("fitted_to", Shape.TEXT, "the checksum of the intents", required=True, pattern="[0-9a-f]{64}"),
        Field("phrases", Shape.NUMBER, "the number of phrases and negative examples", required=True),
        Field(
            "accept",
            Shape.NUMBER,
            "the P(about the interview) that an answer needs",
            required=True,
        ),
        Field("sure", Shape.NUMBER, "the probability of being answered that an answer needs", required=True),
        Field("offer", Shape.NUMBER, "the probability from which on it shows something near", required=True),
        Field("candidate", Shape.NUMBERS, "the weights of the candidates", required=True),
        Field("about", Shape.NUMBERS, "the weights of being about the interview", required=True),
        Field("answered", Shape.NUMBERS, "the weights of being answered", required=True),
    ),
)

_TABLES = (("candidate", CANDIDATE_NAMES), ("about", ABOUT_NAMES), ("answered", ANSWERED_NAMES))

_HEADER = """\
# How much each observation counts when the bot decides. Written by `python -m bot calibrate --write`, from the
# phrases, negative examples and out-of-scope phrases of these intents alone; do not edit by hand.
#
# confidence = P(about the interview) x P(answered, if it is about it) x share of the candidate.
# Each of the three is a sum of observations times the weights below. What each name means: bot/matching/values.py.
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


def number_of_phrases(intents: IntentSet) -> int:
    """How many phrases and negative examples there are."""
    return sum(len(intent.phrases) + len(intent.negatives) for intent in intents.intents)


def write_calibration(calibration: Calibration, intents: IntentSet) -> str:
    """The file's text for a calibration that was fitted to these intents."""
    lines = [
        _HEADER,
        f"fitted_to: {intents_checksum(intents)}",
        f"phrases: {number_of_phrases(intents)}",
        "",
        "# thresholds, 0 to 1: an answer needs this P(about), and this P(answered); something near this P(about)",
        f"accept: {calibration.accept:.3f}",
        f"sure: {calibration.sure:.3f}",
        f"offer: {calibration.offer:.3f}",
    ]
    weights = (calibration.candidate, calibration.about, calibration.answered)
    for (table, names), numbers in zip(_TABLES, weights, strict=True):
        lines += ["", f"{table}:"]
        lines += [f"  {name}: {number:.3f}" for name, number in zip(names, numbers, strict=True)]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class CalibrationFile:
    """What was read: the calibration, and what it was fitted to."""

    calibration: Calibration
    fitted_to: str
    number_of_phrases: float

    def is_stale(self, intents: IntentSet) -> bool:
        """Whether so much was edited since that it should be fitted anew."""
        change = abs(number_of_phrases(intents) - self.number_of_phrases)
        return self.fitted_to != intents_checksum(intents) and change > MOST_CHANGED * self.number_of_phrases


def read_calibration(node: Node) -> tuple[CalibrationFile | None, tuple[Problem, ...]]:
    """What a file says, or what is wrong with it."""
    form, problems = read_record(node, CALIBRATION)
    if form is None or problems:
        return None, problems
    found = tuple(problem for table, names in _TABLES for problem in _table_problems(form, table, names))
    if found:
        return None, found
    candidate, about, answered = (tuple(weight for _, weight in form.numbers(table)) for table, _ in _TABLES)
    calibration = Calibration(
        candidate, about, answered, *(form.number(key) for key in ("accept", "sure", "offer"))
    )
    return CalibrationFile(calibration, form.text("fitted_to"), form.number("phrases")), ()


def _table_problems(form: Form, table: str, names: tuple[str, ...]) -> Iterable[Problem]:
    if tuple(name for name, _ in form.numbers(table)) != names:
        message = (
            f'"{table}" should hold {", ".join(names)}, in this order; run python -m bot calibrate --write'
        )
        yield Problem(form.place(table), "stale-calibration", message)
