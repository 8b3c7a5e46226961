"""Which messages are meant for the bot, and what they ask.

In a private chat every message of a person is; in a group only a command, a reply to the bot or a mention of it.
Messages of other bots, posts of channels and notices (that somebody joined, also that the bot itself did) are not.
The only message of somebody else that is read is the one that a person asks about, by replying to it with /ask or
a mention.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from telegram import MaybeInaccessibleMessage, Message, MessageEntity, Update, User
from telegram.constants import ChatType
from telegram.ext import filters

from bot.conversation.bot import NAMED
from bot.conversation.requests import Request, ShowIntent, ShowPart, ShowPassage, decode
from bot.text.languages import language_of, script_of

COMMANDS = ("start", "help", "summary", "topics", "ask", "random", "source", "privacy")
"""In the order in which the menu shows them. The line of each is `command_...` in the wording."""

OWNER_COMMAND = "status"
"""For everybody else an unknown one."""

_AFTER_COMMAND = " \t\n\r\u00a0\u200e\u200f:,.;!?،؛؟：，。…–—-"
"""What people write between a command and the words that belong to it."""

_CONTENT = ("checklist", "gift", "gift_upgrade_sent", "giveaway", "giveaway_winners", "unique_gift")
"""What people send beside the library's attachments."""

_QUOTED = {MessageEntity.BLOCKQUOTE, MessageEntity.EXPANDABLE_BLOCKQUOTE}


