"""What could be better in intents that are right in form. Errors of form are found while files are read."""

from bot.editor.check.rules import RULES, check
from bot.editor.check.subject import Rule, Subject

__all__ = ["RULES", "Rule", "Subject", "check"]
