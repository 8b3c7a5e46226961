"""Each file in tests/loading/broken is wrong in its own way, and `check` says exactly what stands beside it.
NAME.en.yaml is a file of phrases of the topic NAME.yaml.

To write the expectation of a new file anew, read what is printed and, if it is right, save it:
python -m bot check --source tests/data/lighthouse/lighthouse.txt --intents FOLDER > tests/loading/broken/NAME.expected
(a folder with that one file).
"""

import shutil
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.common import PROBLEMS
from bot.corpus.intents import IntentSet
from bot.loading.topics import calibration_file
from bot.matching import BUILT_IN
from bot.matching.calibration_file import write_calibration
from tests.conftest import LIGHTHOUSE

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
    shutil.copy(path, tmp_path / "intents" / "a.yaml")
    if (phrases := path.with_suffix(".en.yaml")).exists():
        shutil.copy(phrases, tmp_path / "intents" / "en" / "a.yaml")
    for name in ("lighthouse.txt", "lighthouse.yaml"):
        shutil.copy(LIGHTHOUSE / name, tmp_path)
    code = main(["check", "--intents", "intents", "--source", "lighthouse.txt"])
    assert path.with_suffix(".expected").read_text(encoding="utf-8") == capsys.readouterr().out
    assert PROBLEMS == code


def test_what_cannot_be_read_accuses_no_other_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One slip is one problem: what other files name may stand in the one that is not read, and whether the
    calibration is older can be said when it is."""
    intents = tmp_path / "intents"
    shutil.copytree(LIGHTHOUSE / "intents", intents)
    (intents / "summary.yaml").write_text(SUMMARY, "utf-8")
    calibration_file(intents).write_text(write_calibration(BUILT_IN, IntentSet(())), "utf-8")
    stairs = intents / "stairs.yaml"
    stairs.write_text(stairs.read_text("utf-8").replace("quotes:", "quotes", 1), "utf-8")
    assert PROBLEMS == main(
        ["check", "--source", str(LIGHTHOUSE / "lighthouse.txt"), "--intents", str(intents)]
    )
    assert ["(yaml-syntax)"] == [line.split()[-1] for line in capsys.readouterr().out.splitlines()]


SUMMARY = """
topic: {en: The whole}
intents:
  - id: all
    kind: overview
    title: {en: All}
    answers: [lamp, landing-first]
    phrases: {en: [all, everything]}
"""


def test_the_bot_does_not_start_on_a_broken_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Never half loaded: one wrong file among good ones, and nothing is answered."""
    intents = tmp_path / "intents"
    shutil.copytree(LIGHTHOUSE / "intents", intents)
    shutil.copy(BROKEN / "truncated-quote.yaml", intents / "zz.yaml")
    arguments = ["--source", str(LIGHTHOUSE / "lighthouse.txt"), "--intents", str(intents)]
    assert PROBLEMS == main(["ask", "when is the lamp lit", *arguments])
    captured = capsys.readouterr()
    assert "" == captured.out
    assert "truncated-quote" in captured.err
