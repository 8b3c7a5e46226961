"""From an utterance to ranked candidates with their features, and to a decision.

In the order of reading: `values` (what goes in and out), `vocabulary` (spelling), `terms` (words to terms), `lexicon`
(kinds of questions and names), `index` (what questions are compared with), `scores` (how similar they are to it),
`discriminative` (what a word tells where nothing is refused), `model` (all of these for one language),
`identification` (which of several languages in one script), `language_choice` (which language a message is in),
`features` (what decides), `calibration` (confidence and decision), `matcher` (`Matcher.rank`).
Then, for messages in other letters, `transliteration` (keyboards and sounds) and `letters` (what a message stands for,
also one with words of another script). `calibration_file` reads and writes what was fitted;
`cross_validation` asks the intents themselves, for calibration.
Beside the code lie `groups/` (words that visitors use for one another) and `question_kinds/`.
"""

from bot.matching.calibration import BUILT_IN, Calibration, decide
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import MAX_WORDS, Matcher
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
from bot.matching.vocabulary import nearly_equal

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
]
