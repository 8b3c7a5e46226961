"""The environment becomes settings, and a secret stays one."""

import codecs
from pathlib import Path

import pytest

from bot.settings import (
    HOME,
    SETTINGS,
    Secret,
    Settings,
    UnusableFileError,
    Webhook,
    environment_with_file,
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


@pytest.mark.parametrize(("value", "shown"), [("", True), ("on", True), ("off", False), ("OFF", False)])
def test_translations_are_shown_unless_they_are_off(value: str, shown: bool) -> None:
    """Another value is a slip, and is named."""
    assert (shown, ()) == (
        read_settings({"TRANSLATIONS": value})[0].translations,
        read_settings({"TRANSLATIONS": value})[1],
    )
    (problem,) = read_settings({"TRANSLATIONS": "no"})[1]
    assert 'TRANSLATIONS is "no"; write "off"' in problem


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            f"BOT_TOKEN={TOKEN}",
            'BOT_TOKEN in .env holds what looks like a bot\'s token; write "TELEGRAM_BOT_TOKEN="',
        ),
        (f"telegram_bot_token = '{TOKEN}'", 'write "TELEGRAM_BOT_TOKEN=" in place of "telegram_bot_token="'),
        (f"# mine\nTELEGRAM_BOT_TOKEN: {TOKEN}", "Line 2 of .env has a colon after TELEGRAM_BOT_TOKEN"),
        ("export Inbox : off", "Line 1 of .env has a colon after INBOX"),
    ],
)
def test_what_people_write_instead_of_the_token_is_named(
    text: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what would be right, and without the token."""
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    file = tmp_path / ".env"
    file.write_text(text + "\n")
    with pytest.raises(UnusableFileError) as raised:
        environment_with_file(file)
    assert words in str(raised.value)
    assert TOKEN not in str(raised.value)


def test_other_variables_in_the_file_are_nobodys_concern(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program may read it, too."""
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    file = tmp_path / ".env"
    file.write_text(f"OTHER_BOT={TOKEN}\nTELEGRAM_BOT_TOKEN={TOKEN}\nPATH_TO: x\n# INBOX: where they wait\n")
    assert Secret(TOKEN) == read_settings(environment_with_file(file))[0].token


def test_an_empty_token_in_the_environment_hides_no_good_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As docker-compose sets it from a variable that nobody has: one sentence, and not a bot in the terminal."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    (tmp_path / ".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\n")
    with pytest.raises(UnusableFileError, match="TELEGRAM_BOT_TOKEN is empty in the environment"):
        environment_with_file(tmp_path / ".env")


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    """Docker makes it where it was to mount a file that is not there."""
    (tmp_path / ".env").mkdir()
    with pytest.raises(UnusableFileError, match="Remove the folder and make the file"):
        environment_with_file(tmp_path / ".env")


def test_a_windows_path_in_double_quotes_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its backslashes begin line breaks and tabs; between single quotes it is a path."""
    monkeypatch.delenv("INBOX", raising=False)
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    file = tmp_path / ".env"
    file.write_text('INBOX="C:\\new\\temp"\n')
    _, (problem,) = read_settings(environment_with_file(file))
    assert problem.startswith("INBOX has a line break, a tab")
    assert "single quotes" in problem
    file.write_text("INBOX='C:\\new\\temp'\n")
    assert () == read_settings(environment_with_file(file))[1]


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
