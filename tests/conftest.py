"""What all tests share: the bot on our own interview, loaded once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import run_bot
from bot.cli import chat, check, common, doctor
from bot.conversation.bot import Bot
from bot.corpus.corpus import Corpus
from bot.loading.loader import INTENTS, SOURCE, Loaded, load
from bot.matching import Matcher

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


@pytest.fixture(scope="session")
def keeper() -> Bot:
    """The bot about the lighthouse."""
    found = load(LIGHTHOUSE / "lighthouse.txt", LIGHTHOUSE / "intents")
    assert found.bot is not None, "\n".join(map(str, found.problems))
    return found.bot
