"""The bot in a terminal: lines in, a `Reply` as text out."""

import contextlib
import random
import re
import shutil
import textwrap
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.conversation.bot import Bot
from bot.conversation.replies import Choice, Remark, Reply
from bot.conversation.requests import OF_COMMANDS, ShowIntent, ShowPart
from bot.conversation.wording import Wording
from bot.corpus.passages import Quotation
from bot.storage.last_answers import LastAnswers
from bot.storage.question_log import QuestionLog

WIDEST = 88
"""Longer lines are hard to read, however wide the window."""

BAR = "│ "
_BOLD, _DIM, _CYAN, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[0m"
_STYLES = {"title": _BOLD, "attribution": _DIM, "translation": _DIM, "note": _DIM, "text": ""}

TOOLS_HELP = """

For editors, about the last question: /why explains the reply, /next shows the next candidate's answer, and
/wrong notes that the reply was wrong. Files that you save are used from the next line on."""
"""In English, as everything for editors."""


@dataclass(frozen=True, slots=True)
class TerminalStyle:
    """The width of a line in columns, whether there are colours, and the code of the visitor's language, which counts
    until a message tells it; None for English."""

    width: int = WIDEST
    colours: bool = False
    language: str | None = None


def style_of(is_terminal: bool, environment: Iterable[str]) -> TerminalStyle:
    """The style for an output. Colours only on a terminal without NO_COLOR (https://no-color.org)."""
    columns = shutil.get_terminal_size().columns if is_terminal else WIDEST
    return TerminalStyle(min(WIDEST, max(20, columns - 1)), is_terminal and "NO_COLOR" not in environment)


def language_of_user(environment: Mapping[str, str]) -> str | None:
    """The code of the language that the environment asks for, None where it asks for none. The order of the variables
    is that of GNU gettext (https://www.gnu.org/software/gettext/manual/html_node/Locale-Environment-Variables.html).

    >>> language_of_user({"LANG": "ru_RU.UTF-8"})
    'ru'
    """
    wanted = (environment.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    code = re.match("[a-z]*", next(filter(None, wanted), ""))
    return (code and code[0]) or None


def render(reply: Reply, style: TerminalStyle = TerminalStyle()) -> str:
    """A reply as lines of text: quotations behind a bar, choices numbered from 1.

    Right-to-left text stays in the order in which it is stored; the terminal lays it out.
    """
    text = ""
    for block in reply.blocks:
        follows_quotation = isinstance(block, Remark) and block.role == "attribution"
        text += ("\n" if follows_quotation else "\n\n") * bool(text) + _render_block(block, style)
    if reply.choices:
        text += "\n"
    for number, choice in enumerate(reply.choices, 1):
        text += f"\n{_styled(f'{number:>3})', _CYAN, style)} {choice.label}"
    if steps := _steps(reply):
        labels = enumerate(steps, len(reply.choices) + 1)
        text += "\n\n" + "   ".join(f"{number}) {choice.label}" for number, choice in labels)
    return text


def _steps(reply: Reply) -> tuple[Choice, ...]:
    """The steps that a number may choose: under an answer only those to the other parts of an overview."""
    if reply.kind == "page":
        return reply.navigation
    return tuple(step for step in reply.navigation if isinstance(step.request, ShowPart))


def _render_block(block: Remark | Quotation, style: TerminalStyle) -> str:
    if isinstance(block, Quotation):
        lines = textwrap.wrap(block.exact, style.width - len(BAR), break_long_words=False)
        return "\n".join(_styled(BAR, _CYAN, style) + line for line in lines)
    indent = "  " if block.role in {"attribution", "translation"} else ""
    width = style.width - len(indent)
    lines = [line for piece in block.text.split("\n") for line in textwrap.wrap(piece, width) or [""]]
    return "\n".join(indent + _styled(line, _STYLES[block.role], style) for line in lines)


def _styled(text: str, escape: str, style: TerminalStyle) -> str:
    return f"{escape}{text}{_PLAIN}" if style.colours and escape and text else text


READ_IN_CONTEXT = "It was taken as following the answer before it, and that decided. By itself:"


class Conversation:
    """From a typed line to the text to show. The numbers of the last choices stay valid until others are shown.

    current       gives the bot; it is called once for each line
    question_log  keeps questions that were not answered, or wrongly; by default none
    why           explains the reply to a question, for editors
    clock         seconds that only go forward
    """

    def __init__(
        self,
        current: Callable[[], Bot],
        style: TerminalStyle,
        question_log: QuestionLog | None = None,
        why: Callable[[str], str] = lambda _question: "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._current = current
        self._style = style
        self._question_log = question_log or QuestionLog(None, print)
        self._why = why
        self._language = style.language
        self._choices: tuple[Choice, ...] = ()
        self._last: tuple[str, Reply] | None = None
        self._candidates_shown = 0
        self._last_answers = LastAnswers(clock=clock)

    @property
    def wording(self) -> Wording:
        """The bot's own lines in the language of the last message, else in the visitor's."""
        return self._current().wording(self._language)

    def reply_to(self, line: str) -> str | None:
        """The text to show for a typed line; None when the visitor wants to leave."""
        line, bot = line.strip(), self._current()
        if not line:
            return ""
        if line in {"/quit", "/exit", "/q"}:
            return None
        if line in {"/why", "/next", "/wrong"}:
            return self._tool(bot, line)
        if line == "/privacy":
            return self._show(self._question_log.privacy(bot, self._language))
        if line == "/random":
            return self._show(bot.draw(random.random(), self._language))
        if line.startswith("/") and line[1:] in OF_COMMANDS:
            page = self._show(bot.respond(OF_COMMANDS[line[1:]], self._language))
            return page + TOOLS_HELP if line == "/help" else page
        if line.isdecimal() and self._choices:
            return self._choose(bot, line)
        question = line.removeprefix("/ask ").strip()
        if question.startswith("/"):
            return bot.wording(self._language).line("terminal_unknown", command=question.split()[0])
        return self._answer(bot, question)

    def _answer(self, bot: Bot, question: str) -> str:
        context = self._last_answers.context(None)
        reply = bot.answer(question, self._language, context)
        self._language = reply.language
        self._last = question, reply
        self._candidates_shown = 0
        return self._show(self._question_log.note(question, reply))

    def _tool(self, bot: Bot, command: str) -> str:
        if self._last is None:
            return f"{command} is about the last question, and there was none yet."
        question, reply = self._last
        if command == "/why":
            alone = bot.answer(question, self._language).blocks == reply.blocks
            return self._why(question) if alone else f"{READ_IN_CONTEXT}\n\n{self._why(question)}"
        if command == "/next":
            return self._next(bot, reply)
        if self._question_log.wrong(question, reply):
            return "Noted: that reply was wrong. python -m bot review shows what to do about it."
        return "Nothing is noted, because JOURNAL is off."

    def _next(self, bot: Bot, reply: Reply) -> str:
        """The answer of the best candidate that was not shown yet. Small talk and refusals have none."""
        for candidate in reply.ranking[self._candidates_shown :]:
            self._candidates_shown += 1
            other = bot.respond(ShowIntent(candidate.intent_id), self._language)
            if other.kind == "answer" and candidate.intent_id != reply.intent_id:
                name = f"{candidate.intent_id}, confidence {candidate.confidence:.0%}"
                return f"{_styled(name, _DIM, self._style)}\n\n{self._show(other)}"
        return "There is no further candidate for the last question."

    def _choose(self, bot: Bot, line: str) -> str:
        number = int(line) if len(line) < 4 else 0
        if not 1 <= number <= len(self._choices):
            return bot.wording(self._language).line("terminal_no_number", number=line[:9])
        request = self._question_log.pressed(self._choices[number - 1].request)
        return self._show(bot.respond(request, self._language))

    def _show(self, reply: Reply) -> str:
        self._last_answers.note(None, reply.context)
        choices = (*reply.choices, *_steps(reply))
        if choices:
            self._choices = choices
        return render(reply, self._style)


def chat(conversation: Conversation, read: Callable[[], str], write: Callable[[str], None]) -> None:
    """Answers lines until the visitor leaves: /quit, Ctrl-D or Ctrl-C.

    `read` returns the next line and raises EOFError at the end, as `input` does.
    """
    write(conversation.wording.line("terminal_welcome") + "\n")
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while (shown := conversation.reply_to(read())) is not None:
            if shown:
                write("\n" + shown + "\n")
    write(conversation.wording.line("terminal_bye"))
