"""Which words of the interview are quoted by which intents, and which by none.

Rule: what is counted are characters of passages, each once, however many intents quote it; headings,
attributions and the marks between them are never quoted and never counted. What this package does not know:
whether a quotation answers well.

    measure   the corpus cut into pieces, each with the intents that quote all of it
    report    the same as text and as JSON
    page      the same as one page to look at
    look      the page's style and script
"""

from bot.editor.coverage.measure import Coverage, PassageCoverage, Piece, SectionCoverage, measure
from bot.editor.coverage.page import coverage_page
from bot.editor.coverage.report import coverage_record, coverage_text, place

__all__ = [
    "Coverage",
    "PassageCoverage",
    "Piece",
    "SectionCoverage",
    "coverage_page",
    "coverage_record",
    "coverage_text",
    "measure",
    "place",
]
