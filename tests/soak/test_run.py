"""The soak itself, on the real process: a calm run loses nothing, and each kind of trouble happens."""

from dataclasses import replace
from typing import Literal

import pytest

from bot.conversation.bot import Bot
from bot.telegram_app.render import render
from tests.end_to_end.faults import refused
from tests.soak import chaos, run
from tests.soak.plan import CALM, Plan
from tests.soak.questions import catalogue_of, read_catalogue


def test_each_question_of_the_catalogue_has_a_reply_of_its_own(keeper: Bot) -> None:
    """So that a reply identifies its question. Three titles of the stairs quote the same words under another title."""
    catalogue = catalogue_of(keeper)
    assert len(catalogue.questions) == len(set(catalogue.questions)) > 20
    replies = [render(keeper.answer(question, "en")) for question in catalogue.questions]
    assert list(range(len(replies))) == [
        catalogue.number_of_reply[message.text.strip()] for (message,) in replies
    ]


@pytest.mark.slow
def test_there_are_questions_for_a_long_run() -> None:
    """More than are asked at once."""
    assert len(read_catalogue().questions) > 200


@pytest.mark.slow
def test_a_calm_run_keeps_all_bars() -> None:
    """Every question is answered once and in order, in private and in groups."""
    result = run.soak(replace(CALM, seconds=2.0, rate=20.0, chats=20, latency=0.0, seed=1))
    assert [] == result.missed(), result.line()
    assert [] == result.ledger.strays
    assert result.ledger.sent > 30


@pytest.mark.slow
def test_a_bot_that_loses_messages_misses_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram refuses some messages for good, which no bot can repair: they count as unanswered."""
    monkeypatch.setattr(chaos, "SEND_FAULTS", (refused(403),))
    monkeypatch.setattr(chaos, "SHARE", 0.5)
    monkeypatch.setattr(run, "QUIET", 0.5)
    result = run.soak(replace(CALM, faults=True, seconds=1.0, rate=20.0, chats=20, latency=0.0, seed=1))
    assert 0 < result.ledger.unanswered < result.ledger.sent
    assert [
        f"{result.ledger.unanswered} of {result.ledger.sent} questions were not answered"
    ] == result.missed()


def test_trouble_is_what_the_plan_says() -> None:
    """All of it by default, none of it in a calm run."""
    names = ("kills", "faults", "floods", "malformed")
    assert [True] * 4 == [getattr(Plan(), name) for name in names]
    assert [False] * 4 == [getattr(CALM, name) for name in names]


@pytest.mark.slow
@pytest.mark.parametrize(("mode", "seconds"), [("polling", 60.0), ("webhook", 20.0)])
def test_kills_faults_and_floods_lose_nothing(mode: Literal["polling", "webhook"], seconds: float) -> None:
    """A minute of what `make soak` does for ten: it keeps all bars."""
    result = run.soak(Plan(mode=mode, seconds=seconds, seed=7))
    assert [] == result.missed(), result.line()
    assert result.ledger.sent > 10 * seconds
