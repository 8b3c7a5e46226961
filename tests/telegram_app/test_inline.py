"""Inline mode: quotations in any chat, each under its own question, and a way back to the bot."""

from typing import Any

import pytest

from bot.conversation.bot import Bot
from tests.telegram_app.harness import Harness
from tests.telegram_app.recorder import Recorder, buttons, quoted, segments
from tests.telegram_app.updates import message, person, update


def search(words: str, language: str | None = "en") -> dict[str, Any]:
    """Somebody types "@bot words" in some chat."""
    return update("inline_query", {"id": "1", "from": person(language), "query": words, "offset": ""})


def found(harness: Harness) -> list[dict[str, Any]]:
    """The results of the newest search."""
    return list(harness.telegram.of("answerInlineQuery")[-1]["results"])


@pytest.mark.parametrize("words", ["when is the lamp lit", "что хуже шторма", "چراغ کی روشن می‌شود"])
def test_words_find_quotations_of_the_text(harness: Harness, text: str, words: str) -> None:
    """Each with a title, a snippet with the speaker, a message whose blockquote is the source's, and a link."""
    harness.receive(search(words))
    results = found(harness)
    assert results
    for each in results:
        content = {"text": each["input_message_content"]["message_text"]} | each["input_message_content"]
        for quotation in quoted(content):
            assert quotation in text
        assert each["title"].strip("\u200e\u200f") == segments(content, "bold")[0].strip("\u200e\u200f")
        assert ": " in each["description"]
        (button,) = each["reply_markup"]["inline_keyboard"][0]
        assert f"https://t.me/Lighthouse_Bot?start=i-{each['id']}" == button["url"]


def test_no_words_give_the_first_answer_of_each_topic(harness: Harness) -> None:
    """In the language of the app, and not cached for other people."""
    harness.receive(search("", "ru"))
    assert 2 == len(found(harness))
    assert harness.telegram.of("answerInlineQuery")[-1]["is_personal"]


def test_nothing_found_leads_to_help(harness: Harness) -> None:
    """No result, but a button to the bot itself."""
    harness.receive(search("zzzzzz qqqqq"))
    assert [] == found(harness)
    wanted = {"text": harness.bot.wording("en").line("inline_help"), "start_parameter": "help"}
    assert wanted == harness.telegram.of("answerInlineQuery")[-1]["button"]


def test_a_shared_answer_is_found_alone(harness: Harness) -> None:
    """The button under an answer searches for just that one."""
    harness.receive(message("when is the lamp lit"))
    (share,) = [each for each in buttons(harness.last) if "switch_inline_query" in each]
    harness.receive(search(share["switch_inline_query"]))
    (only,) = found(harness)
    assert share["switch_inline_query"] == "#" + only["id"]


def test_without_inline_mode_nothing_is_to_be_shared(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram would refuse the whole message."""
    monkeypatch.setitem(recorder_bot(), "supports_inline_queries", False)
    harness.receive(message("when is the lamp lit"))
    assert not [each for each in buttons(harness.last) if "switch_inline_query" in each]


def recorder_bot() -> dict[str, Any]:
    """What getMe gives."""
    from tests.telegram_app import recorder  # noqa: PLC0415 - changed by the test, not read at import

    return recorder.BOT


def test_an_expired_search_is_forgotten(harness: Harness, telegram: Recorder) -> None:
    """Its results are not shown any more, so there is no apology."""
    telegram.refuse("answerInlineQuery", 400, "Bad Request: query is too old and response timeout expired")
    harness.receive(search("tower"))
    assert ["answerInlineQuery"] == telegram.methods()


def test_every_id_fits_a_result_and_a_link(bot: Bot) -> None:
    """At most 64 bytes, and in a link at most 64 of A-Z, a-z, 0-9, _ and -."""
    for intent in bot.corpus.intents.answers():
        assert len(f"i-{intent.id}".encode()) <= 64
        assert intent.id.replace("-", "").replace("_", "").isalnum()


def test_a_search_shows_at_most_twenty(bot: Bot) -> None:
    """Whatever is typed."""
    assert 0 < len(bot.search("the lamp and the tower and the stairs")) <= 20
