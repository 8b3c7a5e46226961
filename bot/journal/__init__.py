"""What could not be answered, kept for the editor: questions without an answer, offers and what became of them.

Rule: no one is in it. A row holds a day, a text without numbers, addresses and names of accounts, and ids of
intents; no user, no chat, no hour. It is capped in number and age, and one setting turns it off. It can never
make an answer fail or wait. What this room does not know: how an answer is found, and what an editor does with
what is kept (`review`).

Files, a file knows only those below it:

    notes     what of a reply is worth keeping, and how a pressed button finds its row
    store     the rows on disk: with `inbox` the only one that knows sqlite3
    masks     what is taken out of a text before it is kept
    entries   a row, and how many are kept
"""

from bot.journal.entries import DAYS, NONE_TAKEN, ROWS, Entry, Kind
from bot.journal.notes import Notes

__all__ = ["DAYS", "NONE_TAKEN", "ROWS", "Entry", "Kind", "Notes"]
