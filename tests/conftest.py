"""What all tests share: the bot on our own interview, loaded once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.conversation.bot import Bot
from bot.corpus.corpus import Corpus
from bot.loading.loader import INTENTS, SOURCE, Loaded, load
from bot.matching import Matcher

LIGHTHOUSE = Path(__file__).parent / "data" / "lighthouse"
"""Another text with a few intents, which nobody edits."""


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_kept_beside_the_bot() -> Iterator[None]:
    """What tests ask is no visitor's question, in processes of their own neither."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JOURNAL", "off")
        yield


@pytest.fixture(scope="session")
def loaded() -> Loaded:
    """The real interview with the real intents."""
    found = load(SOURCE, INTENTS)
    assert found.bot is not None, "\n".join(map(str, found.problems))
    return found


@pytest.fixture(scope="session")
def bot(loaded: Loaded) -> Bot:
    assert loaded.bot is not None
    return loaded.bot


@pytest.fixture(scope="session")
def corpus(loaded: Loaded) -> Corpus:
    assert loaded.bot is not None
    return loaded.bot.corpus


@pytest.fixture(scope="session")
def matcher(loaded: Loaded) -> Matcher:
    assert loaded.bot is not None
    return loaded.bot.matcher


@pytest.fixture(scope="session")
def keeper() -> Bot:
    """The bot about the lighthouse."""
    found = load(LIGHTHOUSE / "lighthouse.txt", LIGHTHOUSE / "intents")
    assert found.bot is not None, "\n".join(map(str, found.problems))
    return found.bot
