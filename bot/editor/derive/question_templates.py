"""The function words and the question templates of a language, from templates/LANGUAGE.yaml.

A template has one place, {}, for what the question is about. To add a language, add a file.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.matching.identification import FUNCTION_WORDS
from bot.text.folding import words
from bot.text.languages import FALLBACK
from bot.yamlfiles.documents import decode_document, parse_document
from bot.yamlfiles.fields import Field, Form, Record, Shape, read_record
from bot.yamlfiles.problems import Problem

QUESTION_TEMPLATES = Record(
    "a file of question templates",
    (
        Field("function_words", Shape.TEXTS, "words that no text is about", required=True),
        Field("before_nouns", Shape.TEXTS, "words behind which a noun is near", required=True),
        Field("before_verbs", Shape.TEXTS, "words behind which a verb stands"),
        Field("articles", Shape.TEXTS, "articles, which stay before a noun"),
        Field("number_words", Shape.TEXTS, "numbers written as words", required=True),
        Field("interview", Shape.TEXT, "a title for an interview with {}", required=True),
        Field("opening", Shape.TEXT, "a title for what stands before the first heading", required=True),
        Field("interviewee", Shape.TEXT, "who answers, where no name is known", required=True),
        Field("newspaper", Shape.TEXT, "who narrates", required=True),
        Field("title", Shape.TEXT, "a title about {}", required=True),
        Field("about", Shape.TEXTS, "questions about {}, something in the passage", required=True),
        Field("number", Shape.TEXTS, "questions that a number of {} answers", required=True),
        Field("year", Shape.TEXTS, "questions about {} that a year answers", required=True),
        Field("beyond_year", Shape.TEXTS, "questions about {} that only a date answers", required=True),
        Field(
            "beyond_name", Shape.TEXTS, "questions about {}, a name, that few passages answer", required=True
        ),
    ),
)
_WORDS = ("function_words", "before_nouns", "before_verbs", "articles", "number_words")
"""The keys of words. A text may hold several, so that a file stays short."""


@dataclass(frozen=True, slots=True)
class QuestionTemplates:
    """What a file in templates/ holds. Words are folded as for comparing."""

    function_words: frozenset[str]
    before_nouns: frozenset[str]
    before_verbs: frozenset[str]
    articles: frozenset[str]
    number_words: frozenset[str]
    interview: str
    opening: str
    interviewee: str
    newspaper: str
    title: str
    about: tuple[str, ...]
    number: tuple[str, ...]
    year: tuple[str, ...]
    beyond_year: tuple[str, ...]
    beyond_name: tuple[str, ...]


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
    form, invalid = read_record(node, QUESTION_TEMPLATES) if node else (None, ())
    problems = (*problems, *unreadable, *invalid)
    return (_templates(form) if form and not problems else None), problems


def _without_sentences(english: QuestionTemplates, language: str) -> QuestionTemplates:
    """A sentence in another language would be worse than none."""
    nothing, itself = frozenset[str](), ("{}",)
    return replace(
        english,
        function_words=frozenset(words(FUNCTION_WORDS.get(language, ""))),
        before_nouns=nothing,
        before_verbs=nothing,
        articles=nothing,
        number_words=nothing,
        title="{}",
        about=itself,
        number=(),
        year=(),
        beyond_year=(),
        beyond_name=(),
    )


def _templates(form: Form) -> QuestionTemplates:
    values: dict[str, Any] = {
        field.key: form.text(field.key)
        if field.shape is Shape.TEXT
        else tuple(text.value for text in form.texts(field.key))
        for field in QUESTION_TEMPLATES.fields
    }
    for key in _WORDS:
        values[key] = frozenset(word for text in values[key] for word in words(text))
    return QuestionTemplates(**values)
