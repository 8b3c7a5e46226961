"""From questions that were not answered to lines that an editor may write.

A case shows what visitors asked and what became of it; a proposal shows what one more line would gain and break.
Whether the interview answers the question, a person decides.
"""

from bot.editor.review.cases import Case, group_cases
from bot.editor.review.proposals import Proposal, is_settled, propose
from bot.editor.review.report import question_lines, review_text

__all__ = ["Case", "Proposal", "group_cases", "is_settled", "propose", "question_lines", "review_text"]
