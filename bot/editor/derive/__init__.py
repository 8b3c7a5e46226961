"""Drafts for an editor: intents for passages that no intent quotes, and a source card for a new text.

The quotations in a draft are final, because they are verbatim; everything else is a guess. What a person must write
is marked TODO, which `check` reports and the bot never shows. The same text always gives the same drafts.
"""

from bot.editor.derive.drafts import IntentDraft, Skipped, draft_intents, intent_files
from bot.editor.derive.question_templates import load_templates
from bot.editor.derive.source_card import draft_source_card

__all__ = ["IntentDraft", "Skipped", "draft_intents", "draft_source_card", "intent_files", "load_templates"]
