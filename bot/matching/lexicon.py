"""What is known of words before any intent is read: groups of synonyms, kinds of questions, and names."""

from dataclasses import dataclass, field

from bot.matching.names import NameTable
from bot.matching.question_kinds import QuestionKinds
from bot.matching.terms import WordGroups


@dataclass(frozen=True, slots=True)
class Lexicon:
    """An empty one will do: then words stand for themselves, and no kind and no name is told."""

    groups: WordGroups = field(default_factory=WordGroups)
    kinds: QuestionKinds = field(default_factory=QuestionKinds)
    names: NameTable = field(default_factory=NameTable)
