"""Saved files go live while the bot runs: loaded and proved aside, and swapped in between two messages.

Rule: what answers is always one whole set that was proved, read from files that nobody wrote meanwhile; with an
error in a file the set before goes on answering. What this package does not know: front ends, and when "between two
messages" is.
"""

import gc
import threading
import time
from collections.abc import Callable

import watchfiles

from bot.conversation.answers import Responder
from bot.loading.loader import Loaded, load
from bot.loading.snapshot import ENDINGS, Snapshot
from bot.yamlfiles.problems import Problem, errors

STEP = 50
"""Milliseconds of quiet after which a burst of saved files is looked at."""

LONGEST_BURST = 400
"""Milliseconds after which it is looked at all the same, for somebody who saves ten times a second."""

LOOK_ANYWAY = 5000
"""Milliseconds after which the files are compared without a notice: some shared folders give none."""

QUIET = 0.2
"""Seconds for which files must stay as they are to be used, the time of reading them included. A file that is cut
off in the middle can be right in form, so that nothing else tells it from a whole one."""

MOST_TOLD = 10
"""Problems that are told at once: a message in a chat, not a report."""

OLD_ONES_ANSWER = "The files as they were before go on answering."


BeginLive = Callable[[Callable[[Callable[[], None]], object], Callable[[str], None]], "Live"]
"""Begins live editing for a front end, which brings two functions: one that does something between two messages, and
one that tells the editor. Both are called from another thread."""


def live_editing(responder: Responder, seen: Snapshot) -> BeginLive:
    """How a front end begins live editing of what `responder` answers from, which was read from the files when
    they were as `seen`. What was saved since goes live, too."""

    def begin(between_messages: Callable[[Callable[[], None]], object], tell: Callable[[str], None]) -> Live:
        def swap(fresh: Responder) -> None:
            between_messages(lambda: responder.become(fresh))

        live = Live(responder, seen, swap, tell)
        live.begin()
        return live

    return begin


class Live:
    """Watches a source file with its card and a folder of intents; `responder` answers from what they were when they
    were `seen`.

    `fresh` is called with each new responder, `tell` with what the editor should know; both from another
    thread than `begin` was called in.
    """

    def __init__(
        self,
        responder: Responder,
        seen: Snapshot,
        fresh: Callable[[Responder], None],
        tell: Callable[[str], None],
    ) -> None:
        self._fresh = fresh
        self._tell = tell
        self._responder = responder
        self._seen = seen
        self._told: tuple[Problem, ...] = ()
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
        folders = {self._seen.source.parent.resolve(), self._seen.intents.resolve()}
        try:
            for _ in watchfiles.watch(
                *folders,
                watch_filter=_is_ours,
                step=STEP,
                debounce=LONGEST_BURST,
                stop_event=self._stop,
                rust_timeout=LOOK_ANYWAY,
                yield_on_timeout=True,
                raise_interrupt=False,
                recursive=False,
            ):
                if not self._seen.still_holds():
                    self._reload_or_tell()
        except (OSError, RuntimeError) as error:  # no more watches, or a system without them
            self._tell(f"Saved files do not go live ({error}); start the bot anew after an edit.")

    def _reload_or_tell(self) -> None:
        """A fault of ours in the reading must not end the watching."""
        try:
            self._reload()
        except Exception as fault:
            self._tell(f"The files cannot be used ({type(fault).__name__}: {fault}). {OLD_ONES_ANSWER}")

    def _reload(self) -> None:
        """Reads the files once they are quiet, and uses them if they are whole.

        The models of what was edited are made before the swap, for the first question would wait for them; what is
        quicker, and the clearing away of the old set, comes behind it.
        """
        loaded = self._load_quiet()
        if self._stop.is_set():
            return
        found = worth_telling(loaded.problems)
        fresh = tuple(each for each in found if each.level == "error" or each not in self._told)
        self._told = found
        if loaded.responder is None or loaded.matcher is None:
            self._tell(_lines(fresh, OLD_ONES_ANSWER))
            return
        loaded.matcher.prepare(self._responder.explained_by()[1])
        if not self._stop.is_set():
            self._fresh(loaded.responder)
            self._tell(_lines(fresh, f"Live: {loaded.summary()}."))
            loaded.responder.warm_up()
            _clear_away()

    def _load_quiet(self) -> Loaded:
        """What is in the files when nobody writes them: read again for as long as they change."""
        while True:
            start = time.monotonic()
            loaded = load(self._seen.source, self._seen.intents)
            self._seen = loaded.snapshot
            self._stop.wait(max(0.0, QUIET - (time.monotonic() - start)))
            if self._stop.is_set() or self._seen.still_holds():
                return loaded


def worth_telling(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The errors; and where there are none the warnings, but not that the calibration is older than the edit."""
    found = errors(problems)
    return found or tuple(problem for problem in problems if problem.rule != "stale-calibration")


def _lines(problems: tuple[Problem, ...], end: str) -> str:
    """One text, since it may become one message to the owner."""
    more = len(problems) - MOST_TOLD
    cut = (f"... and {more} more: python -m bot check",) if more > 0 else ()
    return "\n".join((*map(str, problems[:MOST_TOLD]), *cut, end))


def _is_ours(_change: watchfiles.Change, path: str) -> bool:
    return path.endswith(ENDINGS)


def _clear_away() -> None:
    """Gives back the memory of the set before (some 30 MB). `load` told the garbage collector that all it made
    stays for ever, which is true until somebody edits. Takes a tenth of a second, in which nothing else runs."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
