"""`make figures`: measures, and writes docs/figures.md. test_figures.py compares the tables of that page with what is
measured then, with a tolerance; speed is not compared."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.conversation.bot import Bot
from bot.editor.evaluate.scorecard import Scorecard, evaluate
from bot.editor.questions import Outcome, read_questions
from bot.loading.loader import load
from bot.settings import HOME

PAGE = HOME / "docs" / "figures.md"
HERE = Path(__file__).parent
QUESTIONS, NEAR, LETTERS, DIALOGUES = (
    HERE / each for each in ("questions.jsonl", "near", "letters", "dialogues")
)
LANGUAGES = {"en": "English", "ru": "Russian", "fa": "Persian"}

TEMPLATE = """\
# Figures

`make figures` writes this page; do not edit it. A test compares the tables with a fresh measurement. Shares may
differ by 2 percentage points and other numbers by 3 % (at least 2), so that a changed phrase breaks nothing. Speed is
not compared.

## How good the answers are

`python -m bot evaluate tests/interview/questions.jsonl` prints this, by kind of question, with the costs of other
thresholds.

{quality}

- *right*: the quotation answers the question. *helped*: right, or it is shown as the nearest passage, or is one of
  at most three questions to choose from. *wrong*: another quotation. *missed*: refused, though the interview answers.
- *false answers*: how many of the questions that the interview does not answer got a quotation as their answer;
  *near shown*: how many got the nearest passage, shown as that and no answer, or questions to choose from.

{ranking}

The same for questions on the interview's own subjects, half of which it does not answer. A writer who knew only the
interview wrote them (`tests/interview/near/`). No phrase was written and no weight fitted with them, nor with the next
two sets; how many negative examples may be answered was chosen with a look at these totals.
`python -m bot evaluate` with `tests/interview/near/en.jsonl`, and `ru`, `fa`:

{near}

Messages in other letters than they are meant in: Russian and Persian in Latin letters, on a wrong keyboard, and in two
scripts. `python -m bot evaluate` with `tests/interview/letters/en.jsonl`, and `ru`, `fa`:

{letters}

Dialogues of two to four messages, typed one after the other without Telegram's reply.
`python -m bot evaluate` with `tests/interview/dialogues/en.jsonl`, and `ru`, `fa`:

{dialogues}

The questions of the first table are messages by five writers who knew the interview but none of the phrases. They are
for measuring: a test makes sure that none of them (small talk aside) is a phrase. `--errors` lists each miss,
`--html FILE` writes a page, and `--phrases` leaves each phrase out in turn and names the weakest intents.

## How much there is to compare with

{sizes}

## How fast it is

`make bench` asks every phrase and negative example once, on one core:

```text
{bench}
```
"""


@dataclass(frozen=True)
class Measured:
    """Our sets of questions, asked and judged."""

    questions: Scorecard
    near: Scorecard
    letters: Scorecard
    dialogues: Scorecard


def measure(bot: Bot) -> Measured:
    return Measured(
        _evaluated(bot, QUESTIONS), *(_of_folder(bot, each) for each in (NEAR, LETTERS, DIALOGUES))
    )


def page(bot: Bot, measured: Measured, speed: str) -> str:
    """The page. `speed` is the line of `make bench`."""
    return TEMPLATE.format(
        quality=_quality(measured.questions),
        near=_quality(measured.near),
        letters=_by_kind(measured.letters),
        dialogues=_by_kind(measured.dialogues),
        ranking=_ranking(measured.questions),
        sizes=_sizes(bot),
        bench=speed,
    )


def _of_folder(bot: Bot, folder: Path) -> Scorecard:
    return Scorecard(
        tuple(r for path in sorted(folder.glob("*.jsonl")) for r in _evaluated(bot, path).results)
    )


def _evaluated(bot: Bot, path: Path) -> Scorecard:
    questions, problems = read_questions(path.read_text(encoding="utf-8").splitlines(), path.name)
    assert not problems, problems
    return evaluate(questions, bot)


def _quality(card: Scorecard) -> str:
    rows = []
    for language, name in (*LANGUAGES.items(), (None, "all")):
        results = tuple(r for r in card.results if language in {None, r.question.language})
        rows.append((name, *_shares(Scorecard(results))))
    header = (
        "questions",
        "answerable",
        "right",
        "helped",
        "wrong",
        "missed",
        "false answers",
        "near shown",
        "refused",
    )
    return _table(header, rows)


def _shares(card: Scorecard) -> tuple[str, ...]:
    answerable, unanswerable = len(card.answerable()), len(card.unanswerable())
    right, offered, wrong, missed = map(card.count, (*Outcome,)[:4])
    shares = (f"{count / answerable:.1%}" for count in (right, right + offered, wrong, missed))
    unanswered = (Outcome.FALSE_ANSWER, Outcome.NEAR_SHOWN, Outcome.REFUSED)
    return (str(answerable), *shares, *(f"{card.count(outcome)} of {unanswerable}" for outcome in unanswered))


def _by_kind(card: Scorecard) -> str:
    rows = [
        (kind, str(len(part.results)), *(str(part.count(outcome)) for outcome in Outcome))
        for kind, part in sorted(card.by_kind().items())
    ]
    return _table(("kind", "asked", *(outcome.value for outcome in Outcome)), rows)


def _ranking(card: Scorecard) -> str:
    """What does not depend on the thresholds, as percentages."""
    rows = [
        ("an intent that answers is ranked first", f"{card.top1():.1%}"),
        (
            "an answerable question has a higher confidence than an unanswerable one (AUROC)",
            f"{card.auroc():.1%}",
        ),
        (
            "mean distance between confidence and share of right answers (calibration error)",
            f"{card.calibration_error():.1%}",
        ),
    ]
    return _table(("ranking and confidence", "share"), rows)


def _sizes(bot: Bot) -> str:
    intents = bot.corpus.intents.intents
    phrases = Counter(phrase.language for intent in intents for phrase in intent.phrases)
    negatives = Counter(phrase.language for intent in intents for phrase in intent.negatives)
    rows = [(name, f"{phrases[code]:,}", f"{negatives[code]:,}") for code, name in LANGUAGES.items()]
    rows.append(("all", f"{phrases.total():,}", f"{negatives.total():,}"))
    counts = _table((f"{len(intents)} intents", "phrases", "negative examples"), rows)
    return f"{counts}\n\nThe intents quote {bot.corpus.quoted_part():.1%} of the interview."


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; all columns but the first are set to the right."""
    names = list(header)
    lines = [names, ["---", *["---:"] * (len(names) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> int:
    """Writes the page; 1 when our own files have errors. The speed is measured in a process of its own, whose peak of
    memory is that of the bot alone."""
    loaded = load()
    if loaded.bot is None:
        print(*loaded.problems, sep="\n", file=sys.stderr)
        return 1
    loaded.bot.warm_up()
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench"], cwd=HOME, capture_output=True, text=True, check=True
    )
    PAGE.write_text(page(loaded.bot, measure(loaded.bot), run.stdout.strip()), encoding="utf-8")
    print(f"Written: {PAGE.relative_to(HOME)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
