"""`python -m bot`: what other programs rely on, and what every command has."""

import io
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import run_bot
from bot.__main__ import COMMANDS, _parser, main
from bot.cli.common import CLEAN, PROBLEMS, USAGE_ERROR
from bot.loading.loader import load
from bot.settings import HOME
from tests.conftest import KEEPER, LIGHTHOUSE

KEYS = ["id", "decision", "language", "intent", "confidence", "quotes", "suggestions", "ranking", "ms"]


def test_ask_prints_the_quotation(capsys: pytest.CaptureFixture[str]) -> None:
    """Without colours, since it is no terminal."""
    assert CLEAN == main(["ask", "when is the lamp lit", *KEEPER])
    printed = capsys.readouterr().out
    assert "│ The lamp is lit at dusk" in printed
    assert "— Ada Lund, in the Harbour Courier" in printed


def test_ask_json_has_the_promised_form(capsys: pytest.CaptureFixture[str]) -> None:
    """Every key, in order; `text` is exactly the source's slice."""
    assert CLEAN == main(["ask", "--json", "when is the lamp lit", *KEEPER])
    record = json.loads(capsys.readouterr().out)
    assert KEYS == list(record)
    assert "answer" == record["decision"]
    assert "lamp" == record["intent"]
    assert 0 <= record["confidence"] <= 100
    text = (LIGHTHOUSE / "lighthouse.txt").read_text(encoding="utf-8")
    for quote in record["quotes"]:
        assert ["text", "start", "end", "speaker", "section"] == list(quote)
        assert text[quote["start"] : quote["end"]] == quote["text"]
    assert "Ada Lund" == record["quotes"][0]["speaker"]
    assert 1 <= len(record["ranking"]) <= 5
    assert record["ranking"][0] == {"intent": "lamp", "confidence": record["confidence"]}


