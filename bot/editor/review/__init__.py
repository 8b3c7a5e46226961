"""From questions that were not answered to lines that an editor may write.

A case shows what visitors asked and what became of it; a proposal shows what one more line would gain and break.
Whether the interview answers the question, a person decides.
"""

from bot.editor.review.cases import Case, group_cases
from bot.editor.review.placing import Insertion, adds_only, already_written, insertion
from bot.editor.review.proposals import Proposal, is_settled, line_under, propose, propose_line
from bot.editor.review.report import proposal_text, question_lines

__all__ = [
    "Case",
    "Insertion",
    "Proposal",
    "adds_only",
    "already_written",
    "group_cases",
    "insertion",
    "is_settled",
    "line_under",
    "proposal_text",
    "propose",
    "propose_line",
    "question_lines",
]
