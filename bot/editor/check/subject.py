"""What the rules about the content are given, and what a rule is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.corpus.corpus import Corpus
from bot.matching import Matcher
from bot.yamlfiles.problems import Problem


@dataclass(frozen=True, slots=True)
class Subject:
    """Intents that are right in form, proved on their text, and the matcher that knows their phrases."""

    corpus: Corpus
    matcher: Matcher


Rule = Callable[[Subject], Iterator[Problem]]
"""Its name with hyphens is the name of the problems that it finds. Its docstring says what is wrong, and shows
intents that pass and intents that fail, behind lines that say "Passes:" and "Fails:"."""
