"""Each file in tests/loading/broken is wrong in its own way, and `check` says exactly what stands beside it.
NAME.en.yaml is a file of phrases of the topic NAME.yaml.

To write the expectation of a new file anew, read what is printed and, if it is right, save it:
python -m bot check --intents FOLDER (a folder with that one file) > tests/loading/broken/NAME.expected
"""

import os
import shutil
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.common import PROBLEMS
from bot.loading.loader import SOURCE
from bot.settings import HOME

BROKEN = Path(__file__).parent / "broken"
FILES = sorted(path for path in BROKEN.glob("*.yaml") if ".en." not in path.name)


def test_there_are_broken_files() -> None:
    """An empty folder would prove nothing."""
    assert len(FILES) >= 40
    assert {path.stem for path in FILES} == {path.stem for path in BROKEN.glob("*.expected")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_gives_its_problems(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All problems at once, sorted by place, exit code 1."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "intents" / "en").mkdir(parents=True)
    (tmp_path / "seeds").mkdir()
    shutil.copy(path, tmp_path / "intents" / "a.yaml")
    if (phrases := path.with_suffix(".en.yaml")).exists():
        shutil.copy(phrases, tmp_path / "intents" / "en" / "a.yaml")
    for seed in (SOURCE, SOURCE.with_suffix(".yaml")):
        shutil.copy(seed, tmp_path / "seeds")
    code = main(["check", "--intents", "intents", "--source", f"seeds{os.sep}{SOURCE.name}"])
    assert path.with_suffix(".expected").read_text(encoding="utf-8") == capsys.readouterr().out
    assert PROBLEMS == code


def test_what_cannot_be_read_accuses_no_other_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One slip in our own intents is one problem: what other files name may stand in the one that is not read, and
    whether the calibration is older can be said when it is."""
    intents = tmp_path / "intents"
    shutil.copytree(HOME / "intents", intents)
    monkeypatch.setattr("bot.loading.loader.INTENTS", intents)
    startups = intents / "startups.yaml"
    startups.write_text(startups.read_text("utf-8").replace("quotes:", "quotes", 1), "utf-8")
    assert PROBLEMS == main(["check", "--intents", str(intents)])
    assert ["(yaml-syntax)"] == [line.split()[-1] for line in capsys.readouterr().out.splitlines()]


def test_the_bot_does_not_start_on_a_broken_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Never half loaded: one wrong file among good ones, and nothing is answered."""
    shutil.copytree(HOME / "intents", tmp_path / "intents")
    shutil.copy(BROKEN / "truncated-quote.yaml", tmp_path / "intents" / "zz.yaml")
    assert PROBLEMS == main(["ask", "what is b2g", "--intents", str(tmp_path / "intents")])
    captured = capsys.readouterr()
    assert "" == captured.out
    assert "truncated-quote" in captured.err
