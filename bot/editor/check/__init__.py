"""What could be better in intents that are right in form. Errors of form are found while files are read."""

from collections.abc import Iterable

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

__all__ = ["RULES", "Subject", "check"]

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


def check(subject: Subject, rules: Iterable[Rule] = RULES) -> tuple[Problem, ...]:
    """What the rules find, as warnings."""
    return tuple(
        Problem(at, rule.__name__.replace("_", "-"), message, "warning")
        for rule in rules
        for at, message in rule(subject)
    )
