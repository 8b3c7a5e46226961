"""The examples in docstrings are run, so that they stay true."""

import doctest
import importlib
import pkgutil
from dataclasses import replace

import pytest

import bot
from bot.conversation.bot import Bot
from bot.corpus.corpus import resolve
from bot.corpus.metadata import source_without_card
from bot.matching import BUILT_IN
from tests.matching.small import intents_of

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(bot.__path__, "bot.")
    if not module.name.endswith("__main__")
)


TEXT = "Some market issues made Yandex leave Iran.\n\nB2G is business with a government.\n"
INTENTS = """
topic: {en: Yandex}
intents:
  - id: yandex-left
    title: {en: Why did Yandex leave Iran?}
    quotes: [Some market issues made Yandex leave Iran.]
    phrases:
      en: [why did yandex leave iran, why did yandex leave]
      fa: [چرا یاندکس از ایران رفت]
    see_also: [what-is-b2g]
  - id: what-is-b2g
    title: {en: What is B2G?}
    quotes: [B2G is business with a government.]
    phrases: {en: [what is b2g]}
"""


@pytest.fixture(scope="module")
def small(keeper: Bot) -> Bot:
    """What the examples ask."""
    corpus, problems = resolve(source_without_card(TEXT, "t.txt"), intents_of(INTENTS))
    assert () == problems
    return replace(keeper, corpus=corpus, matcher=keeper.matcher.with_intents(corpus.intents))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str, small: Bot) -> None:
    """Each >>> line gives what stands below it. Examples may use the names that are given here."""
    module = importlib.import_module(name)
    given = {
        "BUILT_IN": BUILT_IN,
        "bot": small,
        "source": small.corpus.source,
        "intents": small.corpus.intents,
        "intent": small.corpus.intents.get("yandex-left"),
        "wording": small.wording("en"),
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
