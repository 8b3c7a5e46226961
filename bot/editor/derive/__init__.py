"""Drafts for an editor: stanzas for passages that no intent quotes, and a source card for a new text.

Rule: nothing here is ready to be published. What a person must write is marked TODO, which `check` reports and
no visitor ever sees; the quotations alone are final, for they are verbatim. The same text gives the same drafts.

    keywords   what a passage is about: key phrases, names, numbers, by their weight against the other passages
    drafts     from a passage to an intent's parts
    stanzas    the drafts as an intent file
    layout     where a new text has headings, speakers' words, attributions and narration
    template   the layout as a source card
"""

from bot.editor.derive.drafts import Draft, Drafts, Skipped, draft
from bot.editor.derive.intent_files import DraftFile, files
from bot.editor.derive.source_card import card_template

__all__ = ["Draft", "DraftFile", "Drafts", "Skipped", "card_template", "draft", "files"]
