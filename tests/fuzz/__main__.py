"""`python -m tests.fuzz answer|document|message SECONDS`: searches for an input that breaks a target.

Exit code 0 when none was found; else another one, and the input is in a file `crash-...` in this folder.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["bot"]):
    from tests.fuzz.targets import Target, Targets

from bot.loading.loader import INTENTS
from bot.loading.topics import intent_files
from bot.settings import HOME


def seeds(name: str, folder: Path) -> None:
    """Something to begin with: the intent files themselves, and questions in three languages."""
    for path in (*intent_files(INTENTS), HOME / "seeds" / "interview.yaml"):
        if name == "document":
            (folder / path.name).write_bytes(path.read_bytes()[:8000])
    questions = (
        "why did yandex leave",
        "почему яндекс ушёл",
        "چرا یاندکس رفت؟",
        "a? b? c",
        "/ask x",
        "5G & ИИ",
    )
    for number, question in enumerate(questions):
        (folder / f"question-{number}").write_text(question, encoding="utf-8")


def main(name: str, seconds: str) -> None:
    """Fuzzes one target; does not return."""
    targets = Targets()
    known: dict[str, Target] = {
        "answer": targets.answer,
        "document": targets.document,
        "message": targets.message,
    }
    with tempfile.TemporaryDirectory() as corpus:
        seeds(name, Path(corpus))
        options = [
            f"-max_total_time={seconds}",
            "-max_len=8000",
            "-timeout=10",
            "-print_final_stats=1",
            corpus,
        ]
        atheris.Setup([sys.argv[0], *options], known[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:3])
