"""What the bot does with each kind of update and of content of the Bot API that the library knows.

A newer library that knows more kinds makes these tests fail, so that somebody decides about each.
"""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Chat, Message, User
from telegram.constants import MessageType, UpdateType

from bot.telegram_app.app import ALLOWED_UPDATES
from bot.telegram_app.incoming import NoText, read_message
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

NOTICES = frozenset({
    "boost_added", "channel_chat_created", "chat_background_set", "chat_owner_changed", "chat_owner_left",
    "chat_shared", "checklist_tasks_added", "checklist_tasks_done", "connected_website", "delete_chat_photo",
    "direct_message_price_changed", "forum_topic_closed", "forum_topic_created", "forum_topic_edited",
    "forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden", "giveaway_completed",
    "giveaway_created", "group_chat_created", "left_chat_member", "managed_bot_created",
    "message_auto_delete_timer_changed", "migrate_from_chat_id", "migrate_to_chat_id", "new_chat_members",
    "new_chat_photo", "new_chat_title", "paid_message_price_changed", "pinned_message", "poll_option_added",
    "poll_option_deleted", "proximity_alert_triggered", "refunded_payment", "suggested_post_approval_failed",
    "suggested_post_approved", "suggested_post_declined", "suggested_post_paid", "suggested_post_refunded",
    "supergroup_chat_created", "users_shared", "video_chat_ended", "video_chat_participants_invited",
    "video_chat_scheduled", "video_chat_started", "web_app_data", "write_access_allowed",
})  # fmt: skip
"""What Telegram reports about a chat; nobody has sent the bot anything
(https://core.telegram.org/bots/api#message, as of Bot API 10.0)."""

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
    assert (NoText() if kind in ANSWERED_WITH_A_LINE else None) == read_content({kind: "x"})


@pytest.mark.parametrize("kind", sorted(NOTICES - {"boost_added"} | BESIDE_CONTENT))
def test_content_that_the_library_does_not_know_gets_a_line_but_for_notices(kind: str) -> None:
    """A notice may say more in a newer Bot API. Only groups are boosted."""
    newer = {"newer": {"of": "a later version"}}
    assert (None if kind in NOTICES else NoText()) == read_content({kind: "x", "api_kwargs": newer})


def read_content(content: dict[str, Any]) -> object:
    author, me = User(7, "V", is_bot=False), User.de_json(BOT, None)
    return read_message(Message(1, datetime.now(UTC), Chat(7, "private"), from_user=author, **content), me)
