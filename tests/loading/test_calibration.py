"""A calibration belongs to the folder of intents that it was fitted to."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli import calibrate
from bot.cli.common import CLEAN
from bot.conversation.bot import Bot
from bot.corpus.intents import IntentSet
from bot.editor.calibrate.fit import Fitted
from bot.loading.files import snapshot
from bot.loading.loader import INTENTS, load
from bot.loading.topics import calibration_file
from bot.loading.unread_files import unread_files
from bot.matching import BUILT_IN
from bot.matching.calibration import BUILT_IN_WITHOUT_NEGATIVES
from bot.matching.calibration_file import write_calibration
from tests.conftest import LIGHTHOUSE

SOURCE = LIGHTHOUSE / "lighthouse.txt"
OTHER = replace(BUILT_IN, accept=0.77)
STALE = write_calibration(OTHER, IntentSet(()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of intents with a calibration, which was fitted to others."""
    shutil.copytree(LIGHTHOUSE / "intents", tmp_path / "intents")
    calibration_file(tmp_path / "intents").write_text(STALE, encoding="utf-8")
    return tmp_path / "intents"


def test_intents_without_a_calibration_have_the_built_in_one(keeper: Bot) -> None:
    """Not ours, which was fitted to another text. Without negative examples they have one of their own."""
    assert BUILT_IN_WITHOUT_NEGATIVES == keeper.calibration


def test_other_intents_have_their_own(folder: Path) -> None:
    """The file is no intent file and is not reported as unread; that it was fitted to others is a warning."""
    loaded = load(SOURCE, folder)
    assert ["stale-calibration", "warning"] == [each for p in loaded.problems for each in (p.rule, p.level)]
    assert () == unread_files(SOURCE, folder)
    assert loaded.bot is not None
    assert OTHER.accept == loaded.bot.calibration.accept


def test_a_new_calibration_goes_live_as_an_edited_intent_does(folder: Path) -> None:
    """It is part of what is compared."""
    before = snapshot(SOURCE, folder)
    calibration_file(folder).write_text(STALE.replace("0.77", "0.78"), encoding="utf-8")
    assert not before.still_holds()


def test_calibrate_writes_beside_the_intents_that_it_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only when told to, and nowhere else. What was just written is not stale."""
    elsewhere = snapshot(SOURCE, INTENTS)
    calibration_file(folder).unlink()
    monkeypatch.setattr(calibrate, "calibrate", lambda *_: Fitted(OTHER, (), ()))
    command = ["calibrate", "--source", str(SOURCE), "--intents", str(folder)]
    assert CLEAN == main(command)
    assert not calibration_file(folder).exists()
    assert "Nothing was written; add --write to do so." in capsys.readouterr().out
    assert CLEAN == main([*command, "--write"])
    written = load(SOURCE, folder)
    assert () == written.problems
    assert written.bot is not None
    assert OTHER == written.bot.calibration
    assert f"written: {calibration_file(folder)}" in capsys.readouterr().out
    assert elsewhere.still_holds()
