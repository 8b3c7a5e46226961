"""The environment becomes settings, and a secret stays one."""

import codecs
from pathlib import Path

import pytest

from bot.settings import HOME, SETTINGS, Secret, Settings, Webhook, environment_with_file, read_settings
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


@pytest.mark.parametrize(
    "base", ["127.0.0.1:8081", "ftp://host", "http://", "http://host:port", "http://{token}", "http://a/?b"]
)
def test_an_address_that_is_none_is_reported(base: str) -> None:
    """Telegram's own is used instead."""
    settings, problems = read_settings({"TELEGRAM_API_BASE": base})
    assert "" == settings.api_base
    assert ["TELEGRAM_API_BASE"] == [problem.split()[0] for problem in problems]


def test_all_problems_are_reported_at_once() -> None:
    """In the order of the table."""
    _, problems = read_settings({"TELEGRAM_ENVIRONMENT": "prod", "TELEGRAM_BOT_TOKEN": "x"})
    assert ["TELEGRAM_BOT_TOKEN", "TELEGRAM_ENVIRONMENT"] == [each.split()[0] for each in problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_as_editors_save_it(encoding: str, tmp_path: Path) -> None:
    """With a mark at its start, Windows line ends, quotes and comments."""
    file = tmp_path / ".env"
    text = f'TELEGRAM_BOT_TOKEN="{TOKEN}" # mine\r\n# the rest\r\nTELEGRAM_API_BASE\r\n'
    file.write_bytes(codecs.encode(text, encoding))
    assert Secret(TOKEN) == read_settings(environment_with_file(file))[0].token


def test_the_real_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also with an empty value, which switches a setting of the file off."""
    file = tmp_path / ".env"
    file.write_text("OWNER_CHAT_ID=7\nTELEGRAM_ENVIRONMENT=test\n")
    monkeypatch.setenv("OWNER_CHAT_ID", "")
    monkeypatch.setenv("JOURNAL", "off")
    assert (Settings(None, True, journal=None), ()) == read_settings(environment_with_file(file))


def test_a_missing_file_adds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is optional."""
    monkeypatch.setenv("TELEGRAM_ENVIRONMENT", "test")
    assert "test" == environment_with_file(tmp_path / ".env")["TELEGRAM_ENVIRONMENT"]


def test_the_example_file_explains_every_setting_of_the_table() -> None:
    """In its order, each with its default. Nothing is set, so that a copy of the file starts in the terminal."""
    paragraphs = (HOME / ".env.example").read_text(encoding="utf-8").strip().split("\n\n")[1:]
    assert [f"{setting.key}=" for setting in SETTINGS] == [each.splitlines()[-1] for each in paragraphs]
    for setting, paragraph in zip(SETTINGS, paragraphs, strict=True):
        comment = paragraph.splitlines()[:-1]
        assert comment
        assert all(line.startswith("# ") for line in comment)
        assert f"Empty: {setting.default}" in paragraph or not setting.default


def test_the_webhook_is_read_with_what_belongs_to_it() -> None:
    """An address without a path gets one; without an address the other keys mean nothing."""
    settings, problems = read_settings({"WEBHOOK_URL": "https://bot.example.org", "WEBHOOK_PORT": "9000"})
    assert () == problems
    assert settings.webhook == Webhook("https://bot.example.org/telegram", port=9000)
    assert read_settings({"WEBHOOK_PORT": "9000"}) == (Settings(), ())


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
