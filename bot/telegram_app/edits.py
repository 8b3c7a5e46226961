"""Which messages of ours reply to which message of a visitor, so that an edited question edits its reply.

Rule: numbers only, of the newest questions, and in memory alone. This is the one thing about a conversation
that its messages cannot carry: of an edit Telegram tells what the question says now, and not which messages
reply to it. A restart forgets; then an edit of an older question stays without effect, which is better than
a second answer out of nowhere.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from telegram import Message

from bot.telegram_app.incoming import text_of

MOST_REMEMBERED = 2000
"""Questions, of all chats together: 0.8 MB (measured). Most edits repair a slip within a minute."""

_Key = tuple[int, int | str]
"""A chat, and in it the number of a message or the name of an album."""


@dataclass(frozen=True, slots=True)
class Given:
    """A reply that stands in a chat.

    text      the hash of the question's text; the text itself is not kept
    messages  the numbers of our messages, in order
    asked     when the question was written
    """

    text: int
    messages: tuple[int, ...]
    asked: datetime


class GivenReplies:
    """The newest replies, and since when none is missing among them: at first since the process `started`."""

    def __init__(self, started: datetime, most: int = MOST_REMEMBERED) -> None:
        self._most = most
        self._replies: OrderedDict[_Key, Given] = OrderedDict()
        self._complete_since = started

    def to(self, question: Message) -> Given | None:
        """The reply to `question`, or to the album that it belongs to."""
        return self._replies.get(_key(question))

    def never_to(self, question: Message) -> bool:
        """Whether it is certain that nothing was said to `question`: it was written since we remember,
        and is not remembered. A question that forgot to mention the bot gets its answer by an edit."""
        return self.to(question) is None and question.date > self._complete_since

    def is_outdated(self, question: Message) -> bool:
        """Whether a reply stands there to other words than those that `question` has now.

        Telegram also reports edits of what surrounds a text: a link's preview, a live location. When all
        words were taken away, the reply stays as it is.
        """
        given, text = self.to(question), text_of(question)
        return given is not None and bool(text) and given.text != hash(text)

    def note(self, question: Message, messages: tuple[int, ...]) -> None:
        """Remembers `messages` as the reply to `question`, and forgets the oldest where there are too many."""
        key = _key(question)
        self._replies[key] = Given(hash(text_of(question)), messages, question.date)
        self._replies.move_to_end(key)
        while len(self._replies) > self._most:
            _, forgotten = self._replies.popitem(last=False)
            self._complete_since = max(self._complete_since, forgotten.asked)


def _key(question: Message) -> _Key:
    """Ten pictures sent at once are ten messages of one album, and get one reply."""
    return question.chat.id, question.media_group_id or question.message_id
