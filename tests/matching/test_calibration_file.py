"""The calibration file is read as it was written, and says what it was fitted to."""

from dataclasses import replace

import pytest

from bot.corpus.intents import IntentSet
from bot.matching import BUILT_IN, Calibration
from bot.matching.calibration_file import (
    CalibrationFile,
    intents_checksum,
    read_calibration,
    write_calibration,
)
from bot.yamlfiles.documents import parse_document
from bot.yamlfiles.problems import Problem
from tests.matching.small import INTENTS, VISIT_AND_FOG, intents_of


def read(text: str) -> tuple[CalibrationFile | None, tuple[Problem, ...]]:
    node, problems = parse_document(text, "c.yaml")
    assert node is not None, problems
    return read_calibration(node)


def test_a_calibration_is_read_as_it_was_written() -> None:
    """Weights to the three digits that are written, thresholds, too; each in its own place."""
    calibration = Calibration(
        candidate=(1.0, 2.5, -3.125, 0.25, 0.0),
        about=tuple(n + 0.125 for n in range(11)),
        answered=tuple(-n - 0.5 for n in range(10)),
        accept=0.512,
        sure=0.32,
        offer=0.13,
    )
    file, problems = read(write_calibration(calibration, INTENTS))
    assert () == problems
    assert CalibrationFile(calibration, intents_checksum(INTENTS), 17) == file


def test_the_checksum_depends_on_what_is_said() -> None:
    """Not on the order of intents and phrases."""
    turned = tuple(
        replace(intent, phrases=intent.phrases[::-1], negatives=intent.negatives[::-1])
        for intent in INTENTS.intents[::-1]
    )
    assert intents_checksum(INTENTS) == intents_checksum(IntentSet(turned))
    edited = intents_of(VISIT_AND_FOG.replace("who likes fog", "who hates fog"))
    assert intents_checksum(INTENTS) != intents_checksum(edited)


def test_a_calibration_is_stale_when_more_than_a_few_phrases_came_or_went() -> None:
    """One more of seventeen is; one in other words is not."""
    file, _ = read(write_calibration(BUILT_IN, INTENTS))
    assert file is not None
    for old, new, stale in (
        ("who likes fog", "who likes fog", False),
        ("who likes fog", "who hates fog", False),
        ("who likes fog", "who likes fog, who hates fog", True),
        (", who likes fog", "", True),
    ):
        assert stale == file.is_stale(intents_of(VISIT_AND_FOG.replace(old, new))), (old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  kind: ", "  sort: "),
        ("  foreign: -0.700\n", ""),
        ("  similarity: 6.000\n  coverage: 0.000\n", "  coverage: 0.000\n  similarity: 6.000\n"),
    ],
)
def test_weights_of_other_features_are_a_problem(old: str, new: str) -> None:
    """A file of an earlier version must not be read as if its weights were those of today."""
    text = write_calibration(BUILT_IN, INTENTS)
    assert old in text
    file, (problem,) = read(text.replace(old, new))
    assert file is None
    assert "stale-calibration" == problem.rule
