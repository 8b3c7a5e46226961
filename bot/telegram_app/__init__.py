"""The bot on Telegram: an update becomes a request to the `Bot`, and its `Reply` becomes messages.

Modules, high to low (pyproject.toml has the contract):

    run           the process: receives updates until it is stopped
    app           the wiring: handlers, requests, what is done at start and end; `Service`
    webhook       the web server that Telegram calls
    handlers      from an update to a reply, and to the messages that show it
    inline        "@bot words" in any chat
    diagnosis     the findings of `doctor` on Telegram's side
    operator      the owner's chat: reports and /status; standard error without token and stack traces
    outgoing      send, edit, acknowledge
    setup         the commands and descriptions that Telegram shows
    incoming      which messages are meant for the bot, and what they ask
    render        a reply as texts, entities and buttons
    connection    how requests are made, and what is reported about them
    rate_limit    how much is sent at once, and what is sent again
    responses     what counts as an answer of Telegram, and what an error means
    updates       validation, the queue, and the order within a chat
"""

import os

# Durations are timedeltas, as in the library's next major version; otherwise it warns at each of them.
os.environ.setdefault("PTB_TIMEDELTA", "1")

from bot.telegram_app.app import build_service
from bot.telegram_app.run import run_service

__all__ = ["build_service", "run_service"]
