"""What drafts in a language are made of: its function words, and the forms of questions.

Rule: the words are in YAML files, one a language; adding a language is adding a file. A form has one place,
{}, for what the question is about.
"""

from dataclasses import dataclass
from pathlib import Path

from bot.text.folding import words
from bot.text.localized import FALLBACK
from bot.yamlfiles.documents import Node, decode_document, parse_document
from bot.yamlfiles.fields import Field, Form, Record, Shape, read_record
from bot.yamlfiles.problems import Problem

QUESTION_TEMPLATES = Record(
    "a file of question forms",
    (
        Field("function_words", Shape.TEXTS, "words that no text is about", required=True),
        Field("before_nouns", Shape.TEXTS, "words behind which a noun is near", required=True),
        Field("articles", Shape.TEXTS, "articles, which stay before a noun"),
        Field("number_words", Shape.TEXTS, "numbers written as words", required=True),
        Field("title", Shape.TEXT, "a title about {}", required=True),
        Field("about", Shape.TEXTS, "questions about {}, something in the passage", required=True),
        Field("number", Shape.TEXTS, "questions that a number of {} answers", required=True),
        Field("year", Shape.TEXTS, "questions about {} that a year answers", required=True),
        Field("beyond", Shape.TEXTS, "questions about {} that few passages answer", required=True),
        Field("beyond_number", Shape.TEXTS, "questions about {} that only a number answers", required=True),
        Field("beyond_year", Shape.TEXTS, "questions about {} that only a date answers", required=True),
        Field(
            "beyond_name", Shape.TEXTS, "questions about {}, a name, that few passages answer", required=True
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class QuestionTemplates:
    """The forms of one language. `function_words` and the other words are folded as for comparing."""

    language: str
    function_words: frozenset[str]
    before_nouns: frozenset[str]
    articles: frozenset[str]
    number_words: frozenset[str]
    title: str
    about: tuple[str, ...]
    number: tuple[str, ...]
    year: tuple[str, ...]
    beyond: tuple[str, ...]
    beyond_number: tuple[str, ...]
    beyond_year: tuple[str, ...]
    beyond_name: tuple[str, ...]


def read_templates(language: str, node: Node) -> tuple[QuestionTemplates | None, tuple[Problem, ...]]:
    """The templates of one file, or what is wrong in it. `language` is the file's name without its ending."""
    form, problems = read_record(node, QUESTION_TEMPLATES)
    if form is None or problems:
        return None, problems
    templates = QuestionTemplates(
        language=language,
        function_words=_words(form, "function_words"),
        before_nouns=_words(form, "before_nouns"),
        articles=_words(form, "articles"),
        number_words=_words(form, "number_words"),
        title=form.text("title"),
        about=_forms(form, "about"),
        number=_forms(form, "number"),
        year=_forms(form, "year"),
        beyond=_forms(form, "beyond"),
        beyond_number=_forms(form, "beyond_number"),
        beyond_year=_forms(form, "beyond_year"),
        beyond_name=_forms(form, "beyond_name"),
    )
    return templates, ()


def _words(form: Form, key: str) -> frozenset[str]:
    """A text may hold several words, so that a file stays short."""
    return frozenset(word for text in form.texts(key) for word in words(text.value))


def _forms(form: Form, key: str) -> tuple[str, ...]:
    return tuple(text.value for text in form.texts(key))


def load_templates(language: str) -> tuple[QuestionTemplates | None, tuple[Problem, ...]]:
    """The templates of a language; in English where there is no file for it."""
    folder = Path(__file__).with_name("templates")
    path = folder / f"{language}.yaml"
    path = path if path.exists() else folder / f"{FALLBACK}.yaml"
    text, problems = decode_document(path.read_bytes(), str(path))
    node, unreadable = parse_document(text, str(path)) if text is not None else (None, ())
    templates, invalid = read_templates(path.stem, node) if node else (None, ())
    return templates, (*problems, *unreadable, *invalid)
