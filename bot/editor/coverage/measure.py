"""The passages cut into pieces, each with the intents that quote all of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from bot.corpus.corpus import Corpus
from bot.corpus.intents import Intent
from bot.corpus.passages import Passage, Section, Span
from bot.corpus.source import Source, has_words


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage that the same intents quote. `intents` are ids in the order in which their quotations begin;
    none where no intent quotes it."""

    span: Span
    intents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassageCoverage:
    """A passage and its pieces in text order, without gap or overlap."""

    passage: Passage
    pieces: tuple[Piece, ...]

    @property
    def quoted(self) -> int:
        """The number of its characters that some intent quotes."""
        return sum(piece.span.length for piece in self.pieces if piece.intents)

    @property
    def intents(self) -> tuple[str, ...]:
        """The ids of all intents that quote from it, in text order."""
        return tuple(dict.fromkeys(intent for piece in self.pieces for intent in piece.intents))

    def unquoted(self, source: Source) -> tuple[Span, ...]:
        """The pieces that no intent quotes and that have words, not just a space or comma between two quotations."""
        spans = (piece.span for piece in self.pieces if not piece.intents)
        return tuple(span for span in spans if has_words(span.of(source.text)))


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sections of a source with their passages, and the answer intents that quote from it, both in text order."""

    source: Source
    sections: tuple[tuple[Section, tuple[PassageCoverage, ...]], ...]
    intents: tuple[Intent, ...]

    @property
    def passages(self) -> tuple[PassageCoverage, ...]:
        return tuple(passage for _, passages in self.sections for passage in passages)


def part_quoted(passages: Iterable[PassageCoverage]) -> float:
    """The part of the characters of these passages that some intent quotes, 0 to 1 (0 without any)."""
    measured = tuple(passages)
    total = sum(each.passage.span.length for each in measured)
    return sum(each.quoted for each in measured) / total if total else 0.0


def measure(corpus: Corpus) -> Coverage:
    """The coverage of a corpus. Quotations that were not found in the source are not in it."""
    answers = corpus.intents.answers()
    quotations = sorted((q.span, each.id) for each in answers for q in corpus.quotations[each.id])
    covered = tuple(_cover(passage, quotations) for passage in corpus.source.passages)
    sections = tuple(
        (section, tuple(each for each in covered if each.passage.section == section))
        for section in corpus.source.sections()
    )
    quoting = dict.fromkeys(intent_id for passage in covered for intent_id in passage.intents)
    by_id = {each.id: each for each in answers}
    return Coverage(corpus.source, sections, tuple(by_id[intent_id] for intent_id in quoting))


def _cover(passage: Passage, quotations: Iterable[tuple[Span, str]]) -> PassageCoverage:
    """The passage, cut wherever a quotation begins or ends."""
    here = [(span, intent) for span, intent in quotations if passage.span.contains(span)]
    ends = sorted({end for span in (passage.span, *(s for s, _ in here)) for end in (span.start, span.end)})
    pieces = [
        Piece(piece, tuple(dict.fromkeys(intent for span, intent in here if span.contains(piece))))
        for piece in (Span(start, end) for start, end in pairwise(ends))
    ]
    return PassageCoverage(passage, tuple(pieces))
