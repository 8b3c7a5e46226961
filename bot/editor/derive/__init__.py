"""Drafts for an editor: intents for passages that no intent quotes, and a source card for a new text.

The quotations in a draft are final, because they are verbatim; everything else is a guess. What a person must write
is marked TODO, which `check` reports and the bot never shows. The same text always gives the same drafts.

Files, a file imports only from those below it:

    source_card         the layout of a new text as a source card
    intent_files        intent drafts as intent files
    drafts              from a passage to an intent draft
    layout              where a new text has headings, speech, attributions and narration
    keywords            what a passage is about: its key phrases, names and numbers
    question_templates  the function words and question forms of a language
"""

from bot.editor.derive.drafts import IntentDraft, Skipped, draft_intents
from bot.editor.derive.intent_files import intent_files
from bot.editor.derive.question_templates import load_templates
from bot.editor.derive.source_card import draft_source_card

__all__ = ["IntentDraft", "Skipped", "draft_intents", "draft_source_card", "intent_files", "load_templates"]
