"""Each fault of the script does to the library's client what it does on the internet."""

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tests.end_to_end.conftest import Ask
from tests.end_to_end.faults import (
    Fault,
    Faults,
    dribbling,
    dropped_after,
    dropped_before,
    hung,
    late,
    moved,
    other_body,
    page,
    refused,
    slowed_down,
)
from tests.end_to_end.processes import Fake


@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize(
    ("fault", "error", "carried_out"),
    [
        (refused(500), NetworkError, 0),
        (refused(429), NetworkError, 0),
        (slowed_down(3), RetryAfter, 0),
        (refused(400), BadRequest, 0),
        (moved(-100), ChatMigrated, 0),
        (page(502), NetworkError, 0),
        (page(403), Forbidden, 0),
        (page(404), InvalidToken, 0),
        (page(200), TelegramError, 0),
        (page(200, carried=True), TelegramError, 1),
        (other_body(b'{"ok": false}', carried=True), KeyError, 1),
        (dropped_before(), NetworkError, 0),
        (dropped_after(), NetworkError, 1),
        (hung(20.0), TimedOut, 0),
        (hung(20.0, carried=True), TimedOut, 1),
    ],
)
def test_a_fault_is_met_as_on_the_internet(
    empty: Fake, ask: Ask, fault: Fault, error: type[Exception], carried_out: int
) -> None:
    """With the library's error, and the message sent or not as the fault says; the next call is well."""
    empty.visitor().says("hello")
    empty.faults.script("sendMessage", fault)
    with pytest.raises(error):
        ask(lambda bot: bot.send_message(7, "x", read_timeout=0.1))
    assert carried_out == len(empty.state.sent)
    ask(lambda bot: bot.send_message(7, "x"))
    assert carried_out + 1 == len(empty.state.sent)


@pytest.mark.parametrize("fault", [late(0.05), dribbling(0.05)])
def test_slowness_is_no_failure(empty: Fake, ask: Ask, fault: Fault) -> None:
    """The call is carried out, and the answer comes whole."""
    empty.visitor().says("hello")
    empty.faults.script("sendMessage", fault)
    assert "x" == ask(lambda bot: bot.send_message(7, "x")).text


def test_a_page_of_the_server_in_front_is_no_json(empty: Fake) -> None:
    """As a real 502 sometimes is."""
    empty.faults.script("getMe", page(502))
    answer = httpx.get(f"{empty.address}/bot123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1/getMe")
    assert (502, "text/html") == (answer.status_code, answer.headers["content-type"])


def test_another_token_is_unauthorized(empty: Fake) -> None:
    """401, whatever the method."""
    assert 401 == httpx.get(f"{empty.address}/bot1:A/getMe").status_code


def test_faults_by_chance_are_the_same_for_the_same_seed() -> None:
    """And they stop with `stop`."""

    def met(seed: int) -> list[Fault]:
        faults = Faults()
        faults.at_random("sendMessage", 0.5, (dropped_before(), dropped_after()), seed)
        return [faults.pick("sendMessage") for _ in range(50)]

    assert met(1) == met(1)
    assert met(1) != met(2)
    assert 3 == len(set(met(1)))


def test_uncertain_faults_are_counted() -> None:
    """So many duplicates may come from the fake itself."""
    faults = Faults()
    faults.script(
        "sendMessage",
        *(dropped_before(), dropped_after(), hung(1), hung(1, carried=True), refused(500)),
        *(page(200), page(200, carried=True)),
    )
    for _ in range(8):
        faults.pick("sendMessage")
    assert (7, 3) == (faults.met, faults.uncertain)
