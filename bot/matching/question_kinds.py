"""What a question asks for (a time, a sum, a name, a place, a reason ...), told by its words."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.text.folding import comparison_key
from bot.text.scripts import script_of

KINDS = (
    "when",
    "how_much",
    "how_many",
    "who",
    "where",
    "why",
    "personal",
    "how",
    "which",
    "whether",
    "what",
)
"""In the order in which they are looked for: "how many companies" asks for a number, not which companies."""

OTHER = "other"
"""No question word: a bare noun, a statement."""


HELD = ("when", "how_many", "how_much")
"""Kinds of which a passage can be seen to hold nothing. A table has their words under "when_held" and so on."""

KEYS = (*KINDS, *(f"{kind}_held" for kind in HELD))


class QuestionKinds:
    """Tables of entries, one for each language: by which words a question asks for a kind, and a passage holds it.

    >>> kinds = QuestionKinds([{"when": ["what year"], "who": ["which bank*"], "when_held": ["soon"]}])
    >>> kinds.of("in what year", "latin"), kinds.of("which banks", "latin"), kinds.of("yandex", "latin")
    ('when', 'who', 'other')
    >>> kinds.holds("It will be soon", "when"), kinds.holds("in 2015", "when"), kinds.holds("It is good", "when")
    (True, True, False)

    An entry is a sequence of words; with a * at its end it also stands for longer words.
    """

    def __init__(self, tables: Iterable[Mapping[str, Sequence[str]]] = ()) -> None:
        self._patterns: dict[str, dict[str, re.Pattern[str]]] = {}
        for table in tables:
            script = script_of("".join(entry for entries in table.values() for entry in entries)) or ""
            self._patterns[script] = {key: _pattern(table[key]) for key in KEYS if table.get(key)}

    def of(self, key: str, script: str) -> str:
        """The kind of a folded text (words kept apart by single spaces) in a script."""
        patterns = self._patterns.get(script, {})
        return next((kind for kind in KINDS if kind in patterns and patterns[kind].search(key)), OTHER)

    def holds(self, passage: str, kind: str) -> bool:
        """Whether a passage holds anything of the kind; where that cannot be seen, it is taken to."""
        key = comparison_key(passage)
        pattern = self._patterns.get(script_of(passage) or "", {}).get(f"{kind}_held")
        return pattern is None or any(map(str.isdigit, key)) or pattern.search(key) is not None


def _pattern(entries: Iterable[str]) -> re.Pattern[str]:
    parts = (re.escape(comparison_key(entry)) + (r"\w*" if entry.endswith("*") else "") for entry in entries)
    return re.compile(rf"\b(?:{'|'.join(parts)})\b")
