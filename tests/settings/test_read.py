"""The environment becomes settings, and a secret stays one."""

from pathlib import Path

import pytest

from bot.settings import (
    HOME,
    Secret,
    Settings,
    read_settings,
)
from tests.telegram_app.harness import TOKEN


def test_a_secret_is_never_shown() -> None:
    """Not in text, not in repr, not in a format, and not inside the settings."""
    secret = Secret(TOKEN)
    shown = f"{secret} {secret!r} {secret:>60} {Settings(secret)} {[secret]}"
    assert TOKEN not in shown
    assert TOKEN == secret.reveal()


def test_an_empty_environment_gives_no_token_and_no_complaint() -> None:
    """The bot then runs in the terminal."""
    assert (Settings(), ()) == read_settings({})


def test_all_keys_are_read() -> None:
    """With spaces around a value and a slash behind the address, as people leave them."""
    environment = {
        "TELEGRAM_BOT_TOKEN": f" {TOKEN} ",
        "TELEGRAM_ENVIRONMENT": "test",
        "TELEGRAM_API_BASE": "http://127.0.0.1:8081/",
    }
    assert (Settings(Secret(TOKEN), True, "http://127.0.0.1:8081"), ()) == read_settings(environment)


@pytest.mark.parametrize("quote", ["'", '"'])
def test_quotes_around_a_value_do_not_belong_to_it(quote: str) -> None:
    """`docker run --env-file .env` leaves them there."""
    settings, problems = read_settings(
        {"TELEGRAM_BOT_TOKEN": f"{quote}{TOKEN}{quote}", "INBOX": f"{quote}off{quote}"}
    )
    assert (Secret(TOKEN), None, ()) == (settings.token, settings.inbox, problems)


@pytest.mark.parametrize(
    "token", [TOKEN.replace(":", ""), TOKEN[:20], TOKEN + "x" * 40, "x" + TOKEN, "<token>", TOKEN + "\u200f"]
)
def test_a_misshapen_token_is_reported_without_repeating_it(token: str) -> None:
    """In one sentence that names the key and the fix."""
    settings, problems = read_settings({"TELEGRAM_BOT_TOKEN": token})
    assert None is settings.token
    assert 1 == len(problems)
    assert problems[0].startswith("TELEGRAM_BOT_TOKEN ")
    assert "@BotFather" in problems[0]
    assert token not in problems[0]


def test_all_problems_are_reported_at_once() -> None:
    """In the order of the table."""
    _, problems = read_settings({"TELEGRAM_ENVIRONMENT": "prod", "TELEGRAM_BOT_TOKEN": "x"})
    assert ["TELEGRAM_BOT_TOKEN", "TELEGRAM_ENVIRONMENT"] == [each.split()[0] for each in problems]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("WEBHOOK_URL", "http://bot.example.org"),
        ("WEBHOOK_URL", "https://bot.example.org:8080"),
        ("WEBHOOK_URL", f"https://bot.example.org/{TOKEN}"),
        ("WEBHOOK_LISTEN", "all of them"),
        ("WEBHOOK_PORT", "65536"),
        ("WEBHOOK_PORT", "0"),
        ("WEBHOOK_SECRET", "two words"),
        ("WEBHOOK_MAX_CONNECTIONS", "0"),
        ("WEBHOOK_MAX_CONNECTIONS", "101"),
        ("OWNER_CHAT_ID", "@me"),
    ],
)
def test_a_value_that_cannot_be_used_is_reported_with_the_fix(key: str, value: str) -> None:
    """One sentence that names the key, and shows no secret."""
    environment = {"TELEGRAM_BOT_TOKEN": TOKEN, "WEBHOOK_URL": "https://bot.example.org", key: value}
    _, problems = read_settings(environment)
    assert 1 == len(problems)
    assert problems[0].startswith(key)
    assert TOKEN not in problems[0]


@pytest.mark.parametrize("value", [TOKEN, f"bot{TOKEN}", f" {TOKEN}x y", TOKEN[:25]])
@pytest.mark.parametrize(
    "key",
    [
        "TELEGRAM_ENVIRONMENT",
        "TELEGRAM_API_BASE",
        "OWNER_CHAT_ID",
        "INBOX",
        "JOURNAL",
        "TRANSLATIONS",
        "WEBHOOK_URL",
        "WEBHOOK_PORT",
        "WEBHOOK_SECRET",
        "SSL_CERT_FILE",
    ],
)
def test_a_token_in_the_wrong_place_is_not_repeated(key: str, value: str) -> None:
    """The sentence about it ends in logs and in questions to others."""
    environment = {"TELEGRAM_BOT_TOKEN": "1234:" + "x" * 35, "WEBHOOK_URL": "https://bot.example.org"}
    _, problems = read_settings(environment | {key: value})
    assert [key] == [each.split()[0] for each in problems]
    assert TOKEN[5:20] not in problems[0]


@pytest.mark.parametrize(
    ("value", "inbox"),
    [
        ("", HOME / "inbox.sqlite3"),
        ("off", None),
        ("data/in.db", HOME / "data/in.db"),
        ("/in.db", Path("/in.db")),
    ],
)
def test_the_inbox_lies_beside_the_bot_or_where_it_is_wanted(value: str, inbox: Path | None) -> None:
    """A path counts from the project's folder, wherever the bot is started; "off" means none."""
    assert inbox == read_settings({"INBOX": value})[0].inbox


@pytest.mark.parametrize(
    ("value", "journal"),
    [("", HOME / "journal.sqlite3"), ("off", None), ("Off", None), ("/j.db", Path("/j.db"))],
)
def test_the_journal_lies_beside_the_bot_or_where_it_is_wanted(value: str, journal: Path | None) -> None:
    """Like the inbox."""
    assert journal == read_settings({"JOURNAL": value})[0].journal


def test_a_service_keeps_its_files_where_it_may_write() -> None:
    """Also when the copied file of settings has empty lines, which win over the `Environment=` of a unit."""
    environment = {"STATE_DIRECTORY": "/var/lib/bot:/var/lib/more", "INBOX": "", "JOURNAL": "/srv/j.sqlite3"}
    settings, problems = read_settings(environment)
    assert (Path("/var/lib/bot/inbox.sqlite3"), Path("/srv/j.sqlite3"), ()) == (
        settings.inbox,
        settings.journal,
        problems,
    )


def test_the_home_of_nobody_is_a_name_like_others() -> None:
    """There is no such folder, which is said where the files are checked."""
    settings, problems = read_settings({"INBOX": "~nobody-of-that-name/inbox"})
    assert (HOME / "~nobody-of-that-name/inbox", ()) == (settings.inbox, problems)


@pytest.mark.parametrize(("value", "shown"), [("", True), ("on", True), ("off", False), ("OFF", False)])
def test_translations_are_shown_unless_they_are_off(value: str, shown: bool) -> None:
    """Another value is a slip, and is named."""
    assert (shown, ()) == (
        read_settings({"TRANSLATIONS": value})[0].translations,
        read_settings({"TRANSLATIONS": value})[1],
    )
    (problem,) = read_settings({"TRANSLATIONS": "no"})[1]
    assert 'TRANSLATIONS is "no"; write "off"' in problem
