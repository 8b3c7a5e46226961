"""A file that is saved while the real process runs answers the next message."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.loading.live import OLD_ONES_ANSWER
from tests.end_to_end.processes import BotProcess, Fake, lighthouse_project, running_bot, running_fake
from tests.soak.balancer import MISSING, balancing, nginx
from tests.soak.run import free_ports

KNOWN, QUESTION = "when is the lamp lit", "zzz qqqx wwwk jjjv"
PATIENCE = 60.0
"""Seconds. An edit takes half of one, and the start of three processes some; a busy machine takes longer."""


@pytest.fixture
def fake() -> Iterator[Fake]:
    """A Bot API for this test alone."""
    with running_fake() as running:
        yield running


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return lighthouse_project(tmp_path / "project")


OWNER = 11


@pytest.fixture
def bot(fake: Fake, project: Path) -> Iterator[BotProcess]:
    """The process on a project that a test may edit; its owner has said hello."""
    fake.visitor(number=OWNER).says("/start")
    with running_bot(fake.address, folder=project, OWNER_CHAT_ID=str(OWNER)) as running:
        fake.wait_for(lambda: len(fake.state.sent) == len(("hello", "welcome")))
        yield running


def edit(project: Path, old: str, new: str) -> None:
    """Saves a file of intents with the first `old` replaced."""
    file = project / "intents" / "lamp.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def soon(condition: Callable[[], object]) -> None:
    """Returns when it is true; fails when it does not become true."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "the edit did not go live"
        time.sleep(0.1)


def test_a_broken_edit_is_reported_to_the_owner_and_a_right_one_is_live(
    fake: Fake, project: Path, bot: BotProcess
) -> None:
    """In the owner's chat, with its place; visitors are answered from the files as they were. What was refused is
    answered a moment after the mended file was saved, without a new start."""
    last = max(fake.state.sent)
    edit(project, "    phrases:\n", "    phrasse:\n")
    report = fake.next_message(last)
    assert OWNER == report.chat
    assert "unknown-key" in report.text
    assert OLD_ONES_ANSWER in report.text
    assert "intents/lamp.yaml:" in bot.output()
    assert fake.reply_to(fake.visitor(), KNOWN).segment("blockquote")
    visitor = fake.visitor(number=8)  # to whom no answer was given that this one could belong to
    assert not fake.reply_to(visitor, QUESTION).segment("blockquote")
    edit(project, "    phrasse:\n      en: [", f"    phrases:\n      en: [{QUESTION}, ")
    soon(lambda: fake.reply_to(visitor, QUESTION).segment("blockquote"))


@pytest.mark.slow
@pytest.mark.skipif(nginx() is None, reason=MISSING)
def test_an_edit_reaches_all_processes_behind_a_balancer(fake: Fake, project: Path, tmp_path: Path) -> None:
    """Each watches the files itself: nine visitors in a row, whichever process gets them, are answered anew, also
    when one process was killed."""
    asyncio.run(_edited_behind_nginx(fake, project, tmp_path / "nginx"))


async def _edited_behind_nginx(fake: Fake, project: Path, folder: Path) -> None:
    folder.mkdir()
    front, *behind = free_ports(4)
    hook = {"WEBHOOK_URL": f"http://127.0.0.1:{front}/telegram", "WEBHOOK_SECRET": "a-secret-of-the-test"}

    def answers() -> list[bool]:
        visitors = [fake.visitor(number=100 + number) for number in range(9)]
        return [bool(fake.reply_to(visitor, QUESTION).segment("blockquote")) for visitor in visitors]

    def asked_before_and_after() -> None:
        with contextlib.ExitStack() as stack:
            bots = [
                stack.enter_context(running_bot(fake.address, folder=project, WEBHOOK_PORT=str(port), **hook))
                for port in behind
            ]
            soon(lambda: all("by webhook" in bot.output() for bot in bots))
            assert [False] * 9 == answers()
            edit(project, "      en: [", f"      en: [{QUESTION}, ")
            soon(lambda: all("Live: " in bot.output() for bot in bots))
            assert [True] * 9 == answers()
            bots[0].process.kill()
            assert [True] * 9 == answers()

    async with balancing(str(nginx()), folder, front, behind):
        await asyncio.to_thread(asked_before_and_after)
