"""Updates that the library cannot read are put aside, so that they do not come for ever.

Rule: one bad update costs itself and nothing else. The library reads all updates of a poll together; when one of
them fails it asks for the same ones again, four hundred times a second (measured with 22.8), and the webhook is
given it again for a day. So each is tried before: a bad one is reported once, by its number and the kind of the
error, and an empty update of the same number takes its place, for which there is no handler. What this file does
not know: where updates come from.
"""

import json
import logging
from typing import Any

from telegram import Update

_LOG = logging.getLogger(__name__)


def readable(update: Any) -> dict[str, Any] | None:
    """`update` as it is, an empty one of its number where it cannot be read, or None where it has no number.

    >>> readable({"update_id": 7, "message": {"no": "message"}})
    {'update_id': 7}
    """
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(number, int):
        _LOG.error("an update without a number was left out")
        return None
    try:
        Update.de_json(update, None)
    except Exception as error:  # whatever the library says of what it does not expect
        _LOG.error("update %s cannot be read and was left out: %s", number, type(error).__name__)
        return {"update_id": number}
    return dict(update)


def readable_payload(payload: bytes) -> bytes:
    """The payload of a successful getUpdates in which every update can be read.

    It is given back untouched when nothing is wrong with it, which is nearly always.
    """
    try:
        answer = json.loads(payload)
        found = [readable(each) for each in answer["result"]]
    except (ValueError, KeyError, TypeError):
        return payload  # no answer of getUpdates: the library says what is wrong with it
    kept = [each for each in found if each is not None]
    return payload if kept == answer["result"] else json.dumps({**answer, "result": kept}).encode()
