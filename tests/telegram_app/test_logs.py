"""No token and no stack trace is in what is logged."""

import io
import logging

import pytest

from bot.settings import Secret
from bot.telegram_app.operator import PlainRecords, set_up_logging
from tests.telegram_app.harness import TOKEN


def test_the_token_is_in_no_log() -> None:
    """Not in a text, an argument, an exception, or the record of another library; and there is no stack trace."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(PlainRecords([Secret(TOKEN)]))
    logger = logging.getLogger("bot.test_the_token_is_in_no_log")
    logger.addHandler(handler)
    logger.error("https://api.telegram.org/bot%s/getMe", TOKEN)
    logger.error(f"token {TOKEN}", stack_info=True)
    logger.error("%d", TOKEN)
    try:
        raise ValueError(TOKEN)
    except ValueError:
        logger.exception("it broke")
    lines = written.getvalue().splitlines()
    assert ["https://api.telegram.org/bot***/getMe", "token ***", "%d"] == lines[:3]
    assert lines[3].startswith("it broke (ValueError at test_logs.py:")
    assert 4 == len(lines)


def test_what_a_library_logs_is_one_line_without_its_values() -> None:
    """A whole answer of Telegram, or a page with lines that look like a log, is not repeated."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(PlainRecords())
    library, ours = logging.getLogger("telegram.request.Test"), logging.getLogger("bot.test")
    for logger in (library, ours):
        logger.addHandler(handler)
    library.error('Can not load invalid JSON data: "%s"', '{"text": "my secret"')
    library.error(f"Task exception was never retrieved {ValueError('my secret')}")
    ours.error("HTTP 404\n2026-01-01 ERROR forged\u2028line")
    first, second, third = written.getvalue().splitlines()
    assert first.startswith("telegram.request.Test at test_logs.py:")
    assert first.endswith(': Can not load invalid JSON data: "%s"')
    assert second.startswith("telegram.request.Test at test_logs.py:")
    assert "secret" not in written.getvalue()
    assert "HTTP 404 2026-01-01 ERROR forged line" == third


@pytest.mark.usefixtures("logging_is_restored")
def test_every_handler_hides_the_token() -> None:
    """Also those that the process had before; and the addresses of requests are not logged."""
    set_up_logging(Secret(TOKEN))
    handlers = logging.getLogger().handlers
    assert handlers
    assert all(any(isinstance(f, PlainRecords) for f in each.filters) for each in handlers)
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
