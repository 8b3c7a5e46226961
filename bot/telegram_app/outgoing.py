"""One `Reply` into a chat, or in place of a message.

Rule: every message of the bot leaves through here. In a group a reply hangs under what it answers; a
message that is already as it should be is no failure.
"""

import logging
from collections.abc import Sequence

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, ReplyParameters
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.conversation.replies import Reply
from bot.telegram_app.incoming import in_company
from bot.telegram_app.render import RenderedMessage, render

_LOG = logging.getLogger(__name__)

_NO_RIGHT = (
    "not enough rights",
    "no rights",
    "write_forbidden",
    "plain_forbidden",
    "restricted",
    "topic_closed",
    "chat not found",
)
"""What a refused message says where there is no such chat (any more), or the bot is in it and may not speak (td,
`can_send_message` and the errors of https://core.telegram.org/method/messages.sendMessage)."""


def may_not_write(error: BaseException) -> bool:
    """Whether `error` says that the bot has no say in that chat: it was blocked, removed or muted there."""
    if isinstance(error, Forbidden):
        return True
    return isinstance(error, BadRequest) and any(each in error.message.lower() for each in _NO_RIGHT)


async def send(message: MaybeInaccessibleMessage, reply: Reply, under: int | None = None) -> tuple[int, ...]:
    """Sends `reply` below `message`, into the same chat and topic; gives the numbers of what was sent.

    In a group the first message is hung under `message`, or under the message of the number `under`.
    Raises TelegramError when Telegram refuses.
    """
    return await _send(message, _rendered(message, reply), under)


async def revise(message: Message, numbers: Sequence[int], reply: Reply) -> tuple[int, ...]:
    """Shows `reply` in place of an earlier reply to `message`, whose messages have these `numbers`.

    Gives the numbers of what stands there now. What is too much is deleted and what is missing sent;
    when one of the messages cannot be edited any more, it and all behind it are sent anew.
    Raises TelegramError when Telegram refuses that too.
    """
    rendered = _rendered(message, reply)
    shown: list[int] = []
    for number, piece in zip(numbers, rendered, strict=False):
        if not await _edited(message, number, piece):
            break
        shown.append(number)
    for number in numbers[len(shown) :]:
        await _delete(message, number)
    missing = rendered[len(shown) :]
    return (*shown, *await _send(message, missing, hung=not shown))


async def replace(query: CallbackQuery, reply: Reply) -> None:
    """Shows `reply` in place of the message whose button was pressed.

    A reply of several messages cannot take the place of one, and a message that was deleted or is too
    old cannot be edited: then it is sent below. Raises TelegramError when that is refused too.
    """
    if query.message is None:  # a message sent by way of inline mode, which has no chat for us
        return
    rendered = _rendered(query.message, reply)
    shown = query.message
    if len(rendered) != 1 or not await _edited(shown, shown.message_id, rendered[0]):
        await send(shown, reply)


async def acknowledge(query: CallbackQuery, notice: str | None = None) -> None:
    """Stops the button's waiting sign, with a short `notice` (at most 200 characters) or without.

    A query that is too old to be answered is forgotten: what was asked for is shown all the same.
    """
    try:
        await query.answer(notice)
    except TelegramError as error:
        _LOG.info("a button could not be acknowledged: %s", type(error).__name__)


def _rendered(message: MaybeInaccessibleMessage, reply: Reply) -> tuple[RenderedMessage, ...]:
    return render(reply, bool(message.get_bot().bot.supports_inline_queries))


async def _send(
    message: MaybeInaccessibleMessage,
    rendered: Sequence[RenderedMessage],
    under: int | None = None,
    hung: bool = True,
) -> tuple[int, ...]:
    """Of several messages only the first one is hung under something, and none where `hung` is false."""
    numbers: list[int] = []
    for piece in rendered:
        first = hung and not numbers and in_company(message)
        place = ReplyParameters(under or message.message_id) if first else None
        sent = await _send_to(message, piece, place)
        numbers.append(sent.message_id)
    return tuple(numbers)


async def _send_to(
    message: MaybeInaccessibleMessage, piece: RenderedMessage, place: ReplyParameters | None
) -> Message:
    """The topic is known from the message; one too old for that (more than 48 hours) has only its number,
    and what hangs under it lands in its topic."""
    topic = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    return await message.get_bot().send_message(
        message.chat.id,
        piece.text,
        entities=piece.entities,
        reply_markup=piece.keyboard,
        reply_parameters=place,
        message_thread_id=topic,
    )


async def _edited(message: MaybeInaccessibleMessage, number: int, piece: RenderedMessage) -> bool:
    """Whether the message of that `number` in the same chat as `message` shows `piece` now."""
    try:
        await message.get_bot().edit_message_text(
            piece.text,
            message.chat.id,
            number,
            entities=piece.entities,
            reply_markup=piece.keyboard,
        )
    except BadRequest as error:
        return "not modified" in error.message.lower()
    return True


async def _delete(message: Message, number: int) -> None:
    """Deletes a message of ours that says nothing to the question any more.

    One that is gone already is no failure, and one that is older than 48 hours must stay
    (https://core.telegram.org/bots/api#deletemessage).
    """
    try:
        await message.get_bot().delete_message(message.chat.id, number)
    except BadRequest as error:
        _LOG.info("an outdated reply could not be deleted: %s", error.message)
