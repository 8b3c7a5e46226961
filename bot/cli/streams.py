"""How a process reads and prints, and how it ends when it is interrupted or nobody takes what it prints."""

import errno
import gc
import io
import os
import signal
import sys
from collections.abc import Callable, Iterable

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells count it (128 and the number of the signal)."""

_CLEAN, _PROBLEMS = 0, 1
"""As in bot/cli/common.py, which is not imported here, because its imports take half a second."""


_NEW_OBJECTS = 50_000
"""After so many Python looks for garbage. With its 700, a tenth of the start goes into looking through phrases, which
stay."""


def run_guarded(run: Callable[[], int]) -> int:
    """The exit code of `run`. Any text can be read and printed in it, whatever the locale says. Ctrl-C ends it without
    a word, and so does a reader that has seen enough (head); where nothing can be printed, one sentence says so."""
    gc.set_threshold(_NEW_OBJECTS)
    _prepare_streams()
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        code = _exit_code(run)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _print_nothing_more()
        return _CLEAN
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EIO, errno.EBADF} or error.filename:
            raise
        _print_nothing_more()
        print(f"standard output cannot be written: {error.strerror}", file=sys.stderr)
        return _PROBLEMS
    return code


def end_quietly_on_interrupt() -> None:
    """Until `run_guarded` is called, Ctrl-C ends the process at once: a traceback out of an import helps nobody."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _exit_code(run: Callable[[], int]) -> int:
    try:
        return run()
    except SystemExit as stop:
        return int(stop.code or _CLEAN)


def _prepare_streams() -> None:
    """Makes the standard streams UTF-8. One that is closed (`>&-`) reads and prints nothing."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def typed(words: Iterable[str]) -> str:
    """The words of the command line as one text. Where the locale is not UTF-8, Python has read them as other
    characters; the bytes are what was typed."""
    text = " ".join(words)
    try:
        return os.fsencode(text).decode("utf-8")
    except UnicodeError:
        return text


def _print_nothing_more() -> None:
    """Else the interpreter tries once more at its end, and complains."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
