"""What cannot be read is explained where it was mistyped, which is often not where the parser stops."""

import pytest

from bot.yamlfiles.documents import parse_document

COLON = "put a colon behind"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        # an item of a list that is indented otherwise
        ("a:\n  - one\n - two\n  - three\n", "3:2", "indent this line as those before it"),
        ("a:\n    - one\n  - two\n  - three\n", "2:5", "indent this line as those below it"),
        (
            "a:\n    - id: b\n      q: [x]\n  - id: c\n  - id: d\n",
            "2:5",
            "indent this line as those below it",
        ),
        ("a:\n    - one\n    two\n    - three\n", "3:5", 'begin the line with "- "'),
        ("a:\n    - one\n    – two\n    - three\n", "3:5", 'begin the line with "- "'),
        ("a:\n    - one\n    1. two\n    - three\n", "3:5", 'begin the line with "- "'),
        ("a:\n  - id: b\n    q: x\n  id: c\n", "4:3", 'begin the line with "- "'),
        ("a:\n    id: b\n    q: [x]\n  - id: c\n", "2:5", 'begin the line with "- "'),
        ("a:\n  b:\n    - one\n- two\n", "4:1", "indent this line as those before it"),
        ("a:\n  b:\n    - one\n  - two\n", "4:3", "indent this line as those before it"),
        ("a:\n  b:\n    - one and\n half\n    - two\n", "4:2", "join it with the line that it belongs to"),
        # a key that is indented otherwise
        ("a:\n  b: x\n c: y\n", "3:2", "indent this line as those before it"),
        ("a:\n  b: x\n   c: y\n", "3:4", "indent this line as those before it"),
        ("# first\n a:\n  - x\nb:\n  - y\n", "2:1", "remove the spaces before the first key"),
        # a key without its colon, at which the parser stops one line or a hundred lines later
        ("a:\n  phrases\n    - x\n    - y\n  not:\n    - z\n", "2:3", f'{COLON} "phrases"'),
        ("a:\n  - x\nb\n  - y\nc:\n  - z\n", "3:1", f'{COLON} "b"'),
        ("# first\n\nb-1\n  phrases:\n    - x\n", "3:1", f'{COLON} "b-1"'),
        ("title:\n  en Why is it\n  ru: Z\n", "2:3", 'a colon and a space behind "en", or "- " before it'),
        ("title:\n  en: Why\n  ru Z\nquotes: [a]\n", "3:3", 'a colon and a space behind "ru", or "- "'),
        ("title:\n  en:Why is it\n  ru: Z\n", "2:3", 'put a colon and a space behind "en"'),
        ("a:\n  phrases;\n    - x\n  not:\n    - z\n", "2:3", 'put a colon and a space behind "phrases"'),
        ("intents:\n  - id x\n    title: T\n", "2:5", 'put a colon and a space behind "id"'),
        ("a: [b, c\nd: e\n", "1:4", "the bracket that opens here is not closed, or a comma is missing"),
        # characters that mean something in YAML
        ("a:\n  - x\n\u00a0\u00a0- y\n  - z\nb: c\n", "3:1", "indented with U+00A0, no-break space;"),
        ("a:\n  - x\n\u200f  - y\n  - z\nb: c\n", "3:1", "indented with U+200F, right-to-left mark;"),
        ("a:\n  * noon\n", "2:3", 'begin with *; put it in quotation marks, or write "- " instead'),
        ("a:\n  - * noon\n", "2:5", "begin with *; put it in quotation marks"),
        ("a:\n  - *noon\n", "2:5", "put text that begins with * in quotes"),
        ("a:\n  - & noon\n", "2:5", "begin with &; put it in quotation marks"),
        ("a:\n  - > noon\n", "2:5", "begin with >; put it in quotation marks"),
        ("a:\n  - [noon] free\n  - x\n", "2:5", "put the line in quotation marks, since it begins with ["),
        ('a:\n  - "noon\\coffee"\n', "2:10", "a backslash has a meaning in double quotation marks;"),
        # a quotation mark that opens or closes nothing is no part of the advice
        ("a:\n  - 'what's up\n  - x\n", "2:5", """quote the whole line: "what's up\""""),
        ("a:\n  - 'what's up'\n  - x\n", "2:5", """quote the whole line: "what's up\""""),
        ('a:\n  - "what is "noon" coffee"\n', "2:5", """quote the whole line: 'what is "noon" coffee'"""),
        ('a:\n  - "noon" or "tea"\n', "2:5", """quote the whole line: '"noon" or "tea"'"""),
        # what other programs write between the lines
        ("a:\n  - x\n...\n  - y\n", "3:1", "three dots end a YAML document; remove the line"),
        ("a:\n<<<<<<< HEAD\n  - x\n=======\n  - y\n>>>>>>> b\n", "2:1", "a mark of an unfinished merge;"),
        ("a:\n  - x\n=======\n  - y\n", "3:1", "a mark of an unfinished merge;"),
    ],
)
def test_the_line_that_was_mistyped_is_named(text: str, place: str, message: str) -> None:
    """With what would be right, and nothing else is said."""
    _, problems = parse_document(text, "a.yaml")
    assert [f"a.yaml:{place}"] == [str(problem.at) for problem in problems]
    assert message in problems[0].message


@pytest.mark.parametrize("line", ["when do you get it's'", "a [noon] one", "3 * 4", "what...", "='s and <s"])
def test_what_yaml_reads_rightly_is_no_mistake(line: str) -> None:
    """Only at the beginning of a text these characters mean something."""
    assert () == parse_document(f"a:\n  - {line}\n  - x\n", "a.yaml")[1]


def test_a_lost_dash_is_one_problem() -> None:
    """And not one for each key of the item that has no dash; outside of lists each repeated key is named."""
    text = "intents:\n  - id: a\n    title: T\n    id: b\n    title: U\n"
    (problem,) = parse_document(text, "a.yaml")[1]
    assert "a.yaml:4:5" == str(problem.at)
    assert problem.message.endswith('keep one of the two, or write "- " before it where the next item begins')
    assert 2 == len(parse_document("a: 1\nb: 2\na: 3\nb: 4\n", "a.yaml")[1])
