"""`coverage` counts every character of every passage once, and shows every character of the source."""

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.common import CLEAN, USAGE_ERROR
from bot.corpus.corpus import Corpus, resolve
from bot.corpus.intents import merge, read_intents
from bot.corpus.metadata import read_source, source_without_card
from bot.editor.coverage import Coverage, coverage_record, coverage_text, measure
from bot.editor.coverage.paragraphs import paragraphs
from bot.yamlfiles.documents import parse_document

TEXT = "One two three four.\n\nFive, six.\n\nSeven."
INTENTS = """
topic: {en: T}
intents:
  - {id: a, title: {en: A}, quotes: [One two three, Five], phrases: {en: [aa]}}
  - {id: b, title: {en: B}, quotes: [two three four.], phrases: {en: [bb]}}
  - {id: c, title: {en: C}, quotes: ["six."], phrases: {en: [cc]}}
"""


@pytest.fixture
def small() -> Coverage:
    """The coverage of the text above."""
    node, _ = parse_document(INTENTS, "t.yaml")
    assert node is not None
    corpus, problems = resolve(source_without_card(TEXT, "t.txt"), merge([read_intents("t", node)[0]])[0])
    assert () == problems
    return measure(corpus)


def test_a_passage_is_cut_where_quotations_begin_and_end(small: Coverage) -> None:
    """Each piece with the intents that quote all of it."""
    pieces = [(TEXT[p.span.start : p.span.end], p.intents) for each in small.passages for p in each.pieces]
    assert [
        ("One ", ("a",)),
        ("two three", ("a", "b")),
        (" four.", ("b",)),
        ("Five", ("a",)),
        (", ", ()),
        ("six.", ("c",)),
        ("Seven.", ()),
    ] == pieces


def test_only_segments_with_words_are_called_unquoted(small: Coverage) -> None:
    """The comma and the space between two quotations are no gap; a whole passage is."""
    gaps = [TEXT[s.start : s.end] for each in small.passages for s in each.unquoted(small.source)]
    assert ["Seven."] == gaps


def test_the_report_names_every_passage_and_the_place_of_what_is_unquoted(small: Coverage) -> None:
    """Lines and columns as an editor shows them."""
    assert [
        "passage   quoted     of  by the intents",
        "",
        "text: 77%",
        "  p1        100%     19  a, b",
        "  p2         80%     10  a, c",
        "  p3          0%      6  none",
        "",
        "In all 77.1% of 35 characters; 2 of 3 passages, by 3 intents.",
        "",
        "Quoted by no intent:",
        '  t.txt:5:1: p3: "Seven."',
    ] == coverage_text(small).splitlines()


def test_the_record_says_the_same(small: Coverage) -> None:
    """Offsets are those of the text."""
    record = coverage_record(small)
    passages = record["sections"][0]["passages"]
    assert [1.0, 0.8, 0.0] == [passage["quoted"] for passage in passages]
    assert [["a", "b"], ["a", "c"], []] == [passage["intents"] for passage in passages]
    gap = passages[2]["unquoted"][0]
    assert {"start": 33, "end": 39, "line": 5, "column": 1, "text": "Seven."} == gap
    assert gap["text"] == TEXT[gap["start"] : gap["end"]]


def test_the_pieces_of_our_interview_are_its_passages(corpus: Corpus) -> None:
    """Without gap or overlap; and the part quoted is the one that the start-up line tells."""
    coverage = measure(corpus)
    for each in coverage.passages:
        spans = [piece.span for piece in each.pieces]
        assert (each.passage.span.start, each.passage.span.end) == (spans[0].start, spans[-1].end)
        assert all(first.end == second.start for first, second in pairwise(spans))
    assert round(corpus.quoted_part(), 4) == coverage_record(coverage)["quoted"]


def test_every_intent_that_answers_is_in_the_coverage(corpus: Corpus) -> None:
    """Each quotes something, so each is somewhere."""
    assert set(corpus.quotations) == {intent.id for intent in measure(corpus).intents}


def test_the_paragraphs_hold_every_character_once(corpus: Corpus) -> None:
    """In order, from the first to the last, also where a separator was cut."""
    spans = [segment.span for each in paragraphs(corpus.source) for segment in each.segments]
    assert corpus.source.text == "".join(corpus.source.text[span.start : span.end] for span in spans)


HEADED = "Headline\n\nFirst part\n\nQ: Why?\nA: Because.\n\nLast part\n\nEnd."
HEADED_CARD = f"""
title: {{en: T}}
outlet: {{en: O}}
language: en
sha256: {hashlib.sha256(HEADED.encode()).hexdigest()}
speakers: [{{id: q, name: {{en: Q}}, words: direct}}, {{id: a, name: {{en: A}}, words: direct}}]
segments:
  - {{section: top, heading: Headline}}
  - {{section: first, heading: First part}}
  - {{kind: attribution, text: "Q:"}}
  - {{passage: why, speaker: q, text: Why?}}
  - {{kind: attribution, text: "A:"}}
  - {{passage: because, speaker: a, text: Because.}}
  - {{section: last, heading: Last part}}
  - {{kind: sign-off, text: End.}}
"""


def test_headings_and_labels_stand_where_they_belong() -> None:
    """A headline above another heading, a label before its words, a heading with nothing to quote below it."""
    node, _ = parse_document(HEADED_CARD, "t.yaml")
    assert node is not None
    source, problems = read_source(HEADED, "t.txt", node)
    assert () == problems
    assert source is not None
    shown = [
        (each.section.id, "".join(HEADED[s.span.start : s.span.end] for s in each.segments).strip())
        for each in paragraphs(source)
    ]
    assert [
        ("first", "Headline"),
        ("first", "First part"),
        ("first", "Q: Why?"),
        ("first", "A: Because."),
        ("first", "Last part"),
        ("first", "End."),
    ] == shown


def test_an_attribution_stands_with_the_words_it_belongs_to(corpus: Corpus) -> None:
    """And a quotation mark with those it opens."""
    shown = [
        "".join(corpus.source.text[s.span.start : s.span.end] for s in each.segments)
        for each in paragraphs(corpus.source)
        if each.passage and each.passage.id == "after-the-meeting"
    ]
    assert 1 == len(shown)
    assert shown[0].startswith("“Right after this meeting")
    assert shown[0].rstrip().endswith("agreements,” he said.")


def test_the_verb_prints_text_or_json_and_writes_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One of them at a time; a folder that is not there is one sentence."""
    assert CLEAN == main(["coverage"])
    assert "passages, by" in capsys.readouterr().out
    assert CLEAN == main(["coverage", "--json"])
    assert {"source", "characters", "quoted", "sections"} == set(json.loads(capsys.readouterr().out))
    page = tmp_path / "page.html"
    assert CLEAN == main(["coverage", "--html", str(page)])
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert USAGE_ERROR == main(["coverage", "--html", str(tmp_path / "nowhere" / "page.html")])
    assert "cannot be written" in capsys.readouterr().err
