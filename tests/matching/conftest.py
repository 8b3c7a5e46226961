"""What the tests of matching share."""

import pytest

from bot.matching import BUILT_IN, Matcher
from tests.matching.small import INTENTS, LEXICON


@pytest.fixture(scope="session")
def small() -> Matcher:
    """The matcher of a few intents."""
    return Matcher(INTENTS, LEXICON, BUILT_IN)
