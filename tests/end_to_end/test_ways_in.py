"""The real process by webhook, and in inline mode."""

import socket
from collections.abc import Callable, Iterator

import pytest

from tests.conftest import LIGHTHOUSE
from tests.end_to_end.conftest import Ask
from tests.end_to_end.processes import Fake, lighthouse_project, running_bot, running_fake

QUESTIONS = {
    "en": "when is the lamp lit",
    "ru": "когда зажигают лампу",
    "fa": "چراغ کی روشن می‌شود",
}


@pytest.fixture(scope="module")
def fake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fake]:
    """A Bot API that delivers to the bot's webhook. Without an inbox a message is acknowledged when it is answered."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    url = f"http://127.0.0.1:{port}/telegram"
    project = lighthouse_project(tmp_path_factory.mktemp("webhook") / "project")
    with (
        running_fake() as fake,
        running_bot(fake.address, folder=project, WEBHOOK_URL=url, WEBHOOK_PORT=str(port)),
    ):
        yield fake


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_delivered_question_is_answered(fake: Fake, language: str) -> None:
    """As by polling: the source's own characters in a blockquote."""
    message = fake.reply_to(fake.visitor(language), QUESTIONS[language])
    (quotation,) = message.segment("blockquote")
    assert quotation in (LIGHTHOUSE / "lighthouse.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_search_is_answered_with_quotations(fake: Fake, language: str) -> None:
    """The fake refuses what Telegram refuses: ids, lengths, links."""
    query = fake.visitor(language).asks_inline(QUESTIONS[language])
    answer = fake.wait_for(lambda: fake.state.answers.get(query))
    assert "lamp" == answer["results"][0]["id"]


def test_the_webhook_was_asked_for_with_a_secret(fake: Fake) -> None:
    """The process made it."""
    (asked,) = fake.called("setWebhook")
    assert len(asked["secret_token"]) >= 32
    assert "40" == asked["max_connections"]


@pytest.mark.usefixtures("logging_is_restored")
def test_polling_takes_a_webhook_away_and_loses_nothing(
    empty: Fake, ask: Ask, serve: Callable[[int], int]
) -> None:
    """What waited for the webhook is fetched: this start was without WEBHOOK_URL."""
    ask(lambda bot: bot.set_webhook("http://127.0.0.1:9/telegram"))
    empty.visitor().says(QUESTIONS["en"])
    assert 0 == serve(1)
    (message,) = empty.state.sent.values()
    assert message.segment("blockquote")
    assert [""] == [each.get("drop_pending_updates", "") for each in empty.called("deleteWebhook")]
