"""Which messages are meant for the bot, and what they say.

Rule: in a private chat a person speaks to the bot; in a group only by a command, a reply to it or a
mention of it. Everything else is none of its business: other bots, posts of channels, notices that
somebody joined (also when the bot itself was added: the menu shows its commands, and a group need not
hear more). Of other people's messages only one is ever read: the one that somebody asks about by replying
to it with /ask or a mention.

That an update is a message (and no post or business message) is decided before, by the handlers' filter.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from telegram import MaybeInaccessibleMessage, Message, MessageEntity, User
from telegram.constants import ChatType

from bot.conversation.requests import Request
from bot.telegram_app.context import request_behind
from bot.text.scripts import LANGUAGE_OF_SCRIPT, language_of

COMMANDS = ("start", "help", "topics", "ask", "random", "source", "privacy")
"""In the order in which the menu shows them. The line of each is `command_...` in the wording."""

_QUOTED = {MessageEntity.BLOCKQUOTE, MessageEntity.EXPANDABLE_BLOCKQUOTE}


@dataclass(frozen=True, slots=True)
class Question:
    """Words to answer.

    context  the request behind the answer of ours that they reply to, if any
    asked_in the number of the message that holds the words, where that is not the message itself
    """

    text: str
    context: Request | None = None
    asked_in: int | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A command, in lower case and without its slash, and the words behind it. "ask" comes without words
    only: with words it is a `Question`."""

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
    A picture's caption is read like a text.
    """
    if not _from_a_person(message, me):
        return None
    private = message.chat.type == ChatType.PRIVATE
    if _is_command(message):
        return _command(message, me, private)
    text = text_of(message)
    mentions = [each for each in entities_of(message) if _mentions(each, message, me)]
    if not text:
        return Wordless() if private and _has_content(message) else None
    if private or mentions or _replied_to(message, me):
        return _asked(message, me, without(text, mentions).strip())
    return None


def text_of(message: Message) -> str:
    """The words of a message: its text, or the caption of what it shows. "" where there are none."""
    return message.text or message.caption or ""


def entities_of(message: Message) -> tuple[MessageEntity, ...]:
    """The entities of `text_of`."""
    return tuple(message.entities if message.text else message.caption_entities)


def in_company(message: MaybeInaccessibleMessage) -> bool:
    """Whether others read along."""
    return message.chat.type != ChatType.PRIVATE


def language_shown(message: Message) -> str | None:
    """The language of the bot's own lines in a message of its own, by their script.

    A button carries no language; so whoever was answered in Persian goes on in Persian, whatever the
    language of their app. Names and headings stand in Latin letters in every language: one word in
    other letters tells more than all of them. None where nothing but a quotation can be seen.
    """
    quoted = [entity for entity in message.entities if entity.type in _QUOTED]
    languages = [language_of(word) for word in without(message.text or "", quoted).split()]
    seen = [language for language in languages if language]
    return next(
        (language for language in seen if language != LANGUAGE_OF_SCRIPT["latin"]), seen[0] if seen else None
    )


def without(text: str, entities: Iterable[MessageEntity]) -> str:
    """`text` with the segments of `entities` cut out. Their offsets count UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    for entity in sorted(entities, key=lambda each: each.offset, reverse=True):
        units = units[: 2 * entity.offset] + units[2 * (entity.offset + entity.length) :]
    return units.decode("utf-16-le", "replace")


def _from_a_person(message: Message, me: User) -> bool:
    """Anonymous admins and people who speak as a channel come as a pseudo-bot with `sender_chat`
    (https://core.telegram.org/bots/api#message); a channel's post copied into its group is no person,
    and a quotation that somebody posted with our inline mode asks nothing."""
    if message.is_automatic_forward or (message.via_bot and message.via_bot.id == me.id):
        return False
    author = message.from_user
    return message.sender_chat is not None or (author is not None and not author.is_bot)


def _is_command(message: Message) -> bool:
    return text_of(message).startswith("/") and any(
        each.type == MessageEntity.BOT_COMMAND and each.offset == 0 for each in entities_of(message)
    )


def _command(message: Message, me: User, private: bool) -> Heard | None:
    word, *rest = text_of(message).split(maxsplit=1)
    name, _, addressee = word.removeprefix("/").lower().partition("@")
    named = addressee == (me.username or "").lower()
    if not (private or named or (not addressee and name in COMMANDS)):
        return None
    argument = rest[0].strip() if rest else ""
    return _asked(message, me, argument) if name == "ask" else Command(name, argument)


def _asked(message: Message, me: User, words: str) -> Heard:
    """The question of whoever addressed us: their own words, or those that they point at.

    /ask or a mention with nothing more, in reply to somebody's message, asks what that message says (or
    what was marked in it: https://core.telegram.org/bots/api#textquote).
    """
    ours = _replied_to(message, me)
    if words:
        return Question(words, request_behind(ours) if ours else None)
    pointed = message.reply_to_message
    marked = message.quote.text if message.quote else ""
    text = (marked or (text_of(pointed) if pointed and not ours else "")).strip()
    return Question(text, asked_in=pointed.message_id if pointed else None) if text else Command("ask", "")


def _mentions(entity: MessageEntity, message: Message, me: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    if entity.type != MessageEntity.MENTION:
        return False
    units = text_of(message).encode("utf-16-le", "surrogatepass")
    named = units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le", "replace")
    return named.lower() == f"@{me.username}".lower()


def _replied_to(message: Message, me: User) -> Message | None:
    """The message of ours that `message` replies to.

    In a topic every message hangs under the notice that opened the topic; if we opened it, that is no
    reply to us (https://core.telegram.org/bots/api#forumtopiccreated).
    """
    answered = message.reply_to_message
    if answered is None or answered.from_user is None or answered.forum_topic_created:
        return None
    return answered if answered.from_user.id == me.id else None


def _has_content(message: Message) -> bool:
    """Not a notice (a pinned message, a changed photo): those have no attachment of their own."""
    return message.effective_attachment is not None or message.checklist is not None
