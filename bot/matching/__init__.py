"""From an utterance to ranked candidates with their features, and to a decision.

In the order of reading: `values` (what goes in and out), `vocabulary` (spelling), `terms` (words to terms), `index`
(what questions are compared with), `evidence` and `discriminative` (what a term tells), `model` (all of these for one
script), `features` (what decides), `calibration` (confidence), `matcher` (`Matcher.rank`), `decision` (`decide`).
`cross_validation` asks the intents themselves, for calibration; `similar_texts` groups texts, for editors.
Beside the code lie `groups/` (words that visitors use for one another) and `question_kinds/`.
"""

from bot.matching.calibration import BUILT_IN, Calibration
from bot.matching.decision import decide
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import MAX_WORDS, Matcher
from bot.matching.model import script_for
from bot.matching.similar_texts import nearly_equal
from bot.matching.terms import WordGroups
from bot.matching.values import (
    Ambiguous,
    Candidate,
    CandidateFeatures,
    Decision,
    Match,
    NoMatch,
    Ranking,
    Utterance,
)

__all__ = [
    "BUILT_IN",
    "MAX_WORDS",
    "Ambiguous",
    "Calibration",
    "Candidate",
    "CandidateFeatures",
    "Decision",
    "Lexicon",
    "Match",
    "Matcher",
    "NoMatch",
    "Ranking",
    "Utterance",
    "WordGroups",
    "decide",
    "nearly_equal",
    "script_for",
]
