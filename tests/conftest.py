"""What all tests share: the bot on a small text. The bot on our own interview is known in tests/interview alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.conversation.bot import Bot
from bot.loading.loader import load

LIGHTHOUSE = Path(__file__).parent / "data" / "lighthouse"
"""Another text with a few intents, which nobody edits."""
KEEPER = ("--source", str(LIGHTHOUSE / "lighthouse.txt"), "--intents", str(LIGHTHOUSE / "intents"))
"""It as the options of a command."""


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_kept_beside_the_bot() -> Iterator[None]:
    """What tests ask is no visitor's question, in processes of their own neither."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JOURNAL", "off")
        yield


@pytest.fixture(scope="session")
def keeper() -> Bot:
    """The bot about the lighthouse."""
    found = load(LIGHTHOUSE / "lighthouse.txt", LIGHTHOUSE / "intents")
    assert found.bot is not None, "\n".join(map(str, found.problems))
    return found.bot
