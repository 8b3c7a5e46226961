"""All rules about the content."""

from bot.editor.check.content import (
    missing_title,
    near_duplicate,
    no_negative_example,
    phrase_is_negative,
    too_few_phrases,
    unreachable_passage,
    wrong_script,
)
from bot.editor.check.misrouted import misrouted_phrase
from bot.editor.check.subject import Rule, Subject
from bot.yamlfiles.problems import Problem

RULES: tuple[Rule, ...] = (
    wrong_script,
    too_few_phrases,
    no_negative_example,
    phrase_is_negative,
    near_duplicate,
    misrouted_phrase,
    missing_title,
    unreachable_passage,
)


def check(subject: Subject) -> tuple[Problem, ...]:
    """What all rules find in intents that are right in form."""
    return tuple(problem for rule in RULES for problem in rule(subject))
