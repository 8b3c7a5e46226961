"""What is not good in the intents, and what every rule of `check` says.

Rule: what is wrong in form is found while reading (`documents`, `schema`, `intents`, `card`, `corpus`, `loading`),
so that the bot cannot start on it; what is right in form and still not good is found here, and is a warning. What
this package does not know: files, and who reads the report.

Files, a file knows only those below it:

    rules      all rules, and the page that shows what each says
    form       what the rules of form say, with an example of each
    stolen     the rule that asks each phrase of a matcher without it
    content    the other rules about the content
    subject    what a rule is, and what it is given
"""

from bot.editor.check.rules import RULES, check, described, rules_page
from bot.editor.check.subject import Rule, Subject

__all__ = ["RULES", "Rule", "Subject", "check", "described", "rules_page"]
