"""Our translations of the source: which words each of them translates, proved as quotations are.

A file of translations has the words of the source as keys. They are whole sentences or clauses, so that the
translation of any quotation is put together from those of its parts.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType

from bot.corpus.passages import Quotation, Span
from bot.corpus.source import Source, has_words, in_one_line
from bot.yamlfiles import documents
from bot.yamlfiles.documents import Node, Text
from bot.yamlfiles.fields import Field, Record, Shape
from bot.yamlfiles.problems import Location, Problem
from bot.yamlfiles.reading import read_record

MEANING = "the translation of words of the source"

_COMMAS = ",،"
"""At the end of a part they lead to the next one."""


@dataclass(frozen=True, slots=True)
class TranslatedPart:
    """The translation of the source's words at `span`; `at` is where an editor wrote it."""

    span: Span
    text: str
    at: Location


@dataclass(frozen=True, slots=True)
class Translations:
    """By language code, the translated parts in the order of the text. They do not overlap."""

    parts: Mapping[str, tuple[TranslatedPart, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def translation(self, quotation: Quotation, language: str) -> str:
        """The translation of a quotation, or "" where a word of it has none: a half translation would mislead."""
        parts, span = self.parts.get(language, ()), quotation.span
        start = end = span.start
        texts: list[str] = []
        for place in range(bisect_right(parts, start, key=lambda part: part.span.end), len(parts)):
            part = parts[place]
            if part.span.start >= span.end:
                break
            skipped = quotation.exact[end - start : max(0, part.span.start - start)]
            if not span.contains(part.span) or has_words(skipped):
                return ""
            texts.append(part.text)
            end = part.span.end
        return "" if has_words(quotation.exact[end - start :]) else " ".join(texts).rstrip(_COMMAS)


def read_translations(node: Node, source: Source) -> tuple[tuple[TranslatedPart, ...], tuple[Problem, ...]]:
    """The translated parts of one file, and a problem for each that is not right in form or not of this source."""
    if not isinstance(node, documents.Mapping):
        message = 'a file of translations holds lines like "words of the text": "their translation"'
        return (), (Problem(node.at, "not-text", message),)
    keys = tuple(Field(key.value, Shape.TEXT, MEANING) for key, _ in node.entries)
    problems = list(read_record(node, Record("a file of translations", keys))[1])
    parts = []
    for key, value in node.entries:
        found = source.find(key.value, key.at)
        if isinstance(found, Problem):
            problems.append(found)
        elif isinstance(value, Text):
            parts.append(TranslatedPart(found.span, value.value, key.at))
    parts.sort(key=lambda part: part.span)
    problems += (_overlap(source, *pair) for pair in pairwise(parts) if pair[0].span.overlap(pair[1].span))
    return tuple(parts), tuple(problems)


def _overlap(source: Source, first: TranslatedPart, second: TranslatedPart) -> Problem:
    both = in_one_line(source.text[second.span.start : min(first.span.end, second.span.end)])
    message = f'"{both}" is translated in {first.at}, too; each word of the text belongs to one key'
    return Problem(second.at, "overlapping-translations", message)
