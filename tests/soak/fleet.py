"""The bot's processes: started again whenever they end, as by a supervisor.

A process is ended by its own id, and none outlives the run.
"""

import asyncio
import contextlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from bot.settings import HOME

TERM_PATIENCE = 30.0
"""Seconds that a process gets to stop after SIGTERM, as systemd might give it; then it is killed."""

RESTART_PAUSE = 0.1
"""Seconds; a process that ends at once must not keep the machine busy with its starts."""


class Fleet:
    """Processes side by side, one for each of `environments`; all write into `log`."""

    def __init__(self, environments: Sequence[dict[str, str]], log: IO[bytes]) -> None:
        self.kill_times: list[float] = []
        self.restarts = self.deaths = 0
        self.peak = 0.0
        self._environments = environments
        self._log = log
        self._processes: dict[int, asyncio.subprocess.Process] = {}
        self._ordered: set[int] = set()
        self._keepers: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Starts them all, and each again after its end."""
        places = range(len(self._environments))
        self._keepers = [asyncio.create_task(self._keep(place)) for place in places]

    @property
    def places(self) -> int:
        """How many processes there are."""
        return len(self._environments)

    def kill(self, place: int) -> None:
        """kill -9: at once, whatever the process does."""
        if process := self._living(place):
            self.measure()
            self._ordered.add(process.pid)
            self.kill_times.append(time.monotonic())
            self.note(f"kill -9 {process.pid}")
            process.kill()

    async def terminate(self, place: int) -> None:
        """SIGTERM, and kill -9 when that does not end it in time."""
        process = self._living(place)
        if process is None:
            return
        self.restarts += 1
        self._ordered.add(process.pid)
        self.note(f"SIGTERM {process.pid}")
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), TERM_PATIENCE)
        except TimeoutError:
            self.kill(place)

    def measure(self) -> float:
        """The memory of the largest process in MB (Linux: VmRSS in /proc), 0 where it cannot be read."""
        sizes = [_resident(process.pid) for process in self._processes.values()]
        largest = max(sizes, default=0.0)
        self.peak = max(self.peak, largest)
        return largest

    async def close(self) -> None:
        """Ends them all for good."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)

    def _living(self, place: int) -> asyncio.subprocess.Process | None:
        process = self._processes.get(place)
        return process if process and process.returncode is None else None

    async def _keep(self, place: int) -> None:
        while True:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "run_bot.py",
                cwd=HOME,
                env=self._environments[place],
                stdin=asyncio.subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
            )
            self._processes[place] = process
            self.note(f"started {process.pid}")
            try:
                await process.wait()
            finally:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
            self.note(f"{process.pid} ended with {process.returncode}")
            self.deaths += process.pid not in self._ordered
            await asyncio.sleep(RESTART_PAUSE)

    def note(self, event: str) -> None:
        """A line in the log, between those of the bot."""
        self._log.write(f"[soak {time.monotonic():.2f}] {event}\n".encode())
        self._log.flush()


def _resident(process: int) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    found = status.partition("VmRSS:")[2].split()
    return int(found[0]) / 1024 if found else 0.0
