"""From a message or a button to a reply, and where that goes.

Rule: what is said is decided by the `Bot`; here it is only asked, and each message and each button
gets one reply.
"""

import logging
import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.conversation.bot import Bot
from bot.conversation.replies import Remark, Reply, in_brief
from bot.conversation.requests import (
    PAGES,
    NoneOfThese,
    Request,
    ShowPage,
    ShowPassage,
    ShowTopic,
    ShowTopics,
    decode,
    linked,
)
from bot.storage.question_log import QuestionLog
from bot.telegram_app.edits import GivenReplies
from bot.telegram_app.incoming import (
    Command,
    Heard,
    Question,
    Wordless,
    heard,
    in_company,
    language_shown,
    text_of,
)
from bot.telegram_app.inline import answer_inline
from bot.telegram_app.logs import place_of
from bot.telegram_app.outgoing import acknowledge, may_not_write, replace, revise, send
from bot.telegram_app.owner import Owner
from bot.text.scripts import language_of

_LOG = logging.getLogger(__name__)

TelegramApplication = Application[Any, Any, Any, Any, Any, Any]
"""The library's application, with its own choices of context and storage."""

ALLOWED_UPDATES = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY)
"""What Telegram shall deliver: what is handled below (https://core.telegram.org/bots/api#getupdates). That
the bot was added to a group is not asked for: it is silent then, since nobody has asked anything yet."""

_IN_PLACE = (ShowPassage, ShowTopics, ShowTopic, NoneOfThese)
"""Steps of looking around, shown in the same message. A question that was chosen is answered below, so
that the answer stays."""


