"""Messages in the wrong letters, and what they stand for.

Persian and Russian in Latin letters ("chera yandex az iran raft"), a keyboard that was left in another language
("gjxtve zyltrc eitk"), and words of another script inside a message ("почему yandex ушёл"). Each way gives a reading,
a text in the letters that it stands for; one is taken only where it explains clearly more than the text as typed.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.matcher import MAX_WORDS, Matcher
from bot.matching.transliteration import (
    ARABIC,
    CYRILLIC,
    FROM,
    LATIN,
    LATIN_OF_PERSIAN,
    LATIN_OF_RUSSIAN,
    RUSSIAN_SOUND,
    RUSSIAN_SOUNDS,
    SWAPPED_SOUNDS,
    TO_PERSIAN,
    TO_RUSSIAN,
    UNSHIFTED,
    VOWELS,
    romanised,
)
from bot.text.folding import words
from bot.text.languages import script_for, script_of, stem

MOSTLY_KNOWN = 0.7
"""Part of the words from which on a text is in the right letters, whatever else it might be."""

HALF_KNOWN = 0.5
"""Part of the words that a reading by keyboard, or in Russian, must have known to be looked at."""

FITTING = 0.73
"""Mean similarity of what was typed to the Persian words that it is read as, from which on it may be Persian."""

SURELY, LONG_ENOUGH = 0.9, 5
"""How well a message of one word must fit, and its least letters: with less, one ordinary English word in a hundred is
read otherwise ("ford", "dad")."""

CLEARLY, AHEAD = 1.5, 0.08
"""By how much a reading must explain more than the text as typed: as a factor, and as a distance. Without them one
English message in twenty was read otherwise."""

SKELETON, SIMILAR_SKELETON = 3, 0.74
"""Consonants from which on a skeleton may differ a little, and its least OSA similarity."""

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
        self._profiles_of: dict[str, _Profiles] = {}  # no functools.cache: it would keep an old matcher alive

    def read(self, text: str) -> str:
        """`text` in the letters that it stands for; `text` itself where they are right, or nothing is clearly better.

        >>> Letters(bot.matcher).read("chera yandex az iran raft")
        'چرا یاندکس از ایران رفت'
        """
        typed, script = words(text)[:MAX_WORDS], script_for(text)
        scripts = {each for word in typed if (each := script_of(word))}
        if (
            len(scripts) < 2
            and self._known(typed, script) >= MOSTLY_KNOWN
            and not self._is_nonsense(typed, script)
        ):
            return text
        readings = (
            self._in_one_script(typed, scripts) if len(scripts) > 1 else self._otherwise(text, typed, script)
        )
        found = [(self._explained(reading) * fit, reading) for reading, fit in readings]
        if not found:
            return text
        (explained, best), as_typed = max(found), self._explained(text)
        return best if explained > max(CLEARLY * as_typed, as_typed + AHEAD) else text

    def _known(self, typed: tuple[str, ...], script: str) -> float:
        """The part of the words that phrases in the script have."""
        return sum(self._matcher.knows(word, script) for word in typed) / max(1, len(typed))

    def _is_nonsense(self, typed: tuple[str, ...], script: str) -> bool:
        """Whether nothing but one example out of scope has the words: nonsense may be one ("ghbdtn rfr ltkf")."""
        terms = [self._matcher.model(script).index.term(stem(word)) for word in typed]
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
            readings = [keys.lower().translate(TO_RUSSIAN), lowered.translate(TO_PERSIAN)]
            russian, russian_fit = _joined(map(self._russian, re.findall(r"[\w']+", text.lower())))
            alone = len(typed) == 1
            by_sound = not alone or len(typed[0]) >= LONG_ENOUGH
            if by_sound and russian_fit >= (SURELY if alone else 0.0):
                readings.append(russian)
            persian, persian_fit = _joined(map(self._persian, typed))
            if by_sound and persian_fit >= (SURELY if alone else FITTING):
                yield persian, persian_fit
        for reading in readings:
            if self._known(words(reading), script_for(reading)) >= HALF_KNOWN:
                yield reading, 1.0

    def _in_one_script(self, typed: tuple[str, ...], scripts: set[str]) -> Iterator[tuple[str, float]]:
        """The text in the script of its frame ("what did he say about"), whatever script the subject is in."""

        def frame(script: str) -> float:
            index = self._matcher.model(script).index
            return min(
                (index.weight(stem(word)) for word in typed if script_of(word) == script), default=math.inf
            )

        target = min(sorted(scripts), key=frame)
        term = self._matcher.model(target).index.term
        carried = [
            word
            if script_of(word) in {None, target} or term(stem(word)).total >= USUAL
            else self._carry(word, target)
            for word in typed
        ]
        if carried != list(typed):
            yield " ".join(carried), 1.0

    def _carry(self, word: str, target: str) -> str:
        """The word of another script that the phrases of the same intents have; of several the one that sounds alike.
        A word that its own script's phrases do not know is read by its sound."""
        profile, sound = self._profile(script_for(word), stem(word)), self._sound(word, target)
        if not profile:
            return sound
        best, best_score = word, SAME_INTENTS
        for other, other_profile in self._profiles(target).get(max(profile, key=profile.__getitem__), ()):
            same = sum(part * other_profile.get(n, 0.0) for n, part in profile.items())
            alike = OSA.normalized_similarity(sound, other, score_cutoff=ALIKE)
            if same >= SAME_INTENTS and same + OF_SOUND * alike > best_score:
                best, best_score = other, same + OF_SOUND * alike
        return best

    def _sound(self, word: str, target: str) -> str:
        """How a word would be written in the script `target`."""
        if target == LATIN:
            return word.translate(LATIN_OF_PERSIAN if script_of(word) == ARABIC else LATIN_OF_RUSSIAN)
        latin = word if word.isascii() else self._sound(word, LATIN)
        if target not in {CYRILLIC, ARABIC}:
            return word  # of other letters no sounds are known
        return (self._russian(latin) if target == CYRILLIC else self._persian(latin))[0]

    def _russian(self, word: str) -> tuple[str, float]:
        """A romanised word in Russian, and how well it fits, 0 to 1; what comes out slightly wrong ("российа") is
        mended by the vocabulary."""
        if word.isdecimal():
            return word, 1.0
        spelt = RUSSIAN_SOUND.sub(lambda found: RUSSIAN_SOUNDS[found[0]], word)
        found = self._matcher.model(CYRILLIC).vocabulary.look_up(spelt)
        return (found.known[0] if found.known and spelt not in found.known else spelt), found.similarity

    def _persian(self, word: str) -> tuple[str, float]:
        """A romanised word in Persian, and how well it fits, 0 to 1.

        Short vowels are not written in Persian, and everybody romanises in their own way. So it is the word with the
        same consonants whose vowels fit best, or the commoner one; else one with nearly the same consonants.
        """
        if any(map(str.isdigit, word)):
            return word, 1.0
        sounds = romanised(word)
        skeleton, known = sounds.translate(VOWELS), self._persian_words
        same = dict.fromkeys((skeleton, *(skeleton.replace(*swapped) for swapped in SWAPPED_SOUNDS)))
        equal = [each for other in same for each in known.get(other, ())]
        if not equal and len(skeleton) >= SKELETON:
            scorer = OSA.normalized_similarity
            near = process.extract(skeleton, list(known), scorer=scorer, score_cutoff=SIMILAR_SKELETON)
            equal = [each for other, _, _ in near for each in known[other]]
        fits = [(_fit(sounds, other), common, found) for found, other, common in equal]
        fit, _, best = max(fits, key=lambda each: (each[0] + each[1], each[2]), default=(0.0, 0.0, word))
        return best, fit

    @cached_property
    def _persian_words(self) -> Mapping[str, list[tuple[str, str, float]]]:
        """By their consonants all known Persian words, each with its sounds and a little for being common."""
        found = defaultdict(list)
        for word, count in self._counted(ARABIC).items():
            final = "e" if len(word) > 1 and word.endswith("ه") else ""
            sounds = (word[:-1] if final else word).translate(LATIN_OF_PERSIAN) + final
            found[sounds.translate(VOWELS)].append((word, sounds, 0.03 * math.log(count)))
        return dict(found)

    def _profiles(self, script: str) -> _Profiles:
        """By intent the most usual word of each stem that its phrases have, with the profile of the stem."""
        if script in self._profiles_of:
            return self._profiles_of[script]
        usual: dict[str, str] = {}
        for word, _ in self._counted(script).most_common():
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

    def _counted(self, script: str) -> Counter[str]:
        """How often each word of the script stands in phrases and negative examples."""
        phrases = chain.from_iterable(self._matcher.model(script).phrases.values())
        counted = Counter(word for phrase in phrases for word in phrase.key.split())
        return Counter({word: count for word, count in counted.items() if script_of(word) == script})


def _joined(words_read: Iterable[tuple[str, float]]) -> tuple[str, float]:
    """Words that were read as one text, and how well they fit on average."""
    found = list(words_read)
    return " ".join(word for word, _ in found), sum(fit for _, fit in found) / max(1, len(found))


def _fit(sounds: str, other: str) -> float:
    """How well the sounds of a romanised word fit those of a Persian one. In it short vowels are not written, and
    neither is the ending of what is described further (ketabe, ketab)."""
    variants = {sounds: 0.0, sounds.removesuffix("e"): 0.05}
    unwritten = {re.sub("[aeo](?!$)", "", each): loss + 0.1 for each, loss in variants.items()}
    return max(OSA.normalized_similarity(each, other) - loss for each, loss in (unwritten | variants).items())
