"""Inline mode: "@bot words" in any chat offers quotations, and the one that is chosen is posted there.

https://core.telegram.org/bots/api#inlinequery
"""

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)

from bot.conversation.bot import MOST_FOUND, Bot
from bot.conversation.replies import Remark, Reply
from bot.conversation.requests import ShowIntent, link
from bot.corpus.passages import Quotation
from bot.telegram_app.render import directed, render, shortened


async def answer_inline(query: InlineQuery, bot: Bot, bot_name: str) -> None:
    """Shows what was found, and always a link to the bot itself. Raises TelegramError when that is refused.

    The results depend on the words alone, so Telegram may show them to everybody who types the same. Words that tell
    no language (none, a number, a name) are the exception: their results depend on the language of the app.
    """
    of_account = query.from_user.language_code
    languages = {bot.language(query.query, each) for each in (None, *bot.languages())}
    found = bot.search(query.query.strip(), of_account)
    help_label = bot.wording(bot.language(query.query, of_account)).line("inline_help")
    await query.answer(
        [_result(reply, bot_name) for reply in found[:MOST_FOUND]],
        cache_time=300,  # seconds; intents change seldom, and an edit need not show at once
        is_personal=len(languages) > 1,
        button=InlineQueryResultsButton(help_label, start_parameter="help"),
    )


def _result(reply: Reply, bot_name: str) -> InlineQueryResultArticle:
    """One answer. Its id is the intent's: at most 62 bytes, and the same at each search."""
    message, *_ = render(reply)
    intent_id = reply.intent_id or ""
    title = next(block.text for block in reply.blocks if isinstance(block, Remark))
    quotation = next(block for block in reply.blocks if isinstance(block, Quotation))
    speaker = quotation.passage.speaker.name.best(reply.language)
    back = f"https://t.me/{bot_name}?start={link(ShowIntent(intent_id))}"
    return InlineQueryResultArticle(
        intent_id,
        directed(title, reply.language),
        InputTextMessageContent(message.text, entities=message.entities),
        description=f"{speaker}: {shortened(quotation.exact, 120)}",  # apps show two lines
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton(f"@{bot_name}", url=back)]]),
    )
