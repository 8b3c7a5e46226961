"""The bot's own sentences, one YAML file a language (`en.yaml`, `ru.yaml`, `fa.yaml` beside this one; those of other
languages lie beside the intents).

No sentence that a visitor reads is in code. Every language has the keys and placeholders of the English file.
"""

import re
import string
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from bot.text.languages import FALLBACK
from bot.yamlfiles import documents
from bot.yamlfiles.documents import Node, Text
from bot.yamlfiles.problems import Level, Problem
from bot.yamlfiles.reading import did_you_mean

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_FILLED_IN = re.compile(r"{[^{}]*}")
_MOST_NAMED = 8
"""Missing lines that a problem names; the others are counted."""
_BRACES = "write {{ or }} for a brace itself"
_LEFT_OUT = "\0"


@dataclass(frozen=True, slots=True)
class Wording:
    """The lines of one language.

    >>> wording.line("not_mentioned", word="China")
    'The interview does not mention “China”.'
    """

    language: str
    lines: Mapping[str, str]

    def line(self, key: str, /, **values: object) -> str:
        """The line of that key, filled in. A part in [brackets] is left out where a value in it is empty.

        Raises KeyError for an unknown key or a missing value.
        """
        text = self.lines[key]
        while found := _OPTIONAL.search(text):
            is_filled = all(values[name] for name in placeholders(found[1]))
            text = text[: found.start()] + (found[1] if is_filled else _LEFT_OUT) + text[found.end() :]
        kept = (line for line in text.split("\n") if line != _LEFT_OUT)
        return "\n".join(kept).replace(_LEFT_OUT, "").format(**values)


@dataclass(frozen=True, slots=True)
class Wordings:
    """All languages that the bot speaks, English among them."""

    languages: tuple[Wording, ...]

    def best(self, language: str | None) -> Wording:
        """The wording of a language code ("ru", "pt-br"), or the English one."""
        code = (language or "").split("-")[0].lower()
        known = {wording.language: wording for wording in self.languages}
        return known.get(code) or known[FALLBACK]

    def own_lines(self, language: str) -> tuple[str, ...]:
        """The lines of a language that are not shown in English because they are missing, without what is filled in."""
        english, lines = self.best(FALLBACK).lines, self.best(language).lines
        return tuple(
            _FILLED_IN.sub(" ", line)
            for key, line in lines.items()
            if language == FALLBACK or line != english.get(key)
        )


def completed(wordings: Iterable[Wording], languages: Iterable[str]) -> Wordings:
    """The last wording of each language, and one for each of `languages`, with the lines of the first English one where
    it has none."""
    read = tuple(wordings)
    english = next((each.lines for each in read if each.language == FALLBACK), {})
    last = dict.fromkeys(languages, english) | {each.language: each.lines for each in read}
    return Wordings(
        tuple(Wording(each, MappingProxyType({**english, **lines})) for each, lines in sorted(last.items()))
    )


def read_wording(language: str, node: Node) -> tuple[Wording, tuple[Problem, ...]]:
    """The lines of one file, and a problem for each value that is not text."""
    problems = []
    entries = node.entries if isinstance(node, documents.Mapping) else ()
    if not entries:
        problems.append(Problem(node.at, "not-text", "a wording file holds lines like key: text"))
    for key, value in entries:
        if not isinstance(value, Text):
            problems.append(Problem(value.at, "not-text", f'"{key.value}" must be one text'))
    lines = {key.value: value.value for key, value in entries if isinstance(value, Text)}
    return Wording(language, MappingProxyType(lines)), tuple(problems)


def compare_wordings(
    files: Iterable[tuple[Wording, Node]], unfinished: Container[str] = ()
) -> tuple[Problem, ...]:
    """A problem for each key and placeholder that a language has and English has not, and one for all keys that it is
    the other way round with: a warning for a language that may be `unfinished`."""
    known = list(files)
    model = next((wording.lines for wording, _ in known if wording.language == FALLBACK), {})
    problems = []
    for wording, node in known:
        lines = wording.lines
        missing = [f'"{key}"' for key in model if key not in lines]
        if missing:
            named = ", ".join(missing[:_MOST_NAMED]) + " ..." * (len(missing) > _MOST_NAMED)
            several = f"{len(missing)} lines are missing: {named}"
            what = several if len(missing) > 1 else f"the line {named} is missing"
            level: Level = "warning" if wording.language in unfinished else "error"
            problems.append(Problem(node.at, "missing-key", what, level))
        for key, text in lines.items():
            value = node.get(key) if isinstance(node, documents.Mapping) else None
            at = value.at if value else node.at
            if key not in model:
                message = f'there is no line "{key}"{did_you_mean(key, tuple(model))}'
                problems.append(Problem(at, "unknown-key", message))
            elif not all(map(str.isidentifier, placeholders(text))):
                message = f'"{key}" must have nothing but names in braces, as in {{word}}; {_BRACES}'
                problems.append(Problem(at, "wrong-placeholder", message))
            elif placeholders(text) != placeholders(model[key]):
                wanted = ", ".join(f"{{{name}}}" for name in sorted(placeholders(model[key]))) or "none"
                message = f'"{key}" must have the placeholders: {wanted}'
                problems.append(Problem(at, "wrong-placeholder", message))
    return tuple(problems)


@lru_cache(maxsize=512)
def placeholders(text: str) -> frozenset[str]:
    """The names in braces. A brace that is not closed gives "{", and so does a name with a format ("{word:d}")."""
    try:
        return frozenset(
            "{" if form or conversion else name
            for _, name, form, conversion in string.Formatter().parse(text)
            if name is not None
        )
    except ValueError:
        return frozenset("{")
