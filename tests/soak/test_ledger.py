"""The counts of a soak run: what is lost, what comes twice, what comes out of order."""

import pytest

from tests.soak.ledger import Ledger
from tests.soak.plan import SCENARIOS, Plan, read_plan
from tests.soak.result import Result
from tests.soak.run import UNNOTED, in_flight

GROUP = -100


def counted(asked: str, replied: str) -> tuple[int, int, int, int]:
    """Unanswered, duplicates, out of order and other messages, after questions and replies in that order."""
    ledger = Ledger()
    for number, question in enumerate(asked):
        ledger.asks(7, number, ord(question), float(number))
    for reply in replied:
        ledger.replied(7, None if reply == "?" else ord(reply), None, 100.0)
    return ledger.unanswered, ledger.duplicates, ledger.out_of_order, len(ledger.strays)


@pytest.mark.parametrize(
    ("asked", "replied", "expected"),
    [
        ("abc", "abc", (0, 0, 0, 0)),
        ("abc", "ac", (1, 0, 0, 0)),
        ("abc", "abbc", (0, 1, 0, 0)),
        ("abc", "acb", (0, 0, 1, 0)),
        ("abc", "cab", (0, 0, 2, 0)),
        ("abc", "abca", (0, 1, 0, 0)),
        ("aba", "aba", (0, 0, 0, 0)),
        ("aba", "ab", (1, 0, 0, 0)),
        ("abc", "?abc", (0, 0, 0, 1)),
        ("abc", "abcd", (0, 0, 0, 1)),
        ("", "a", (0, 0, 0, 1)),
    ],
)
def test_what_became_of_the_questions_is_counted(
    asked: str, replied: str, expected: tuple[int, int, int, int]
) -> None:
    """Lost, doubled, overtaken, and not a reply at all."""
    assert expected == counted(asked, replied)


def test_chats_do_not_mix() -> None:
    """The same reply in another chat answers nothing, and order counts within a chat only."""
    ledger = Ledger()
    ledger.asks(7, 1, 5, 0.0)
    ledger.asks(8, 2, 5, 0.0)
    ledger.replied(8, 5, None, 1.0)
    ledger.replied(8, 5, None, 1.0)
    assert (1, 1, 0) == (ledger.unanswered, ledger.duplicates, ledger.out_of_order)


def test_in_a_group_a_reply_names_its_question() -> None:
    """By the message that it replies to, whatever its text."""
    ledger = Ledger()
    ledger.asks(GROUP, 1, 5, 0.0)
    ledger.asks(GROUP, 2, 5, 0.0)
    ledger.replied(GROUP, None, 2, 1.0)
    ledger.replied(GROUP, None, 1, 1.0)
    assert (0, 1) == (ledger.unanswered, ledger.out_of_order)


def test_a_chat_that_floods_is_not_judged() -> None:
    """Its messages are there to disturb the others."""
    ledger = Ledger(frozenset({9}))
    ledger.asks(9, 1, 5, 0.0)
    ledger.replied(9, 6, None, 1.0)
    assert (0, 0, 0) == (ledger.sent, ledger.unanswered, len(ledger.strays))


def test_the_percentile_is_one_of_the_latencies() -> None:
    """In milliseconds; 0 when nothing was answered."""
    ledger = Ledger()
    assert 0.0 == ledger.percentile(0.99)
    for number in range(100):
        ledger.asks(7, number, number, 0.0)
        ledger.replied(7, number, None, number / 1000)
    assert 99.0 == pytest.approx(ledger.percentile(0.99))


@pytest.mark.parametrize(
    ("send", "expected"),
    [
        ((8.0, 10.0 - UNNOTED - 0.01, 10.1), 0),
        ((8.0, 10.0 - UNNOTED + 0.01, 10.1), 1),
        ((8.0, 9.9, 9.99), 0),
        ((8.0, 9.9, 10.01), 1),
        ((8.0, 12.0, 12.1), 1),
        ((10.1, 12.0, 12.1), 0),
    ],
)
def test_a_send_is_in_flight_until_the_bot_has_noted_its_answer(
    send: tuple[float, float, float], expected: int
) -> None:
    """A kill at 10 s: what was the last on a connection that then was gone may come twice, however late a busy
    machine took it up."""
    assert expected == in_flight([10.0], [send])


@pytest.mark.parametrize(
    ("asked", "replied", "allowed", "missed"),
    [("ab", "ab", 0, 0), ("ab", "a", 0, 1), ("ab", "ba", 0, 1), ("ab", "abb", 1, 0), ("ab", "abb", 0, 1)],
)
def test_each_bar_can_be_missed(asked: str, replied: str, allowed: int, missed: int) -> None:
    """One sentence for each."""
    ledger = Ledger()
    for number, question in enumerate(asked):
        ledger.asks(7, number, ord(question), 0.0)
    for reply in replied:
        ledger.replied(7, ord(reply), None, 0.1)
    assert missed == len(Result(Plan(), ledger, allowed, 0.0, 0.0, False, "").missed())


@pytest.mark.parametrize(
    ("plan", "latency", "growth", "expected"),
    [
        (SCENARIOS["flood"], 0.099, 0.0, []),
        (SCENARIOS["flood"], 0.101, 0.0, ["the 99th percentile is over 100 ms"]),
        (SCENARIOS["load"], 0.199, 0.0, []),
        (SCENARIOS["load"], 0.201, 0.0, ["the 99th percentile is over 200 ms"]),
        (SCENARIOS["memory"], 9.0, 7.0, []),
        (SCENARIOS["memory"], 9.0, 9.0, ["memory grew by 9.0 MB; 8.0 are allowed"]),
    ],
)
def test_each_scenario_has_its_own_bar(
    plan: Plan, latency: float, growth: float, expected: list[str]
) -> None:
    """Beside those that all have."""
    ledger = Ledger()
    ledger.asks(7, 1, 1, 0.0)
    ledger.replied(7, 1, None, latency)
    assert expected == Result(plan, ledger, 0, 0.0, growth, False, "").missed()


def test_a_leaked_token_is_a_missed_bar() -> None:
    """Whatever else went well."""
    assert ["the token is in what the bot wrote"] == Result(Plan(), Ledger(), 0, 0.0, 0.0, True, "").missed()


def test_a_command_line_changes_a_scenario() -> None:
    """What is not named stays as the scenario has it; without a seed, one is drawn."""
    plan = read_plan(["flood", "--mode", "webhook", "--rate", "20", "--seed", "3", "--without", "kills"])
    assert ("webhook", 20.0, 500, 3, False) == (plan.mode, plan.rate, plan.flood, plan.seed, plan.kills)
    with pytest.raises(SystemExit):
        read_plan(["--mode", "pigeon"])
