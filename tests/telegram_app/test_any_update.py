"""Whatever Telegram delivers: nothing raises, no quotation is false, and no secret leaves."""

import json
import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.bot import Bot
from tests.telegram_app.anything import updates
from tests.telegram_app.harness import TOKEN, Harness
from tests.telegram_app.recorder import Json, Recorder, quoted


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(updates, min_size=1, max_size=4))
def test_any_update_is_handled(
    bot: Bot, text: str, caplog: pytest.LogCaptureFixture, some: list[Json]
) -> None:
    """No handler fails; what stands in a blockquote stands in the source; the token is in nothing that is sent."""
    caplog.clear()
    telegram = Recorder()
    with caplog.at_level(logging.ERROR):
        Harness(bot, telegram).receive(*some)
    assert [] == [record.getMessage() for record in caplog.records]
    assert [] == telegram.unexpected
    for message in telegram.screen:
        assert all(segment in text for segment in quoted(message))
    assert TOKEN not in json.dumps([dict(call.parameters) for call in telegram.calls], default=str)
