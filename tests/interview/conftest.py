"""What the tests of our interview share: the bot on it, loaded once. No test outside this folder knows it."""

from pathlib import Path

import pytest

import run_bot
from bot.cli import chat, check, common, doctor
from bot.conversation.bot import Bot
from bot.corpus.corpus import Corpus
from bot.loading.loader import INTENTS, SOURCE, Loaded, load
from bot.matching import Matcher


@pytest.fixture(scope="session")
def loaded() -> Loaded:
    """The real interview with the real intents."""
    found = load(SOURCE, INTENTS)
    assert found.bot is not None, "\n".join(map(str, found.problems))
    return found


@pytest.fixture
def loaded_once(loaded: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands on our own files get what is loaded already, which saves a second each; other files are read."""

    def load_others(source: Path = SOURCE, intents: Path = INTENTS, *, translated: bool = True) -> Loaded:
        ours = (source, intents, translated) == (SOURCE, INTENTS, True)
        return loaded if ours else load(source, intents, translated=translated)

    for module in (chat, check, common, doctor, run_bot):
        monkeypatch.setattr(module, "load", load_others)


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
