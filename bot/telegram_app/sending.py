"""One `Reply` into a chat, or in place of a message.

Rule: every message of the bot leaves through here. In a group a reply hangs under what it answers; a
message that is already as it should be is no failure. What this file does not know: why something is sent.
"""

import logging

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message
from telegram.error import BadRequest, TelegramError

from bot.replies import Reply
from bot.telegram_app.rendering import RenderedMessage, render

_LOG = logging.getLogger(__name__)


async def send(message: MaybeInaccessibleMessage, reply: Reply) -> None:
    """Sends `reply` below `message`, into the same chat and topic.

    `reply_text` names the answered message in groups and does not in private chats; of several messages
    only the first one is hung under it. Raises TelegramError when Telegram refuses.
    """
    for number, rendered in enumerate(render(reply)):
        if isinstance(message, Message):
            await message.reply_text(
                rendered.text,
                entities=rendered.entities,
                reply_markup=rendered.keyboard,
                do_quote=None if number == 0 else False,
            )
        else:  # too old to be replied to
            await message.get_bot().send_message(
                message.chat.id, rendered.text, entities=rendered.entities, reply_markup=rendered.keyboard
            )


async def replace(query: CallbackQuery, reply: Reply) -> None:
    """Shows `reply` in place of the message whose button was pressed.

    A reply of several messages cannot take the place of one, and a message that was deleted or is too
    old cannot be edited: then it is sent below. Raises TelegramError when that is refused too.
    """
    if query.message is None:  # a message sent by way of inline mode, which has no chat for us
        return
    rendered = render(reply)
    if len(rendered) != 1 or not await _edited(query, rendered[0]):
        await send(query.message, reply)


async def acknowledge(query: CallbackQuery, notice: str | None = None) -> None:
    """Stops the button's waiting sign, with a short `notice` (at most 200 characters) or without.

    A query that is too old to be answered is forgotten: what was asked for is shown all the same.
    """
    try:
        await query.answer(notice)
    except TelegramError as error:
        _LOG.info("a button could not be acknowledged: %s", type(error).__name__)


async def _edited(query: CallbackQuery, rendered: RenderedMessage) -> bool:
    """Whether the message shows `rendered` now."""
    try:
        await query.edit_message_text(
            rendered.text, entities=rendered.entities, reply_markup=rendered.keyboard
        )
    except BadRequest as error:
        return "not modified" in error.message.lower()
    return True
