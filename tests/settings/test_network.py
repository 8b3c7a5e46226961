"""How Telegram is reached: its address, a webhook, a proxy, certificates."""

from pathlib import Path

import pytest

from bot.settings import (
    Settings,
    Webhook,
    read_settings,
)
from tests.telegram_app.harness import TOKEN


@pytest.mark.parametrize(
    "base",
    [
        *("127.0.0.1:8081", "ftp://host", "http://", "http://host:port", "http://{token}", "http://a/?b"),
        *("http://127.0.0.1\u200b:8081", "http://a\u200f", "http://a\u00a0b"),
    ],
)
def test_an_address_that_is_none_is_reported(base: str) -> None:
    """Telegram's own is used instead."""
    settings, problems = read_settings({"TELEGRAM_API_BASE": base})
    assert "" == settings.api_base
    assert ["TELEGRAM_API_BASE"] == [problem.split()[0] for problem in problems]


def test_the_webhook_is_read_with_what_belongs_to_it() -> None:
    """An address without a path gets one; without an address the other keys mean nothing."""
    settings, problems = read_settings({"WEBHOOK_URL": "https://bot.example.org", "WEBHOOK_PORT": "9000"})
    assert () == problems
    assert settings.webhook == Webhook("https://bot.example.org/telegram", port=9000)
    assert read_settings({"WEBHOOK_PORT": "9000"}) == (Settings(), ())


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        ({"PROXY_URL": "socks5://127.0.0.1:1080"}, "socks5://127.0.0.1:1080"),
        ({"PROXY_URL": "http://name:secret@host:3128/"}, "http://host:3128"),
        ({"PROXY_URL": "HTTPS://host"}, "https://host"),
        ({"HTTPS_PROXY": "http://host:1", "ALL_PROXY": "http://host:2"}, "http://host:1"),
        ({"https_proxy": "http://host:1"}, "http://host:1"),
        ({"ALL_PROXY": "socks://127.0.0.1:1080/"}, "socks5://127.0.0.1:1080"),
        ({"ALL_PROXY": "host:3128"}, "http://host:3128"),
        ({"HTTP_PROXY": "http://host:1"}, None),  # for http addresses alone
        ({"HTTP_PROXY": "http://host:1", "TELEGRAM_API_BASE": "http://a:8081"}, "http://host:1"),
        ({"PROXY_URL": "http://host:1", "HTTPS_PROXY": "nonsense://x"}, "http://host:1"),
        ({"ALL_PROXY": "http://host:1", "NO_PROXY": "localhost, ::1"}, "http://host:1"),
        ({"ALL_PROXY": "http://host:1", "NO_PROXY": "localhost,.telegram.org"}, None),
        ({"ALL_PROXY": "http://host:1", "no_proxy": "*"}, None),
        ({"ALL_PROXY": "http://h:1", "NO_PROXY": "[::1]", "TELEGRAM_API_BASE": "http://[::1]:8081"}, None),
        ({"ALL_PROXY": "http://h:1", "NO_PROXY": "::1", "TELEGRAM_API_BASE": "http://[::1]:8081"}, None),
        ({"PROXY_URL": "http://host:1", "NO_PROXY": "*"}, "http://host:1"),
        ({}, None),
    ],
)
def test_the_proxy_is_the_one_of_the_setting_or_of_the_usual_variables(
    environment: dict[str, str], shown: str | None
) -> None:
    """By the server that is called, and without its password."""
    settings, problems = read_settings({"TELEGRAM_BOT_TOKEN": TOKEN} | environment)
    assert () == problems
    assert shown == (settings.proxy.shown if settings.proxy else None)
    assert "secret" not in repr(settings)


@pytest.mark.parametrize("key", ["PROXY_URL", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"])
@pytest.mark.parametrize(
    "value",
    [
        *(
            "socks4://host:1",
            "ftp://host",
            "http://",
            "http://host:port",
            "http://na me:secret@host",
            "://",
            "http://[",
        ),
        *(
            "https://t.me/proxy?server=a&port=1&secret=b",
            "tg://proxy?server=a",
            "http://host\u200b:1",
            "secret@:1",
        ),
    ],
)
def test_a_proxy_that_cannot_be_used_is_reported_with_the_fix(key: str, value: str) -> None:
    """In one sentence that names the variable, and repeats no password."""
    settings, problems = read_settings({"TELEGRAM_BOT_TOKEN": TOKEN, key: value})
    assert settings.proxy is None
    assert [key] == [each.split()[0] for each in problems]
    assert "socks5://127.0.0.1:1080" in problems[0]
    assert "secret" not in problems[0]


def test_certificates_that_are_not_there_are_reported(tmp_path: Path) -> None:
    """A missing file, and one without certificates; in the terminal nobody needs them."""
    (tmp_path / "empty.pem").write_text("none\n")
    for name in ("missing.pem", "empty.pem"):
        environment = {"SSL_CERT_FILE": str(tmp_path / name)}
        settings, problems = read_settings({"TELEGRAM_BOT_TOKEN": TOKEN} | environment)
        assert settings.certificates is None
        assert [f"SSL_CERT_FILE is {tmp_path / name}, and there are no certificates"] == [
            each.split(";")[0] for each in problems
        ]
        assert () == read_settings(environment)[1]
