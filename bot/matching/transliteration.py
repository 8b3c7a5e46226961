"""Keyboards and sounds: what the letters of one script stand for in another.

The keys of a keyboard that was left in another language, and Russian and Persian as people romanise them.
"""

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.matcher import Matcher
from bot.text.languages import script_of

LATIN, CYRILLIC, ARABIC = "latin", "cyrillic", "arabic"

# What the keys give, in the order of the rows of the keyboard; the last ones are marks.
_ENGLISH_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./&?"
_RUSSIAN_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю.?,"
_PERSIAN_KEYS = "\u200dضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو./؟؟"
UNSHIFTED = str.maketrans('~{}:"<>', "`[];',.")
TO_RUSSIAN = str.maketrans(_ENGLISH_KEYS, _RUSSIAN_KEYS)
TO_PERSIAN = str.maketrans(_ENGLISH_KEYS + "\\HC", _PERSIAN_KEYS + "پآژ")
FROM = {
    CYRILLIC: str.maketrans(_RUSSIAN_KEYS[:-3], _ENGLISH_KEYS[:-3]),
    ARABIC: str.maketrans(_PERSIAN_KEYS[1:-3] + "آژئ", _ENGLISH_KEYS[1:-3] + "hcm"),
}

_RUSSIAN_SOUNDS = dict(
    re.findall(
        r"(\S+)=(\S+)",
        "shch=щ sch=щ zh=ж kh=х ch=ч sh=ш ts=ц yu=ю ju=ю ya=я ja=я yo=ё jo=ё ye=е je=е iy=ий ij=ий ay=ай oy=ой ey=ей "
        "uy=уй yy=ый x=кс a=а b=б v=в g=г d=д e=е z=з i=и j=й k=к l=л m=м n=н o=о p=п r=р s=с t=т u=у f=ф h=х c=ц "
        "y=ы w=в q=к 4=ч 6=ш '=ь",
    )
)
_PERSIAN_SOUNDS = dict(
    re.findall(r"(\S+)=(\S+)", "kh=x gh=q zh=J sh=S ch=c ou=u oo=u ee=i ei=i ey=i y=i w=u v=u aa=a")
)
_RUSSIAN_SOUND, _PERSIAN_SOUND = re.compile("|".join(_RUSSIAN_SOUNDS)), re.compile("|".join(_PERSIAN_SOUNDS))
_LATIN_OF_RUSSIAN = str.maketrans(
    {letter: sign for sign, letter in reversed(_RUSSIAN_SOUNDS.items()) if len(letter) == 1}
)
_LATIN_OF_PERSIAN = str.maketrans(
    "اآبپتطثصسجچحهخدذزضظرژشغقفکگلمنویع", "aabpttsssjchhxdzzzzrJSqqfkglmnui'", "\u200c"
)
_VOWELS = str.maketrans("", "", "aeiouv'")
_PERSIAN_AFFIXES = {"ha": "ها", "haye": "های", "mi": "می", "nemi": "نمی"}
"""What some type apart from its word. It is no word, and so in no vocabulary."""
_SWAPPED_SOUNDS = (("x", "ks"), ("q", "g"), ("c", "k"), ("j", "J"))
"""Signs that some use for another sound."""

SKELETON, SIMILAR_SKELETON = 3, 0.74
"""Consonants from which on a skeleton may differ a little, and its least OSA similarity."""


class Sounds:
    """Reads words by their sound, as words of a matcher's phrases."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def prepare(self) -> None:
        """Makes now what a first Persian word in Latin letters would wait for."""
        _ = self._persian_words

    def written(self, word: str, target: str) -> str:
        """How a word would be written in the script `target`."""
        if target == LATIN:
            return word.translate(_LATIN_OF_PERSIAN if script_of(word) == ARABIC else _LATIN_OF_RUSSIAN)
        latin = word if word.isascii() else self.written(word, LATIN)
        if target not in {CYRILLIC, ARABIC}:
            return word  # of other letters no sounds are known
        return (self.russian(latin) if target == CYRILLIC else self.persian(latin))[0]

    def russian(self, word: str) -> tuple[str, float]:
        """A romanised word in Russian, and how well it fits, 0 to 1; what comes out slightly wrong ("российа") is
        mended by the vocabulary."""
        if word.isdecimal():
            return word, 1.0
        spelt = _RUSSIAN_SOUND.sub(lambda found: _RUSSIAN_SOUNDS[found[0]], word)
        found = self._matcher.model(CYRILLIC).vocabulary.look_up(spelt)
        if not found.known or spelt in found.known:
            return spelt, found.similarity
        if (
            len(found.known) > 1 and found.similarity == 1.0
        ):  # two known words typed as one, perhaps by chance
            return " ".join(found.known), SIMILAR_SKELETON
        return found.known[0], found.similarity

    def persian(self, word: str) -> tuple[str, float]:
        """A romanised word in Persian, and how well it fits, 0 to 1.

        Short vowels are not written in Persian, and everybody romanises in their own way. So it is the word with the
        same consonants whose vowels fit best, or the commoner one; else one with nearly the same consonants.
        """
        if any(map(str.isdigit, word)):
            return word, 1.0
        if word in _PERSIAN_AFFIXES:
            return _PERSIAN_AFFIXES[word], 1.0
        sounds = _romanised(word)
        skeleton, known = sounds.translate(_VOWELS), self._persian_words
        same = dict.fromkeys((skeleton, *(skeleton.replace(*swapped) for swapped in _SWAPPED_SOUNDS)))
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
        for word, count in self._matcher.model(ARABIC).counted(ARABIC).items():
            final = "e" if len(word) > 1 and word.endswith("ه") else ""
            sounds = (word[:-1] if final else word).translate(_LATIN_OF_PERSIAN) + final
            found[sounds.translate(_VOWELS)].append((word, sounds, 0.03 * math.log(count)))
        return dict(found)


def _romanised(word: str) -> str:
    """The sounds of a Persian word that was typed in Latin letters; double consonants count once."""
    single = "".join(letter * (len([*run]) if letter in "aeo" else 1) for letter, run in groupby(word))
    single = re.sub("ov$", "of", single)  # of Russian names
    sounds = _PERSIAN_SOUND.sub(lambda found: _PERSIAN_SOUNDS[found[0]], single)
    return sounds[:-1] if len(sounds) > 2 and sounds.endswith("h") else sounds


def _fit(sounds: str, other: str) -> float:
    """How well the sounds of a romanised word fit those of a Persian one. In it short vowels are not written, and
    neither is the ending of what is described further (ketabe, ketab)."""
    variants = {sounds.removesuffix("e"): 0.05, sounds: 0.0}
    unwritten = {re.sub("[aeo](?!$)", "", each): loss + 0.1 for each, loss in variants.items()}
    return max(OSA.normalized_similarity(each, other) - loss for each, loss in (unwritten | variants).items())