def test_lines_of_a_batch_may_be_conversations(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each "chat" has a last answer of its own, "reply_to" names another one, and other lines stand alone."""
    questions = [
        {"id": 1, "q": "when is the lamp lit", "chat": "a"},
        {"id": 2, "q": "what was the boat called", "chat": "b"},
        {"id": 3, "q": "tell me more", "chat": "a"},
        {"id": 4, "q": "tell me more", "chat": "b"},
        {"id": 5, "q": "tell me more", "chat": "a", "reply_to": 2},
        {"id": 6, "q": "tell me more"},
        {"id": 7, "q": "tell me more", "reply_to": "2"},
    ]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(map(json.dumps, questions))))
    assert CLEAN == main(["ask", "--batch", "-", *KEEPER])
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ["boat", "fog", "fog", "tell-me-more", "tell-me-more"] == [
        record["intent"] for record in records[2:]
    ]


def test_a_batch_keeps_ids_and_order(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One object a line, whatever the questions are; ids come back as they were."""
    questions = [
        {"id": "b", "q": "hello"},
        {"id": 7, "q": "💥"},
        {"id": "a", "q": "when is the lamp lit"},
        {"q": ""},
    ]
    lines = "\n\n".join(json.dumps(question) for question in questions)
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    assert CLEAN == main(["ask", "--batch", "-", *KEEPER])
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ["b", 7, "a", None] == [record["id"] for record in records]
    assert ["small_talk", "fallback", "answer", "fallback"] == [record["decision"] for record in records]
    assert all(KEYS == list(record) for record in records)
    assert all(not record["quotes"] for record in records if record["decision"] != "answer")


def test_an_offer_has_its_suggestions(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """At most three, each with what it would quote; other decisions have none."""
    file = tmp_path / "q.jsonl"
    words = ["lamp boat", "are there boats", "lamps and storms at sea", "the lamp", "what does a whale weigh"]
    file.write_text("\n".join(json.dumps({"id": w, "q": w}) for w in words), encoding="utf-8")
    assert CLEAN == main(["ask", "--batch", str(file), *KEEPER])
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    offers = [record for record in records if record["decision"] == "offer"]
    assert offers
    for record in offers:
        assert 1 <= len(record["suggestions"]) <= 3
        for suggestion in record["suggestions"]:
            assert ["intent", "title", "confidence", "quotes"] == list(suggestion)
            assert suggestion["quotes"]
    assert all(not record["suggestions"] for record in records if record["decision"] != "offer")


def test_a_bad_line_of_a_batch_is_reported_and_skipped(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The others are answered; exit code 1 says that something was wrong."""
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": 1, "q": "hello"}\n{"id": 2}\nrubbish\n{"id": 4, "q": "fog"}\n', encoding="utf-8")
    assert PROBLEMS == main(["ask", "--batch", str(file), *KEEPER])
    captured = capsys.readouterr()
    assert [1, 4] == [json.loads(line)["id"] for line in captured.out.splitlines()]
    assert 2 == captured.err.count("this line is skipped")


def test_another_text_can_be_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Without a card: one unknown speaker, lines as passages."""
    (tmp_path / "text.txt").write_text("The shop opens at nine.\nBread costs two coins.\n", encoding="utf-8")
    (tmp_path / "intents").mkdir()
    (tmp_path / "intents" / "shop.yaml").write_text(
        "topic: {en: Shop}\nintents:\n"
        "  - {id: opening, title: {en: When does it open?}, quotes: [The shop opens at nine.],"
        " phrases: {en: [when does the shop open, opening hours]}}\n"
        "  - {id: bread, title: {en: What does bread cost?}, quotes: [Bread costs two coins.],"
        " phrases: {en: [what does bread cost, price of bread]}}\n",
        encoding="utf-8",
    )
    arguments = ["--source", str(tmp_path / "text.txt"), "--intents", str(tmp_path / "intents")]
    assert CLEAN == main(["ask", "--json", "price of bread", *arguments])
    record = json.loads(capsys.readouterr().out)
    assert ["Bread costs two coins."] == [quote["text"] for quote in record["quotes"]]
    assert "unknown" == record["quotes"][0]["speaker"]


def test_asking_does_not_import_telegram() -> None:
    """The terminal answers in a third of a second; importing telegram alone takes longer."""
    code = (
        "import sys; from bot.__main__ import main; main(['ask', 'lamp', *sys.argv[1:]]);"
        "sys.exit('telegram' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code, *KEEPER], capture_output=True, cwd=HOME, check=False)
    assert (0, b"") == (run.returncode, run.stderr)
    assert run.stdout


def test_without_token_and_terminal_the_bot_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In its last line, with exit code 2, for a service that was started without its settings."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(
        run_bot, "load", lambda **_: load(LIGHTHOUSE / "lighthouse.txt", LIGHTHOUSE / "intents")
    )
    with pytest.raises(SystemExit) as stop:
        run_bot.main()
    assert USAGE_ERROR == stop.value.code
    captured = capsys.readouterr()
    assert "" == captured.out
    assert "put a token from @BotFather into .env" in captured.err.splitlines()[-1]


def test_chat_reads_lines_until_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a pipe: the welcome, the answer, the goodbye."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("when is the lamp lit\n"))
    assert CLEAN == main(["chat", *KEEPER])
    printed = capsys.readouterr().out
    assert "The lamp is lit at dusk" in printed
    assert "Goodbye!" in printed


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` ends with a line that can be copied, and whose options exist."""
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert CLEAN == stop.value.code
    *_, example = capsys.readouterr().out.strip().splitlines()
    start, words = "example: python -m bot ", example.removeprefix("example: python -m bot ")
    assert example.startswith(f"{start}{command}")
    assert command == shlex.split(words)[0]
    assert _parser(command).parse_args(shlex.split(words))


def test_without_a_command_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Every command with its sentence, on standard error, since nothing was asked for."""
    assert USAGE_ERROR == main([])
    captured = capsys.readouterr()
    assert "" == captured.out
    assert captured.err.startswith("usage: python -m bot")
    assert set(COMMANDS) <= set(captured.err.split())


def test_every_file_of_the_folder_is_a_command() -> None:
    """And every command has a file; only `common` and `streams` are none."""
    files = {path.stem for path in (HOME / "bot" / "cli").glob("*.py")} - {"__init__", "common", "streams"}
    assert set(COMMANDS) == files
