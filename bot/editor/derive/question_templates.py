"""The function words and the question templates of a language, from templates/LANGUAGE.yaml.

A template has one place, {}, for what the question is about. To add a language, add a file.
"""

from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from bot.matching.identification import FUNCTION_WORDS
from bot.text.folding import words
from bot.text.languages import FALLBACK
from bot.yamlfiles.documents import decode_document, parse_document
from bot.yamlfiles.fields import Field, Form, Record, Shape
from bot.yamlfiles.problems import Problem
from bot.yamlfiles.reading import read_record


def _key(meaning: str, required: bool = True) -> Any:
    return field(metadata={"meaning": meaning, "required": required})


@dataclass(frozen=True, slots=True)
class QuestionTemplates:
    """The keys of a file in templates/. Those of words are sets, folded as for comparing; a text in the file may hold
    several words, so that it stays short."""

    function_words: frozenset[str] = _key("words that no text is about")
    before_nouns: frozenset[str] = _key("words behind which a noun is near")
    no_nouns: frozenset[str] = _key("verbs and adjectives that look like nouns", required=False)
    conjunctions: frozenset[str] = _key("words that join two clauses", required=False)
    pointing: frozenset[str] = _key("words that point to what was said before", required=False)
    before_verbs: frozenset[str] = _key("words behind which a verb stands", required=False)
    articles: frozenset[str] = _key("articles, which stay before a noun", required=False)
    number_words: frozenset[str] = _key("numbers written as words")
    times: frozenset[str] = _key("words by which a sentence holds a time", required=False)
    reasons: frozenset[str] = _key("words by which it holds a reason", required=False)
    asking_number: tuple[str, ...] = _key("beginnings of questions that a number answers", required=False)
    asking_time: tuple[str, ...] = _key("that a time answers", required=False)
    asking_name: tuple[str, ...] = _key("that a name answers", required=False)
    asking_reason: tuple[str, ...] = _key("that a reason answers", required=False)
    asking_thing: tuple[str, ...] = _key("that any sentence answers", required=False)
    interview: str = _key("a title for an interview with {}")
    opening: str = _key("a title for what stands before the first heading")
    interviewee: str = _key("who answers, where no name is known")
    newspaper: str = _key("who narrates")
    somebody: str = _key("who is quoted, where several people are and it cannot be told which of them")
    title: str = _key("a title about {}")
    about: tuple[str, ...] = _key("questions about {}, something in the passage")
    person: tuple[str, ...] = _key("questions about {}, a person, that an introduction answers")
    number: tuple[str, ...] = _key("questions that a number of {} answers")
    year: tuple[str, ...] = _key("questions about {} that a year answers")
    age: tuple[str, ...] = _key("questions about {}, a person, that an age answers", required=False)
    beyond_year: tuple[str, ...] = _key("questions about {} that only a date answers")
    beyond_name: tuple[str, ...] = _key("questions about {}, a name, that few passages answer")


_TYPES: dict[str, Any] = {each.name: each.type for each in fields(QuestionTemplates)}
_RECORD = Record(
    "a file of question templates",
    tuple(
        Field(each.name, Shape.TEXT if each.type is str else Shape.TEXTS, **each.metadata)
        for each in fields(QuestionTemplates)
    ),
)


def load_templates(language: str) -> tuple[QuestionTemplates | None, tuple[Problem, ...]]:
    """The templates of a language, or what is wrong in the file. For a language without one, a draft has the words of
    the text alone, and English words in the source card."""
    folder = Path(__file__).with_name("templates")
    path = folder / f"{language}.yaml"
    if not path.exists():
        english, problems = load_templates(FALLBACK)
        return english and _without_sentences(english, language), problems
    text, problems = decode_document(path.read_bytes(), str(path))
    node, unreadable = parse_document(text, str(path)) if text is not None else (None, ())
    form, invalid = read_record(node, _RECORD) if node else (None, ())
    problems = (*problems, *unreadable, *invalid)
    return (_templates(form) if form and not problems else None), problems


def _without_sentences(english: QuestionTemplates, language: str) -> QuestionTemplates:
    """A sentence in another language would be worse than none."""
    own = {name: kind() for name, kind in _TYPES.items() if kind is not str}
    own["function_words"] = frozenset(words(FUNCTION_WORDS.get(language, "")))
    return replace(english, **{**own, "title": "{}", "about": ("{}",)})


def _templates(form: Form) -> QuestionTemplates:
    def value(name: str, kind: Any) -> Any:
        if kind is str:
            return form.text(name)
        texts = tuple(text.value for text in form.texts(name))
        return frozenset(words(" ".join(texts))) if kind == frozenset[str] else texts

    return QuestionTemplates(**{name: value(name, kind) for name, kind in _TYPES.items()})
