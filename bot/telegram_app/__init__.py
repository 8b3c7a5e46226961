"""The same conversation on Telegram.

Rule: everything is decided in the core; here a message becomes words, and a `Reply` becomes messages.
`telegram` is imported in this package only.

Reading order, from the outside in (a file knows only those below it):

    running      the process: polls until it is stopped, and says in one sentence what keeps it from that
    delivery     the application: request, timeouts, order of updates, handlers, what happens on an error
    inspection   is everything on Telegram's side as the bot needs it? (`doctor`)
    profile      the commands and descriptions that Telegram shows, registered at start
    handlers     from a message or a button to a reply, and where that goes
    edits        which messages reply to which question, so that an edited question edits its reply
    inline       "@bot words" in any chat
    sending      one `Reply` into a chat, or in place of a message
    rendering    one `Reply` to texts, entities and buttons
    owner        what the owner of the bot hears, and may ask
    addressing   which messages are meant for the bot, and what they say
    context      which request an answer came from, read from the buttons under it
    queue       where updates come in: nothing is acknowledged before it is safe
    ordering     one update at a time in a chat, chats side by side
    webhook      the address that Telegram calls, heard on this machine
    sieve        updates that cannot be read are put aside
    limits       how much is sent at once, and what is sent again
    connection   the line to Telegram, and what to tell the operator about it
    logs         no token and no stack trace in what is logged
    splitting, direction   long texts, and texts in two directions
"""

import os

# Spans of time are timedeltas, as they will be in the library's next major version; else it warns at each.
os.environ.setdefault("PTB_TIMEDELTA", "1")

from bot.telegram_app.app import build_application
from bot.telegram_app.run import run_polling

__all__ = ["build_application", "run_polling"]
