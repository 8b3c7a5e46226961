"""Plays a conversation: each step becomes an update, and what the bot then does is collected.

The visitor presses and answers what the screen shows.
"""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.bot import Bot
from tests.telegram_app.conversation_files import Conversation, Step
from tests.telegram_app.harness import Harness
from tests.telegram_app.recorder import BOT, Call, Json, Recorder, buttons
from tests.telegram_app.updates import GROUP, VISITOR, edited, entities, message, person, press

TOPIC = 9
_FILE = {"file_id": "f", "file_unique_id": "u"}
_SIZED = _FILE | {"width": 1, "height": 1}
_STICKER = {"type": "regular", "is_animated": False, "is_video": False}
_POLL: Json = {
    "id": "1", "question": "Why?", "options": [], "total_voter_count": 0, "is_closed": False,
    "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
    "allows_revoting": False, "members_only": False,
}  # fmt: skip
SENDABLE: Mapping[str, Json] = {
    "a picture": {"photo": [_SIZED]},
    "a sticker": {"sticker": _SIZED | _STICKER},
    "a voice message": {"voice": _FILE | {"duration": 1}},
    "a location": {"location": {"latitude": 1.0, "longitude": 1.0}},
    "a poll": {"poll": _POLL},
    "an album": {"photo": [_SIZED], "media_group_id": "1"},
    "a forwarded question": {
        "text": "why did yandex leave iran",
        "forward_origin": {"type": "hidden_user", "sender_user_name": "Somebody", "date": 0},
    },
    "a pinned message": {
        "pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}
    },
    "a quotation by inline mode": {"text": "Why did Yandex leave Iran?", "via_bot": BOT},
    "a post of the linked channel": {"text": "/topics", "is_automatic_forward": True},
    "a question of another bot": {
        "text": "/ask why did yandex leave iran",
        "from_": {"id": 5, "is_bot": True, "first_name": "Other"},
    },
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the bot did in one step.

    calls     its requests, in order
    messages  what the messages that it sent or edited look like now
    update    what the visitor did; None for a step that sends no update
    """

    calls: tuple[Call, ...]
    messages: tuple[Json, ...]
    update: Json | None


def play(conversation: Conversation, bot: Bot) -> Iterator[tuple[Step, Shown]]:
    """The steps of a conversation, one after another, each with what the bot did."""
    player = _Player(conversation, bot)
    for step in conversation.steps:
        yield step, player.perform(step)
    assert [] == player.telegram.unexpected


class _Player:
    def __init__(self, conversation: Conversation, bot: Bot) -> None:
        self.telegram = Recorder()
        self._conversation = conversation
        self._bot = bot
        self._moments = itertools.count(1000)
        self._harness = Harness(bot, self.telegram, started=next(self._moments))
        self._last: Json = {}

    def perform(self, step: Step) -> Shown:
        before = len(self.telegram.calls)
        update = self._update(step)
        if update is not None:
            self._harness.receive(*update)
        calls = tuple(call for call in self.telegram.calls[before:] if call.method != "getMe")
        return Shown(calls, self._touched(calls), update[-1] if update else None)

    def _touched(self, calls: tuple[Call, ...]) -> tuple[Json, ...]:
        changed = {call.parameters["message_id"] for call in calls if call.method == "editMessageText"}
        sent = sum(call.method == "sendMessage" for call in calls)
        screen = self.telegram.screen
        newest = {each["message_id"] for each in screen[len(screen) - sent :]}
        return tuple(each for each in screen if each["message_id"] in changed | newest)

    def _update(self, step: Step) -> list[Json] | None:
        text = step.text(step.action).replace("@bot", f"@{BOT['username']}")
        match step.action:
            case "says":
                return [self._message(text, step)]
            case "replies":
                return [self._message(text, step, reply_to_message=self._replied_to(step))]
            case "edits":
                change = edited({"message": self._last}, text, at=next(self._moments))
                self._last = change["edited_message"]
                return [change]
            case "presses":
                return [self._press(text, step)]
            case "sends":
                return self._sent(text, step)
            case "deletes":
                self.telegram.screen.pop()
            case "restarts":
                self._harness = Harness(self._bot, self.telegram, started=next(self._moments))
        return None

    def _sent(self, what: str, step: Step) -> list[Json]:
        """An album is three pictures, the first of which has the caption."""
        content = dict(SENDABLE[what])
        text = content.pop("text", None)
        caption = step.text("caption").replace("@bot", f"@{BOT['username']}")
        words = {"caption": caption, "caption_entities": entities(caption)} if caption else {}
        rest: list[Json] = [{}, {}] if what == "an album" else []
        return [self._message(text, step, **content, **each) for each in (words, *rest)]

    def _message(self, text: str | None, step: Step, **more: Any) -> Json:
        where = self._conversation.where
        place: Json = {"is_topic_message": True, "message_thread_id": TOPIC} if where == "topic" else {}
        chat = VISITOR if where == "private" else GROUP
        app = step.text("app") or self._conversation.app
        content = {"date": next(self._moments), **place, **more}
        written = message(text, language=app, chat_id=chat, **content)
        self._last = written["message"]
        return written

    def _replied_to(self, step: Step) -> Json:
        if step.text("to"):
            other = message(step.text("to"), chat_id=self._last_chat(), from_=person("en", 5))
            return dict(other["message"])
        return dict(self.telegram.screen[-1])

    def _last_chat(self) -> int:
        return VISITOR if self._conversation.where == "private" else GROUP

    def _press(self, label: str, step: Step) -> Json:
        """The button of that label, or of the first that begins so, under the newest message."""
        newest = self.telegram.screen[-1]
        found = [each.get("callback_data") for each in buttons(newest) if each["text"].startswith(label)]
        assert found, f"{step.place}: no button {label!r} among {[b['text'] for b in buttons(newest)]}"
        return press(found[0], newest, step.text("app") or self._conversation.app)
