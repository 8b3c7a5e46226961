"""What is meant for the bot, as a table."""

from typing import Any

import pytest
from telegram import Message, User

from bot.conversation.replies import Choice, Remark, Reply
from bot.conversation.requests import (
    Request,
    ShowIntent,
    ShowPart,
    ShowPassage,
    ShowTopic,
    ShowTopics,
    encode,
)
from bot.telegram_app.incoming import (
    Command,
    Incoming,
    NoText,
    Question,
    language_shown,
    read_message,
    request_of,
)
from bot.telegram_app.render import button_data, render
from tests.telegram_app.recorder import BOT
from tests.telegram_app.updates import GROUP, by_the_bot, message, person

PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
STICKER = {
    "file_id": "f", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1,
    "is_animated": False, "is_video": False,
}  # fmt: skip
VOICE = {"file_id": "f", "file_unique_id": "u", "duration": 1}
OTHER_BOT = {"id": 5, "is_bot": True, "first_name": "Other"}
PSEUDO_BOT = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
BY_OTHER = by_the_bot() | {"from": person(number=9)}
A_CAPTION = BY_OTHER | {"text": None, "photo": PHOTO, "caption": "why fog?"}
OPENED_BY_US = by_the_bot() | {
    "text": None, "forum_topic_created": {"name": "Fog", "icon_color": 1}
}  # fmt: skip
STEPS = [{"text": step, "callback_data": f"p:{n}/p:2"} for n, step in ((1, "◀"), (3, "▶"))]
RELATED = [{"text": "What was the boat called?", "callback_data": "i:boat"}]
ANSWER = by_the_bot() | {"reply_markup": {"inline_keyboard": [RELATED, STEPS]}}
MARKED = {"text": "fog", "position": 4, "is_manual": True}
ELSEWHERE = {"origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}}
COMMAND = [{"type": "bot_command", "offset": 0, "length": 7}]
ASK = [{"type": "bot_command", "offset": 0, "length": 4}]
GIFT = {
    "gift": {"id": "1", "star_count": 1, "sticker": STICKER}, "text": "for the keeper"
}  # fmt: skip
MENTION = [{"type": "mention", "offset": 0, "length": 15}]
THE_GROUP = {"id": GROUP, "type": "supergroup", "title": "Chat"}
NAMED = [{"type": "text_mention", "offset": 0, "length": 4, "user": BOT}]


def said(**content: Any) -> Incoming | None:
    """What a message of that content asks of the bot."""
    raw = message(content.pop("text", None), **content)["message"]
    me, built = User.de_json(BOT, None), Message.de_json(raw, None)
    assert me is not None
    assert built is not None
    return read_message(built, me)


SEA, FOG = ShowIntent("about-the-sea"), ShowIntent("fog")
SECOND, THIRD = ShowPart("about-the-sea", 1), ShowPart("about-the-sea", 2)


@pytest.mark.parametrize(
    ("shown", "steps"),
    [
        (SEA, [SECOND]),
        (SECOND, [ShowPart("about-the-sea", 0), THIRD]),
        (THIRD, [SECOND]),
        (ShowPassage(1), [ShowPassage(2)]),
        (ShowPassage(2), [ShowPassage(1), ShowPassage(3)]),
        (ShowPassage(3), [ShowPassage(2)]),
        (FOG, [ShowPassage(5), ShowPassage(7)]),
    ],
)
def test_a_reply_to_an_answer_is_about_what_it_shows(shown: Request, steps: list[Request]) -> None:
    """The steps below it say so, also a single one, whatever is written on them; with and without inline mode."""
    navigation = tuple(Choice("Part 1 of 3", step) for step in [*steps, ShowTopics()])
    reply = Reply("answer", "en", (Remark("x"),), (), navigation, "Share", "about-the-sea", context=shown)
    for shares in (False, shown in {SEA, SECOND, THIRD}):
        (message,) = render(reply, shares)
        assert message.keyboard is not None
        answer = by_the_bot() | {"reply_markup": message.keyboard.to_dict()}
        assert Question("go on", shown) == said(text="go on", reply_to_message=answer)
        pressed = [button.callback_data for button in message.keyboard.inline_keyboard[0]]
        assert [*steps, ShowTopics()] == [request_of(str(data)) for data in pressed if data is not None]


@pytest.mark.parametrize("data", ["p:5", "m:about-the-sea:1", "i:fog", "ts"])
def test_a_button_of_an_earlier_version_still_works(data: str) -> None:
    """It does not say what its message shows, and nothing is guessed."""
    assert encode(request_of(data) or SEA) == data
    answer = by_the_bot() | {
        "reply_markup": {"inline_keyboard": [[{"text": "2/3 ▶", "callback_data": data}]]}
    }
    assert Question("go on") == said(text="go on", reply_to_message=answer)


@pytest.mark.parametrize("shown", [ShowIntent("a" * 40), ShowPart("a" * 40, 99), ShowPassage(9999)])
def test_what_a_button_carries_is_never_too_long(shown: Request) -> None:
    """Telegram takes 64 bytes; an id has at most 40."""
    for step in (ShowPart("a" * 40, 99), ShowPassage(9999), ShowTopic("a" * 40, 9)):
        assert len(button_data(step, shown)) <= 64


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"text": "why fog?"}, Question("why fog?")),
        ({"text": "@Lighthouse_Bot why fog?"}, Question("why fog?")),
        ({"text": "/start"}, Command("start", "")),
        ({"text": "/START i-lamp"}, Command("start", "i-lamp")),
        ({"text": "/ask  why\nfog? "}, Question("why\nfog?")),
        ({"text": "/ask"}, Command("ask", "")),
        ({"text": "/ask", "reply_to_message": BY_OTHER}, Question("an answer", asked_in=1)),
        ({"text": "why?", "reply_to_message": ANSWER}, Question("why?", ShowPassage(2))),
        ({"text": "why?", "reply_to_message": BY_OTHER}, Question("why?")),
        ({"text": "/help@lighthouse_bot"}, Command("help", "")),
        ({"text": "/nonsense"}, Command("nonsense", "")),
        ({"text": "/ask: why fog?"}, Question("why fog?")),
        ({"text": "/ask, why fog?"}, Question("why fog?")),
        ({"text": "/ask:why fog?", "entities": ASK}, Question("why fog?")),
        ({"text": "/ask؛ چرا مه؟", "entities": ASK}, Question("چرا مه؟")),
        ({"text": "/ask «fog»?"}, Question("«fog»?")),
        ({"text": "/topics.", "entities": COMMAND}, Command("topics", "")),
        ({"text": "/topics.", "entities": [COMMAND[0] | {"length": 8}]}, Command("topics", "")),
        ({"text": "/why did the lamp burn"}, Question("why did the lamp burn")),
        ({"text": "/Why, though? ", "entities": ASK}, Question("Why, though?")),
        ({"text": "/why_did_the_lamp_burn"}, Question("why did the lamp burn")),
        ({"text": "/почему туман?", "entities": []}, Question("/почему туман?")),
        ({"text": "/status now"}, Command("status", "now")),
        ({"text": "not a /command"}, Question("not a /command")),
        ({"photo": PHOTO}, NoText()),
        ({"photo": PHOTO, "caption": "why fog?"}, Question("why fog?")),
        ({"photo": PHOTO, "caption": "/topics", "caption_entities": COMMAND}, Command("topics", "")),
        ({"text": "The lamp is lit", "via_bot": BOT}, None),
        ({"text": "\u200b"}, Question("\u200b")),
        ({"sticker": STICKER}, NoText()),
        ({"voice": VOICE}, NoText()),
        ({"entities": COMMAND}, None),
        ({"photo": PHOTO, "entities": MENTION}, NoText()),
        ({"text": "🕯" * 8, "entities": MENTION}, Question("🕯" * 8)),
        ({"text": "hi", "from_": OTHER_BOT}, None),
        ({"pinned_message": by_the_bot(chat_id=77)}, None),
        ({"pinned_message": by_the_bot(chat_id=77), "newer": {"a": 1}}, None),
        ({"gift": GIFT}, NoText()),
        ({"paid_media": {"star_count": 1, "paid_media": [{"type": "photo", "photo": PHOTO}]}}, NoText()),
        ({"checklist": {"title": "To do", "tasks": []}}, NoText()),
        ({"hologram": {"file_id": "f"}}, NoText()),
        ({"is_hologram": True}, None),
        ({}, None),
    ],
)
def test_in_private(content: dict[str, Any], expected: Incoming | None) -> None:
    """Whatever a person writes is for the bot; notices and other bots are not."""
    assert expected == said(**content)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"text": "why fog?"}, None),
        ({"text": "/topics"}, Command("topics", "")),
        ({"text": "/topics@Lighthouse_Bot"}, Command("topics", "")),
        ({"text": "/topics@Other_Bot"}, None),
        ({"text": "/ask: why fog?"}, Question("why fog?")),
        ({"text": "/ask:why fog?", "entities": ASK}, Question("why fog?")),
        ({"text": "/topics.", "entities": COMMAND}, Command("topics", "")),
        ({"text": "/why did the lamp burn"}, None),
        ({"text": "/why@lighthouse_bot did the lamp burn"}, Question("why did the lamp burn")),
        ({"text": "/ask why fog?"}, Question("why fog?")),
        ({"text": "/ask why?", "reply_to_message": ANSWER}, Question("why?", ShowPassage(2))),
        ({"text": "/ask"}, Command("ask", "")),
        ({"text": "/ask", "reply_to_message": by_the_bot()}, Command("ask", "")),
        ({"text": "/ask", "reply_to_message": BY_OTHER}, Question("an answer", asked_in=1)),
        ({"text": "/ask", "reply_to_message": A_CAPTION}, Question("why fog?", asked_in=1)),
        ({"text": "/ask", "reply_to_message": BY_OTHER, "quote": MARKED}, Question("fog", asked_in=1)),
        ({"text": "/ask", "external_reply": ELSEWHERE, "quote": MARKED}, Question("fog")),
        ({"text": "/ask", "reply_to_message": OPENED_BY_US}, Command("ask", "")),
        ({"text": "/weather"}, None),
        ({"text": "/weather@lighthouse_bot"}, Command("weather", "")),
        ({"text": "🕯 why fog, @lighthouse_BOT ?"}, Question("🕯 why fog,  ?")),
        ({"text": "@lighthouse_bot"}, Command("ask", "")),
        ({"text": "@lighthouse_bot", "reply_to_message": BY_OTHER}, Question("an answer", asked_in=1)),
        ({"text": "@lighthouse_bot_2 why fog?"}, None),
        ({"text": "Bot! why fog?", "entities": NAMED}, Question("why fog?")),
        ({"text": "why fog?", "reply_to_message": by_the_bot()}, Question("why fog?")),
        ({"text": "why?", "reply_to_message": ANSWER}, Question("why?", ShowPassage(2))),
        ({"text": "why fog?", "reply_to_message": BY_OTHER}, None),
        ({"text": "why fog?", "reply_to_message": OPENED_BY_US}, None),
        ({"text": "/topics", "from_": PSEUDO_BOT, "sender_chat": THE_GROUP}, Command("topics", "")),
        ({"text": "/topics", "from_": OTHER_BOT}, None),
        ({"text": "@lighthouse_bot why?", "sender_chat": THE_GROUP, "is_automatic_forward": True}, None),
        ({"photo": PHOTO}, None),
        ({"photo": PHOTO, "reply_to_message": by_the_bot()}, None),
        ({"photo": PHOTO, "caption": "why fog?"}, None),
        (
            {"photo": PHOTO, "caption": "@Lighthouse_Bot why?", "caption_entities": MENTION},
            Question("why?"),
        ),
        ({"new_chat_members": [person(number=9)]}, None),
    ],
)
def test_in_a_group(content: dict[str, Any], expected: Incoming | None) -> None:
    """Only commands for us, replies to us, and mentions of us; the mention is taken out."""
    assert expected == said(chat_id=GROUP, **content)


@pytest.mark.parametrize(
    ("text", "quoted", "expected"),
    [
        ("Лампа\n\nThe lamp is lit at dusk", "The lamp is lit at dusk", "ru"),
        ("🕯 چراغ\n\nThe lamp is lit at dusk", "The lamp is lit at dusk", "fa"),
        ("Раздел: The lamps of Lantern Rock\n\nThe lamp is lit", "The lamp is lit", "ru"),
        ("— Ada Lund\n\nThe lamp is lit", "The lamp is lit", "en"),
        ("The lamp is lit", "The lamp is lit", None),
    ],
)
def test_the_language_of_a_message_is_that_of_the_bots_own_words(
    text: str, quoted: str, expected: str | None
) -> None:
    """Quotations, always English, are left out."""
    offset = len(text[: text.index(quoted)].encode("utf-16-le")) // 2
    entity = {"type": "blockquote", "offset": offset, "length": len(quoted)}
    built = Message.de_json(by_the_bot(text) | {"entities": [entity]}, None)
    assert built is not None
    assert expected == language_shown(built)
