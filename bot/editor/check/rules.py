"""All rules, and the page that shows what each says.

Rule: the page is made of the docstrings, and their examples are tried by a test, so that none can be wrong.
"""

import inspect
import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from bot.editor.check.content import (
    missing_title,
    near_duplicate,
    no_negative_example,
    phrase_is_negative,
    too_few_phrases,
    unreachable_passage,
    wrong_script,
)
from bot.editor.check.form import FORM
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
"""Those about the content."""


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule says: `passes` and `fails` are examples as an editor would write them."""

    name: str
    says: str
    passes: str
    fails: str


def check(subject: Subject) -> tuple[Problem, ...]:
    """What all rules say of intents that are right in form."""
    return tuple(problem for rule in RULES for problem in rule(subject))


def described() -> tuple[tuple[RuleText, ...], tuple[RuleText, ...]]:
    """The rules of form, and those about the content."""
    content = ((rule.__name__.replace("_", "-"), inspect.getdoc(rule) or "") for rule in RULES)
    return tuple(_read(*each) for each in FORM.items()), tuple(_read(*each) for each in content)


def rules_page() -> str:
    """All rules as one page of Markdown."""
    form, content = described()
    parts = (
        "# What `check` looks for",
        "Printed by `python -m bot check --rules`. Each problem names its place (`file:line:column`), what is wrong, "
        "what would be right and, in brackets, one of these rules. In most examples only the lines that matter are "
        'shown, for the text "It left. It does not come back." of two paragraphs.',
        "## What is wrong in form",
        "These are errors, where nothing else is said: the bot does not start on them, and where it is running, "
        "the files as they were before go on answering.",
        *_sections(form),
        "## What is right in form and still not good",
        "These are warnings: the bot answers, and could answer better. `check --strict` fails on them, too.",
        *_sections(content),
    )
    return "\n\n".join(parts) + "\n"


def _sections(texts: Iterable[RuleText]) -> Iterable[str]:
    for text in texts:
        yield f"### {text.name}"
        yield textwrap.fill(text.says, 120, break_long_words=False, break_on_hyphens=False)
        yield f"Passes:\n\n```yaml\n{text.passes}\n```"
        yield f"Fails:\n\n```yaml\n{text.fails}\n```"


def _read(name: str, doc: str) -> RuleText:
    """A docstring's parts. Raises ValueError where it shows no example."""
    found = re.fullmatch(r"(.+?)\n\nPasses:\n(.+?)\nFails:\n(.+)", inspect.cleandoc(doc), re.DOTALL)
    if found is None:
        raise ValueError(f'the rule "{name}" does not show what passes and what fails')
    says, passes, fails = found.groups()
    return RuleText(name, " ".join(says.split()), textwrap.dedent(passes), textwrap.dedent(fails))
