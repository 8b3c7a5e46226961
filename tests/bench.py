"""`make bench`: how fast the bot answers, in two lines. It is no test: speed is measured, never asserted.

Asks every eighth phrase and negative example of our own intents, and the questions of the files that are named
(`make bench QUESTIONS=file.jsonl`). The time to load includes all that is prepared for the first answers. All times are
CPU times of the process, which other programs disturb least. The first line is `python -m bot ask` beside what the C
parser of PyYAML alone needs for the same files.
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import yaml

from bot.conversation.bot import Bot
from bot.editor.questions import read_questions
from bot.loading.loader import load


def bench(files: Iterable[Path] = ()) -> str:
    """The line that is printed. Raises ValueError where our own files have errors."""
    start = time.process_time()
    loaded = load()
    if loaded.bot is None:
        raise ValueError("\n".join(map(str, loaded.problems)))
    loaded.bot.warm_up()
    load_seconds = time.process_time() - start
    texts = _texts(loaded.bot, files)
    times = []
    for text in texts:
        start = time.process_time()
        loaded.bot.answer(text)
        times.append(1000 * (time.process_time() - start))
    times.sort()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{len(times)} questions: {1000 * len(times) / sum(times):,.0f} a second, "
        f"median {statistics.median(times):.2f} ms, 99th percentile {times[int(0.99 * len(times))]:.2f} ms; "
        f"load {load_seconds:.2f} s; peak memory {peak:.0f} MiB"
    )


def bench_ask(rounds: int = 5) -> str:
    """The second line; of each the quickest of some rounds. Python's own files are compiled by the first."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path("intents").rglob("*.yaml"))]
    parses, asks = [], []
    for _ in range(rounds):
        start = time.process_time()
        for text in texts:
            yaml.load(text, Loader=yaml.CSafeLoader)
        parses.append(time.process_time() - start)
        before = os.times()
        command = [sys.executable, "-m", "bot", "ask", "why did yandex leave iran"]
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=environment)
        after = os.times()
        asks.append(
            after.children_user + after.children_system - before.children_user - before.children_system
        )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return (
        f"ask: {min(asks):.2f} s of CPU, {min(asks) / min(parses):.1f} times the C parser of PyYAML for the same files "
        f"({min(parses):.3f} s); peak memory {peak:.0f} MiB"
    )


def _texts(bot: Bot, files: Iterable[Path]) -> list[str]:
    intents = bot.corpus.intents.intents
    texts = [phrase.text for intent in intents for phrase in (*intent.phrases, *intent.negatives)][::8]
    for path in files:
        questions, problems = read_questions(path.read_text(encoding="utf-8").splitlines(), str(path))
        for problem in problems:
            print(problem, file=sys.stderr)
        texts += [question.text for question in questions]
    return texts


if __name__ == "__main__":
    print(bench_ask())
    print(bench(map(Path, sys.argv[1:])))
