"""The fake in a thread of its own, and the bot in a process of its own; both are ended at the end."""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from bot.loading.loader import SOURCE
from bot.settings import HOME, KEYS
from tests.conftest import LIGHTHOUSE
from tests.end_to_end.people import Visitor
from tests.end_to_end.server import Server
from tests.end_to_end.state import TOKEN, Message, State

PATIENCE = 20.0
"""Seconds that a test waits for something before it fails; the bot needs milliseconds."""


class Fake:
    """A running Bot API, as tests use it."""

    def __init__(self, server: Server, port: int) -> None:
        self.state, self.faults, self.server, self.port = server.state, server.faults, server, port

    @property
    def address(self) -> str:
        """For TELEGRAM_API_BASE."""
        return f"http://127.0.0.1:{self.port}"

    def wait_for(self, condition: Callable[[], Any], patience: float | None = PATIENCE) -> Any:
        """The result of `condition` once it is true; fails with the log of calls when it never is."""
        with self.state.changed:
            if not self.state.changed.wait_for(condition, patience):
                log = "\n".join(f"{method} {parameters}" for method, parameters in self.state.calls)
                raise AssertionError(f"nothing came in {patience} s; the bot called:\n{log}")
            return condition()

    def next_message(self, after: int) -> Message:
        """The first message of the bot that is newer than the number `after`."""
        return self.wait_for(  # type: ignore[no-any-return]
            lambda: next((message for number, message in self.state.sent.items() if number > after), None)
        )

    def visitor(self, language: str | None = "en", number: int = 7) -> Visitor:
        """Somebody who writes to the bot in private."""
        return Visitor(self.state, number, language)

    def reply_to(self, visitor: Visitor, text: str) -> Message:
        """The bot's next message after `visitor` has written that."""
        return self.next_message(visitor.says(text))

    def called(self, method: str) -> list[dict[str, str]]:
        """The parameters of all calls of a method."""
        with self.state.changed:
            return [dict(parameters) for name, parameters in self.state.calls if name == method]


@contextmanager
def running_fake(port: int = 0) -> Iterator[Fake]:
    """A fake on loopback, on that port or on a free one."""
    loop = asyncio.new_event_loop()
    server = Server(State())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        port = asyncio.run_coroutine_threadsafe(server.start(port), loop).result(PATIENCE)
        yield Fake(server, port)
        asyncio.run_coroutine_threadsafe(server.close(), loop).result(PATIENCE)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
        loop.close()


class BotProcess:
    """The bot's own process; what it writes is kept in a file, so that it never waits for a reader."""

    def __init__(self, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
        self.process = process
        self._log = log

    def output(self) -> str:
        """What it has written to standard output and standard error until now."""
        self._log.seek(0)
        return self._log.read().decode()

    def wait(self) -> int:
        """Waits for its end; returns the exit code."""
        return self.process.wait(timeout=PATIENCE)


def environment(address: str, token: str = TOKEN, **settings: str) -> dict[str, str]:
    """The environment of a bot at that address. All other settings are empty, so that no .env counts, and
    nothing is kept on disk unless a test says where."""
    ours = {
        "TELEGRAM_BOT_TOKEN": token,
        "TELEGRAM_API_BASE": address,
        "INBOX": "off",
        "JOURNAL": "off",
    } | settings
    return {**os.environ, **dict.fromkeys(KEYS, ""), **ours}


def lighthouse_project(folder: Path) -> Path:
    """A copy of the program that answers about the lighthouse: it starts in half the time, and a test may edit it."""
    shutil.copytree(HOME / "bot", folder / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(LIGHTHOUSE / "intents", folder / "intents")
    shutil.copy(HOME / "run_bot.py", folder)
    (folder / "seeds").mkdir()
    for ending in (".txt", ".yaml"):
        shutil.copy(LIGHTHOUSE / f"lighthouse{ending}", (folder / "seeds" / SOURCE.name).with_suffix(ending))
    return folder


@contextmanager
def running_bot(
    address: str, token: str = TOKEN, folder: Path = HOME, **settings: str
) -> Iterator[BotProcess]:
    """run_bot.py of the project in `folder`, in a process of its own, ended at the end."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [sys.executable, "run_bot.py"],
            cwd=folder,
            env=environment(address, token, **settings),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            yield BotProcess(process, log)
        finally:
            process.kill()
            process.wait()
