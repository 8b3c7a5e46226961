"""From an update to a reply, and to the messages that show it."""

import logging
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes

from bot.conversation.bot import Bot
from bot.conversation.replies import Remark, Reply, in_brief
from bot.conversation.requests import (
    OF_COMMANDS,
    NoneOfThese,
    ShowPage,
    ShowPart,
    ShowPassage,
    ShowTopic,
    ShowTopics,
)
from bot.storage.last_answers import LastAnswers
from bot.storage.question_log import QuestionLog
from bot.telegram_app.incoming import (
    Command,
    Incoming,
    NoText,
    Question,
    in_group,
    language_of_account,
    language_shown,
    read_message,
    request_of,
    text_of,
)
from bot.telegram_app.inline import answer_inline
from bot.telegram_app.operator import Operator, place_of
from bot.telegram_app.outgoing import SentReplies, acknowledge, may_not_write, replace, revise, send
from bot.telegram_app.responses import words_of

_LOG = logging.getLogger(__name__)

_IN_PLACE = (ShowPart, ShowPassage, ShowTopics, ShowTopic, NoneOfThese)
"""Requests that are shown in place of the message with the button. Others are answered below it."""


class Handlers:
    """Answers updates.

    current  gives the bot; it is called once an update, so that one bot answers the whole of it
    started  when the process started: an earlier message may have been answered already
    """

    def __init__(
        self, current: Callable[[], Bot], started: datetime, operator: Operator, question_log: QuestionLog
    ) -> None:
        self._current = current
        self._operator = operator
        self._question_log = question_log
        self._sent = SentReplies(started)
        self._last_answers = LastAnswers()

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Replies to a message that is meant for the bot.

        An album is several messages with one reply, and the words may come with any of them.
        """
        message = update.message
        if message is not None and (self._sent.to(message) is None or self._sent.is_outdated(message)):
            await self._reply(self._current(), message, context)

    async def on_edit(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Edits the reply to a question whose words were changed.

        A message that was not meant for the bot before is treated as a new one. A message from before the start of
        this process gets no reply: it may have been answered then.
        """
        message = update.edited_message
        if message is not None and (self._sent.never_to(message) or self._sent.is_outdated(message)):
            await self._reply(self._current(), message, context)

    async def on_button(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Acknowledges the button first, always, and then shows what it asks for."""
        query, bot = update.callback_query, self._current()
        if query is None:
            return
        request, language = request_of(query.data or ""), _language_of_button(bot, query)
        if request is None:
            await acknowledge(query, bot.wording(language).line("gone"))
            return
        await acknowledge(query)
        request = self._question_log.pressed(request)
        reply = bot.respond(request, language)
        self._operator.served["button"] += 1
        shown = query.message
        if shown is None:  # it was posted by inline mode, and its chat is unknown
            return
        person = shown.chat.id, query.from_user.id
        self._last_answers.note(person, reply.context)
        reply = in_brief(reply) if in_group(shown) else reply
        if isinstance(request, _IN_PLACE):
            await replace(shown, reply)
        else:
            await send(shown, reply)

    async def on_inline(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answers a search. One that has expired meanwhile is no error: its results are not shown any more."""
        if update.inline_query is not None:
            with suppress(BadRequest):
                await answer_inline(update.inline_query, self._current(), context.bot.username)

    async def on_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Writes one line into the log and apologises once, in the visitor's language. Never raises."""
        error = context.error or RuntimeError()
        number = update.update_id if isinstance(update, Update) else "none"
        what = _cause_of(error, update)
        _LOG.error("update %s failed: %s", number, what)
        if may_not_write(error):  # an apology would be refused too, and the owner cannot repair it
            return
        try:
            if isinstance(update, Update):
                await self._send_line(update, "apology")
        except Exception as failure:  # of any kind: nothing more can be done for this update
            _LOG.error("update %s: the apology failed too: %s", number, _cause_of(failure, update))
        await self._operator.report_error(context.bot, what, number)

    async def on_flood(self, update: Update) -> bool:
        """Says that further messages are not answered. True when the chat was told: what people in a group say to each
        other is no reason to write there."""
        message = update.message
        if message is None or read_message(message, message.get_bot().bot) is None:
            return False
        await self._send_line(update, "flood")
        return True

    async def _reply(self, bot: Bot, message: Message, context: ContextTypes.DEFAULT_TYPE) -> None:
        incoming = read_message(message, context.bot.bot)
        if incoming is None:
            return
        reply = self._reply_to(bot, incoming, message)
        self._last_answers.note(_person(message), reply.context, message.message_id)
        self._operator.served[reply.kind] += 1
        reply = in_brief(reply) if in_group(message) else reply
        earlier = self._sent.to(message)
        if earlier:
            shown = await revise(message, earlier.messages, reply)
        else:
            shown = await send(message, reply, incoming.asked_in if isinstance(incoming, Question) else None)
        self._sent.remember(message, shown)

    def _reply_to(self, bot: Bot, incoming: Incoming, message: Message) -> Reply:
        language = language_of_account(message)  # the script of a question takes precedence, inside the bot
        match incoming:
            case Question(text, replied_to, asked_in):
                last = self._last_answers.context(_person(message), message.message_id)
                context = replied_to or (last if asked_in is None else None)
                return self._question_log.note(text, bot.answer(text, language, context))
            case Command("ask", _):
                return _how_to_ask(bot, language)
            case Command("start", payload):
                return bot.welcome(payload, language)
            case Command("random", _):
                return bot.draw(random.random(), language)
            case Command("privacy", _):
                return self._question_log.privacy(bot, language)
            case Command("status", _) if message.chat.id == self._operator.chat:
                return Reply("page", "en", (Remark(self._operator.status()),))
            case Command(name, _):
                return bot.respond(OF_COMMANDS.get(name, ShowPage("help")), language)
            case NoText():
                return _line(bot, "text_only", language)

    async def _send_line(self, update: Update, key: str) -> None:
        bot, query, message = self._current(), update.callback_query, update.message
        if query is not None and query.message is not None:
            await send(query.message, _line(bot, key, _language_of_button(bot, query)))
        elif message is not None:
            text = text_of(message)
            words = "" if text.startswith("/") else text  # commands are Latin everywhere
            await send(message, _line(bot, key, bot.language(words, language_of_account(message))))


def _person(message: Message) -> tuple[int, int]:
    """Whom a message is from: a person in a chat."""
    return message.chat.id, message.from_user.id if message.from_user else 0


def _cause_of(error: BaseException, update: object) -> str:
    """What went wrong, without what the visitor wrote: Telegram's own words, or a place in this program's code."""
    if not isinstance(error, TelegramError):
        return place_of(error)
    message = update.effective_message if isinstance(update, Update) else None
    author = message.from_user if message else None
    return words_of(error, f"{text_of(message) if message else ''} {author.full_name if author else ''}")


def _how_to_ask(bot: Bot, language: str | None) -> Reply:
    """With the first question of the first topic as the example."""
    topics = bot.respond(ShowTopics(), language).choices
    if not topics:
        return bot.respond(ShowPage("help"), language)
    questions = bot.respond(topics[0].request, language).choices
    return _line(bot, "ask_usage", language, example=questions[0].label)


def _line(bot: Bot, key: str, language: str | None, **values: str) -> Reply:
    wording = bot.wording(language)
    return Reply("page", wording.language, (Remark(wording.line(key, **values)),))


def _language_of_button(bot: Bot, query: CallbackQuery) -> str | None:
    shown = language_shown(query.message, bot.language) if isinstance(query.message, Message) else None
    return shown or query.from_user.language_code
