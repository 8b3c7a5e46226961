"""Saved files go live while the bot runs: loaded and proved aside, then put in the place of the old ones.

What answers is always one whole set that was proved, read from files that nobody wrote meanwhile; with an error in
a file the set before goes on answering. What this package does not know: front ends, and when "between two
messages" is.
"""

import threading
import time
from collections.abc import Callable

import watchfiles

from bot.conversation.bot import Bot
from bot.loading.loader import Loaded, load, summary
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


class Live:
    """The bot that answers now, and the watch over the files that it was read from (when they were as `seen`).

    A front end asks for `current` once a message, so that a message is answered by one bot as a whole.
    """

    def __init__(self, bot: Bot, seen: Snapshot) -> None:
        self._bot = bot
        self._seen = seen
        self._notified: tuple[Problem, ...] = ()
        self._notify: Callable[[str], object] = lambda _text: None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="live editing", daemon=True)

    def current(self) -> Bot:
        """The bot read from the newest files that were whole and proved."""
        return self._bot

    def begin(self, notify: Callable[[str], object]) -> None:
        """Watches from now on; what was saved since the files were read goes live, too.

        `notify` is called from another thread with what the editor should know.
        """
        self._notify = notify
        self._thread.start()

    def end(self) -> None:
        """Watches no more. Something that is being loaded does not go live any more."""
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
            self._notify(f"Saved files do not go live ({error}); start the bot anew after an edit.")

    def _reload_or_tell(self) -> None:
        """A fault of ours in the reading must not end the watching."""
        try:
            self._reload()
        except Exception as fault:
            self._notify(f"The files cannot be used ({type(fault).__name__}: {fault}). {OLD_ONES_ANSWER}")

    def _reload(self) -> None:
        """Reads the files once they are quiet, and uses them if they are whole.

        The models of what was edited are made before the swap, for the first question would wait for them; what is
        quicker, and the clearing away of the old set, comes behind it.
        """
        loaded = self._load_quiet()
        if self._stop.is_set():
            return
        found = worth_telling(loaded.problems)
        fresh = tuple(each for each in found if each.level == "error" or each not in self._notified)
        self._notified = found
        if loaded.bot is None:
            self._notify(_lines(fresh, OLD_ONES_ANSWER))
            return
        loaded.bot.matcher.prepare(self._bot.matcher)
        if not self._stop.is_set():
            self._bot = loaded.bot
            self._notify(_lines(fresh, f"Live: {summary(loaded.bot)}."))
            loaded.bot.warm_up()

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
