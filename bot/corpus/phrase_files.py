"""How people ask, in one language: the file LANGUAGE/TOPIC.yaml beside the topic's own file TOPIC.yaml.

yandex-left:
  phrases:
    - why did yandex leave
  not:
    - when did yandex leave
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.yamlfiles.documents import Mapping, Node, Text
from bot.yamlfiles.fields import ID, Field, Form, Record, Shape
from bot.yamlfiles.problems import Problem
from bot.yamlfiles.reading import did_you_mean, read_record, text_problems

PHRASE_LISTS = Record(
    "an intent in a file of phrases",
    (
        Field("phrases", Shape.TEXTS, "what visitors type", one_line=True),
        Field(
            "not", Shape.TEXTS, "negative examples: same topic, not answered by the interview", one_line=True
        ),
    ),
)


_LISTS = tuple(field.key for field in PHRASE_LISTS.fields)
INTENT_ID = Field(
    "id", Shape.TEXT, "an id: lower case, digits, hyphens, at most 40 characters", required=True, pattern=ID
)


@dataclass(frozen=True, slots=True)
class PhraseFile:
    """The lists of each intent, by its id as it is written, in file order."""

    language: str
    lists: tuple[tuple[Text, Form], ...]

    def texts(self, intent_id: str, key: str) -> tuple[Text, ...]:
        """The texts under `key` (phrases, not) of an intent; none where it is not in the file."""
        return tuple(text for name, form in self.lists if name.value == intent_id for text in form.texts(key))

    def has_phrases(self, intent_id: str) -> bool:
        """Whether there are phrases of an intent, or something wrong in their place, which is reported."""
        return any(form.holds("phrases") for name, form in self.lists if name.value == intent_id)

    def unknown_intents(self, topic: str, known: Collection[str]) -> Iterator[Problem]:
        """A problem for each intent that is not in the topic's file (named `topic`), which has the `known` ids."""
        for name, _ in self.lists:
            if name.value not in known:
                hint = did_you_mean(name.value, tuple(known)) or "; add it there, or remove it here"
                message = f'"{name.value}" is no intent of {topic}.yaml{hint}'
                yield Problem(name.at, "unknown-intent", message)


def is_topic(node: Node | None) -> bool:
    """Whether this is the content of a topic's file, wherever it lies."""
    return isinstance(node, Mapping) and bool(node.get("topic") or node.get("intents"))


def is_phrase_file(node: Node) -> bool:
    """Whether this is the content of a file of phrases, wherever it lies."""
    values = (value for _, value in node.entries) if isinstance(node, Mapping) else ()
    return not is_topic(node) and any(isinstance(v, Mapping) and any(map(v.get, _LISTS)) for v in values)


def read_phrase_file(language: str, node: Node) -> tuple[PhraseFile, tuple[Problem, ...]]:
    """The lists in one file, and every problem that the file shows alone."""
    if not isinstance(node, Mapping):
        message = "here the ids of intents should stand, each with its phrases: and not: below"
        return PhraseFile(language, ()), (Problem(node.at, "not-text", message),)
    if is_topic(node):
        folder = f'the folder "{language}" is for phrases'
        message = (
            f"this is the file of a topic, but {folder}; give it another name and move it out of the folder"
        )
        return PhraseFile(language, ()), (Problem(node.at, "unknown-key", message),)
    lists: list[tuple[Text, Form]] = []
    problems: list[Problem] = []
    for name, value in node.entries:
        if name.value in _LISTS and not isinstance(value, Mapping):
            message = f'"{name.value}" stands at the left margin; indent it below its intent'
            problems.append(Problem(name.at, "not-text", message))
            continue
        if not re.fullmatch(ID, name.value):
            problems += text_problems(name, INTENT_ID)
            continue
        form, found = read_record(value, PHRASE_LISTS)
        problems += found
        if form:
            lists.append((name, form))
    return PhraseFile(language, tuple(lists)), tuple(problems)
