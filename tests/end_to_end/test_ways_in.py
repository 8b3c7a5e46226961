"""The real process by webhook, and in inline mode."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.loading.loader import SOURCE
from tests.end_to_end.processes import Fake, running_bot, running_fake

QUESTIONS = {
    "en": "why did yandex leave iran",
    "ru": "почему яндекс ушёл из ирана",
    "fa": "چرا یاندکس از ایران رفت",
}


@pytest.fixture(scope="module")
def fake() -> Iterator[Fake]:
    """A Bot API that delivers to the bot's webhook. Without an inbox a message is acknowledged when it is answered."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    url = f"http://127.0.0.1:{port}/telegram"
    with running_fake() as fake, running_bot(fake.address, WEBHOOK_URL=url, WEBHOOK_PORT=str(port)):
        yield fake


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_delivered_question_is_answered(fake: Fake, language: str) -> None:
    """As by polling: the source's own characters in a blockquote."""
    message = fake.reply_to(fake.visitor(language), QUESTIONS[language])
    (quotation,) = message.segment("blockquote")
    assert quotation in SOURCE.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_search_is_answered_with_quotations(fake: Fake, language: str) -> None:
    """The fake refuses what Telegram refuses: ids, lengths, links."""
    query = fake.visitor(language).asks_inline(QUESTIONS[language])
    answer = fake.wait_for(lambda: fake.state.answers.get(query))
    assert "yandex-left" == answer["results"][0]["id"]


def test_the_webhook_was_asked_for_with_a_secret(fake: Fake) -> None:
    """The process made it."""
    (asked,) = fake.called("setWebhook")
    assert len(asked["secret_token"]) >= 32
    assert "40" == asked["max_connections"]


def test_polling_takes_a_webhook_away_and_loses_nothing(tmp_path: Path) -> None:
    """What waited for the webhook is fetched: the next process was started without WEBHOOK_URL."""
    with running_fake() as fake:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        url = f"http://127.0.0.1:{port}/telegram"
        with running_bot(
            fake.address, INBOX=str(tmp_path / "a.sqlite3"), WEBHOOK_URL=url, WEBHOOK_PORT=str(port)
        ):
            fake.wait_for(lambda: fake.called("setWebhook"))
        asked = fake.visitor().says(QUESTIONS["en"])
        with running_bot(fake.address, INBOX=str(tmp_path / "b.sqlite3")):
            assert fake.next_message(asked).segment("blockquote")
        assert "true" not in [each.get("drop_pending_updates", "") for each in fake.called("deleteWebhook")]
