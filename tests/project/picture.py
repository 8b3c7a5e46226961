"""Draws the picture of the README from real replies: `python -m tests.project.picture > docs/conversation.svg`.

Rule: every word of the bot in it is what it answers and every quotation stands in the interview; only the
questions and the frame are ours. No browser, no fonts and no chance take part, so that the same replies
give the same file. What this file does not know: how a phone really breaks lines; it leaves package instead.
"""

import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from telegram import MessageEntity

from bot.conversation.bot import Bot
from bot.loading.loader import INTENTS, SOURCE, load
from bot.telegram_app.render import RenderedMessage, render

QUESTIONS = (
    "why did yadnex leave iran?",
    "Какая погода в Китае?",
    "قهوه مجانی کی می‌دهند؟",
)
"""A slip of the finger that is read over; what the interview does not answer; a language from right to left."""

PHONE, GAP, TOP, BOTTOM = 350, 20, 54, 16
INDENT, LINE = 12, 20
SIZE, SMALL = 14.5, 13
BUBBLE = PHONE - 4 * INDENT
BUTTON = 32

_WIDE, _NARROW = set("mwMWжшщюмыфЖШЩЮМЫФ—@%"), set("ijltfrI.,;:!'|()[] ‘’“”/-")
_ROUNDED = {
    "page": 18,
    "top": 18,
    "top square": 0,
    "visitor": 14,
    "bot": 14,
    "button": 8,
    "ground": 4,
    "bar": 1,
}
_ROOM = {"quote": BUBBLE - INDENT, "italic": BUBBLE * SIZE / SMALL}
_STYLES = {MessageEntity.BOLD: "bold", MessageEntity.ITALIC: "italic"}
_SHEET = """
.page{fill:#dfe7ee}.top{fill:#517da2}.bot{fill:#ffffff}.visitor{fill:#e1f6cc}.button{fill:#6b879c}
.ground{fill:#eaf3fb}.bar{fill:#3a8fd0}
text{font:14.5px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic",sans-serif;fill:#17212b}
.bold{font-weight:600}.italic{font-style:italic;font-size:13px;fill:#5b6b79}.name{font-weight:600;fill:#ffffff}
.label{font-size:13px;fill:#ffffff;text-anchor:middle}
@media (prefers-color-scheme:dark){.page{fill:#0e1621}.top{fill:#17212b}.bot{fill:#182533}.visitor{fill:#2b5278}
.button{fill:#2f4256}.ground{fill:#1f3347}text{fill:#f1f4f7}.italic{fill:#9fb3c5}}
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that fits into a bubble, and how it is set: "", "bold", "italic" or "quote"."""

    text: str
    style: str


