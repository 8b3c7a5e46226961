"""The script of a text, and the language that a script stands for."""

import re
from functools import lru_cache

LANGUAGE_OF_SCRIPT = {"latin": "en", "cyrillic": "ru", "arabic": "fa"}
"""The wording files decide which of these languages the bot speaks."""

# Shortcuts: a text that is not ASCII and has nothing else than these characters is of one script.
OTHER_THAN_CYRILLIC = re.compile("[^\u0410-\u044f\u0401\u0451 .,?!:;0-9-]")
OTHER_THAN_ARABIC = re.compile(
    "[^\u0620-\u064a\u066e\u066f\u0671-\u06d3\u200c .,?!:;\u060c\u061f0-9\u06f0-\u06f9-]"
)


def script_of(text: str) -> str | None:
    """The script most letters of `text` belong to: "latin", "cyrillic", "arabic", or None.

    >>> script_of("что с Yandex"), script_of("15 %")
    ('cyrillic', None)

    A Latin letter counts half, since names are written in Latin letters in every language. Of equal numbers the script
    met first wins. Without letters, Persian digits and punctuation count as "arabic".
    """
    if text.isascii():
        return "latin" if any(char.isalpha() for char in text) else None
    if not OTHER_THAN_CYRILLIC.search(text):
        return "cyrillic"
    if not OTHER_THAN_ARABIC.search(text):
        return "arabic"
    counts: dict[str, float] = {}
    for char in text:
        script = _letter_script(char)
        if script:
            counts[script] = counts.get(script, 0.0) + (0.5 if script == "latin" else 1.0)
    return max(counts, key=lambda script: counts[script]) if counts else None


@lru_cache(maxsize=4096)
def _letter_script(char: str) -> str | None:
    if not char.isalpha():
        return None
    if char < "\u0250":
        return "latin"
    if "\u0400" <= char <= "\u052f":
        return "cyrillic"
    if "\u0600" <= char <= "\u08ff" or "\ufb50" <= char <= "\ufefc":
        return "arabic"
    return None


def language_of(text: str) -> str | None:
    """The language that the script of `text` stands for, or None where it has no such letters.

    >>> language_of("یاندکس"), language_of("👍")
    ('fa', None)
    """
    script = script_of(text)
    return LANGUAGE_OF_SCRIPT[script] if script else None
