"""What can be asked of the bot without typing: by a button, a link, a number or a command.

These values hold the whole state of a conversation, so that a restart or a second process loses nothing. The text form
of each fits a button's callback data (1 to 64 bytes, https://core.telegram.org/bots/api#inlinekeyboardbutton).
"""

import re
from dataclasses import dataclass

from bot.yamlfiles.fields import ID

BUTTON_BYTES = 64
_NUMBER = re.compile("[0-9]{1,7}")


@dataclass(frozen=True, slots=True)
class ShowIntent:
    """The answer of an intent."""

    intent_id: str


SUMMARY = ShowIntent("summary")
"""What /summary shows: the overview of the whole text, where the editor wrote one of that id."""


@dataclass(frozen=True, slots=True)
class ShowPart:
    """A part of an overview; `part` counts from 0."""

    intent_id: str
    part: int


@dataclass(frozen=True, slots=True)
class ShowPassage:
    """A whole passage of the interview. `number` counts from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class ShowTopics:
    """The list of topics."""


@dataclass(frozen=True, slots=True)
class ShowTopic:
    """The questions of one topic; `page` counts from 0."""

    name: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class NoneOfThese:
    """The visitor refused all questions of an offer."""


@dataclass(frozen=True, slots=True)
class FromOffer:
    """What was chosen from an offer. The question log gave the offer its name: at most 16 of A-Z, a-z, 0-9, _ and -."""

    offer: str
    request: ShowIntent | NoneOfThese


@dataclass(frozen=True, slots=True)
class ShowPage:
    """A page in the bot's own words: "start", "help", "source" or "privacy"."""

    name: str


Request = ShowIntent | ShowPart | ShowPassage | ShowTopics | ShowTopic | NoneOfThese | FromOffer | ShowPage

PAGES = ("start", "help", "source", "privacy")

OF_COMMANDS: dict[str, Request] = {
    "summary": SUMMARY,
    "topics": ShowTopics(),
    **{name: ShowPage(name) for name in PAGES},
}
"""What the commands show in every front end, by their names."""


def encode(request: Request) -> str:
    """The text form of `request`, at most 64 bytes.

    >>> encode(ShowTopic("payments", 2))
    't:payments:2'

    Raises ValueError for an id that is too long; the loader refuses such ids.
    """
    match request:
        case ShowIntent(intent_id):
            text = f"i:{intent_id}"
        case ShowPart(intent_id, part):
            text = f"m:{intent_id}:{part}"
        case ShowPassage(number):
            text = f"p:{number}"
        case ShowTopics():
            text = "ts"
        case ShowTopic(name, page):
            text = f"t:{name}:{page}"
        case NoneOfThese():
            text = "none"
        case FromOffer(offer, chosen):
            text = f"o:{offer}:{encode(chosen)}"
        case ShowPage(name):
            text = f"page:{name}"
    if len(text.encode()) > BUTTON_BYTES:
        raise ValueError(f"{text!r} is longer than {BUTTON_BYTES} bytes")
    return text


def link(request: ShowIntent | ShowPassage) -> str:
    """The payload of a link that opens `request`: at most 64 of A-Z, a-z, 0-9, _ and -
    (https://core.telegram.org/bots/features#deep-linking).

    >>> link(ShowIntent("yandex-left"))
    'i-yandex-left'
    """
    return encode(request).replace(":", "-", 1)


def linked(payload: str) -> Request | None:
    """The request of a link's payload: what `link` wrote, the name of a page, or the id of an intent or a passage. None
    for one that cannot be an id.

    >>> linked("p-12"), linked("i-yandex-left"), linked("yandex-left")
    (ShowPassage(number=12), ShowIntent(intent_id='yandex-left'), ShowIntent(intent_id='yandex-left'))
    >>> linked("help"), linked("")
    (ShowPage(name='help'), None)
    """
    if payload in PAGES:
        return ShowPage(payload)
    request = decode(payload.replace("-", ":", 1)) if payload[:2] in {"i-", "p-"} else None
    if request is None and re.fullmatch(ID, payload):
        return ShowIntent(payload)
    return request


def decode(text: str) -> Request | None:
    """The request that `encode` wrote as `text`; None for anything else, such as a button of an older version.

    >>> decode("p:12"), decode("rubbish")
    (ShowPassage(number=12), None)
    """
    match text.split(":"):
        case ["i", intent_id] if intent_id:
            return ShowIntent(intent_id)
        case ["m", intent_id, part] if intent_id and _NUMBER.fullmatch(part):
            return ShowPart(intent_id, int(part))
        case ["p", number] if _NUMBER.fullmatch(number):
            return ShowPassage(int(number))
        case ["ts"]:
            return ShowTopics()
        case ["t", name, page] if name and _NUMBER.fullmatch(page):
            return ShowTopic(name, int(page))
        case ["none"]:
            return NoneOfThese()
        case ["o", offer, "i", intent_id] if offer and intent_id:
            return FromOffer(offer, ShowIntent(intent_id))
        case ["o", offer, "none"] if offer:
            return FromOffer(offer, NoneOfThese())
        case ["page", name] if name in PAGES:
            return ShowPage(name)
    return None
