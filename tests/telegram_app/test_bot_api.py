"""What the bot does with each kind of update and of content of the Bot API that the library knows.

A newer library that knows more kinds makes these tests fail, so that somebody decides about each.
"""

from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, User
from telegram.constants import MessageType, UpdateType

from bot.telegram_app.app import ALLOWED_UPDATES
from bot.telegram_app.incoming import NOTICES, NoText, read_message
from tests.telegram_app.recorder import BOT

ANSWERED = {"message", "edited_message", "callback_query", "inline_query"}

IGNORED = {
    "business_connection": "the bot speaks for nobody's account",
    "business_message": "the same",
    "deleted_business_messages": "the same",
    "edited_business_message": "the same",
    "channel_post": "nobody has asked",
    "edited_channel_post": "the same",
    "chat_boost": "nothing depends on it",
    "removed_chat_boost": "the same",
    "chat_join_request": "the bot admits nobody",
    "chat_member": "who is in a group does not matter",
    "my_chat_member": "nobody has asked anything then",
    "chosen_inline_result": "what is posted from inline mode is not counted",
    "guest_message": "guest mode (Bot API 10.0) is off unless it is turned on at @BotFather",
    "managed_bot": "the bot makes no other bots",
    "message_reaction": "a reaction asks nothing",
    "message_reaction_count": "the same",
    "poll": "the bot asks nothing",
    "poll_answer": "the same",
    "pre_checkout_query": "nothing is sold",
    "purchased_paid_media": "the same",
    "shipping_query": "the same",
}

ANSWERED_WITH_A_LINE = {
    *("animation", "audio", "contact", "dice", "document", "game", "invoice", "live_photo", "location"),
    *("paid_media", "passport_data", "photo", "poll", "sticker", "story", "successful_payment", "venue"),
    *("video", "video_note", "voice", "checklist", "gift", "gift_upgrade_sent", "giveaway"),
    *("giveaway_winners", "unique_gift"),
}
"""In a private chat, where no words come with them: "I can only read text"."""

BESIDE_CONTENT = {
    *("business_connection_id", "effect_id", "reply_to_story", "sender_boost_count", "sender_business_bot"),
    "suggested_post_info",
}
"""They say something about a message, and change nothing."""


def test_every_kind_of_update_is_decided() -> None:
    """And no other is asked for."""
    assert {each.value for each in UpdateType} == ANSWERED | set(IGNORED)
    assert ANSWERED == set(ALLOWED_UPDATES)


def test_every_kind_of_content_is_decided() -> None:
    """Words are read; the rest gets a line, or reports something to which there is no answer."""
    known = ANSWERED_WITH_A_LINE | BESIDE_CONTENT | NOTICES | {"text"}
    assert {each.value for each in MessageType} - known == set()
    assert not ANSWERED_WITH_A_LINE & NOTICES


@pytest.mark.filterwarnings("ignore:.*successful_payment:telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize("kind", sorted(ANSWERED_WITH_A_LINE | BESIDE_CONTENT | NOTICES))
def test_content_without_words_gets_what_is_decided(kind: str) -> None:
    """In a private chat."""
    author, me = User(7, "V", is_bot=False), User.de_json(BOT, None)
    assert me is not None
    content = {kind: "x"}
    found = Message(1, datetime.now(UTC), Chat(7, "private"), from_user=author, **content)  # type: ignore[arg-type]
    assert (NoText() if kind in ANSWERED_WITH_A_LINE else None) == read_message(found, me)
