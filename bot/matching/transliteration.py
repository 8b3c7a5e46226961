"""Keyboards and sounds: what the letters of one script stand for in another.

The keys of a keyboard that was left in another language, and Russian and Persian as people romanise them.
"""

import re
from itertools import groupby

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

RUSSIAN_SOUNDS = dict(
    re.findall(
        r"(\S+)=(\S+)",
        "shch=щ sch=щ zh=ж kh=х ch=ч sh=ш ts=ц yu=ю ju=ю ya=я ja=я yo=ё jo=ё ye=е je=е iy=ий ij=ий ay=ай oy=ой ey=ей "
        "uy=уй yy=ый x=кс a=а b=б v=в g=г d=д e=е z=з i=и j=й k=к l=л m=м n=н o=о p=п r=р s=с t=т u=у f=ф h=х c=ц "
        "y=ы w=в q=к 4=ч 6=ш '=ь",
    )
)
_PERSIAN_SOUNDS = dict(
    re.findall(r"(\S+)=(\S+)", "kh=x gh=q zh=J sh=S ch=c ou=u oo=u ee=i ei=i ey=i y=i w=v aa=a")
)
RUSSIAN_SOUND, _PERSIAN_SOUND = re.compile("|".join(RUSSIAN_SOUNDS)), re.compile("|".join(_PERSIAN_SOUNDS))
LATIN_OF_RUSSIAN = str.maketrans(
    {letter: sign for sign, letter in reversed(RUSSIAN_SOUNDS.items()) if len(letter) == 1}
)
LATIN_OF_PERSIAN = str.maketrans(
    "اآبپتطثصسجچحهخدذزضظرژشغقفکگلمنویع", "aabpttsssjchhxdzzzzrJSqqfkglmnui'", "\u200c"
)
VOWELS = str.maketrans("", "", "aeiouv'")
SWAPPED_SOUNDS = (("x", "ks"), ("q", "g"), ("c", "k"), ("j", "J"))
"""Signs that some use for another sound."""


def romanised(word: str) -> str:
    """The sounds of a Persian word that was typed in Latin letters; double consonants count once."""
    single = "".join(letter * (len([*run]) if letter in "aeo" else 1) for letter, run in groupby(word))
    sounds = _PERSIAN_SOUND.sub(lambda found: _PERSIAN_SOUNDS[found[0]], single)
    return sounds[:-1] if len(sounds) > 2 and sounds.endswith("h") else sounds
