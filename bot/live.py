"""Saved files go live while the bot runs: loaded and proved aside, and swapped in between two messages.

Rule: what answers is always one whole set that was proved; with an error in a file the set before goes on
answering. What this room does not know: faces, and when "between two messages" is.
"""

import threading
from collections.abc import Callable
from pathlib import Path

import watchfiles

from bot.answers import Responder
from bot.loading import load
from bot.problems import Problem, errors

STEP = 50
"""Milliseconds of quiet after which a burst of saved files is looked at."""

LONGEST_BURST = 400
"""Milliseconds after which it is looked at all the same, for somebody who saves ten times a second."""

OLD_ONES_ANSWER = "The files as they were before go on answering."


BeginLive = Callable[[Callable[[Callable[[], None]], object], Callable[[str], None]], "Live"]
"""Begins live editing for a face, which brings two functions: one that does something between two messages, and
one that tells the editor. Both are called from another thread."""


def live_editing(responder: Responder, source: Path, intents: Path) -> BeginLive:
    """How a face begins live editing of what `responder` answers from."""

    def begin(between_messages: Callable[[Callable[[], None]], object], tell: Callable[[str], None]) -> Live:
        def swap(fresh: Responder) -> None:
            between_messages(lambda: responder.become(fresh))

        live = Live(source, intents, swap, tell)
        live.begin()
        return live

    return begin


class Live:
    """Watches a source file with its card and a folder of intents.

    `fresh` is called with each new responder, `tell` with what the editor should know; both from another
    thread than `begin` was called in.
    """

    def __init__(
        self, source: Path, intents: Path, fresh: Callable[[Responder], None], tell: Callable[[str], None]
    ) -> None:
        self._source = source
        self._intents = intents
        self._fresh = fresh
        self._tell = tell
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="live editing", daemon=True)

    def begin(self) -> None:
        """Watches from now on."""
        self._thread.start()

    def end(self) -> None:
        """Watches no more. Something that is being loaded is not swapped in any more."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        folders = {self._source.parent.resolve(), self._intents.resolve()}
        try:
            for _ in watchfiles.watch(
                *folders,
                watch_filter=_is_ours,
                step=STEP,
                debounce=LONGEST_BURST,
                stop_event=self._stop,
                raise_interrupt=False,
            ):
                self._reload()
        except (OSError, RuntimeError) as error:  # no more watches, or a system without them
            self._tell(f"Saved files do not go live ({error}); start the bot anew after an edit.")

    def _reload(self) -> None:
        loaded = load(self._source, self._intents)
        found = worth_telling(loaded.problems)
        for problem in found:
            self._tell(str(problem))
        if loaded.responder is None:
            self._tell(OLD_ONES_ANSWER)
            return
        loaded.responder.warm_up()
        if not self._stop.is_set():
            self._fresh(loaded.responder)
            self._tell(f"Live: {loaded.summary()}.")


def worth_telling(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The errors; and where there are none the warnings, but not that the calibration is older than the edit."""
    found = errors(problems)
    return found or tuple(problem for problem in problems if problem.rule != "stale-calibration")


def _is_ours(_change: watchfiles.Change, path: str) -> bool:
    """Not the files that editors put beside for a moment."""
    return path.endswith((".yaml", ".txt"))
