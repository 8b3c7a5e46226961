"""Drafts for an editor: intents for passages that no intent quotes, and a source card for a new text.

The quotations in a draft are final, because they are verbatim; everything else is a guess. What a person must write
is marked TODO, which `check` reports and the bot never shows. The same text always gives the same drafts.
"""
