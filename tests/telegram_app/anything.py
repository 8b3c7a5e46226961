"""Updates of every kind that the Bot API can express, with fields that fit and fields that do not fit together.

https://core.telegram.org/bots/api#update. Strategies of hypothesis; what one of them finds becomes a case.
"""

import string
from typing import Any

from hypothesis import strategies as st

from tests.telegram_app.recorder import BOT
from tests.telegram_app.updates import GROUP, VISITOR, Json

WORDS = (
    "why",
    "how tall",
    "lamp",
    "tower",
    "/ask",
    "/start",
    "@Lighthouse_Bot",
    "почему",
    "چرا",
    "😀",
    "e\u0301",
    "\u200c",
)

texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
    st.text(max_size=80),
    st.sampled_from(
        ["", " ", "?" * 4096, "why is the lamp " * 250, "/start i-lamp-colour", "/start " + "x" * 64]
    ),
)
numbers = st.integers(-(2**52), 2**52)
names = st.text(max_size=10)
languages = st.sampled_from([None, "", "en", "ru", "fa", "pt-br", "xx", "zh-hans-cn-x-long"])
chats = st.sampled_from(
    [
        {"id": VISITOR, "type": "private", "first_name": "V"},
        {"id": GROUP, "type": "supergroup", "title": "G"},
        {"id": GROUP - 1, "type": "supergroup", "title": "Forum", "is_forum": True},
        {"id": -5, "type": "group", "title": "Small"},
        {"id": GROUP - 2, "type": "channel", "title": "C"},
        {"id": 9, "type": "a kind that does not exist yet"},
    ]
)
people = st.one_of(
    st.fixed_dictionaries(
        {"id": st.just(VISITOR), "is_bot": st.booleans(), "first_name": names},
        optional={"language_code": languages.filter(lambda code: code is not None), "username": names},
    ),
    st.just(BOT),
)
kinds = st.sampled_from(
    ["bot_command", "mention", "text_mention", "url", "blockquote", "custom_emoji", "date_time", "unheard_of"]
)
entities = st.lists(
    st.fixed_dictionaries(
        {"type": kinds, "offset": st.integers(0, 90), "length": st.integers(0, 90)}, optional={"user": people}
    ),
    max_size=4,
)
file = {"file_id": "f", "file_unique_id": "u"}
contents: st.SearchStrategy[Json] = st.sampled_from(
    [
        {},
        {"photo": [{**file, "width": 1, "height": 1}]},
        {"voice": {**file, "duration": 1}},
        {
            "sticker": {
                **file,
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
        {"document": file},
        {"location": {"latitude": 1.0, "longitude": 2.0}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"contact": {"phone_number": "1", "first_name": "A"}},
        {"new_chat_members": [BOT]},
        {"left_chat_member": BOT},
        {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": GROUP, "type": "supergroup"}}},
        {"migrate_to_chat_id": GROUP - 3},
        {"new_chat_title": "T"},
        {"delete_chat_photo": True},
        {"forum_topic_created": {"name": "T", "icon_color": 1}},
        {"a_field_of_the_future": {"deep": [1, {"x": None}]}},
    ]
)


def messages(depth: int = 1) -> st.SearchStrategy[Json]:
    """A message, perhaps a reply to another one."""
    more: dict[str, st.SearchStrategy[Any]] = {
        "from": people,
        "sender_chat": chats,
        "text": texts,
        "caption": texts,
        "entities": entities,
        "caption_entities": entities,
        "message_thread_id": st.integers(0, 9),
        "is_topic_message": st.booleans(),
        "is_automatic_forward": st.booleans(),
        "media_group_id": st.text(string.digits, min_size=1, max_size=3),
        "via_bot": people,
        "edit_date": st.integers(0, 2**31 - 1),
        "quote": st.fixed_dictionaries({"text": texts, "position": st.integers(0, 9)}),
    }
    if depth:
        more["reply_to_message"] = messages(depth - 1)
    base = {"message_id": st.integers(1, 2**31), "date": st.integers(0, 2**31 - 1), "chat": chats}
    return st.tuples(st.fixed_dictionaries(base, optional=more), contents).map(
        lambda parts: parts[0] | parts[1]
    )


button_data = st.one_of(
    st.sampled_from(
        ["ts", "none", "t:lamp:0", "t:lamp:99", "p:1", "p:0", "i:lamp-colour", "i:gone", "page:help"]
    ),
    st.text(max_size=64),
)
places: st.SearchStrategy[Json] = (
    st.one_of(  # under a message of a chat, under one sent by way of inline mode, or forgotten
        messages().map(lambda content: {"message": content}),
        st.just({"inline_message_id": "inline"}),
        st.just({}),
    )
)
buttons = st.builds(
    lambda query, place: query | place,
    st.fixed_dictionaries(
        {"id": st.text(string.digits, min_size=1), "from": people, "chat_instance": st.just("1")},
        optional={"data": button_data, "game_short_name": st.just("g")},
    ),
    places,
)
inline_queries = st.fixed_dictionaries(
    {
        "id": st.text(string.digits, min_size=1),
        "from": people,
        "query": texts.map(lambda text: text[:256]),
        "offset": names,
    },
    optional={"chat_type": st.just("sender")},
)
members = st.fixed_dictionaries(
    {
        "chat": chats,
        "from": people,
        "date": st.just(1),
        "old_chat_member": st.just({"user": BOT, "status": "left"}),
        "new_chat_member": st.just({"user": BOT, "status": "member"}),
    }
)
MESSAGE_KINDS = (
    *["message"] * 6,  # as in life, the most frequent
    *["edited_message"] * 3,
    "channel_post",
    "edited_channel_post",
    "business_message",
    "edited_business_message",
)
updates: st.SearchStrategy[Json] = st.builds(
    lambda number, content: {"update_id": number, **content},
    st.integers(1, 2**31),
    st.one_of(
        st.builds(lambda kind, content: {kind: content}, st.sampled_from(MESSAGE_KINDS), messages()),
        buttons.map(lambda content: {"callback_query": content}),
        inline_queries.map(lambda content: {"inline_query": content}),
        members.map(lambda content: {"my_chat_member": content}),
        st.just(
            {
                "poll": {
                    "id": "1",
                    "question": "?",
                    "options": [],
                    "total_voter_count": 0,
                    "is_closed": True,
                    "is_anonymous": True,
                    "type": "regular",
                    "allows_multiple_answers": False,
                    "allows_revoting": True,
                    "members_only": False,
                }
            }
        ),
        st.just({"an_update_of_the_future": {"x": 1}}),
        st.just({}),
    ),
)