class Handlers:
    """Answers updates by the bot that is `current`, in a process that `started` at that moment."""

    def __init__(
        self, current: Callable[[], Bot], started: datetime, owner: Owner, notes: QuestionLog
    ) -> None:
        self._current = current
        self._notes = notes
        self._owner = owner
        self._given = GivenReplies(started)

    def register(self, application: TelegramApplication) -> None:
        """Adds the handlers. Posts of channels and business messages are left alone."""
        application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, self.on_message))
        application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, self.on_edit))
        application.add_handler(CallbackQueryHandler(self.on_button))
        application.add_handler(InlineQueryHandler(self.on_inline))
        application.add_error_handler(self.on_error)

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Replies to a message that is meant for the bot; keeps silent at any other.

        An album is several messages with one reply, and the words may come with any of them.
        """
        message = update.message
        if message is not None and (self._given.to(message) is None or self._given.is_outdated(message)):
            await self._reply(message, context)

    async def on_edit(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Edits the reply to a question whose words were changed.

        The edit of a message that was not meant for the bot before is read like a new one. What may
        have been answered before this process started is left alone.
        """
        message = update.edited_message
        if message is not None and (self._given.never_to(message) or self._given.is_outdated(message)):
            await self._reply(message, context)

    async def on_button(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Acknowledges the button first, always, and then shows what it stands for."""
        query = update.callback_query
        if query is None:
            return
        request, language = decode(query.data or ""), _language_of_button(query)
        if request is None:
            await acknowledge(query, self._current().wording(language).line("gone"))
            return
        await acknowledge(query)
        request = self._notes.pressed(request)
        reply = self._current().respond(request, language)
        self._owner.count("button")
        if query.message is not None and in_company(query.message):
            reply = in_brief(reply)
        if isinstance(request, _IN_PLACE):
            await replace(query, reply)
        elif query.message is not None:
            await send(query.message, reply)

    async def on_inline(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answers a search. One that has expired meanwhile is forgotten: nobody looks at it any more."""
        query = update.inline_query
        if query is not None:
            try:
                await answer_inline(query, self._current(), context.bot.username)
            except BadRequest as error:
                _LOG.info("update %s: a search could not be answered: %s", update.update_id, place_of(error))

    async def on_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Writes one line into the log and apologises once, in the visitor's language. Never raises.

        Where the bot may not write nothing is tried again.
        """
        error = context.error or RuntimeError()
        number = update.update_id if isinstance(update, Update) else "none"
        _LOG.error("update %s failed: %s", number, place_of(error))
        if may_not_write(error):  # as people please; nothing that the owner could mend
            return
        await self._owner.report(context.bot, error, number)
        if not isinstance(update, Update):
            return
        try:
            await self._say(update, "apology")
        except Exception as failure:  # whatever it is: nothing more can be done for this update
            _LOG.error("update %s: the apology failed too: %s", number, place_of(failure))

    def reply_to(self, said: Heard, language: str | None) -> Reply:
        """The reply to what was heard. `language` is the account's; the words' own script goes before."""
        match said:
            case Question(text, behind):
                return self._notes.note(text, self._current().answer(text, language, behind))
            case Command("ask", _):
                return self._how_to_ask(language)
            case Command("start", payload):
                return self._current().respond(linked(payload) or ShowPage("start"), language)
            case Command("random", _):
                return self._current().draw(random.random(), language)
            case Command("privacy", _):
                page = self._current().respond(ShowPage("privacy"), language)
                return self._notes.on_privacy(page, self._current().wording(language))
            case Command("topics", _):
                return self._current().respond(ShowTopics(), language)
            case Command(name, _):
                return self._current().respond(ShowPage(name if name in PAGES else "help"), language)
            case Wordless():
                return self.line("text_only", language)

    def line(self, key: str, language: str | None, **values: str) -> Reply:
        """A reply of one line of the wording."""
        wording = self._current().wording(language)
        return Reply("page", wording.language, (Remark(wording.line(key, **values)),))

    async def _reply(self, message: Message, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Says what is to be said to `message`, in place of what was said to it before, if anything."""
        said = heard(message, context.bot.bot)
        if said is None:
            return
        reply = self._for_owner(said, message, context) or self.reply_to(said, language_of_account(message))
        self._owner.count(reply.kind)
        if in_company(message):
            reply = in_brief(reply)
        given = self._given.to(message)
        if given:
            shown = await revise(message, given.messages, reply)
        else:
            shown = await send(message, reply, said.asked_in if isinstance(said, Question) else None)
        self._given.note(message, shown)

    def _for_owner(self, said: Heard, message: Message, context: ContextTypes.DEFAULT_TYPE) -> Reply | None:
        """/status in the owner's chat. Anywhere else it is a command that nobody knows."""
        if not (isinstance(said, Command) and said.name == "status" and self._owner.is_here(message.chat.id)):
            return None
        waiting = context.application.update_queue.qsize()
        return Reply("page", "en", (Remark(self._owner.status(waiting)),))

    async def on_flood(self, update: Update) -> None:
        """Says in a private chat that what is written now is not read; in a group nobody asked for that."""
        if update.message is not None and not in_company(update.message):
            await self._say(update, "flood")

    async def _say(self, update: Update, key: str) -> None:
        """Sends one line of the wording to whoever caused `update`, in their language."""
        query, message = update.callback_query, update.message
        if query is not None and query.message is not None:
            await send(query.message, self.line(key, _language_of_button(query)))
        elif message is not None:
            words = text_of(message)
            script = None if words.startswith("/") else language_of(words)  # commands are Latin everywhere
            await send(message, self.line(key, script or language_of_account(message)))

    def _how_to_ask(self, language: str | None) -> Reply:
        """With the first question of the first topic as the example."""
        request: Request = ShowTopics()
        for _ in range(2):  # all topics, then the questions of the first
            choices = self._current().respond(request, language).choices
            if not choices:
                return self._current().respond(ShowPage("help"), language)
            request = choices[0].request
        return self.line("ask_usage", language, example=choices[0].label)


def language_of_account(message: Message) -> str | None:
    """The language that the author's app is set to, where Telegram tells it."""
    return message.from_user.language_code if message.from_user else None


def _language_of_button(query: CallbackQuery) -> str | None:
    shown = language_shown(query.message) if isinstance(query.message, Message) else None
    return shown or query.from_user.language_code
