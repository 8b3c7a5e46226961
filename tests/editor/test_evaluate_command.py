"""`evaluate` prints what became of the questions, and writes it down."""

import json
import re
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.common import CLEAN, PROBLEMS, USAGE_ERROR
from tests.conftest import KEEPER, LIGHTHOUSE
from tests.editor.conftest import on_a_terminal

FILE = str(LIGHTHOUSE / "questions.jsonl")
"""Right, wrong, missed, a false answer, and refused, whatever the weights: each is a phrase or has no known word."""


def test_evaluate_prints_the_outcomes_by_kind(capsys: pytest.CaptureFixture[str]) -> None:
    """And in all; the parts are those of the answerable and of the unanswerable questions."""
    assert CLEAN == main(["evaluate", FILE, *KEEPER])
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert [
        "kind asked right offered wrong missed refused near shown false answer",
        "direct 2 1 - 1 - - - -",
        "paraphrase 1 - - - 1 - - -",
        "unanswerable 2 - - - - 1 - 1",
        "all 5 1 - 1 1 1 - 1",
        "",
        "answerable 3: right 33.3%, helped 33.3%, wrong 33.3%, missed 33.3%",
        "unanswerable 2: false answers 50.0%, near shown 0.0%, refused 50.0% "
        "(near shown: something near was offered)",
    ] == lines[:8]


def test_evaluate_lists_each_miss(capsys: pytest.CaptureFixture[str]) -> None:
    """With what led to it, and the intent that would have been right."""
    assert CLEAN == main(["evaluate", FILE, "--errors", *KEEPER])
    listed = capsys.readouterr().out.split("\n\n")[-1].splitlines()
    heads = [line for line in listed if not line.startswith(" ")]
    assert [
        "b [direct] wrong: what is worse than a storm",
        "c [paraphrase] missed: qqqq zzzz",
        "d [unanswerable] false answer: что хуже шторма",
    ] == heads
    b, c = listed[: listed.index(heads[1])], listed[listed.index(heads[1]) : listed.index(heads[2])]
    assert re.fullmatch(r" +\d+% fog \(beside the others 100%; like all its phrases 0\.\d\d, .+\)", b[1])
    assert [["right: lamp"], ["right: fog"]] == [
        [line.split("(")[0].strip() for line in lines if "right:" in line] for lines in (b, c)
    ]


def test_a_figure_about_no_question_is_null_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """NaN is no JSON, and other readers refuse it."""
    file = tmp_path / "far.jsonl"
    file.write_text('{"id": 1, "q": "qqqq zzzz", "lang": "en", "gold": []}', encoding="utf-8")
    assert CLEAN == main(["evaluate", "--json", str(file), *KEEPER])
    record = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert (None, None) == (record["top1"], record["auroc"])


def test_evaluate_counts_each_of_several_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row a file beside the total, in JSON as "files"; a single file needs no row."""
    other = tmp_path / "other.jsonl"
    other.write_text(Path(FILE).read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    assert CLEAN == main(["evaluate", FILE, str(other), *KEEPER])
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["all", "6", "2", "-", "1", "1", "1", "-", "1"] in rows
    assert [FILE, "5", "1", "-", "1", "1", "1", "-", "1"] in rows
    assert [str(other), "1", "1", "-", "-", "-", "-", "-", "-"] in rows
    assert CLEAN == main(["evaluate", FILE, *KEEPER])
    assert FILE not in capsys.readouterr().out
    assert CLEAN == main(["evaluate", FILE, str(other), "--json", *KEEPER])
    record = json.loads(capsys.readouterr().out)
    assert {FILE, str(other)} == record["files"].keys()
    assert 1 == record["files"][str(other)]["right"]
    assert record["outcomes"]["right"] == sum(each["right"] for each in record["files"].values())


def test_evaluate_compares_with_an_earlier_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was gained and lost, question by question."""
    assert CLEAN == main(["evaluate", FILE, "--json", *KEEPER])
    record = json.loads(capsys.readouterr().out)
    before = {"a": "missed", "b": "right", "c": "wrong"}
    for entry in record["results"]:
        entry["outcome"] = before.get(entry["id"], entry["outcome"])
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps(record), encoding="utf-8")
    assert CLEAN == main(["evaluate", FILE, "--compare", str(earlier), *KEEPER])
    assert [
        "gained 2",
        "  a: missed -> right: when is the lamp lit",
        "  c: wrong -> missed: qqqq zzzz",
        "lost 1",
        "  b: right -> wrong: what is worse than a storm",
    ] == capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("text", ["[]", "{}", '{"results": [1]}', '{"results": [{"id": 1}]}', "no JSON"])
def test_what_is_no_earlier_run_is_a_usage_error(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_text(text, encoding="utf-8")
    assert USAGE_ERROR == main(["evaluate", FILE, "--compare", str(earlier), *KEEPER])
    assert f"evaluate: {earlier} cannot be compared with: " in capsys.readouterr().err


def test_evaluate_writes_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that does not exist is one sentence and a usage error."""
    page = tmp_path / "score.html"
    assert CLEAN == main(["evaluate", FILE, "--html", str(page), *KEEPER])
    assert "<h1>5 questions</h1>" in page.read_text(encoding="utf-8")
    capsys.readouterr()
    nowhere = tmp_path / "nowhere" / "score.html"
    assert USAGE_ERROR == main(["evaluate", FILE, "--html", str(nowhere), *KEEPER])
    said = capsys.readouterr()
    assert f"evaluate: {nowhere} cannot be written: No such file or directory\n" == said.err
    assert "" == said.out


@pytest.mark.parametrize(("what", "number"), [("questions", 5), ("phrases", 56)])
def test_evaluate_shows_its_progress_on_a_terminal(
    what: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On standard error, so that the result can be written to a file."""
    terminal = on_a_terminal(monkeypatch)
    assert CLEAN == main(["evaluate", FILE if what == "questions" else "--phrases", *KEEPER])
    assert f"{what}:   0%" in terminal.getvalue()
    assert f"0/{number} [" in terminal.getvalue()


def test_evaluate_needs_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No file is a usage error; a file with a line that is no question is a problem."""
    assert USAGE_ERROR == main(["evaluate"])
    file = tmp_path / "q.jsonl"
    file.write_text("rubbish\n", encoding="utf-8")
    assert PROBLEMS == main(["evaluate", str(file)])
    assert "q.jsonl:1:1: error: no question" in capsys.readouterr().err


def test_evaluate_asks_each_phrase_without_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """A phrase of the boat that is left out is not found: no other phrase has its words."""
    assert CLEAN == main(["evaluate", "--phrases", *KEEPER])
    lines = capsys.readouterr().out.split("\n\n")[0].splitlines()
    rows = {line.split()[0]: line.split()[1:3] for line in lines}
    assert ["3", "100%"] != rows["boat"]
    assert "56" == rows["all"][0]
