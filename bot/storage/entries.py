"""A row of the journal, and how many rows are kept for how long. Nothing in a row leads to a person."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["fallback", "offer", "wrong"]
"""Not answered; several questions were offered; the editor said that the answer is wrong."""

ROWS = 5000
"""The newest rows that are kept: months of a busy bot, and less than 2 MB."""

DAYS = 90
"""After so many days a row is deleted, whether somebody has looked at it or not."""

NONE_TAKEN = "-"
"""In place of an intent's id: "None of these" was pressed. No id begins with a hyphen."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row.

    text   the redacted question
    shown  the ids of the intents that were offered, or that were wrongly answered; best first
    taken  of an offer: the id that was chosen, NONE_TAKEN for "None of these", "" when nothing was pressed
    """

    kind: Kind
    text: str
    shown: tuple[str, ...] = ()
    taken: str = ""
