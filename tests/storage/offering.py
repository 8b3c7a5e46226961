"""A bot that makes an offer, whatever the weights: two intents have the same phrases but for one word."""

from dataclasses import replace

from bot.conversation.bot import Bot
from bot.corpus.corpus import resolve
from tests.matching.small import intents_of

OFFERED, ANSWERED = "when is the lamp lit", "when is the lamp lit in winter"
"""A question that both intents may mean, and a phrase of one of them."""

_INTENTS = """
topic: {en: The lamp}
intents:
  - id: summer
    title: {en: When is the lamp lit in summer?}
    quotes: [The lamp is lit at dusk ✨ and put out at dawn]
    phrases: {en: [when is the lamp lit in summer, is the lamp lit in summer, how is the lamp lit in summer]}
  - id: winter
    title: {en: When is the lamp lit in winter?}
    quotes: [In winter that is a very long watch.]
    phrases: {en: [when is the lamp lit in winter, is the lamp lit in winter, how is the lamp lit in winter]}
"""


def offering(keeper: Bot) -> Bot:
    """The bot about the lighthouse with these two intents alone. It offers all that it does not answer."""
    corpus, problems = resolve(keeper.corpus.source, intents_of(_INTENTS))
    assert () == problems
    calibration = replace(keeper.calibration, offer=0.0)
    return replace(
        keeper, corpus=corpus, matcher=keeper.matcher.with_intents(corpus.intents), calibration=calibration
    )
