"""The examples in docstrings are run, so that they stay true."""

import doctest
import importlib
import pkgutil

import pytest

import bot
from bot.conversation.bot import Bot
from bot.corpus.corpus import Corpus
from bot.loading.loader import Loaded
from bot.matching import BUILT_IN

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(bot.__path__, "bot.")
    if not module.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str, loaded: Loaded, corpus: Corpus, bot: Bot) -> None:
    """Each >>> line gives what stands below it. Examples may use the names that are given here."""
    module = importlib.import_module(name)
    given = {
        "BUILT_IN": BUILT_IN,
        "bot": bot,
        "source": corpus.source,
        "intents": corpus.intents,
        "intent": corpus.intents.get("yandex-left"),
        "wording": bot.wording("en"),
    }
    failed, _ = doctest.testmod(module, extraglobs=given)
    assert 0 == failed


def test_there_are_examples() -> None:
    """An empty list of examples would prove nothing."""
    found = sum(
        len(each.examples)
        for name in MODULES
        for each in doctest.DocTestFinder().find(importlib.import_module(name))
    )
    assert 30 < found
