"""The doctor reports each finding in a sentence, with the fix, and changes nothing."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.__main__ import main
from bot.cli.doctor import _env_file
from bot.conversation.bot import Bot
from bot.settings import Settings, Webhook
from bot.telegram_app.diagnosis import Finding, check_clock, diagnose
from tests.conftest import KEEPER
from tests.telegram_app.harness import SETTINGS, TOKEN, Harness
from tests.telegram_app.recorder import BOT, PAGE, Recorder, Refusal

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def findings(bot: Bot, telegram: Recorder, settings: Settings = SETTINGS) -> list[Finding]:
    async def collect() -> list[Finding]:
        return [each async for each in diagnose(settings, bot, NOW, telegram)]

    return asyncio.run(collect())


def problems(found: list[Finding]) -> list[str]:
    return [each.text for each in found if each.level == "problem"]


def test_a_bot_in_order_has_no_problem(harness: Harness, bot: Bot, telegram: Recorder) -> None:
    """And nothing is set by looking."""
    harness.start()
    telegram.calls.clear()
    found = findings(bot, telegram)
    assert [] == problems(found)
    assert "The commands and descriptions are up to date." in [each.text for each in found]
    assert all(call.method.startswith("get") for call in telegram.calls)
    assert not any(TOKEN in each.text for each in found)
    assert "4242:…QQ1 is that of @Lighthouse_Bot" in found[0].text


def test_what_differs_is_named(harness: Harness, bot: Bot, telegram: Recorder) -> None:
    """By what it is and its language."""
    harness.start()
    telegram.profile["MyDescription", "ru"] = {"description": "старое"}
    assert any("Not up to date: description (ru);" in each.text for each in findings(bot, telegram))


@pytest.mark.parametrize(
    ("method", "status", "words"),
    [("getMe", 401, "does not know the token 4242:…QQ1"), ("getMe", 502, "cannot be reached (NetworkError)")],
)
def test_without_an_answer_nothing_more_is_asked(
    bot: Bot, telegram: Recorder, method: str, status: int, words: str
) -> None:
    """One problem, and its fix."""
    telegram.refuse(method, status, "no")
    found = findings(bot, telegram)
    assert 1 == len(found)
    assert words in problems(found)[0]


def test_inline_mode_that_is_off_is_a_problem(
    bot: Bot, telegram: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot offers to share answers."""
    monkeypatch.setitem(BOT, "supports_inline_queries", False)
    assert "/setinline" in problems(findings(bot, telegram))[0]


@pytest.mark.parametrize(
    ("info", "webhook", "words"),
    [
        (
            {"url": "https://other.example.org/x"},
            None,
            "Another program receives the updates at https://other",
        ),
        (
            {"last_error_message": "Connection refused", "last_error_date": int(time.time())},
            None,
            "The last delivery failed: Connection refused",
        ),
    ],
)
def test_a_webhook_that_does_not_fit_is_a_problem(
    bot: Bot, telegram: Recorder, info: dict[str, object], webhook: Webhook | None, words: str
) -> None:
    """Updates would go elsewhere, or nowhere."""
    telegram.webhook = info
    assert words in problems(findings(bot, telegram))[0]


@pytest.mark.parametrize(
    ("status", "words", "problem"),
    [
        (400, "Bad Request: chat not found", True),
        (403, "Forbidden: bot was blocked by the user", True),
        (502, "Bad Gateway", False),
    ],
)
def test_an_owner_who_cannot_be_written_to_is_a_problem(
    status: int, words: str, problem: bool, bot: Bot, telegram: Recorder
) -> None:
    """With Telegram's own words, and what to do."""
    telegram.refuse("sendChatAction", status, words)
    found = problems(findings(bot, telegram, replace(SETTINGS, owner=4711)))
    assert problem == len(found)
    assert all(f'OWNER_CHAT_ID 4711 ("{words}"): open the chat with the bot' in each for each in found)


def test_the_doctor_reads_no_variables_that_the_settings_have_read(
    bot: Bot, telegram: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library's own client raises at this one."""
    monkeypatch.setenv("ALL_PROXY", "socks://127.0.0.1:9")
    assert [] == problems(findings(bot, telegram))


def test_something_else_in_telegrams_place_is_a_problem(bot: Bot, telegram: Recorder) -> None:
    """A page with 404 is no unknown token, and too many questions are no failure."""
    telegram.refusals["getMe"] = [Refusal(404, body=PAGE)]
    (found,) = problems(findings(bot, telegram))
    assert "cannot be reached (HTTP 404 without an answer of the Bot API)" in found
    telegram.refuse("getMyCommands", 429, "Too Many Requests", retry_after=3600)
    assert [] == problems(findings(bot, telegram))


@pytest.mark.parametrize(("off", "level"), [(0, "ok"), (-29, "ok"), (31, "problem"), (-3600, "problem")])
@pytest.mark.parametrize("zone", ["GMT", "+0000", "-0000", ""])
def test_a_clock_that_is_off_is_a_problem(off: int, level: str, zone: str) -> None:
    """Half a minute is tolerated. A server in front may write its date in another way."""
    date = (NOW - timedelta(seconds=off)).strftime(f"%a, %d %b %Y %H:%M:%S {zone}")

    async def compare() -> Finding:
        answer = httpx.MockTransport(lambda _request: httpx.Response(200, headers={"Date": date}))
        async with httpx.AsyncClient(transport=answer) as client:
            return await check_clock(client, "https://api.example.org", NOW)

    assert level == asyncio.run(compare()).level


@pytest.mark.parametrize(("mode", "expected"), [(0o600, 0), (0o644, 1), (0o640, 1)])
def test_a_token_that_others_can_read_is_a_problem(tmp_path: Path, mode: int, expected: int) -> None:
    """With the command that repairs it."""
    file = tmp_path / ".env"
    file.write_text("TELEGRAM_BOT_TOKEN=x")
    file.chmod(mode)
    assert expected == len([each for each in _env_file(file) if "chmod 600" in each.text])


def test_without_a_token_the_rest_is_checked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 0: the files are in order."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    assert 0 == main(["doctor", *KEEPER])
    out = capsys.readouterr().out
    assert "quotations proved" in out
    assert "Telegram was not asked: there is no token." in out
