"""Each character of a text belongs to exactly one segment, or its card is refused."""

import hashlib

import pytest

from bot.conversation.bot import Bot
from bot.corpus.metadata import read_source, source_without_card
from bot.corpus.passages import Span
from bot.yamlfiles.documents import parse_document


def test_every_character_belongs_to_exactly_one_segment(keeper: Bot) -> None:
    """The segments follow each other without gap or overlap, from the first character to the last."""
    ends = [0, *(segment.span.end for segment in keeper.corpus.source.segments)]
    starts = [
        *(segment.span.start for segment in keeper.corpus.source.segments),
        len(keeper.corpus.source.text),
    ]
    assert starts == ends


def test_a_quotation_outside_its_passage_is_a_programming_error(keeper: Bot) -> None:
    """The slicing line never reaches into the next segment."""
    first = keeper.corpus.source.passages[0]
    with pytest.raises(ValueError, match="not inside the passage"):
        keeper.corpus.source.quote(first, Span(first.span.start, first.span.end + 1))


def test_an_offset_has_a_line_and_a_column() -> None:
    """Both count from 1; the line break itself is the last character of its line."""
    source = source_without_card("One\ntwo.\n\nThree.", "t.txt")
    assert [(1, 1), (1, 4), (2, 1), (3, 1), (4, 6)] == [source.place(at)[1:] for at in (0, 3, 4, 9, 15)]


CARD = """
title: {{en: T}}
outlet: {{en: O}}
language: en
sha256: {sha}
speakers: [{{id: he, name: {{en: He}}, words: direct}}, {{id: we, name: {{en: We}}, words: narration}}]
segments:
{segments}
"""
TEXT = "Heading “One two.” he said. “Three four.”"
GOOD = """
  - {section: s, heading: Heading}
  - {passage: a, speaker: he, from: One, to: two.}
  - {kind: attribution, text: he said.}
  - {passage: b, speaker: he, from: Three, to: four.}
"""


def card_problems(text: str, segments: str, sha: str | None = None) -> list[str]:
    """The rules that a card with these segments breaks."""
    checksum = sha or hashlib.sha256(text.encode()).hexdigest()
    node, unreadable = parse_document(CARD.format(sha=checksum, segments=segments), "card.yaml")
    assert node is not None, unreadable
    source, problems = read_source(text, "t.txt", node)
    assert (source is None) == bool(problems)
    return [problem.rule for problem in problems]


def test_a_card_that_fits_is_accepted() -> None:
    """The broken cards below differ from it in one thing each."""
    assert [] == card_problems(TEXT, GOOD)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("  - {kind: attribution, text: he said.}\n", "", "broken-partition"),
        ("from: Three, to: four.", "from: Three, to: five.", "broken-partition"),
        ("  - {passage: b, speaker: he, from: Three, to: four.}\n", "", "broken-partition"),
        ("from: One", "from: one", "broken-partition"),
        ("passage: b", "passage: a", "duplicate-id"),
        ("passage: b, speaker: he", "passage: b, speaker: she", "unknown-value"),
        ("kind: attribution, text", "kind: attributes, text", "unknown-value"),
        ("kind: attribution, text: he said.", "text: he said.", "missing-key"),
    ],
)
def test_a_card_that_does_not_fit_is_refused(old: str, new: str, rule: str) -> None:
    """A forgotten, misplaced or misnamed segment never passes."""
    assert old in GOOD
    assert rule in card_problems(TEXT, GOOD.replace(old, new))


def test_one_segment_that_does_not_fit_is_one_problem() -> None:
    """Those behind it would not fit either, and are not to blame."""
    assert ["broken-partition"] == card_problems(TEXT, GOOD.replace("from: One", "from: one"))


def test_a_card_that_is_not_finished_is_a_problem_and_still_gives_a_source() -> None:
    """What is still to be written is a problem with its place."""
    checksum = hashlib.sha256(TEXT.encode()).hexdigest()
    card = CARD.format(sha=checksum, segments=GOOD).replace("{en: O}", "{en: TODO}")
    node, _ = parse_document(card, "card.yaml")
    assert node is not None
    source, problems = read_source(TEXT, "t.txt", node)
    assert ["card.yaml:3:14 todo"] == [f"{problem.at} {problem.rule}" for problem in problems]
    assert source is not None
    assert ["One two.", "Three four."] == [source.whole(passage).exact for passage in source.passages]


def test_an_altered_text_is_refused() -> None:
    """One other letter, and the checksum says so."""
    checksum = hashlib.sha256(TEXT.encode()).hexdigest()
    assert ["altered-source"] == card_problems(
        TEXT.replace("four", "tour"), GOOD.replace("four", "tour"), checksum
    )


def test_a_text_without_a_card_has_its_paragraphs_as_passages() -> None:
    """One unknown speaker; blank lines separate, or else lines do."""
    source = source_without_card("One\ntwo.\n\n  Three. \n", "t.txt")
    assert ["One\ntwo.", "Three."] == [source.whole(p).exact for p in source.passages]
    assert {"unknown"} == {p.speaker.id for p in source.passages}
    by_line = source_without_card("One.\nTwo.\n", "t.txt")
    assert ["One.", "Two."] == [by_line.whole(p).exact for p in by_line.passages]
