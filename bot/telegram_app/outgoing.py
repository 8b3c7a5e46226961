"""Sends one `Reply` into a chat, or edits it into a message; and remembers which messages reply to which question.

Every message of the bot in a chat with visitors is sent from here.
"""

from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, ReplyParameters
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.conversation.replies import Reply
from bot.telegram_app.incoming import in_group, text_of
from bot.telegram_app.render import RenderedMessage, render

MOST_REMEMBERED = 2000
"""Questions, of all chats together: 0.8 MB (measured). Most edits correct a slip within a minute."""

_NO_RIGHT = (
    "not enough rights",
    "no rights",
    "write_forbidden",
    "plain_forbidden",
    "restricted",
    "topic_closed",
    "chat not found",
)
"""What Telegram answers where there is no such chat (any more), or the bot is in it and may not write (td,
`can_send_message` and the errors of https://core.telegram.org/method/messages.sendMessage)."""

_NO_TOPIC = ("thread not found", "topic_deleted")
"""What Telegram answers where the topic was deleted: the server of the Bot API, and the servers behind it."""

_Key = tuple[int, int | str]
"""A chat, and in it the number of a message or the name of an album."""


@dataclass(frozen=True, slots=True)
class SentReply:
    """The hash of a question (its text is not kept), the numbers of the messages that reply, and when it was asked."""

    text: int
    messages: tuple[int, ...]
    asked: datetime


class SentReplies:
    """The newest replies, so that an edited question edits its reply.

    They are in memory alone: an edit that Telegram reports holds the question's new text, and not which messages
    reply to it. After a restart an edit of an older question has no effect, which is better than a second answer.
    All replies to questions since the process `started` are known, until the oldest are dropped.
    """

    def __init__(self, started: datetime, most: int = MOST_REMEMBERED) -> None:
        self._most = most
        self._replies: OrderedDict[_Key, SentReply] = OrderedDict()
        self._complete_since = started

    def to(self, question: Message) -> SentReply | None:
        return self._replies.get(_key(question))

    def never_to(self, question: Message) -> bool:
        """Whether it is certain that `question` got no reply: it is not remembered, and all replies to questions of
        its time are. A question that forgot to mention the bot gets its answer by an edit."""
        return self.to(question) is None and question.date > self._complete_since

    def is_outdated(self, question: Message) -> bool:
        """Whether the reply is to other words than those that `question` has now.

        Telegram also reports edits of other things than the text: a link's preview, a live location. When all
        words were removed, the reply stays as it is.
        """
        sent, text = self.to(question), text_of(question)
        return sent is not None and bool(text) and sent.text != hash(text)

    def remember(self, question: Message, messages: tuple[int, ...]) -> None:
        key = _key(question)
        self._replies[key] = SentReply(hash(text_of(question)), messages, question.date)
        self._replies.move_to_end(key)
        while len(self._replies) > self._most:
            _, dropped = self._replies.popitem(last=False)
            self._complete_since = max(self._complete_since, dropped.asked)


def _key(question: Message) -> _Key:
    """Ten pictures sent at once are ten messages of one album, and get one reply."""
    return question.chat.id, question.media_group_id or question.message_id


def may_not_write(error: BaseException) -> bool:
    """Whether `error` means that the bot may not write in that chat: it was blocked, removed or muted there."""
    if isinstance(error, Forbidden):
        return True
    return isinstance(error, BadRequest) and any(each in error.message.lower() for each in _NO_RIGHT)


async def send(message: MaybeInaccessibleMessage, reply: Reply, to: int | None = None) -> tuple[int, ...]:
    """Sends `reply` into the chat and topic of `message`; returns the numbers of what was sent.

    In a group the first message is a reply to `message`, or to the message of the number `to`.
    Raises TelegramError when Telegram refuses.
    """
    return await _send(message, _rendered(message, reply), to or message.message_id)


async def revise(message: Message, numbers: Sequence[int], reply: Reply) -> tuple[int, ...]:
    """Shows `reply` in place of an earlier reply to `message`, whose messages have these `numbers`.

    Returns the numbers of the messages that show it. Superfluous messages are deleted and missing ones sent;
    when one of them cannot be edited any more, it and all after it are sent anew.
    Raises TelegramError when Telegram refuses that too.
    """
    rendered = _rendered(message, reply)
    shown: list[int] = []
    for number, piece in zip(numbers, rendered, strict=False):
        if not await _edited(message, number, piece):
            break
        shown.append(number)
    for number in numbers[len(shown) :]:
        # It may be gone, and one older than 48 hours must stay (https://core.telegram.org/bots/api#deletemessage).
        with suppress(BadRequest):
            await message.get_bot().delete_message(message.chat.id, number)
    missing = await _send(message, rendered[len(shown) :], None if shown else message.message_id)
    return (*shown, *missing)


async def replace(shown: MaybeInaccessibleMessage, reply: Reply) -> None:
    """Shows `reply` in place of a message of the bot, whose button was pressed.

    A reply of several messages, or to a message that cannot be edited (deleted or too old), is sent as new
    messages. Raises TelegramError when that is refused too.
    """
    rendered = _rendered(shown, reply)
    if len(rendered) != 1 or not await _edited(shown, shown.message_id, rendered[0]):
        await send(shown, reply)


async def acknowledge(query: CallbackQuery, notice: str | None = None) -> None:
    """Stops the button's progress bar, with a short `notice` (at most 200 characters) or without.

    Failure is no error: a query that is too old cannot be answered, and its request is shown all the same.
    """
    with suppress(TelegramError):
        await query.answer(notice)


def _rendered(message: MaybeInaccessibleMessage, reply: Reply) -> tuple[RenderedMessage, ...]:
    return render(reply, bool(message.get_bot().bot.supports_inline_queries))


async def _send(
    message: MaybeInaccessibleMessage, rendered: Sequence[RenderedMessage], to: int | None
) -> tuple[int, ...]:
    """In a group the first message is a reply to the one of the number `to`.

    The topic is known from `message`. One that is too old for that (more than 48 hours) has only its number, and a
    reply to it lands in its topic. Where the topic was deleted meanwhile, the answer is sent without it.
    """
    place = _topic(message)
    reply_to = ReplyParameters(to) if to is not None and in_group(message) else None
    numbers: list[int] = []
    for piece in rendered:
        send = partial(
            message.get_bot().send_message,
            message.chat.id,
            piece.text,
            entities=piece.entities,
            reply_markup=piece.keyboard,
            reply_parameters=None if numbers else reply_to,
        )
        try:
            sent = await send(**place)
        except BadRequest as error:
            if not place or not any(each in error.message.lower() for each in _NO_TOPIC):
                raise
            place = {}
            sent = await send()
        numbers.append(sent.message_id)
    return tuple(numbers)


def _topic(message: MaybeInaccessibleMessage) -> dict[str, Any]:
    """The topic of a forum, or a person's topic in the direct messages of a channel, as `send_message` takes it."""
    if not isinstance(message, Message):
        return {}
    if message.direct_messages_topic:
        return {"direct_messages_topic_id": message.direct_messages_topic.topic_id}
    is_topic = message.is_topic_message and message.message_thread_id
    return {"message_thread_id": message.message_thread_id} if is_topic else {}


async def _edited(message: MaybeInaccessibleMessage, number: int, piece: RenderedMessage) -> bool:
    """Whether the message of that `number`, in the chat of `message`, shows `piece` now."""
    try:
        await message.get_bot().edit_message_text(
            piece.text, message.chat.id, number, entities=piece.entities, reply_markup=piece.keyboard
        )
    except BadRequest as error:
        return "not modified" in error.message.lower()
    return True
