"""Who speaks where in a text that nobody has described yet, and that whatever it holds can be drafted."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.corpus.metadata import read_source, source_without_card
from bot.corpus.passages import Quotation
from bot.editor.derive import card_template, draft
from bot.editor.derive.layout import layout
from bot.yamlfiles.documents import parse_document
from tests.editor.derive.drafting import LANGUAGES, frames_of, problems_of, undrafted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A talk\n\nQ: Why?\n\nA: Because of the weather.",
            [
                "heading: A talk",
                "attribution: Q:",
                "interviewer: Why?",
                "attribution: A:",
                "interviewee: Because of the weather.",
            ],
        ),
        (
            "Mara Lind: Is it open?\nThe keeper: No.\nMara Lind: And now?\nThe keeper: Note: never.",
            [
                *(
                    "attribution: Mara Lind:",
                    "Mara Lind: Is it open?",
                    "attribution: The keeper:",
                    "The keeper: No.",
                ),
                *(
                    "attribution: Mara Lind:",
                    "Mara Lind: And now?",
                    "attribution: The keeper:",
                    "The keeper: Note: never.",
                ),
            ],
        ),
        (
            "— Когда это было?\n— Давно, в мае.",
            [
                "attribution: —",
                "interviewer: Когда это было?",
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
    """Labels, dashes and quotation marks; a term in quotation marks is no speech."""
    parts = layout(source_without_card(text, "t.txt"))
    assert expected == [f"{p.speaker or p.kind}: {text[p.span.start : p.span.end]}" for p in parts]


MARKS = [
    "“",
    "”",
    '"',
    "«",
    "»",
    " ",
    "\n",
    "\n\n",
    "\r\n\r\n",
    "Q: ",
    "A: ",
    "— ",
    "- ",
    ".",
    ",",
    "?",
    ":",
    "#",
    "}",
]
TYPED = [
    "the",
    "Marrow",
    "said",
    "hive",
    "honey",
    "2011",
    "four",
    "\u00a0",
    "I",
    "’s",
    "TODO",
    "улей",
    "کندو",
    "\x85",
]
WORDS = st.sampled_from((*MARKS, *TYPED))
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map("".join))


@settings(deadline=None)  # how long it takes is no matter here
@given(TEXTS)
def test_a_card_fits_whatever_the_text_is(text: str) -> None:
    """The loader accepts it but for the TODOs: the partition of any text is proved."""
    source = source_without_card(text, "t.txt")
    if source.passages:
        card = card_template(source, frames_of("en"), LANGUAGES, "en")
        node, problems = parse_document(card, "t.yaml")
        assert () == problems
        assert node is not None
        found, problems = read_source(text, "t.txt", node)
        assert found is not None, problems
        assert {"todo"} == {problem.rule for problem in problems}


@settings(deadline=None)  # how long it takes is no matter here
@given(TEXTS)
@example(":0A0A\n\x1b0A0A")  # the second says nothing that the first does not
def test_stanzas_fit_whatever_the_text_is(text: str) -> None:
    """Their quotations are verbatim, and `check` accepts the files but for the TODOs."""
    corpus = undrafted(text)
    found = draft(corpus, frames_of("en"))
    assert all(isinstance(corpus.source.find(each.quotation), Quotation) for each in found.drafts)
    assert problems_of(corpus, found)[0] <= {"todo"}
