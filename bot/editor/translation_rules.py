"""What could be better in our translations. Errors of form are found while the files are read."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.conversation.bot import Bot
from bot.conversation.unmentioned_names import LONG_STEM
from bot.corpus.passages import Passage, Span
from bot.corpus.source import has_words, in_one_line
from bot.corpus.translations import TranslatedPart
from bot.matching.lexicon import NameTable
from bot.text.folding import words
from bot.text.languages import script_of, stem
from bot.yamlfiles.problems import Location

_MARKS = ".,;:()«»“”،؛"

Findings = Iterator[tuple[Location, str]]
"""A place and a message for each problem."""

_THOUSANDS = re.compile(r"(?<=\d)[ ,.'\u00a0\u202f\u066c](?=\d{3}(?!\d))")
"""What stands between thousands: 30,000 or 30 000, in Persian ۳۰٬۰۰۰."""


def missing_translation(bot: Bot) -> Findings:
    """Words of a passage have no translation, or a quotation begins or ends inside of what is translated as one."""
    for language, parts in bot.corpus.translations.parts.items():
        for passage in bot.corpus.source.passages:
            for span in _untranslated(bot, passage, parts):
                missing = in_one_line(span.of(bot.corpus.source.text).strip(" ,;"))
                at = bot.corpus.source.place(span.start)
                yield at, f'"{missing}" has no translation in "{language}", so that none of it is shown'
        for intent_id, quotations in bot.corpus.quotations.items():
            spans = [quotation.span for quotation in quotations]
            for part in parts:
                if any(span.overlap(part.span) and not span.contains(part.span) for span in spans):
                    yield part.at, f'"{intent_id}" quotes only a part of this; translate that part by itself'


def wrong_number(bot: Bot) -> Findings:
    """A number in digits stands only in the words of the text, or only in their translation."""
    for part, text in _pairs(bot):
        ours, theirs = _numbers(part.text), _numbers(text)
        if ours != theirs:
            message = f"the text has the numbers {_listed(theirs)}, the translation {_listed(ours)}"
            yield part.at, message


def wrong_name(bot: Bot) -> Findings:
    """A name stands only in the words of the text, or only in their translation. Names are compared if the file of
    names has them in both languages."""
    names = bot.matcher.lexicon.names
    for part, text in _pairs(bot):
        in_text, in_translation = _named(text, names), _named(part.text, names)
        for row in sorted(in_text.keys() ^ in_translation.keys()):
            if {script_of(text), script_of(part.text)} <= {script_of(each) for each in names.stems(row)}:
                where = "text" if row in in_text else "translation"
                name = in_text.get(row) or in_translation[row]
                yield part.at, f'only the {where} has the name "{name}"; name the same in both'


def _named(text: str, names: NameTable) -> dict[int, str]:
    """The rows of names that a text has, each with the word that names it.

    The stem of a Russian name may have a stem itself: "Иране" has "иран", and "Иран" in the table has "ира". Shorter
    stems belong to other words, too ("дел" to "Дели", Delhi, and to "дела", affairs), unless a capital begins the word.
    """
    found: dict[int, str] = {}
    typed = [word.strip(_MARKS) for word in text.replace("U.S.", "USA").split()]  # "us" is a pronoun, too
    if script_of(text) == "arabic":
        typed = [*typed, *map("".join, pairwise(typed))]  # the table has "سازمان‌ملل" (UN) as one word
    for word in typed:
        for each in words(word):
            for form in (each, stem(each)):
                if not word[:1].islower() or len(stem(form)) >= LONG_STEM:
                    found |= dict.fromkeys(names.in_order([form]), word)
    return found


def _untranslated(bot: Bot, passage: Passage, parts: Iterable[TranslatedPart]) -> Iterator[Span]:
    """The words of a passage between the translated parts, and before and behind them."""
    end = passage.span.start
    here = [part.span for part in parts if passage.span.contains(part.span)]
    for following in (*here, Span(passage.span.end, passage.span.end)):
        if has_words(bot.corpus.source.text[end : following.start]):
            yield Span(end, following.start)
        end = following.end


def _pairs(bot: Bot) -> Iterator[tuple[TranslatedPart, str]]:
    """Each translation, and the words of the text."""
    for parts in bot.corpus.translations.parts.values():
        for part in parts:
            yield part, part.span.of(bot.corpus.source.text)


def _numbers(text: str) -> list[int]:
    """The numbers in digits of any script, sorted.

    >>> _numbers("۳۰٬۰۰۰ and 25"), _numbers("25, 30 000")
    ([25, 30000], [25, 30000])
    """
    return sorted(map(int, re.findall(r"\d+", _THOUSANDS.sub("", text))))


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers)) or "none"
