"""What a visitor writes, and what they are shown."""

import re
from typing import Any

import pytest

from bot.conversation.wording import Wording
from tests.telegram_app.harness import Harness
from tests.telegram_app.recorder import buttons, quoted, segments
from tests.telegram_app.test_incoming import OTHER_BOT, PHOTO, STICKER
from tests.telegram_app.updates import GROUP, by_the_bot, chat, message, person, press, update

LAMP = "The lamp is lit at dusk ✨ and put out at dawn"


def wording(harness: Harness, language: str) -> Wording:
    return harness.bot.wording(language)


@pytest.mark.parametrize(
    ("question", "title", "attribution"),
    [
        ("when is the lamp lit", "When is the lamp lit? 💡 Café\u0301", "— Ada Lund, in the Harbour Courier"),
        ("когда зажигают лампу", "Когда зажигают лампу? 💡", "— Ада Лунд, Harbour Courier"),
        ("چراغ کی روشن می‌شود", "\u200fLantern Rock کی روشن می‌شود؟ 💡", "— آدا لوند، در پیک بندر"),
    ],
)
def test_a_question_is_answered_in_its_own_language(
    question: str, title: str, attribution: str, harness: Harness
) -> None:
    """The title, exactly the quotation, and whose words they are; whatever language the app has."""
    harness.receive(message(question, language="de"))
    assert [LAMP] == quoted(harness.last)
    assert [title] == segments(harness.last, "bold")
    assert [attribution] == segments(harness.last, "italic")
    assert ["sendMessage"] == harness.telegram.methods()


def test_an_answer_has_no_parse_mode_and_no_preview(harness: Harness) -> None:
    """And in a private chat it is no reply to a message."""
    harness.receive(message("when is the lamp lit"))
    (sent,) = harness.telegram.of("sendMessage")
    assert {"chat_id", "text", "entities", "link_preview_options", "reply_markup"} == set(sent)
    assert {"is_disabled": True} == sent["link_preview_options"]


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("/topics", "topics"),
        ("/privacy", "privacy"),
        ("/start", "start"),
        ("/help", "help"),
        ("/source", "source"),
    ],
)
def test_each_command_shows_its_page(command: str, key: str, language: str, harness: Harness) -> None:
    """In the language of the app, beginning with that page's own words."""
    harness.receive(message(command, language=language))
    beginning = re.split(r"[{\[]", wording(harness, language).lines[key].splitlines()[0])[0]
    title = {"en": "At the lighthouse", "ru": "На маяке", "fa": "در فانوس دریایی"}[language]
    assert harness.last["text"].startswith(beginning or title)


def test_a_regional_language_code_is_understood(harness: Harness) -> None:
    """ "ru-RU" is Russian."""
    harness.receive(message("/privacy", language="ru-RU"))
    assert harness.last["text"].startswith(wording(harness, "ru").line("privacy"))


def test_without_a_language_it_is_english(harness: Harness) -> None:
    """Telegram does not always send it."""
    harness.receive(message("/privacy", language=None))
    assert harness.last["text"].startswith(wording(harness, "en").line("privacy"))


def test_an_unknown_command_shows_help(harness: Harness) -> None:
    """It is not looked up in the interview."""
    harness.receive(message("/weather"), message("/help"))
    assert harness.telegram.screen[1]["text"] == harness.telegram.screen[0]["text"]


def test_ask_answers_its_words(harness: Harness) -> None:
    """As if they had been written alone."""
    harness.receive(message("/ask when is the lamp lit"))
    assert [LAMP] == quoted(harness.last)


def test_ask_without_words_shows_how(harness: Harness) -> None:
    """With an example from what can be asked."""
    harness.receive(message("/ask", language="ru"))
    expected = wording(harness, "ru").line("ask_usage", example="Когда зажигают лампу? 💡")
    assert expected == harness.last["text"]


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ("i-lamp", [LAMP]),
        ("lamp", [LAMP]),
        ("p-2", [f"{LAMP},"]),
        ("winter", ["In winter that is a very long watch."]),
    ],
)
def test_a_deep_link_opens_what_it_names(payload: str, expected: list[str], harness: Harness) -> None:
    """To an intent or a passage, by its plain id or as the bot writes it."""
    harness.receive(message(f"/start {payload}"))
    assert expected == quoted(harness.last)


@pytest.mark.parametrize("payload", ["gone", "p-x", "Spring_2024", "utm-source"])
def test_a_link_from_elsewhere_is_a_welcome(payload: str, harness: Harness) -> None:
    """Somebody put the bot's address into a campaign; nothing of ours is missing."""
    harness.receive(message("/start"), message(f"/start {payload}"))
    first, second = harness.telegram.screen
    assert first["text"] == second["text"]


