"""From what could not be answered to what an editor may write: cases, tried on a copy before they are proposed.

Rule: nothing is decided here. A case shows what visitors asked and what became of it, a proposal what one more
line would gain and break; whether the interview answers is for a person to say. What this package does not know:
files, and where the journal lies.

Files, a file knows only those below it:

    report      cases and proposals as text, stanzas as YAML, questions for `evaluate`
    proposals   which line to write, tried on a copy of the intents
    trial       what a changed set would answer otherwise
    cases       the journal's rows as cases
"""

from bot.editor.review.cases import Case, cases
from bot.editor.review.proposals import Proposal, Reviewer
from bot.editor.review.report import question_lines, review_text

__all__ = ["Case", "Proposal", "Reviewer", "cases", "question_lines", "review_text"]
