"""`python -m tests.walk`: which functions one message passes, from what was typed to what is shown.

It counts the functions of bot/ that are entered while the bot answers and the terminal renders the reply, after
loading and a first answer. Lambdas and generator expressions count for the function that they stand in.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType

from bot.loading.loader import load
from bot.settings import HOME
from bot.terminal import render

QUESTION = "why did yadnex leave iran"
BEFORE = "why did yandex leave"
"""Asked first, in other words: what is known of an intent is gathered when it first leads."""

BOT = str(HOME / "bot")


@dataclass(frozen=True)
class Walk:
    """The functions by file, each in the order in which it is first entered; and how often a function is entered from
    another file."""

    functions: dict[str, list[str]]
    changes_of_file: int

    def summary(self) -> str:
        number = sum(map(len, self.functions.values()))
        return f"{number} functions in {len(self.functions)} files, {self.changes_of_file} changes of file"


def walk(action: Callable[[], object]) -> Walk:
    """What `action` enters of bot/."""
    entered: dict[CodeType, None] = {}
    changes = 0

    def note(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal changes
        if event == "call" and frame.f_code.co_filename.startswith(BOT):
            if not frame.f_code.co_name.startswith("<"):
                entered[frame.f_code] = None
            caller = frame.f_back
            while caller and not caller.f_code.co_filename.startswith(BOT):
                caller = caller.f_back
            changes += caller is not None and caller.f_code.co_filename != frame.f_code.co_filename

    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(None)
    functions: dict[str, list[str]] = {}
    for code in entered:
        file = Path(code.co_filename).relative_to(HOME).as_posix()
        functions.setdefault(file, []).append(code.co_qualname)
    return Walk(functions, changes)


def walk_of_message(text: str = QUESTION) -> Walk:
    """The way of a message to a bot that has given the answer before."""
    bot = load().bot
    assert bot is not None
    bot.warm_up()
    render(bot.answer(BEFORE))
    return walk(lambda: render(bot.answer(text)))


def main() -> int:
    """Prints the files with their functions, and the numbers."""
    parser = argparse.ArgumentParser(prog="python -m tests.walk", description=__doc__)
    parser.add_argument("text", nargs="?", default=QUESTION, help="what is typed")
    found = walk_of_message(parser.parse_args().text)
    for file, functions in found.functions.items():
        print(f"{file}: {', '.join(functions)}")
    print(found.summary())
    return 0


if __name__ == "__main__":
    sys.exit(main())
