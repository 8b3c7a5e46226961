"""Messages in the wrong letters, and what they stand for.

Persian and Russian in Latin letters ("chera yandex az iran raft"), a keyboard that was left in another language
("gjxtve zyltrc eitk"), and words of another script inside a message ("почему yandex ушёл"). Each way gives a reading,
a text in the letters that it stands for; one is taken only where it explains clearly more than the text as typed.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import TypeAlias

from rapidfuzz.distance import OSA

from bot.matching.matcher import Matcher
from bot.matching.transliteration import FROM, LATIN, TO_PERSIAN, TO_RUSSIAN, UNSHIFTED, Sounds
from bot.text.folding import words
from bot.text.languages import SCRIPTS, script_for, script_of, scripts_in, stem

MOSTLY_KNOWN = 0.66
"""Part of the words from which on a text is in the right letters, whatever else it might be: two of three. With 0.7,
one of 269 messages in other letters is read more, and misspelt English in few words is read as Russian."""

HALF_KNOWN = 0.5
"""Part of the words that a reading by keyboard, or in Russian, must have known to be looked at."""

FITTING = 0.73
"""Mean similarity of what was typed to the Persian words that it is read as, from which on it may be Persian."""

SURELY, LONG_ENOUGH = 0.9, 5
"""How well a message of one word must fit, and its least letters: with less, one ordinary English word in a hundred is
read otherwise ("ford", "dad")."""

LONGEST_READ = 40
"""A longer message is no question, and each unknown word is looked for in two languages."""

CLEARLY, AHEAD = 1.5, 0.08
"""By how much a reading must explain more than the text as typed: as a factor, and as a distance. Of 2,529 English
messages none is read otherwise with them, a few are without."""

SAME_INTENTS = 0.75
"""Least cosine of the intents of two words in different scripts for one to stand for the other: "market" and «рынок»
have 0.96, "why" and «چرا» 0.90; what is below is as often wrong as right."""

ALIKE, OF_SOUND = 0.7, 0.2
"""OSA similarity from which on two words sound alike, and what it counts beside the cosine."""

USUAL = 2
"""Phrases that must have a word of another script for it to stay as it is ("что с Yandex")."""

_Profiles: TypeAlias = Mapping[int, Sequence[tuple[str, Mapping[int, float]]]]


class Letters:
    """Reads messages in the letters that they stand for, by the words of a matcher's phrases."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._sounds = Sounds(matcher)
        self._mixed_scripts = MixedScripts(matcher, self._sounds)

    def prepare(self) -> None:
        """Makes now the tables that a first message in other letters would wait for."""
        self._sounds.prepare()
        self._mixed_scripts.prepare()

    def read(self, text: str) -> str:
        """`text` in the letters that it stands for; `text` itself where they are right, or nothing is clearly better.

        >>> Letters(bot.matcher).read("chera yandex az iran raft")
        'چرا یاندکس از ایران رفت'
        """
        typed, script = words(text), script_for(text)
        if len(typed) > LONGEST_READ:
            return text
        scripts = scripts_in(typed)
        if len(scripts) > 1:
            reading = self._mixed_scripts.in_one(typed, scripts)
            readings = [(reading, 1.0)] if reading != " ".join(typed) else []
        elif self._matcher.part_known(typed, script) >= MOSTLY_KNOWN and not self._is_nonsense(typed, script):
            return text
        else:
            readings = list(self._otherwise(text, typed, script))
        found = [(self._explained(reading) * fit, reading) for reading, fit in readings]
        if not found:
            return text
        (explained, best), as_typed = max(found), self._explained(text)
        return best if explained > max(CLEARLY * as_typed, as_typed + AHEAD) else text

    def _is_nonsense(self, typed: tuple[str, ...], script: str) -> bool:
        """Whether nothing but one example out of scope has the words: nonsense may be one ("ghbdtn rfr ltkf")."""
        terms = map(self._matcher.model(script).index.term, map(stem, typed))
        return all(term.total == 1 and term.support == 0.0 for term in terms)

    def _explained(self, text: str) -> float:
        """How much of a text the phrases of its best intent explain, 0 to 1."""
        ranking = self._matcher.rank(self._matcher.utterance(text))
        if ranking.about_features is None:
            return 0.0
        similarity = max(each.features.similarity for each in ranking.candidates)
        return similarity * (1.0 - ranking.about_features.unknown)

    def _otherwise(self, text: str, typed: tuple[str, ...], script: str) -> Iterator[tuple[str, float]]:
        """The readings of a text in one script, each with how well its words fit."""
        if script != LATIN:
            plain = [text.lower().translate(FROM[script])] if script in FROM else []
            readings = [each for each in plain if len(words(each)) <= len(typed)]  # "tv,n," is no word
        else:
            keys = text.translate(UNSHIFTED)
            lowered = re.sub(
                "[ABD-GI-Z]", lambda found: found[0].lower(), keys
            )  # the shifted H and C are letters
            readings = [_by_keys(keys.lower(), TO_RUSSIAN), _by_keys(lowered, TO_PERSIAN)]
            russian, russian_fit = _joined(map(self._sounds.russian, re.findall(r"[\w']+", text.lower())))
            alone = len(typed) == 1
            by_sound = not alone or len(typed[0]) >= LONG_ENOUGH
            if by_sound and russian_fit >= (SURELY if alone else 0.0):
                readings.append(russian)
            persian, persian_fit = _joined(map(self._sounds.persian, typed))
            if by_sound and persian_fit >= (SURELY if alone else FITTING):
                yield persian, persian_fit
        for reading in readings:
            if self._matcher.part_known(words(reading), script_for(reading)) >= HALF_KNOWN:
                yield reading, 1.0


def _by_keys(text: str, table: dict[int, int]) -> str:
    """The text on another keyboard; a name with a digit ("b2g") is typed in Latin letters on each of them."""
    return " ".join(word if any(map(str.isdigit, word)) else word.translate(table) for word in text.split())


def _joined(words_read: Iterable[tuple[str, float]]) -> tuple[str, float]:
    """Words that were read as one text, and how well those without digits fit on average."""
    found = list(words_read)
    fits = [fit for word, fit in found if not any(map(str.isdigit, word))]
    return " ".join(word for word, _ in found), sum(fits) / max(1, len(fits))


class MixedScripts:
    """Reads messages in two scripts as messages in one, by the words of a matcher's phrases."""

    def __init__(self, matcher: Matcher, sounds: Sounds) -> None:
        self._matcher = matcher
        self._sounds = sounds
        self._profiles_of: dict[str, _Profiles] = {}  # no functools.cache: it would keep an old matcher alive

    def prepare(self) -> None:
        """Makes now what a first message in two scripts would wait for."""
        for script in SCRIPTS:
            self._profiles(script)

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
