"""From questions that were not answered to lines that an editor may write.

A case shows what visitors asked and what became of it; a proposal shows what one more line would gain and break.
Whether the interview answers the question, a person decides.

Files, a file imports only from those below it:

    report      cases and proposals as text, and as questions for `evaluate`
    proposals   which line to write for a case
    effects     what one more line would change, tried on a copy of the bot
    cases       the journal's rows as cases
"""

from bot.editor.review.cases import Case, group_cases
from bot.editor.review.proposals import Proposal, is_settled, propose
from bot.editor.review.report import question_lines, review_text

__all__ = ["Case", "Proposal", "group_cases", "is_settled", "propose", "question_lines", "review_text"]
