"""From questions that were not answered to lines that an editor may write.

A case shows what visitors asked and what became of it; a proposal shows what one more line would gain and break.
Whether the interview answers the question, a person decides.
"""
