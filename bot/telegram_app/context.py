"""Which request an answer of ours came from, read from the buttons under it.

Rule: the state of a conversation lies in its messages, not in the process. So a reply to an answer is read
in its context also after a restart, and by a second process.
"""

from telegram import InlineKeyboardButton, Message

from bot.conversation.bot import NAMED
from bot.conversation.requests import Request, ShowIntent, ShowPassage, decode


def request_behind(message: Message) -> Request | None:
    """The request that `message`, one of our own, answers; None where its buttons do not tell.

    The button that shares an answer names it. Where there is none, a quotation has the steps around it in a
    row: passage before, its own passage, passage after. The related questions are others than the one that
    was answered.
    """
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    for search in (button.switch_inline_query or "" for row in rows for button in row):
        if search.startswith(NAMED):
            return ShowIntent(search.removeprefix(NAMED))
    for row in rows:
        steps = [request for request in map(_request, row) if isinstance(request, ShowPassage)]
        if len(steps) == 3:
            return steps[1]
    return None


def _request(button: InlineKeyboardButton) -> Request | None:
    return decode(button.callback_data) if isinstance(button.callback_data, str) else None
