"""Which messages are meant for the bot, and what they say.

Rule: in a private chat a person speaks to the bot; in a group only by a command, a reply to it or a
mention of it. Everything else is none of its business: other bots, posts of channels, notices that
somebody joined. What this file does not know: what the answer is.

That one of an update's kinds is a new message (and no edit, post or business message) is decided before,
by the handlers' filter.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType

from bot.language import language_of

COMMANDS = ("start", "help", "topics", "ask", "source", "privacy")
"""In the order in which the menu shows them. The line of each is `command_...` in the wording."""

_QUOTED = {MessageEntity.BLOCKQUOTE, MessageEntity.EXPANDABLE_BLOCKQUOTE}


@dataclass(frozen=True, slots=True)
class Question:
    """Words to answer; "" when there was only a mention."""

    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command, in lower case and without its slash, and the words behind it."""

    name: str
    argument: str


@dataclass(frozen=True, slots=True)
class Wordless:
    """A picture, a voice message, a sticker: something sent on purpose, but nothing to read."""


Heard = Question | Command | Wordless


def heard(message: Message, me: User) -> Heard | None:
    """What `message` says to the bot `me`, or None for a message that is not for it.

    In a group, "/topics" is for every bot that knows it, "/topics@our_bot" for us alone; a command
    that we do not know is for us only when it names us (https://core.telegram.org/bots/features#commands).
    """
    if not _from_a_person(message):
        return None
    private = message.chat.type == ChatType.PRIVATE
    if _is_command(message):
        return _command(message, me, private)
    if message.text is not None:
        mentions = [each for each in message.entities if _mentions(each, message, me)]
        if private or mentions or _replies_to(message, me):
            return Question(without(message.text, mentions).strip())
        return None
    return Wordless() if private and _has_content(message) else None


def language_shown(message: Message) -> str | None:
    """The language of the bot's own lines in a message of its own, by their script.

    A button carries no language; so whoever was answered in Persian goes on in Persian, whatever the
    language of their app. None where nothing but a quotation can be seen.
    """
    quoted = [entity for entity in message.entities if entity.type in _QUOTED]
    return language_of(without(message.text or "", quoted))


def without(text: str, entities: Iterable[MessageEntity]) -> str:
    """`text` with the stretches of `entities` cut out. Their offsets count UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    for entity in sorted(entities, key=lambda each: each.offset, reverse=True):
        units = units[: 2 * entity.offset] + units[2 * (entity.offset + entity.length) :]
    return units.decode("utf-16-le", "replace")


def _from_a_person(message: Message) -> bool:
    """Anonymous admins and people who speak as a channel come as a pseudo-bot with `sender_chat`
    (https://core.telegram.org/bots/api#message); a channel's post copied into its group is no person."""
    if message.is_automatic_forward:
        return False
    author = message.from_user
    return message.sender_chat is not None or (author is not None and not author.is_bot)


def _is_command(message: Message) -> bool:
    return any(each.type == MessageEntity.BOT_COMMAND and each.offset == 0 for each in message.entities)


def _command(message: Message, me: User, private: bool) -> Command | None:
    words = (message.text or "").split(maxsplit=1)
    name, _, addressee = words[0].removeprefix("/").lower().partition("@")
    named = addressee == (me.username or "").lower()
    if private or named or (not addressee and name in COMMANDS):
        return Command(name, words[1].strip() if len(words) > 1 else "")
    return None


def _mentions(entity: MessageEntity, message: Message, me: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    if entity.type != MessageEntity.MENTION:
        return False
    return message.parse_entity(entity).lower() == f"@{me.username}".lower()


def _replies_to(message: Message, me: User) -> bool:
    answered = message.reply_to_message
    return answered is not None and answered.from_user is not None and answered.from_user.id == me.id


def _has_content(message: Message) -> bool:
    """Not a notice (a pinned message, a changed photo): those have no attachment of their own."""
    return message.effective_attachment is not None or message.checklist is not None
