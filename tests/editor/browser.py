"""Opens pages in a real browser without a window, and returns what they show.

One Chromium process serves all pages. It is driven through its DevTools pipe: JSON messages that end with a null byte,
read from descriptor 3 and written to descriptor 4 (https://chromedevtools.github.io/devtools-protocol/). No page of
ours asks the network for anything, and the browser is told not to, either.
"""

import fcntl
import json
import os
import select
import shutil
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Self

_NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next((found for name in _NAMES if (found := shutil.which(name))), None)
MISSING = f"none of {', '.join(_NAMES)} is installed"

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
)
_SECONDS = 60
"""A page takes less than one; a busy machine may take longer."""
_PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": False}
_SCREEN = {"width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": False}


@dataclass(frozen=True)
class Seen:
    """The document after its scripts have run, what was written to the console, and the value of `ask`."""

    document: str
    console: tuple[str, ...]
    answer: str

    def text_of(self, attribute: str) -> str:
        """The text of all elements that have this attribute, joined."""
        reader = _TextOf(attribute)
        reader.feed(self.document)
        reader.close()
        return "".join(reader.found)


class Browser:
    """A running browser, whose own files lie in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._read, theirs_to_write = _pipe()
        theirs_to_read, self._write = _pipe()
        nowhere = os.open(os.devnull, os.O_RDWR)
        self._pid = os.posix_spawn(
            str(BROWSER),
            [str(BROWSER), *_FLAGS, f"--user-data-dir={folder}", "about:blank"],
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, theirs_to_read, 3),
                (os.POSIX_SPAWN_DUP2, theirs_to_write, 4),
                (os.POSIX_SPAWN_DUP2, nowhere, 1),
                (os.POSIX_SPAWN_DUP2, nowhere, 2),
            ],
        )
        for each in (theirs_to_read, theirs_to_write, nowhere):
            os.close(each)
        self._unread = b""
        self._calls = 0
        self._events: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._call("Browser.close")
        os.waitpid(self._pid, 0)
        os.close(self._read)
        os.close(self._write)

    def look_at(self, page: Path, ask: str = "''", *, on_a_phone: bool = False, dark: bool = False) -> Seen:
        """Opens a file, and then evaluates the JavaScript expression `ask`, a text."""
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._events.clear()
        for domain in ("Page", "Runtime", "Log"):
            self._call(f"{domain}.enable", session)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setDeviceMetricsOverride", session, **(_PHONE if on_a_phone else _SCREEN))
        self._call("Emulation.setEmulatedMedia", session, features=[scheme])
        self._call("Emulation.setFocusEmulationEnabled", session, enabled=True)
        self._call("Page.navigate", session, url=page.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self._events):
            self._events.append(self._message())
        answer = self._evaluate(session, ask)
        document = self._evaluate(session, "document.documentElement.outerHTML")
        console = tuple(text for event in self._events for text in _complaints(event))
        self._call("Target.closeTarget", targetId=target)
        return Seen(document, console, answer)

    def _evaluate(self, session: str, expression: str) -> str:
        return str(self._call("Runtime.evaluate", session, expression=expression)["result"].get("value"))

    def _call(self, method: str, session: str = "", **params: object) -> dict[str, Any]:
        """Sends a command and waits for its result. Events that come before it are kept."""
        self._calls += 1
        message: dict[str, object] = {"id": self._calls, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while (answer := self._message()).get("id") != self._calls:
            self._events.append(answer)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._unread:
            ready, _, _ = select.select([self._read], [], [], _SECONDS)
            assert ready, "the browser does not answer"
            data = os.read(self._read, 1 << 20)
            assert data, "the browser has ended"
            self._unread += data
        message, _, self._unread = self._unread.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found


def _pipe() -> tuple[int, int]:
    """A pipe whose descriptors are neither 3 nor 4."""
    ends = os.pipe()
    higher = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends]
    for end in ends:
        os.close(end)
    return higher[0], higher[1]


def _complaints(event: dict[str, Any]) -> list[str]:
    """What an event of the browser says on the console: a script's message, an exception, a refused request."""
    params = event.get("params", {})
    match event.get("method"):
        case "Runtime.consoleAPICalled":
            return [str(argument.get("value")) for argument in params["args"]]
        case "Runtime.exceptionThrown":
            return [params["exceptionDetails"]["exception"]["description"]]
        case "Log.entryAdded":
            return [params["entry"]["text"]]
    return []


class _TextOf(HTMLParser):
    """Collects the text inside elements with an attribute. They hold no elements of their own."""

    def __init__(self, attribute: str) -> None:
        super().__init__(convert_charrefs=True)
        self._attribute = attribute
        self._inside = False
        self.found: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = any(name == self._attribute for name, _ in attrs)

    def handle_endtag(self, _tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found.append(data)