def test_without_a_summary_the_command_shows_the_topics(harness: Harness) -> None:
    """Another text may have no overview of that id yet."""
    harness.receive(message("/summary"), message("/topics"))
    first, second = harness.telegram.screen
    assert first["text"] == second["text"]


@pytest.mark.parametrize("payload", ["i-gone", "p-999", "i-"])
def test_a_deep_link_to_nothing_says_so(payload: str, harness: Harness) -> None:
    """The link may be older than the bot."""
    harness.receive(message(f"/start {payload}"))
    assert wording(harness, "en").line("gone") == harness.last["text"]
    assert ["All topics"] == [each["text"] for each in buttons(harness.last)]


@pytest.mark.parametrize("content", [{"photo": PHOTO}, {"sticker": STICKER}])
def test_what_is_no_text_gets_one_friendly_line(content: dict[str, Any], harness: Harness) -> None:
    """In the language of the app."""
    harness.receive(message(None, language="fa", **content))
    assert wording(harness, "fa").line("text_only") == harness.last["text"]


def test_an_album_gets_one_line(harness: Harness) -> None:
    """Ten pictures sent at once are ten messages; the next album gets its own line."""
    album = [message(None, photo=PHOTO, media_group_id="1") for _ in range(10)]
    harness.receive(*album, message(None, photo=PHOTO, media_group_id="2"))
    assert 2 == len(harness.telegram.screen)


SILENT = {
    "an edit": update("edited_message", message("when is the lamp lit")["message"]),
    "an edited command": update("edited_message", message("/start")["message"]),
    "a channel's post": update(
        "channel_post",
        {"message_id": 1, "date": 1, "chat": chat(GROUP) | {"type": "channel"}, "text": "/start"},
    ),
    "a business message": update(
        "business_message", message("/start")["message"] | {"business_connection_id": "b"}
    ),
    "another bot": message("/start", from_=OTHER_BOT),
    "a notice": message(None, new_chat_title="New"),
    "talk in a group": message("when is the lamp lit", chat_id=GROUP),
    "a picture in a group": message(None, chat_id=GROUP, photo=PHOTO),
    "somebody joined": update(
        "my_chat_member",
        {
            "chat": chat(GROUP), "from": person(), "date": 1,
            "old_chat_member": {"user": person(), "status": "left"},
            "new_chat_member": {"user": person(), "status": "member"},
        },
    ),
    "a kind that is not known yet": update("brand_new_kind", {"x": 1}),
}  # fmt: skip


@pytest.mark.parametrize("name", SILENT)
def test_the_bot_keeps_silent_at(name: str, harness: Harness) -> None:
    """Nothing is sent, and nothing fails."""
    harness.receive(SILENT[name])
    assert [] == harness.telegram.methods()


def test_a_mention_in_a_group_is_answered_under_it(harness: Harness) -> None:
    """With the question named, and also when it was deleted meanwhile."""
    question = message("@Lighthouse_Bot when is the lamp lit", chat_id=GROUP)
    harness.receive(question)
    (sent,) = harness.telegram.of("sendMessage")
    expected = {"message_id": question["message"]["message_id"], "allow_sending_without_reply": True}
    assert expected == sent["reply_parameters"]
    assert [LAMP] == quoted(harness.last)


def test_a_reply_to_the_bot_in_a_group_is_answered(harness: Harness) -> None:
    """A reply to anybody else is not."""
    harness.receive(message("when is the lamp lit", chat_id=GROUP, reply_to_message=by_the_bot()))
    assert [LAMP] == quoted(harness.last)


def test_an_answer_stays_in_its_topic(harness: Harness) -> None:
    """Of a group with topics."""
    harness.receive(
        message("/ask when is the lamp lit", chat_id=GROUP, is_topic_message=True, message_thread_id=9)
    )
    assert 9 == harness.telegram.of("sendMessage")[0]["message_thread_id"]


@pytest.mark.parametrize("text", ["when is the lamp lit", "/ask", "/privacy", "/random", "/topics", "zebra"])
def test_a_message_is_answered_by_one_bot(text: str, harness: Harness) -> None:
    """Files may change meanwhile: the bot is taken once for each update."""
    before = harness.taken
    harness.receive(message(text))
    assert 1 == harness.taken - before


def test_a_button_is_answered_by_one_bot(harness: Harness) -> None:
    """Also one that leads nowhere."""
    harness.receive(message("/topics"))
    before = harness.taken
    harness.receive(press("ts", harness.last), press("no request", harness.last))
    assert 2 == harness.taken - before
