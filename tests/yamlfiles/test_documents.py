"""YAML is read as the text that was typed; anchors, aliases and tags are refused with their place."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.yamlfiles.documents import (
    MAX_BYTES,
    Listing,
    Mapping,
    Text,
    decode_document,
    in_quotation_marks,
    parse_document,
    written,
)


@pytest.mark.parametrize(
    "word", ["yes", "no", "on", "off", "null", "~", "2008", "12:30", "1e3", "0x1f", "2024-06-17"]
)
def test_plain_words_stay_text(word: str) -> None:
    """YAML's booleans, numbers, times and dates are phrases here."""
    node, problems = parse_document(f"phrases: [{word}]", "a.yaml")
    assert () == problems
    assert isinstance(node, Mapping)
    phrases = node.get("phrases")
    assert isinstance(phrases, Listing)
    assert [word] == [item.value for item in phrases.items if isinstance(item, Text)]


def test_values_keep_their_place() -> None:
    """Line and column count from 1, in characters."""
    node, _ = parse_document("a:\n  - б: تهران\n", "a.yaml")
    assert isinstance(node, Mapping)
    listing = node.get("a")
    assert isinstance(listing, Listing)
    inner = listing.items[0]
    assert isinstance(inner, Mapping)
    assert "a.yaml:2:8" == str(inner.entries[0][1].at)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a.yaml: error: the file is empty; write its content or delete the file (empty-file)"),
        (
            "# only a comment\n",
            "a.yaml: error: the file is empty; write its content or delete the file (empty-file)",
        ),
        (
            "a: 1\na: 2",
            'a.yaml:2:1: error: the key "a" stands already in line 1; keep one of the two (duplicate-key)',
        ),
        (
            "a: &x 1",
            "a.yaml:1:4: error: the anchor &x is not read; put text that begins with & in quotes (yaml-syntax)",
        ),
        (
            "a: *x",
            "a.yaml:1:4: error: the alias *x is not read; put text that begins with * in quotes (yaml-syntax)",
        ),
        ("a: !!int 3", "a.yaml:1:4: error: the tag tag:yaml.org,2002:int is not read;"),
        ("a: 1\n---\nb: 2", "a.yaml:3:1: error: a second document begins here;"),
        ("[" * 100, "a.yaml:1:13: error: nested deeper than 12 levels; check the indentation (yaml-syntax)"),
        ("a: b: c", "a.yaml:1:5: error: cannot be read (mapping values are not allowed in this context);"),
        ("? [a]\n: b", "a.yaml:1:3: error: a key must be plain text;"),
        ("a: \x00", "a.yaml"),
    ],
)
def test_a_wrong_document_gives_one_located_problem(text: str, expected: str) -> None:
    """The place, what is wrong, and what would be right."""
    _, problems = parse_document(text, "a.yaml")
    assert 1 == len(problems)
    assert str(problems[0]).startswith(expected)


def test_an_alias_bomb_is_refused_at_once() -> None:
    """Aliases are never expanded, so that a "billion laughs" file stays as small as it is."""
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    _, problems = parse_document("\n".join(lines), "a.yaml")
    assert 40 + 2 * 39 == len(problems)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("фраза".encode("cp1251"), "not UTF-8 text"),
        ("a: 1\n".encode("utf-16"), "not UTF-8 text"),
        (b"x" * (MAX_BYTES + 1), "the file is larger than 4 MB"),
    ],
)
def test_bytes_that_are_no_text_are_refused(raw: bytes, message: str) -> None:
    """A wrong encoding and a huge file are problems; nothing is guessed."""
    text, problems = decode_document(raw, "a.yaml")
    assert text is None
    assert message in str(problems[0])


def test_a_byte_order_mark_is_dropped() -> None:
    """Windows editors write one; it is no part of the first key."""
    assert ("a: 1", ()) == decode_document("a: 1".encode("utf-8-sig"), "a.yaml")


@settings(deadline=None)  # how long it takes is no matter here
@given(st.text())
@example("yes")
@example("a: b")
@example("a:")
@example("trailing ")
@example("\x85\u2028\ufeff")
@example("می‌شود؟")
def test_what_is_written_reads_back_the_same(text: str) -> None:
    """As the value of a key, as an item of a list, and between brackets in quotation marks."""
    document = f"key: {written(text)}\nlist:\n  - {written(text)}\nflow: {{a: {in_quotation_marks(text)}}}\n"
    node, problems = parse_document(document, "a.yaml")
    assert () == problems
    assert isinstance(node, Mapping)
    listing, flow = node.get("list"), node.get("flow")
    assert isinstance(listing, Listing)
    assert isinstance(flow, Mapping)
    assert [text] * 3 == [
        value.value for value in (node.get("key"), listing.items[0], flow.get("a")) if isinstance(value, Text)
    ]
