"""Who speaks where in a text without a source card; and that drafts fit any text."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.corpus.metadata import read_source, source_without_card
from bot.corpus.passages import Quotation
from bot.editor.derive.drafts import draft_intents
from bot.editor.derive.layout import ATTRIBUTION, layout
from bot.editor.derive.source_card import draft_source_card
from bot.yamlfiles.documents import parse_document
from tests.editor.derive.drafting import LANGUAGES, problems_of, templates_of, undrafted

LAYOUTS = yaml.safe_load((Path(__file__).parents[2] / "data" / "layouts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A talk\n\nQ: Why?\n\nA: Because of the weather.",
            [
                "heading: A talk",
                "attribution: Q:",
                "question: Why?",
                "attribution: A:",
                "interviewee: Because of the weather.",
            ],
        ),
        (
            "Mara Lind: Is it open?\nThe keeper: No.\nMara Lind: And now?\nThe keeper: Note: never.",
            [
                *("attribution: Mara Lind:", "question: Is it open?"),
                *("attribution: The keeper:", "The keeper: No."),
                *("attribution: Mara Lind:", "question: And now?"),
                *("attribution: The keeper:", "The keeper: Note: never."),
            ],
        ),
        (
            "— Когда это было?\n— Давно, в мае.",
            [
                "attribution: —",
                "question: Когда это было?",
                "attribution: —",
                "interviewee: Давно, в мае.",
            ],
        ),
        (
            "“We wait,” he said. The bell rang. “Now we go on.” Nobody moved.",
            [
                *("interviewee: We wait,", "attribution: he said.", "newspaper: The bell rang."),
                *("interviewee: Now we go on.", "newspaper: Nobody moved."),
            ],
        ),
        (
            "“The so-called “State Web” is old,” she said, “and slow.”",
            [
                "interviewee: The so-called “State Web” is old,",
                "attribution: she said,",
                "interviewee: and slow.",
            ],
        ),
        (
            "The town calls it “a web of its own” and laughs.",
            ["newspaper: The town calls it “a web of its own” and laughs."],
        ),
        (
            "The mayor said: «Мы ждём весны.»",
            ["attribution: The mayor said:", "interviewee: Мы ждём весны."],
        ),
        (
            "“One paragraph that goes on.\n\n“And on to its end,” he said.",
            [
                "interviewee: One paragraph that goes on.",
                "interviewee: And on to its end,",
                "attribution: he said.",
            ],
        ),
    ],
)
def test_the_layout_of_a_text_is_guessed(text: str, expected: list[str]) -> None:
    """Labels, dashes and quotation marks; a term in quotation marks is not speech."""
    segments = layout(source_without_card(text, "t.txt"))
    assert expected == [f"{s.speaker or s.kind}: {s.span.of(text)}" for s in segments]


@pytest.mark.parametrize("row", LAYOUTS, ids=lambda row: row["shape"])
def test_who_speaks_is_read_from_each_way_of_printing(row: dict[str, Any]) -> None:
    """An answer of several paragraphs is one person's; headlines and bylines are nobody's; questions are questions."""
    segments = layout(source_without_card(row["text"], "t.txt"))
    spoken = [segment for segment in segments if segment.kind != ATTRIBUTION]
    assert row["reads"] == [f"{s.speaker or s.kind}: {s.span.of(row['text'])}" for s in spoken]


MARKS = [*'“”"«» \n.,?:#}', "\n\n", "\r\n\r\n", "Q: ", "A: ", "— ", "- "]
TYPED = [
    "the",
    "Marrow",
    "said",
    "hive",
    "honey",
    "2011",
    "four",
    "I",
    "’s",
    "TODO",
    "улей",
    "کندو",
    "\u00a0",
    "\x85",
]
WORDS = st.sampled_from((*MARKS, *TYPED))
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map("".join))


@settings(deadline=None)  # the time that it takes does not matter here
@given(TEXTS)
def test_a_card_fits_whatever_the_text_is(text: str) -> None:
    """The loader accepts it but for the TODOs: the partition of any text is proved."""
    source = source_without_card(text, "t.txt")
    if source.passages:
        card = draft_source_card(source, templates_of("en"), LANGUAGES)
        node, problems = parse_document(card, "t.yaml")
        assert () == problems
        assert node is not None
        found, problems = read_source(text, "t.txt", node)
        assert found is not None, problems
        assert {"todo"} == {problem.rule for problem in problems}


@settings(deadline=None)  # the time that it takes does not matter here
@given(TEXTS)
@example(":0A0A\n\x1b0A0A")  # the second says nothing that the first does not
def test_intent_drafts_fit_whatever_the_text_is(text: str) -> None:
    """Their quotations are verbatim, and `check` accepts the files but for the TODOs."""
    corpus = undrafted(text)
    drafts, _ = draft_intents(corpus, templates_of("en"))
    assert all(
        isinstance(corpus.source.find(words), Quotation) for each in drafts for words in each.quotations
    )
    assert problems_of(corpus, drafts)[0] <= {"todo"}
