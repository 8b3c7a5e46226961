"""Live editing: saved files are loaded and proved, and then answer instead of the ones before.

A set of files is used only as a whole and without errors; until then the set before answers.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import watchfiles

from bot.conversation.bot import Bot
from bot.loading.changes import edits, effect
from bot.loading.files import ENDINGS, Snapshot, snapshot
from bot.loading.loader import Loaded, load, summary
from bot.loading.unread_files import unread_files
from bot.storage.journal import UnreadableError, read_journal
from bot.yamlfiles.fields import LANGUAGE_CODE
from bot.yamlfiles.problems import Problem, errors

STEP = 50
"""Milliseconds of quiet after which a burst of saved files is looked at."""

LONGEST_BURST = 400
"""Milliseconds after which it is looked at all the same, for somebody who saves ten times a second."""

LOOK_ANYWAY = 5000
"""Milliseconds after which the files are compared without a notice: some shared folders give none."""

QUIET = 0.2
"""Seconds for which files must stay as they are to be used, the time of reading them included. Half of a file can be
valid, so that only time tells it from the whole."""

PAUSE = 0.01
"""Seconds between two questions that are asked again, in which visitors are answered."""

MOST_REPORTED = 10
"""Problems in one notice, which may become a message in a chat."""

OLD_ONES_ANSWER = "The files as they were before go on answering."


class Live:
    """Holds the bot that answers now, and watches the files that it was read from (when they were as `seen`). The
    translations among them are read if it is to be `translated`.

    A front end calls `current` once a message, so that one bot answers the whole message.
    """

    def __init__(self, bot: Bot, seen: Snapshot, translated: bool = True) -> None:
        self._bot = bot
        self._seen = seen
        self._translated = translated
        self._reported: tuple[Problem, ...] = ()
        self._notify: Callable[[str], object] = lambda _text: None
        self._journal: Path | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="live editing", daemon=True)

    def current(self) -> Bot:
        """The bot read from the newest files that were whole and proved."""
        return self._bot

    def begin(self, notify: Callable[[str], object], journal: Path | None = None) -> None:
        """Starts watching. What was saved since the files were read goes live, too.

        `notify` is called from another thread with what the editor should know. The newest questions of the `journal`
        are asked again after an edit.
        """
        self._notify, self._journal = notify, journal
        self._thread.start()

    def end(self) -> None:
        """Stops watching. What is being loaded at that moment does not go live."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        """Watches the folders one by one, since one of them may be a large one with little of ours; anew when a folder
        was made, removed or replaced. Where they cannot be watched (one is missing while another version is unpacked,
        the system has no more watches), the files are compared until they can."""
        is_reported = False
        while not self._stop.is_set():
            try:
                self._look()
                folders = self._folders()
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
                    is_reported = False
                    self._look()
                    if folders != self._folders():
                        break
            except (OSError, RuntimeError) as error:
                if not is_reported:
                    seconds = f"every {LOOK_ANYWAY / 1000:g} seconds"
                    self._notify(
                        f"Saved files cannot be watched ({error}), so that they are compared {seconds}."
                    )
                is_reported = True
                self._stop.wait(LOOK_ANYWAY / 1000)

    def _folders(self) -> dict[Path, int]:
        """The folders to watch, each with its number in the file system: another one may be put in its place."""
        return {folder.resolve(): folder.stat().st_ino for folder in self._seen.folders()}

    def _look(self) -> None:
        """Uses what was saved. A fault in our own code must not end the watching."""
        if self._seen.still_holds():
            return
        try:
            self._reload()
        except Exception as fault:
            self._notify(f"The files cannot be used ({type(fault).__name__}: {fault}). {OLD_ONES_ANSWER}")

    def _reload(self) -> None:
        """Reads the files once they are quiet, and uses them if they have no errors.

        The models of edited intents are made before the swap, since the first question would wait for them; the rest
        of the warming up is quick and follows it. So does the look at what the edit changed, for which nobody waits.
        """
        loaded = self._load_quiet()
        if self._stop.is_set():
            return
        # a calibration that is older than the edit is not worth a warning
        unread = unread_files(self._seen.source, self._seen.intents)
        problems = (*loaded.problems, *unread)
        found = errors(problems) or tuple(p for p in problems if p.rule != "stale-calibration")
        fresh = tuple(each for each in found if each.level == "error" or each not in self._reported)
        self._reported = found
        if loaded.bot is None:
            self._notify(_notice(fresh, OLD_ONES_ANSWER))
            return
        loaded.bot.matcher.prepare(self._bot.matcher)
        if not self._stop.is_set():
            before, self._bot = self._bot, loaded.bot
            loaded.bot.warm_up()
            changed = self._changes(before, loaded.bot)
            self._notify(_notice(fresh, f"{changed}Live: {summary(loaded.bot)}."))

    def _changes(self, before: Bot, after: Bot) -> str:
        """A line on what an edit changed; "" where it changed no intent."""
        edited = edits(before.corpus.intents, after.corpus.intents)
        answered = effect(before, after, self._questions(), self._is_outdated) if edited else ""
        return f"{'; '.join(filter(None, (edited, answered)))}.\n" if edited else ""

    def _is_outdated(self) -> bool:
        """Whether there is something better to do than to look at the last edit. The pause is for visitors."""
        return self._stop.wait(PAUSE) or not self._seen.still_holds()

    def _questions(self) -> Iterator[str]:
        """What the journal keeps, each wording once, the newest first. A journal that cannot be read has none: whoever
        writes it reports that."""
        if self._journal:
            with contextlib.suppress(UnreadableError):
                yield from dict.fromkeys(entry.text for entry in reversed(read_journal(self._journal)))

    def _load_quiet(self) -> Loaded:
        """Reads the files, and again for as long as somebody writes them meanwhile. They are seen before they are read,
        so that a fault in the reading is not met again until they change."""
        source, intents = self._seen.source, self._seen.intents
        while True:
            start = time.monotonic()
            self._seen = snapshot(source, intents)
            loaded = load(source, intents, translated=self._translated)
            self._stop.wait(max(0.0, QUIET - (time.monotonic() - start)))
            if self._stop.is_set() or self._seen.still_holds():
                return loaded


def _notice(problems: tuple[Problem, ...], end: str) -> str:
    """One text, since it may become one message to the owner."""
    more = len(problems) - MOST_REPORTED
    cut = (f"... and {more} more: python -m bot check",) if more > 0 else ()
    return "\n".join((*map(str, problems[:MOST_REPORTED]), *cut, end))


def _is_ours(_change: watchfiles.Change, path: str) -> bool:
    """A file that may be read, or a folder of a language."""
    return path.endswith(ENDINGS) or LANGUAGE_CODE.fullmatch(Path(path).name) is not None