def picture(bot: Bot) -> str:
    """The conversations side by side, as an SVG document."""
    phones = [_phone(bot, question) for question in QUESTIONS]
    height = max(end for _, end in phones) + BOTTOM
    width = len(phones) * (PHONE + GAP) - GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}" width="{width}" role="img">',
        "<title>Three conversations with the bot: in English, in Russian and in Persian</title>",
        f"<style>{_SHEET}</style>",
    ]
    for number, (content, _) in enumerate(phones):
        parts += [
            f'<g transform="translate({number * (PHONE + GAP)} 0)">',
            _box("page", 0, 0, PHONE, height),
            *content,
            "</g>",
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _phone(bot: Bot, question: str) -> tuple[list[str], float]:
    """The parts of one conversation from top to bottom, and where it ends."""
    parts = [
        _box("top", 0, 0, PHONE, TOP - 10),
        _box("top square", 0, 18, PHONE, TOP - 28),
        _text("Interview bot", "name", 2 * INDENT, 28),
    ]
    asked = _wrapped(question, "", BUBBLE - 2 * INDENT)
    width = max(width_of(line.text) for line in asked) + 2 * INDENT
    bubble, end = _bubble("visitor", PHONE - INDENT - width, TOP, width, asked)
    parts += bubble
    for message in render(bot.answer(question)):
        bubble, end = _bubble("bot", INDENT, end + 10, BUBBLE + 2 * INDENT, _lines(message))
        buttons, end = _keyboard(message, end + 4)
        parts += [*bubble, *buttons]
    return parts, end


def _bubble(kind: str, x: float, y: float, width: float, lines: list[Line]) -> tuple[list[str], float]:
    end = y + 2 * 9 + LINE * len(lines)
    parts = [_box(kind, x, y, width, end - y)]
    parts += _quotations(lines, x, y, width)
    for number, line in enumerate(lines):
        baseline = y + 9 + LINE * number + 15
        indent = 8 if line.style == "quote" else 0
        edge = x + width - INDENT if _runs_left(line.text) else x + INDENT + indent
        parts.append(_text(line.text, line.style, edge, baseline))
    return [part for part in parts if part], end


def _quotations(lines: list[Line], x: float, y: float, width: float) -> Iterator[str]:
    """The ground and the bar of each blockquote."""
    numbers = [number for number, line in enumerate(lines) if line.style == "quote"]
    if numbers:
        top = y + 9 + LINE * numbers[0] - 1
        height = LINE * len(numbers) + 3
        yield _box("ground", x + INDENT - 4, top, width - 2 * INDENT + 8, height)
        yield _box("bar", x + INDENT - 4, top, 3, height)


def _keyboard(message: RenderedMessage, y: float) -> tuple[list[str], float]:
    parts = []
    for row in message.keyboard.inline_keyboard if message.keyboard else ():
        width = (BUBBLE + 2 * INDENT - 4 * (len(row) - 1)) / len(row)
        for number, button in enumerate(row):
            x = INDENT + number * (width + 4)
            parts.append(_box("button", x, y, width, BUTTON - 4))
            label = _shortened(button.text, width - INDENT)
            parts.append(_text(label, "label", x + width / 2, y + 18.5, middle=True))
        y += BUTTON
    return parts, y


def _lines(message: RenderedMessage) -> list[Line]:
    """The text of a message, line by line."""
    lines: list[Line] = []
    for text, style in _segments(message):
        lines += _wrapped(text, style, _ROOM.get(style, BUBBLE))
    return lines


def _segments(message: RenderedMessage) -> Iterator[tuple[str, str]]:
    """The text with its styles, without the line breaks between one style and the next.

    Entities never overlap, and each covers whole lines.
    """
    units, place = message.text.encode("utf-16-le"), 0
    for entity in message.entities:
        plain = units[2 * place : 2 * entity.offset].decode("utf-16-le").removesuffix("\n")
        if plain:
            yield plain.removeprefix("\n") if place else plain, ""
        place = entity.offset + entity.length
        yield units[2 * entity.offset : 2 * place].decode("utf-16-le"), _STYLES.get(entity.type, "quote")
    rest = units[2 * place :].decode("utf-16-le")
    if rest:
        yield rest.removeprefix("\n"), ""


def _wrapped(text: str, style: str, width: float) -> list[Line]:
    """`text` in lines of at most `width`; a word is never cut."""
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if line and width_of(f"{line} {word}") > width:
                lines.append(Line(line, style))
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(Line(line, style))
    return lines


def width_of(text: str) -> float:
    """About how wide `text` is in pixels, rather more than less: fonts differ from screen to screen."""
    return sum(map(_width, text)) * SIZE * 1.12


def _width(char: str) -> float:
    """In units of the font's size; measured on the fonts named above."""
    if unicodedata.category(char) in {"Cf", "Mn"}:
        return 0.0
    if char in _NARROW:
        return 0.3
    if char in _WIDE:
        return 0.84
    if unicodedata.bidirectional(char) == "AL":
        return 0.52
    return 0.66 if char.isupper() else 0.56


def _shortened(text: str, width: float) -> str:
    """As an app does where a button is too narrow."""
    while width_of(text) * SMALL / SIZE > width:
        text = text.rstrip("…")[:-1].rstrip() + "…"
    return text


def _runs_left(text: str) -> bool:
    """Whether the first letter is of a script that is written from right to left, as apps decide it."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"


def _text(text: str, style: str, x: float, y: float, middle: bool = False) -> str:
    if not text:
        return ""
    direction = ' direction="rtl"' if _runs_left(text) else ""
    kind = f' class="{style}"' if style else ""
    anchor = "" if middle or not direction else ' text-anchor="start"'
    return f'<text{kind} x="{x:g}" y="{y:g}"{direction}{anchor} xml:space="preserve">{escape(text)}</text>'


def _box(kind: str, x: float, y: float, width: float, height: float) -> str:
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    return f'<rect class="{kind}" {place} rx="{_ROUNDED[kind]}"/>'


def main() -> int:
    """Prints the picture; 1 when the bot could not be loaded."""
    loaded = load(SOURCE, INTENTS)
    if loaded.bot is None:
        print(*loaded.problems, sep="\n", file=sys.stderr)
        return 1
    sys.stdout.write(picture(loaded.bot))
    return 0


if __name__ == "__main__":
    sys.exit(main())
