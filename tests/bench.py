"""`make bench`: how fast the bot answers, in one line. Not a test: speed is measured, never asserted.

Asks every phrase and negative example of our own intents, each once, and the questions of the files that are named
(`make bench QUESTIONS=file.jsonl`). The time to load includes all that is prepared for the first answers.
"""

import resource
import statistics
import sys
import time
from pathlib import Path

from bot.editor.questions import read_questions
from bot.loading.loader import load


def main() -> int:
    start = time.perf_counter()
    loaded = load()
    if loaded.bot is None:
        print(*loaded.problems, sep="\n", file=sys.stderr)
        return 1
    loaded.bot.warm_up()
    load_seconds = time.perf_counter() - start
    intents = loaded.bot.corpus.intents.intents
    texts = [phrase.text for intent in intents for phrase in (*intent.phrases, *intent.negatives)]
    for name in sys.argv[1:]:
        questions, problems = read_questions(Path(name).read_text(encoding="utf-8").splitlines(), name)
        print(*problems, sep="\n", end="", file=sys.stderr)
        texts += [question.text for question in questions]
    times = []
    for text in texts:
        start = time.perf_counter()
        loaded.bot.answer(text)
        times.append(1000 * (time.perf_counter() - start))
    times.sort()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(times)} questions: {1000 * len(times) / sum(times):,.0f} a second, "
        f"median {statistics.median(times):.2f} ms, 99th percentile {times[int(0.99 * len(times))]:.2f} ms; "
        f"load {load_seconds:.2f} s; peak memory {peak:.0f} MiB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
