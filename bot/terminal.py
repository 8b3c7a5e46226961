"""The same conversation on a keyboard.

Rule: it renders a `Reply` and reads lines; it decides nothing. Colours only on a terminal, and not
with NO_COLOR (https://no-color.org). What this room does not know: how an answer is found.
"""

import random
import shutil
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.answers import Responder
from bot.passages import Quotation
from bot.replies import Choice, Remark, Reply
from bot.requests import Request, ShowIntent, ShowPage, ShowTopics
from bot.wording import Wording

WIDEST = 88
"""Longer lines are hard to read, however wide the window."""

BAR = "│ "
_BOLD, _DIM, _CYAN, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[0m"
_STYLES = {"title": _BOLD, "attribution": _DIM, "note": _DIM, "text": ""}
_COMMANDS: dict[str, Request] = {
    "/start": ShowPage("start"),
    "/topics": ShowTopics(),
    "/source": ShowPage("source"),
    "/help": ShowPage("help"),
    "/privacy": ShowPage("privacy"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How wide a line may be (in columns), and whether colours are understood."""

    width: int = WIDEST
    colours: bool = False


def look_of(is_terminal: bool, environment: Iterable[str]) -> Look:
    """The look for an output that is a terminal or not, with these environment variables set."""
    columns = shutil.get_terminal_size().columns if is_terminal else WIDEST
    return Look(min(WIDEST, max(20, columns - 1)), is_terminal and "NO_COLOR" not in environment)


def render(reply: Reply, look: Look = Look()) -> str:
    """A reply as lines of text: quotations behind a bar, choices numbered from 1.

    Right-to-left text is left in the order in which it is stored; the terminal lays it out.
    """
    parts = [_render_block(block, look) for block in reply.blocks]
    text = ""
    for block, part in zip(reply.blocks, parts, strict=True):
        follows_quotation = isinstance(block, Remark) and block.role == "attribution"
        text += ("\n" if follows_quotation else "\n\n") * bool(text) + part
    if reply.choices:
        text += "\n\n" + _render_choices(reply.choices, look)
    if reply.kind == "page" and reply.navigation:
        labels = enumerate(reply.navigation, len(reply.choices) + 1)
        text += "\n\n" + "   ".join(f"{number}) {choice.label}" for number, choice in labels)
    return text


def _render_block(block: Remark | Quotation, look: Look) -> str:
    if isinstance(block, Quotation):
        lines = textwrap.wrap(block.exact, look.width - len(BAR), break_long_words=False)
        return "\n".join(_styled(BAR, _CYAN, look) + line for line in lines)
    lines = [line for piece in block.text.split("\n") for line in textwrap.wrap(piece, look.width) or [""]]
    indent = "  " if block.role == "attribution" else ""
    return "\n".join(indent + _styled(line, _STYLES[block.role], look) for line in lines)


def _render_choices(choices: tuple[Choice, ...], look: Look) -> str:
    return "\n".join(
        f"{_styled(f'{number:>3})', _CYAN, look)} {choice.label}" for number, choice in enumerate(choices, 1)
    )


def _styled(text: str, style: str, look: Look) -> str:
    return f"{style}{text}{_PLAIN}" if look.colours and style and text else text


class Conversation:
    """One conversation: each line that was typed to the text that is shown.

    The numbers of the last choices stay valid until other choices are shown.
    """

    def __init__(
        self,
        responder: Responder,
        look: Look,
        language: str | None = None,
        before: Callable[[], None] = lambda: None,
        why: Callable[[str], str] = lambda text: text,
    ) -> None:
        self._responder = responder
        self._before = before
        self._why = why
        self._question = ""
        self._others: tuple[str, ...] = ()
        self._look = look
        self._language = language
        self._choices: tuple[Choice, ...] = ()

    @property
    def wording(self) -> Wording:
        """The bot's own lines in the language of the last message."""
        return self._responder.wording(self._language)

    def reply_to(self, line: str) -> str | None:
        """The text to show for a typed line; None when the visitor wants to leave.

        `before` is called first: what was edited meanwhile goes live between two lines. For editors /why explains
        the last reply, and /next shows the reading behind it.
        """
        self._before()
        line = line.strip()
        if line in {"/quit", "/exit", "/q"}:
            return None
        if line in _COMMANDS:
            return self._show(self._responder.respond(_COMMANDS[line], self._language))
        if line == "/why" and self._question:
            return self._why(self._question)
        if line == "/next" and self._others:
            best, *rest = self._others
            self._others = tuple(rest)
            return self._show(self._responder.respond(ShowIntent(best), self._language))
        if line == "/random":
            return self._show(self._responder.draw(random.random(), self._language))
        if line.isdecimal() and self._choices:
            return self._choose(line)
        question = line.removeprefix("/ask ").strip()
        if question.startswith("/"):
            return self.wording.line("terminal_unknown", command=question.split()[0])
        reply = self._responder.answer(question, self._language)
        self._language = reply.language
        self._question = question
        self._others = tuple(c.intent_id for c in reply.ranking if c.intent_id != reply.intent_id)
        return self._show(reply)

    def _choose(self, line: str) -> str:
        number = int(line) if len(line) < 4 else 0
        if not 1 <= number <= len(self._choices):
            return self.wording.line("terminal_no_number", number=line[:9])
        return self._show(self._responder.respond(self._choices[number - 1].request, self._language))

    def _show(self, reply: Reply) -> str:
        steps = reply.navigation if reply.kind == "page" else ()
        if reply.choices or steps:
            self._choices = (*reply.choices, *steps)
        return render(reply, self._look)


def chat(conversation: Conversation, read: Callable[[], str], write: Callable[[str], None]) -> None:
    """Talks until the visitor leaves: /quit, Ctrl-D or Ctrl-C.

    `read` gives the next line and raises EOFError at the end, as `input` does.
    """
    write(conversation.wording.line("terminal_welcome") + "\n")
    for line in _lines(read):
        if not line.strip():
            continue
        shown = conversation.reply_to(line)
        if shown is None:
            break
        write("\n" + shown + "\n")
    write(conversation.wording.line("terminal_bye"))


def _lines(read: Callable[[], str]) -> Iterator[str]:
    while True:
        try:
            yield read()
        except (EOFError, KeyboardInterrupt):
            return
