"""`coverage` counts every character of every passage once, and shows every character of the source."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.common import CLEAN, USAGE_ERROR
from bot.conversation.bot import Bot
from bot.corpus.corpus import resolve
from bot.corpus.metadata import read_source, source_without_card
from bot.editor.coverage.measure import Coverage, measure
from bot.editor.coverage.paragraphs import paragraphs
from bot.editor.coverage.report import coverage_page, coverage_record, coverage_text
from bot.loading.loader import summary
from bot.settings import HOME
from bot.yamlfiles.documents import parse_document
from tests.conftest import KEEPER
from tests.matching.small import intents_of

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
    corpus, problems = resolve(source_without_card(TEXT, "t.txt"), intents_of(INTENTS))
    assert () == problems
    return measure(corpus)


def test_a_passage_is_cut_where_quotations_begin_and_end(small: Coverage) -> None:
    """Each piece with the intents that quote all of it."""
    pieces = [(p.span.of(TEXT), p.intents) for each in small.passages for p in each.pieces]
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
    gaps = [s.of(TEXT) for each in small.passages for s in each.unquoted(small.source)]
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


def test_the_paragraphs_hold_every_character_once(keeper: Bot) -> None:
    """In order, from the first to the last, also where a separator was cut."""
    source = keeper.corpus.source
    segments = (segment for each in paragraphs(source) for segment in each.segments)
    assert source.text == "".join(each.span.of(source.text) for each in segments)


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
        (each.section.id, "".join(s.span.of(HEADED) for s in each.segments).strip())
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


def test_the_intents_have_different_colours(small: Coverage) -> None:
    """On the page a piece has the colour of its first intent, and a bar for each other one."""
    page = coverage_page(small)
    hues = dict(re.findall(r'<li id="p\d+\.(\w)" style="--h:(\d+)">', page))
    assert {"a", "b", "c"} == hues.keys()
    assert 3 == len(set(hues.values()))
    pieces = re.findall(r'data-notes="(.+?)".*? style="--h:(\d+)(.*?)">', page)
    assert ["p1.a", "p1.a p1.b", "p1.b", "p2.a", "p2.c"] == [notes for notes, _, _ in pieces]
    for notes, hue, bars in pieces:
        first, *others = [hues[note[-1]] for note in notes.split()]
        assert first == hue
        assert others == re.findall(r"hsl\((\d+) ", bars)


def test_speakers_have_different_colours(keeper: Bot) -> None:
    """In the legend and beside their words."""
    page = coverage_page(measure(keeper.corpus))
    legend = dict(re.findall(r'<li class=(own|narration) style="--s:(\d+)">', page))
    assert 2 == len(set(legend.values()))
    words = re.findall(r'<div style="--s:(\d+)" class="words (\w+)">', page)
    assert {(hue, kind) for kind, hue in legend.items()} == set(words)


def test_the_page_asks_for_nothing_from_elsewhere(keeper: Bot) -> None:
    """No address in an attribute that would be fetched, no import, no font."""
    page = coverage_page(measure(keeper.corpus))
    assert [] == re.findall(r"""(?:src|href)=(?!['"]?#)[^\s>]*|@import|url\(|fetch\(""", page)


def test_the_command_prints_text_or_json_and_writes_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One of them at a time; a folder that does not exist is one sentence."""
    assert CLEAN == main(["coverage", *KEEPER])
    assert "passages, by" in capsys.readouterr().out
    assert CLEAN == main(["coverage", "--json", *KEEPER])
    assert {"source", "characters", "quoted", "sections"} == set(json.loads(capsys.readouterr().out))
    page = tmp_path / "page.html"
    assert CLEAN == main(["coverage", "--html", str(page), *KEEPER])
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert USAGE_ERROR == main(["coverage", "--html", str(tmp_path / "nowhere" / "page.html"), *KEEPER])
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["coverage", "evaluate"])
def test_only_a_page_needs_the_template_library(command: str, tmp_path: Path) -> None:
    """Whoever prints text does not wait for its import."""
    (tmp_path / "q.jsonl").write_text('{"q": "when is the lamp lit", "gold": []}', encoding="utf-8")
    arguments = [command, *KEEPER, *([str(tmp_path / "q.jsonl")] if command == "evaluate" else [])]
    code = f"import sys; from bot.__main__ import main; main({arguments}); sys.exit('jinja2' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, check=False)
    assert 0 == ended.returncode


def test_the_start_line_says_the_same_part(keeper: Bot) -> None:
    """As the total of the report."""
    (said,) = re.findall(r"([\d.]+%) of the text quoted", summary(keeper))
    assert f"In all {said} of" in coverage_text(measure(keeper.corpus))
