"""The file .env adds to the environment, as people save it."""

import codecs
from pathlib import Path

import pytest

from bot.settings import (
    HOME,
    SETTINGS,
    Secret,
    Settings,
    UnusableFileError,
    environment_with_file,
    read_settings,
)
from tests.telegram_app.harness import TOKEN


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
