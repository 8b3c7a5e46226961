"""What a rule about the content is, and what it is given."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.corpus.corpus import Corpus
from bot.matching import Matcher
from bot.yamlfiles.problems import Location


@dataclass(frozen=True, slots=True)
class Subject:
    """Intents that are right in form, and the matcher that knows their phrases."""

    corpus: Corpus
    matcher: Matcher


Findings = Iterator[tuple[Location, str]]
"""A place and a message for each problem."""

Rule = Callable[[Subject], Findings]
"""Its name, with hyphens, is the rule that its problems name."""
