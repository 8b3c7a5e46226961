"""The real process against the fake Bot API: as a user would, from the question to the reply."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.loading import HOME, SOURCE
from tests.end_to_end.bot_api import TOKEN, BotApi, serve


@dataclass
class Stand:
    """The fake and the bot's own process."""

    api: BotApi
    process: subprocess.Popen[str]


def started(port: int, token: str, inbox: Path) -> subprocess.Popen[str]:
    settings = {
        "TELEGRAM_BOT_TOKEN": token,
        "TELEGRAM_API_BASE": f"http://127.0.0.1:{port}",
        "INBOX": str(inbox),
    }
    return subprocess.Popen(
        [sys.executable, "run_bot.py"],
        cwd=HOME,
        env={**os.environ, **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    api = BotApi()
    server = serve(api)
    process = started(server.server_address[1], TOKEN, tmp_path_factory.mktemp("inbox") / "inbox.sqlite3")
    try:
        yield Stand(api, process)
    finally:
        process.kill()
        process.communicate()
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("why did yadnex leave iran", "Why did Yandex leave Iran?"),
        ("почему яндекс ушёл из ирана", "Почему Яндекс ушёл из Ирана?"),
        ("چرا یاندکس از ایران رفت", "چرا یاندکس از ایران رفت؟"),
    ],
)
def test_a_question_is_answered_word_for_word(stand: Stand, question: str, title: str) -> None:
    """The bold title in the visitor's language, and a blockquote of the source's own characters."""
    message = stand.api.next_message(stand.api.says(question))
    (quotation,) = message.stretch("blockquote")
    assert quotation.startswith("Some market issues made Yandex")
    assert quotation in SOURCE.read_text(encoding="utf-8")
    assert [title] == [text.strip("\u200e\u200f") for text in message.stretch("bold")]


def test_an_unanswered_question_quotes_nothing_as_an_answer(stand: Stand) -> None:
    """It says so, and offers the topics."""
    message = stand.api.next_message(stand.api.says("What is the population of China?"))
    assert ["The interview does not answer that."] == message.stretch("bold")
    assert [] == message.stretch("blockquote")
    assert message.buttons


def test_topics_lead_to_a_quotation_by_buttons(stand: Stand) -> None:
    """Topics and their questions change in place; the chosen question is answered below."""
    message = stand.api.next_message(stand.api.says("/topics"))
    first = message.text
    stand.api.presses(message, "Smart city")
    stand.api.wait_for(lambda: message.text != first)
    stand.api.presses(message, "When did Russia start")
    answer = stand.api.next_message(message.id)
    assert answer.stretch("blockquote")[0].startswith(
        "In Russia, we started to develop e-government since 2008"
    )


def test_reading_around_moves_in_the_same_message(stand: Stand) -> None:
    """The next passage stands in place of the quotation, once."""
    message = stand.api.next_message(stand.api.says("what is b2g"))
    shown = message.text
    stand.api.presses(message, "▶")
    stand.api.wait_for(lambda: message.text != shown)
    assert message.stretch("blockquote")[0].startswith("I am not sure Business-to-Business (B2B)")


def test_commands_are_registered_in_three_languages(stand: Stand) -> None:
    """And once without a language, for everybody else."""
    stand.api.next_message(stand.api.says("hello"))
    registered = {p.get("language_code", "") for method, p in stand.api.calls if method == "setMyCommands"}
    assert {"", "en", "ru", "fa"} >= registered >= {"", "ru", "fa"}


def test_the_process_stops_cleanly(stand: Stand) -> None:
    """SIGTERM ends it with exit code 0, and nothing that it printed holds the token."""
    stand.api.next_message(stand.api.says("bye"))
    stand.process.send_signal(signal.SIGTERM)
    out, err = stand.process.communicate(timeout=30)
    assert 0 == stand.process.returncode
    assert TOKEN not in out + err
    assert "Traceback" not in err


def test_a_wrong_token_is_one_plain_sentence(tmp_path: Path) -> None:
    """Exit code 1, the fix, no stack trace, no token."""
    server = serve(BotApi())
    wrong = "123456:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
    process = started(server.server_address[1], wrong, tmp_path / "inbox.sqlite3")
    try:
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
        server.shutdown()
        server.server_close()
    assert 1 == process.returncode
    assert "Telegram refuses the token; copy it anew from @BotFather" in err
    assert "Traceback" not in err
    assert wrong not in out + err