@dataclass(frozen=True, slots=True)
class Question:
    """Words to answer.

    context  the request behind the bot's answer to which they reply, if any
    asked_in the number of the message that holds the words, where that is not the message itself
    """

    text: str
    context: Request | None = None
    asked_in: int | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A command, in lower case and without its slash, and the words after it ("ask" with words is a `Question`)."""

    name: str
    argument: str


@dataclass(frozen=True, slots=True)
class NoText:
    """A picture, a voice message, a sticker: sent to the bot, but without words."""


Incoming = Question | Command | NoText


def read_message(message: Message, me: User) -> Incoming | None:
    """What `message` asks of the bot `me`, or None for a message that is not for it.

    In a group, "/topics" is for every bot that knows it, "/topics@our_bot" for us alone; a command
    that we do not know is for us only when it names us (https://core.telegram.org/bots/features#commands).
    A picture's caption is read like a text.
    """
    if not _from_a_person(message, me):
        return None
    text = text_of(message)
    starts = (
        each.length for each in entities_of(message) if each.type == each.BOT_COMMAND and not each.offset
    )
    if text.startswith("/") and (length := next(starts, 0)):
        return _command(message, me, text[:length])
    mentions = [each for each in entities_of(message) if _mentions(each, message, me)]
    if not text:
        return None if in_group(message) or not _has_content(message) else NoText()
    if not in_group(message) or mentions or _replied_to(message, me):
        return _question(message, me, without(text, mentions).strip())
    return None


def text_of(message: Message) -> str:
    """The text of a message, or the caption of what it shows. "" where there is neither."""
    return message.text or message.caption or ""


def entities_of(message: Message) -> tuple[MessageEntity, ...]:
    return tuple(message.entities if message.text else message.caption_entities)


def in_group(message: MaybeInaccessibleMessage) -> bool:
    """Whether the chat is not a private one, so that others read along."""
    return message.chat.type != ChatType.PRIVATE


def language_of_account(message: Message) -> str | None:
    return message.from_user.language_code if message.from_user else None


def language_shown(message: Message, language_in: Callable[[str], str | None] = language_of) -> str | None:
    """The language of the bot's own lines in one of its messages. None where it shows only a quotation.

    A button carries no language; so a visitor who was answered in Persian stays in Persian, whatever the
    language of their app. Names and headings are in Latin letters in every language: one word in
    other letters says more than all of them.
    """
    quoted = [entity for entity in message.entities if entity.type in _QUOTED]
    found = without(message.text or "", quoted).split()
    other = next((word for word in found if script_of(word) not in {None, "latin"}), None)
    return language_in(other or " ".join(found))


def request_of(data: str) -> Request | None:
    """The request of a button (`render.button_data`), also of one that an earlier version made."""
    return decode(data.partition("/")[0])


def request_behind(message: Message) -> Request | None:
    """The request that `message`, one of the bot's, answers; None where its buttons do not show it.

    The state of a conversation is in its messages and not in the process, so a reply to an answer is understood
    in its context also after a restart, and by a second process. The steps of an answer say what it is, and so
    does the button that shares it.
    """
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    buttons = [button for row in rows for button in row]
    for button in buttons:
        data = button.callback_data if isinstance(button.callback_data, str) else ""
        step, _, shown = data.partition("/")
        match decode(step):
            case ShowPart(intent_id) if shown:
                return ShowIntent(intent_id) if shown == "0" else decode(f"m:{intent_id}:{shown}")
            case ShowPassage() if shown:
                return decode(shown)
    for search in (button.switch_inline_query or "" for button in buttons):
        if search.startswith(NAMED):
            return ShowIntent(search.removeprefix(NAMED))
    return None


def without(text: str, entities: Iterable[MessageEntity]) -> str:
    """`text` with the segments of `entities` cut out. Their offsets count UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    for entity in sorted(entities, key=lambda each: each.offset, reverse=True):
        units = units[: 2 * entity.offset] + units[2 * (entity.offset + entity.length) :]
    return units.decode("utf-16-le", "replace")


def _from_a_person(message: Message, me: User) -> bool:
    """Anonymous admins and people who write as a channel come as a pseudo-bot with `sender_chat`
    (https://core.telegram.org/bots/api#message). A channel's post that Telegram copied into its group is not by a
    person, and a quotation that somebody posted with the bot's inline mode asks nothing."""
    if message.is_automatic_forward or (message.via_bot and message.via_bot.id == me.id):
        return False
    author = message.from_user
    return message.sender_chat is not None or (author is not None and not author.is_bot)


def _command(message: Message, me: User, marked: str) -> Incoming | None:
    """The command is what Telegram marked, whatever follows: "/topics.", "/ask: why". A question after a slash that is
    no command of ours is a question: "/why did yandex leave iran"."""
    word = marked[1:].rstrip(_AFTER_COMMAND)
    rest = text_of(message)[1 + len(word) :]
    argument = rest.lstrip(_AFTER_COMMAND)
    name, _, addressee = word.partition("@")
    named = addressee.lower() == (me.username or "").lower()
    known = name.lower() in COMMANDS
    if in_group(message) and not named and (addressee or not known):
        return None
    if name.lower() == "ask":
        return _question(message, me, argument.strip())
    if known or name.lower() == OWNER_COMMAND or not (argument or "_" in name):
        return Command(name.lower(), argument.strip())
    return _question(message, me, f"{name.replace('_', ' ')}{rest}".strip())


def _question(message: Message, me: User, words: str) -> Incoming:
    """The author's own words, or those of the message to which they reply.

    /ask or a mention with nothing more, in reply to somebody's message, asks what that message says (or
    what was marked in it: https://core.telegram.org/bots/api#textquote).
    """
    ours = _replied_to(message, me)
    if words:
        return Question(words, request_behind(ours) if ours else None)
    other = message.reply_to_message
    marked = message.quote.text if message.quote else ""
    text = (marked or (text_of(other) if other and not ours else "")).strip()
    return Question(text, asked_in=other.message_id if other else None) if text else Command("ask", "")


def _mentions(entity: MessageEntity, message: Message, me: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    if entity.type != MessageEntity.MENTION:
        return False
    units = text_of(message).encode("utf-16-le", "surrogatepass")
    named = units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le", "replace")
    return named.lower() == f"@{me.username}".lower()


def _replied_to(message: Message, me: User) -> Message | None:
    """The bot's message to which `message` replies.

    In a topic every message counts as a reply to the notice that opened the topic; if the bot opened it, that is
    not a reply to the bot (https://core.telegram.org/bots/api#forumtopiccreated).
    """
    answered = message.reply_to_message
    if answered is None or answered.from_user is None or answered.forum_topic_created:
        return None
    return answered if answered.from_user.id == me.id else None


def _has_content(message: Message) -> bool:
    """Whether somebody sent something: also what the library does not know yet, which it keeps as it came. What reports
    something about a chat (`filters.StatusUpdate`) was sent by nobody."""
    if message.effective_attachment or any(getattr(message, each) for each in _CONTENT):
        return True
    is_newer = any(isinstance(each, (dict, list)) for each in message.api_kwargs.values())
    return is_newer and not filters.StatusUpdate.ALL.check_update(Update(0, message))
