"""What drafts in a language are made of: its function words, and the forms of questions.

Rule: the words are in YAML files, one a language; adding a language is adding a file. A form has one place,
{}, for what the question is about. What this room does not know: any text that is drafted from.
"""

from dataclasses import dataclass

from bot.documents import Node
from bot.language import words
from bot.problems import Problem
from bot.schema import Field, Form, Record, Shape, read_record

FRAMES = Record(
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
class Frames:
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


def read_frames(language: str, node: Node) -> tuple[Frames | None, tuple[Problem, ...]]:
    """The frames of one file, or what is wrong in it. `language` is the file's name without its ending."""
    form, problems = read_record(node, FRAMES)
    if form is None or problems:
        return None, problems
    frames = Frames(
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
    return frames, ()


def _words(form: Form, key: str) -> frozenset[str]:
    """A text may hold several words, so that a file stays short."""
    return frozenset(word for text in form.texts(key) for word in words(text.value))


def _forms(form: Form, key: str) -> tuple[str, ...]:
    return tuple(text.value for text in form.texts(key))
