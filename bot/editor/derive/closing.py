"""What stands behind the last answer and is the newspaper's: about the author or the person, and notes."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from bot.corpus.passages import Span
from bot.editor.derive.labels import names_in
from bot.editor.derive.turns import Turns

_FOOTNOTE = re.compile(r"[*†‡©→]|--+(?=\w)|\[\^?\d+\]|\(\d+\)")
_ABOUT_SOMEBODY = re.compile(
    r",?\s+(?:is|was|lives|writes|works|has|ist|war|lebt|schreibt|arbeitet|es|fue|vive|escribe|nació|родил[а-я]+|живёт"
    r"|живет|работает)\b|,?\s+\(?(?:\*\s?)?\d\d|,\s+(?:born|geboren|nacid[ao])\b|\s[—–-]\s"
)
"""Behind a name: "Ada Brook was born in 1947.", "Greta Holm, 58, ..."."""
_FEWEST_ANSWERS = 3
"""From which it tells something that no answer has a second paragraph."""


def closing_at(text: str, blocks: Sequence[Span], turns: Turns) -> Callable[[Span], bool]:
    """Tells whether the closing words begin at a block."""
    first, last = min(turns.speakers, default=0), max(turns.speakers, default=len(text))
    known = {name for block in blocks if block.start < first for name in names_in(block.of(text))}
    known = {name for name in known | set(turns.speakers.values()) if " " in name}
    is_turn = [block.start in turns.speakers for block in blocks if first <= block.start <= last]
    if turns.answers_are_unmarked:
        last_answer = next((block.start for block in blocks if block.start > last), last)
        answers, continues = len(turns.speakers), (False, False) in pairwise(is_turn)
    else:
        last_answer = last
        answers = sum(each not in turns.asking for each in turns.speakers.values())
        continues = not all(is_turn)
    is_single = answers >= _FEWEST_ANSWERS and not continues

    def begins_at(block: Span) -> bool:
        words = " ".join(block.of(text).split())
        if block.start <= last_answer:
            return False
        begins = next(iter(names_in(words)), "")
        about = words.startswith(begins) and " " in begins and _ABOUT_SOMEBODY.match(words, len(begins))
        return bool(is_single or _FOOTNOTE.match(words) or about) or any(name in words for name in known)

    return begins_at
