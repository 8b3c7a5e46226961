"""Words of another script inside a message ("почему yandex ушёл"), and what they stand for in that of the others."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import TypeAlias

from rapidfuzz.distance import OSA

from bot.matching.matcher import Matcher
from bot.matching.transliteration import Sounds
from bot.text.languages import script_for, script_of, stem

SAME_INTENTS = 0.75
"""Least cosine of the intents of two words in different scripts for one to stand for the other: "market" and «рынок»
have 0.96, "why" and «چرا» 0.90; what is below is as often wrong as right."""

ALIKE, OF_SOUND = 0.7, 0.2
"""OSA similarity from which on two words sound alike, and what it counts beside the cosine."""

USUAL = 2
"""Phrases that must have a word of another script for it to stay as it is ("что с Yandex")."""

_Profiles: TypeAlias = Mapping[int, Sequence[tuple[str, Mapping[int, float]]]]


class MixedScripts:
    """Reads messages in two scripts as messages in one, by the words of a matcher's phrases."""

    def __init__(self, matcher: Matcher, sounds: Sounds) -> None:
        self._matcher = matcher
        self._sounds = sounds
        self._profiles_of: dict[str, _Profiles] = {}  # no functools.cache: it would keep an old matcher alive

    def in_one(self, typed: Sequence[str], scripts: Set[str]) -> str:
        """The folded words in the script of their frame ("what did he say about"), whatever script the subject is
        in."""

        def frame(script: str) -> float:
            index = self._matcher.model(script).index
            return min(
                (index.weight(stem(word)) for word in typed if script_of(word) == script), default=math.inf
            )

        target = min(sorted(scripts), key=frame)
        term = self._matcher.model(target).index.term
        return " ".join(
            word
            if script_of(word) in {None, target} or term(stem(word)).total >= USUAL
            else self._carry(word, target)
            for word in typed
        )

    def _carry(self, word: str, target: str) -> str:
        """The word of another script that the phrases of the same intents have; of several the one that sounds alike.
        A word that its own script's phrases do not know is read by its sound."""
        profile, sound = self._profile(script_for(word), stem(word)), self._sounds.written(word, target)
        if not profile:
            return sound
        best, best_score = word, SAME_INTENTS
        for other, other_profile in self._profiles(target).get(max(profile, key=profile.__getitem__), ()):
            same = sum(part * other_profile.get(n, 0.0) for n, part in profile.items())
            alike = OSA.normalized_similarity(sound, other, score_cutoff=ALIKE)
            if same >= SAME_INTENTS and same + OF_SOUND * alike > best_score:
                best, best_score = other, same + OF_SOUND * alike
        return best

    def _profiles(self, script: str) -> _Profiles:
        """By intent the most usual word of each stem that its phrases have, with the profile of the stem."""
        if script in self._profiles_of:
            return self._profiles_of[script]
        usual: dict[str, str] = {}
        for word, _ in self._matcher.model(script).counted(script).most_common():
            usual.setdefault(stem(word), word)
        found = defaultdict(list)
        for stemmed, word in usual.items():
            profile = self._profile(script, stemmed)
            for number in profile:
                found[number].append((word, profile))
        self._profiles_of[script] = dict(found)
        return self._profiles_of[script]

    def _profile(self, script: str, stemmed: str) -> Mapping[int, float]:
        """In which intents' phrases a stem is, as a vector of length 1; empty for an unknown one."""
        phrases = self._matcher.model(script).index.term(stemmed).phrases
        length = math.sqrt(sum(phrases.values()))
        return {n: math.sqrt(count) / length for n, count in phrases.items()}
