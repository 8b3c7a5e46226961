"""What holds for the real text and all its intents, whatever they say."""

import pytest

from bot.conversation.bot import Bot
from bot.conversation.replies import Reply
from bot.conversation.requests import (
    PAGES,
    NoneOfThese,
    Request,
    ShowIntent,
    ShowPage,
    ShowPassage,
    ShowTopic,
    ShowTopics,
)
from bot.corpus.corpus import Corpus
from bot.loading.loader import Loaded
from bot.telegram_app.render import render

ALTERED = {*map(chr, range(0x20)), *map(chr, range(0x2028, 0x202F)), "\u0333", "\u033f", "\u030a"}
"""Characters that Telegram replaces or drops in a text (td, `clean_input_string`)."""


@pytest.fixture(scope="module")
def real(loaded: Loaded) -> Bot:
    assert loaded.bot is not None
    return loaded.bot


@pytest.fixture(scope="module")
def replies(real: Bot, corpus: Corpus) -> list[Reply]:
    """Everything that can be asked for without typing, in every language."""
    requests: list[Request] = [NoneOfThese(), ShowTopics(), *map(ShowPage, PAGES)]
    requests += [ShowIntent(intent.id) for intent in corpus.intents.answers()]
    requests += [ShowPassage(passage.number) for passage in corpus.source.passages]
    requests += [ShowTopic(topic.name, page) for topic in corpus.intents.topics() for page in range(9)]
    return [real.respond(request, language) for request in requests for language in real.languages()]


def test_every_button_fits(replies: list[Reply]) -> None:
    """1 to 64 bytes of data (https://core.telegram.org/bots/api#inlinekeyboardbutton), and a label."""
    rendered = [message.keyboard for reply in replies for message in render(reply) if message.keyboard]
    buttons = [button for keyboard in rendered for row in keyboard.inline_keyboard for button in row]
    assert buttons
    for button in buttons:
        assert 1 <= len(str(button.callback_data).encode()) <= 64
        assert button.text.strip()


def test_every_reply_is_one_message(replies: list[Reply]) -> None:
    """So that looking around stays in one message, with at most 100 buttons and 100 entities."""
    for reply in replies:
        (message,) = render(reply)
        assert len(message.entities) <= 100
        rows = message.keyboard.inline_keyboard if message.keyboard else ()
        assert sum(len(row) for row in rows) <= 100


def test_telegram_changes_no_character_of_a_quotation(replies: list[Reply]) -> None:
    """Word for word means that it also arrives so."""
    for reply in replies:
        for quotation in reply.quotations():
            assert not ALTERED & set(quotation.exact)
            assert quotation.exact.strip() == quotation.exact
