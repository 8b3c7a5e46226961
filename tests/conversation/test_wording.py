"""The bot's own words are complete in every language."""

import pytest

from bot.conversation.bot import Bot
from bot.conversation.wording import Wording, compare_wordings, placeholders, read_wording
from bot.yamlfiles.documents import parse_document


def problems_of(english: str, other: str) -> list[str]:
    read = []
    for language, text in (("en", english), ("ru", other)):
        node, _ = parse_document(text, f"{language}.yaml")
        assert node is not None
        read.append((read_wording(language, node)[0], node))
    return [str(problem) for problem in compare_wordings(read)]


def test_our_languages_are_complete(keeper: Bot) -> None:
    """Three languages, and the loader found nothing missing in any (or there would be no bot)."""
    assert {"en", "ru", "fa"} == set(keeper.languages())


def test_a_missing_line_is_a_problem() -> None:
    """A key that English has must be there."""
    assert ['ru.yaml:1:1: error: the line "b" is missing (missing-key)'] == problems_of(
        "{a: x, b: y}", "a: x"
    )


def test_a_line_too_many_is_a_problem() -> None:
    """A misspelt key would never be shown."""
    found = problems_of("hello: x", "hello: x\nhelo: y")
    assert ['ru.yaml:2:7: error: there is no line "helo"; did you mean "hello"? (unknown-key)'] == found


def test_a_lost_placeholder_is_a_problem() -> None:
    """What is filled in must not get lost in translation; an open brace is found, too."""
    assert 1 == len(problems_of('a: "{word} x"', 'a: "{wort} x"'))
    assert 1 == len(problems_of('a: "{word} x"', 'a: "{word x"'))


@pytest.mark.parametrize(
    "written", ["{word:d}", "{word!r}", "{word.x}", "{word[0]}", "{word:{word}}", "{}", "{word", "}"]
)
def test_nothing_but_a_name_stands_in_braces(written: str) -> None:
    """Else the line would fail when somebody asks; in English, too, which the others are compared with."""
    for english, other, place in (("{word}", written, "ru.yaml:1:4"), (written, "{word}", "en.yaml:1:4")):
        found = problems_of(f'a: "{english} x"', f'a: "{other} x"')
        message = '"a" must have nothing but names in braces, as in {word}; write {{ or }} for a brace itself'
        assert f"{place}: error: {message} (wrong-placeholder)" in found


def test_placeholders_are_the_names_in_braces() -> None:
    """Doubled braces are text."""
    assert {"a", "b"} == placeholders("{a} {{c}} {b}")


@pytest.mark.parametrize(
    ("values", "line"),
    [
        (("Ada", "keeper", "1 May"), "By Ada, keeper.\nDay: 1 May\nEnd"),
        (("Ada", "", ""), "By Ada.\nEnd"),
        (("", "keeper", "[1] May"), "By.\nDay: [1] May\nEnd"),
        (("", "", ""), "By.\nEnd"),
    ],
)
def test_what_the_source_card_does_not_say_is_left_out(values: tuple[str, str, str], line: str) -> None:
    """With the words around it, and with the whole line where nothing else stands in it."""
    text = "By[ {name}[, {role}]].\n[Day: {day}]\nEnd"
    wording = Wording("en", {"a": text})
    assert line == wording.line("a", **dict(zip(("name", "role", "day"), values, strict=True)))
