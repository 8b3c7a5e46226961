"""Opens a page of ours in a real browser, without a window, and says what it did.

Where no Chromium is installed, the tests that use this are skipped. No page of ours asks the network for
anything; the browser is told not to, either.
"""

import re
import shutil
import subprocess
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next((found for name in _NAMES if (found := shutil.which(name))), None)
needs_browser = pytest.mark.skipif(BROWSER is None, reason=f"none of {', '.join(_NAMES)} is installed")

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
    "--enable-logging=stderr",
)
_SECONDS = 60
"""A page takes one or two; a machine that is busy with other things may take longer."""
_CONSOLE = re.compile(r':CONSOLE[:(]\d+[)\]]* "(.*)", source: ')


@dataclass(frozen=True)
class Seen:
    """The document after its scripts have run, and what the console was told."""

    document: str
    console: tuple[str, ...]

    def text_of(self, attribute: str) -> str:
        """The text of all elements that have this attribute, one behind the other."""
        reader = _TextOf(attribute)
        reader.feed(self.document)
        reader.close()
        return "".join(reader.found)


def look_at(page: Path, folder: Path, *flags: str) -> Seen:
    """The page (a file) in a browser whose own files lie in `folder`."""
    result = subprocess.run(
        [
            str(BROWSER),
            *_FLAGS,
            *flags,
            f"--user-data-dir={folder / 'browser'}",
            "--window-size=1280,900",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        timeout=_SECONDS,
        check=True,
    )
    complaints = _CONSOLE.findall(result.stderr.decode(errors="replace"))
    return Seen(result.stdout.decode(), tuple(complaints))


def on_a_phone(page: Path) -> Path:
    """A page with `page` in a frame of 360 points: a window without a screen cannot be made that narrow.

    Of what is in the frame only the console is seen.
    """
    frame = page.with_name("phone.html")
    frame.write_text(f"<!doctype html><iframe src='{page.as_uri()}' width=360 height=740>", encoding="utf-8")
    return frame


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
