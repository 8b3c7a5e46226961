"""From an utterance to ranked candidates with their evidence, and to a decision.

Reading order: `values` (what goes in and out), `vocabulary` (spelling), `terms` (words to terms), `index` (what
each term tells of the intents), `index` (what questions are compared with), `evidence` (what a term tells of being
answered), `model` (all of these for one script), `matcher` (`Matcher.rank`), `calibration` (confidence), `decision`
(`decide`), `calibration_file` (the fitted numbers, read and written). `similar_texts` groups texts, for editors.
Beside the code lie `calibration.yaml` and `groups/` (words that visitors use for one another).
This package is the one package of rapidfuzz.
"""

from bot.matching.calibration import Calibration
from bot.matching.decision import decide
from bot.matching.matcher import MAX_WORDS, Matcher
from bot.matching.model import script_for
from bot.matching.similar_texts import nearly_equal
from bot.matching.terms import WordGroups
from bot.matching.values import (
    Ambiguous,
    Candidate,
    Decision,
    Features,
    Match,
    NoMatch,
    Ranking,
    Signs,
    Utterance,
)

__all__ = [
    "MAX_WORDS",
    "Ambiguous",
    "Calibration",
    "Candidate",
    "Decision",
    "Features",
    "Match",
    "Matcher",
    "NoMatch",
    "Ranking",
    "Signs",
    "Utterance",
    "WordGroups",
    "decide",
    "nearly_equal",
    "script_for",
]
