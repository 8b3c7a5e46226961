"""A file that is saved while the real process runs answers the next message."""

import asyncio
import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.loading.live import OLD_ONES_ANSWER
from bot.settings import HOME
from tests.end_to_end.processes import Fake, running_bot, running_fake
from tests.soak.balancer import MISSING, balancing, nginx
from tests.soak.run import free_ports

FIRST_PHRASES = "  phrases:\n"
QUESTION = "zzz qqqx wwwk jjjv"
PATIENCE = 60.0
"""Seconds. An edit takes half of one, and the start of three processes some; a busy machine takes longer."""


@pytest.fixture
def fake() -> Iterator[Fake]:
    """A Bot API for this test alone."""
    with running_fake() as running:
        yield running


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the process needs, which a test may edit."""
    for name in ("bot", "intents", "seeds"):
        shutil.copytree(HOME / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOME / "run_bot.py", tmp_path)
    return tmp_path


def edit(project: Path, old: str, new: str) -> None:
    """Saves a file of intents with the first `old` replaced."""
    file = project / "intents" / "en" / "smart-city.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def soon(condition: Callable[[], object]) -> None:
    """Returns when it is true; fails when it does not become true."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "the edit did not go live"
        time.sleep(0.1)


def test_an_edit_is_live_without_a_new_start(fake: Fake, project: Path) -> None:
    """What was refused is answered a moment after the file was saved."""
    with running_bot(fake.address, folder=project):
        visitor = fake.visitor()
        assert not fake.reply_to(visitor, QUESTION).segment("blockquote")
        edit(project, FIRST_PHRASES, f"{FIRST_PHRASES}    - {QUESTION}\n")
        soon(lambda: fake.reply_to(visitor, QUESTION).segment("blockquote"))


def test_a_broken_edit_is_reported_to_the_owner(fake: Fake, project: Path) -> None:
    """In the owner's chat, with its place; visitors are answered from the files as they were."""
    owner = fake.visitor(number=11)
    owner.says("/start")
    with running_bot(fake.address, folder=project, OWNER_CHAT_ID=str(owner.chat)) as bot:
        fake.wait_for(lambda: len(fake.state.sent) == len(("hello", "welcome")))
        last = max(fake.state.sent)
        edit(project, FIRST_PHRASES, "  phrasse:\n")
        report = fake.next_message(last)
        assert owner.chat == report.chat
        assert "unknown-key" in report.text
        assert OLD_ONES_ANSWER in report.text
        assert "intents/en/smart-city.yaml:" in bot.output()
        assert fake.reply_to(fake.visitor(), "why did yandex leave iran").segment("blockquote")


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
            edit(project, FIRST_PHRASES, f"{FIRST_PHRASES}    - {QUESTION}\n")
            soon(lambda: all("Live: " in bot.output() for bot in bots))
            assert [True] * 9 == answers()
            bots[0].process.kill()
            assert [True] * 9 == answers()

    async with balancing(str(nginx()), folder, front, behind):
        await asyncio.to_thread(asked_before_and_after)
