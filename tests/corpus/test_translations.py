"""A translation belongs to words of the source, and a quotation has one only if each of its words has one."""

import pytest

from bot.corpus.metadata import source_without_card
from bot.corpus.passages import Quotation
from bot.corpus.translations import Translations, read_translations
from bot.yamlfiles.documents import parse_document

SOURCE = source_without_card(
    "The lamp is lit at dusk, and it is put out at dawn. That is long.\n\nIt is not dark.\n", "text.txt"
)
PARTS = """
The lamp is lit at dusk: Лампу зажигают в сумерках,
and it is put out at dawn.: и гасят на рассвете.
That is long.: Это долго.
"""


def problems(text: str) -> list[str]:
    node, found = parse_document(text, "text.ru.yaml")
    found += read_translations(node, SOURCE)[1] if node else ()
    return [str(problem) for problem in found]


def translated(words: str, parts: str = PARTS, language: str = "ru") -> str:
    """The translation of a quotation with these words."""
    node, _ = parse_document(parts, "text.ru.yaml")
    assert node is not None
    read, invalid = read_translations(node, SOURCE)
    assert () == invalid
    quotation = SOURCE.find(words)
    assert isinstance(quotation, Quotation)
    return Translations({"ru": read}).translation(quotation, language)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("That is long.", "Это долго."),
        ("The lamp is lit at dusk", "Лампу зажигают в сумерках"),
        ("The lamp is lit at dusk,", "Лампу зажигают в сумерках"),
        ("The lamp is lit at dusk, and it is put out at dawn. That", ""),
        (
            "The lamp is lit at dusk, and it is put out at dawn. That is long.",
            "Лампу зажигают в сумерках, и гасят на рассвете. Это долго.",
        ),
        ("lit at dusk", ""),
        ("It is not dark.", ""),
    ],
)
def test_a_quotation_has_the_translations_of_its_parts_or_none(words: str, expected: str) -> None:
    """In the order of the text; a comma at the end of the last is left out."""
    assert expected == translated(words)


def test_the_order_of_the_file_makes_no_difference() -> None:
    """An editor may add a line anywhere."""
    backwards = "\n".join(reversed(PARTS.splitlines()))
    words = "The lamp is lit at dusk, and it is put out at dawn."
    assert translated(words) == translated(words, backwards)


@pytest.mark.parametrize("missing", range(3))
def test_without_one_of_its_parts_a_quotation_has_no_translation(missing: int) -> None:
    """A half translation would mislead; which half is missing makes no difference."""
    kept = [line for number, line in enumerate(PARTS.strip().splitlines()) if number != missing]
    assert "" == translated(
        "The lamp is lit at dusk, and it is put out at dawn. That is long.", "\n".join(kept)
    )


def test_another_language_has_none() -> None:
    """Not that of the source either."""
    assert "" == translated("That is long.", language="en")
    assert "" == translated("That is long.", language="fa")


@pytest.mark.parametrize(
    ("text", "at", "rule"),
    [
        ("That is long.: Это долго.\nThat is short.: Это коротко.", "2:1", "not-verbatim"),
        ("The lamp is put out at dawn.: Лампу гасят на рассвете.", "1:1", "not-verbatim"),
        ("That is long. It is not dark.: Это долго. Не темно.", "1:1", "quote-crosses-speakers"),
        ("is: это", "1:1", "quote-not-unique"),
        ("dark.: Темно.", "1:1", "truncated-quote"),
        ("That is long.: Это долго.\nThat is long.: Долго.", "2:1", "duplicate-key"),
        ("That is long.: Это долго.\nis long.: долго.", "2:1", "overlapping-translations"),
        ("is long.: долго.\nThat is long.: Это долго.", "1:1", "overlapping-translations"),
        ("That is long.: [Это долго.]", "1:16", "not-text"),
        ("That is long.: ", "1:15", "empty-text"),
        ('That is long.: ""', "1:16", "empty-text"),
        ("That is long.: TODO", "1:16", "todo"),
        ("- That is long.", "1:1", "not-text"),
        ("", "", "empty-file"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_place(text: str, at: str, rule: str) -> None:
    """One problem each, so that nothing is lost and nothing said twice."""
    (problem,) = problems(text)
    assert problem.startswith(f"text.ru.yaml{':' * bool(at)}{at}: error: ")
    assert problem.endswith(f"({rule})")
