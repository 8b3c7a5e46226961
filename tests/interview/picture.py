"""`make picture`: draws docs/conversation.png from real replies, and writes docs/conversation.txt, the same as text.

With a folder as argument (`python -m tests.interview.picture FOLDER`) it draws the replies of SHOWN_TO_DESIGNERS there
instead, five a picture, each as wide as a phone: look at them after a change of replies, buttons or wording.

The text is compared with today's replies by a test; a picture differs from one browser and font to the next.
Needs Chromium, and the fonts Inter and Noto Sans Arabic (Debian: chromium fonts-inter fonts-noto-core).
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from bot.conversation.bot import Bot
from bot.conversation.replies import Reply
from bot.conversation.requests import ShowPage, ShowTopics
from bot.loading.loader import load
from bot.settings import HOME
from bot.telegram_app.render import RenderedMessage, render

PICTURE = HOME / "docs" / "conversation.png"
TEXT = PICTURE.with_suffix(".txt")
QUESTIONS = (
    "why did yadnex leave iran?",
    "Кто директор Ростелекома?",
    "قهوه مجانی کی می‌دهند؟",
)
"""A misspelt word, a question that the interview does not answer, and a language that is written from right to left."""

SHOWN_TO_DESIGNERS = (
    ("/start", "en"),
    ("sanctions", "en"),
    ("summary", "en"),
    ("how much does yandex pay?", "en"),
    ("municipal", "en"),
    ("/start", "ru"),
    ("расскажи про электронное правительство", "ru"),
    ("сколько ждать бесплатный кофе", "ru"),
    ("кто брал интервью?", "ru"),
    ("сколько это займёт", "ru"),
    ("/start", "fa"),
    ("همه چیز درباره یاندکس", "fa"),
    ("چرا یاندکس از ایران رفت", "fa"),
    ("/privacy", "fa"),
    ("/topics", "fa"),
)
"""What is typed, and the language of the app: each kind of reply, in each language."""
PHONES_PER_PICTURE = 5
PHONE = 390 + 22
"""Pixels: a phone and the gap behind it."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--default-background-color=00000000",
)
WIDTH, SCALE = 1218, 1.6
"""Of the page in CSS pixels, and the device pixels for each of them. The page puts its height into its title."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the bot: its text in parts, each with its style, and the labels of its rows of buttons."""

    parts: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    question: str
    language: str
    messages: tuple[Message, ...]


def conversations(bot: Bot) -> tuple[Conversation, ...]:
    """What the bot replies to the questions today."""
    return tuple(_conversation(question, bot.answer(question)) for question in QUESTIONS)


def for_designers(bot: Bot) -> tuple[Conversation, ...]:
    """What the bot replies to SHOWN_TO_DESIGNERS today, with the button that shares an answer."""

    def reply_to(typed: str, language: str) -> Reply:
        if not typed.startswith("/"):
            return bot.answer(typed, language)
        return bot.respond(ShowTopics() if typed == "/topics" else ShowPage(typed[1:]), language)

    return tuple(
        _conversation(typed, reply_to(typed, language), shares=True) for typed, language in SHOWN_TO_DESIGNERS
    )


def _conversation(typed: str, reply: Reply, *, shares: bool = False) -> Conversation:
    return Conversation(typed, reply.language, tuple(map(_message, render(reply, shares))))


def as_text(shown: tuple[Conversation, ...]) -> str:
    """All that the picture shows, line by line.

    A part in a style other than plain begins with its name: "bold: ...".
    """
    lines = []
    for conversation in shown:
        lines.append(f"> {conversation.question}")
        for message in conversation.messages:
            lines += [f"{style}: {text}" if style else text for text, style in message.parts]
            lines += [" ".join(f"[{label}]" for label in row) for row in message.rows]
        lines.append("")
    return "\n".join(lines)


def as_page(shown: tuple[Conversation, ...]) -> str:
    """The page that the browser is given."""
    template = Path(__file__).with_suffix(".html").read_text(encoding="utf-8")
    return Environment(autoescape=True).from_string(template).render(conversations=shown)


def _message(message: RenderedMessage) -> Message:
    rows = message.keyboard.inline_keyboard if message.keyboard else ()
    return Message(tuple(_parts(message)), tuple(tuple(button.text for button in row) for row in rows))


def _parts(message: RenderedMessage) -> Iterator[tuple[str, str]]:
    """The text cut where a style begins or ends. Entities count UTF-16 units and do not overlap."""
    units, place = message.text.encode("utf-16-le"), 0
    for entity in message.entities:
        end = entity.offset + entity.length
        yield from _plain(units[2 * place : 2 * entity.offset])
        yield units[2 * entity.offset : 2 * end].decode("utf-16-le"), str(entity.type)
        place = end
    yield from _plain(units[2 * place :])


def _plain(units: bytes) -> Iterator[tuple[str, str]]:
    text = units.decode("utf-16-le").strip()
    if text:
        yield text, ""


def _screenshot(browser: str, page: Path, width: int, picture: Path) -> None:
    """Twice: once for the height of the page, once for the picture."""
    command = (
        browser,
        *FLAGS,
        f"--force-device-scale-factor={SCALE}",
        f"--user-data-dir={page.parent}/browser",
    )

    def browse(height: int, output: str) -> str:
        window = f"--window-size={width},{height}"
        run = subprocess.run(
            [*command, window, output, page.as_uri()], check=True, capture_output=True, timeout=120
        )
        return run.stdout.decode()

    height = re.search(r"<title>(\d+)</title>", browse(1000, "--dump-dom"))
    assert height, "the page did not say how high it is"
    browse(int(height[1]), f"--screenshot={picture}")


def _draw(browser: str, shown: tuple[Conversation, ...], width: int, picture: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(as_page(shown), encoding="utf-8")
        _screenshot(browser, page, width, picture)


def main(folder: str = "") -> int:
    """Writes both files, or the pictures for designers into `folder`. Returns 1 without a browser or a bot."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    loaded = load()
    if browser is None or loaded.bot is None:
        print(
            *(loaded.problems or [f"None of {', '.join(BROWSERS)} is installed."]), sep="\n", file=sys.stderr
        )
        return 1
    if folder:
        replies = for_designers(loaded.bot)
        for start in range(0, len(replies), PHONES_PER_PICTURE):
            part = replies[start : start + PHONES_PER_PICTURE]
            _draw(browser, part, PHONES_PER_PICTURE * PHONE, Path(folder) / f"replies-{start + 1}.png")
        return 0
    shown = conversations(loaded.bot)
    TEXT.write_text(as_text(shown), encoding="utf-8")
    _draw(browser, shown, WIDTH, PICTURE)
    print(f"Written: {PICTURE.relative_to(HOME)} ({PICTURE.stat().st_size // 1000} kB) and {TEXT.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
