"""Opens inboxes, ends them, and reads what their files hold."""

from collections.abc import Callable
from pathlib import Path

from bot.storage.inbox import Inbox


def opened(path: Path, reported: list[str], now: Callable[[], float] = lambda: 0.0) -> Inbox:
    """An inbox whose notices are collected."""
    return Inbox(path, reported.append, now)


def dies(inbox: Inbox) -> None:
    """What a killed process leaves: its file closed by the system."""
    assert inbox._connection is not None
    inbox._connection.close()


def raw(path: Path) -> bytes:
    """All bytes of the file and of those beside it, also of what was set aside."""
    return b"".join(each.read_bytes() for each in sorted(path.parent.iterdir()))
