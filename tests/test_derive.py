"""`derive` drafts what a person then finishes: a new text answers after a card, drafts, and the TODOs."""

import json
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.__main__ import main
from bot.card import read_source, source_without_card
from bot.corpus import MOST_TOGETHER, Corpus, resolve
from bot.derive import Drafts, card_template, draft, files
from bot.derive.layout import layout
from bot.documents import parse_document
from bot.frames import Frames
from bot.intents import IntentSet, merge, read_intents
from bot.language import comparison_key
from bot.loading import SOURCE, load_frames, load_source
from bot.passages import Quotation
from bot.verbs.shared import CLEAN, MISUSE, PROBLEMS
from tests.tables import DATA

BEES = DATA / "bees.txt"
LANGUAGES = ("en", "fa", "ru")


def frames_of(language: str) -> Frames:
    frames, problems = load_frames(language)
    assert () == problems
    assert frames is not None
    return frames


def undrafted(text: str) -> Corpus:
    """The corpus of a text of which nothing is quoted."""
    return resolve(source_without_card(text, "t.txt"), IntentSet(()))[0]


def drafts_of(text: str, language: str = "en") -> Drafts:
    return draft(undrafted(text), frames_of(language))


def finished(yaml: str) -> str:
    """What a person makes of a draft in a minute: the newspaper's name, and everything else that is TODO goes."""
    yaml = re.sub(r", (?:fa|ru): TODO", "", yaml)
    yaml = re.sub(
        r"^(outlet|    name): \{en: TODO\}", r"\1: {en: The Alderwick Lantern}", yaml, flags=re.MULTILINE
    )
    yaml = re.sub(r"^ +(?:fa|ru):\n +- TODO\n", "", yaml, flags=re.MULTILINE)
    return re.sub(r"^.*\bTODO\b(?!,| \().*\n", "", yaml, flags=re.MULTILINE)


def test_a_new_text_answers_after_card_drafts_and_todos(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole way: card, drafts, check, ask. Until the TODOs are written nothing is answered."""
    text, folder = tmp_path / "bees.txt", tmp_path / "bees"
    shutil.copy(BEES, text)
    options = ["--source", str(text), "--intents", str(folder)]
    assert CLEAN == main(["derive", "--card", "--write", *options])
    assert CLEAN == main(["derive", "--write", *options])
    assert PROBLEMS == main(["ask", "how many beehives are there", *options])
    capsys.readouterr()

    assert PROBLEMS == main(["check", *options])
    told = capsys.readouterr().out.splitlines()
    assert [] == [line for line in told if "(todo)" not in line and ": warning: " not in line]

    drafted = [text.with_suffix(".yaml"), *folder.glob("*.yaml")]
    assert 6 == len(drafted)
    for path in drafted:
        path.write_text(finished(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert CLEAN == main(["check", *options]), capsys.readouterr().out

    for question, words in {
        "how many people have been stung": "Three people have been stung",
        "where did the first hive come from, a school class?": "a present from a school class",
        "what happens to books that come back on time": "Whoever brings a book back on time",
        "did the town council ask for a price list": "The town council asked for a price list in 2019",
        "what do bees dislike": "Bees dislike perfume",
        "when do the children climb to the roof": "Every Tuesday the little ones",
    }.items():
        capsys.readouterr()
        assert CLEAN == main(["ask", "--json", question, *options])
        record = json.loads(capsys.readouterr().out)
        assert "answer" == record["decision"], question
        assert [True] == [words in quote["text"] for quote in record["quotes"]], question
    for question in ("how old is Tilda Marrow", "what is the capital of France"):
        assert CLEAN == main(["ask", "--json", question, *options])
        assert "answer" != json.loads(capsys.readouterr().out)["decision"], question


def test_the_drafts_of_our_interview_are_accepted_but_for_the_todos() -> None:
    """As if it were new: every passage is drafted, verbatim, and no phrase stands twice."""
    source, _ = load_source(SOURCE)
    assert source is not None
    corpus, _ = resolve(source, IntentSet(()))
    found = draft(corpus, frames_of("en"))
    assert () == found.skipped
    assert [p.id for p in source.passages] == list(dict.fromkeys(each.passage.id for each in found.drafts))
    rules, drafted = problems_of(corpus, found)
    assert {"todo"} == rules
    assert len(found.drafts) == len(drafted.intents)
    assert all(corpus_quotes for corpus_quotes in resolve(source, drafted)[0].quotations.values())


def problems_of(corpus: Corpus, found: Drafts, language: str = "en") -> tuple[set[str], IntentSet]:
    """The rules that the files of these drafts break, and the intents in them."""
    read, rules = [], set()
    for file in files(found.drafts, LANGUAGES, language):
        node, problems = parse_document(file.text, file.name)
        assert () == problems
        assert node is not None
        intents, unfit = read_intents(file.name, node)
        read.append(intents)
        rules |= {problem.rule for problem in unfit}
    merged, conflicts = merge(read)
    unproved = resolve(corpus.source, merged)[1]
    return rules | {problem.rule for problem in (*conflicts, *unproved)}, merged


def test_only_passages_that_nobody_quotes_are_drafted(corpus: Corpus) -> None:
    """Ours are all quoted; one that is named is drafted again, with phrases and an id of its own."""
    assert () == draft(corpus, frames_of("en")).drafts
    again = draft(corpus, frames_of("en"), ["free-coffee"]).drafts
    assert ["free-coffee"] == [each.passage.id for each in again]
    taken = {comparison_key(phrase.text) for intent in corpus.intents.intents for phrase in intent.phrases}
    assert set() == taken & {comparison_key(phrase) for phrase in again[0].phrases}
    assert corpus.intents.get(again[0].id) is None


def test_a_question_is_the_title_of_its_answer() -> None:
    """It is not quoted; the answer is, and can be asked for in its words."""
    text = "Q: How long does a candle burn?\nA: Until the wind comes, or four hours.\n"
    card = card_template(source_without_card(text, "t.txt"), frames_of("en"), ("en",), "en")
    node, _ = parse_document(card, "t.yaml")
    assert node is not None
    source, problems = read_source(text, "t.txt", node)
    assert source is not None
    assert {"todo"} == {problem.rule for problem in problems}
    found = draft(resolve(source, IntentSet(()))[0], frames_of("en")).drafts
    assert [("How long does a candle burn?", "Until the wind comes, or four hours.")] == [
        (each.title, each.quotation) for each in found
    ]
    assert "How long does a candle burn?" == found[0].phrases[0]
    assert "how many hours" in found[0].phrases


def test_a_long_passage_is_drafted_in_pieces() -> None:
    """Whole sentences, each piece no longer than a phone shows."""
    text = " ".join(f"Sentence number {n} tells of thing{n} and matter{n} at some length." for n in range(40))
    found = drafts_of(text).drafts
    assert len(found) > 2
    assert text == " ".join(each.quotation for each in found)
    assert all(len(each.quotation) <= MOST_TOGETHER for each in found)


def test_what_cannot_be_quoted_alone_is_told() -> None:
    """The same words twice, words that say nothing, a heading."""
    found = drafts_of("A heading\n\nThe tea is cold.\n\nThe tea is cold.\n\nYes, we do.\n\nThe milk is warm.")
    assert ["The milk is warm."] == [each.quotation for each in found.drafts]
    assert ["A heading", "The tea is cold.", "The tea is cold.", "Yes, we do."] == [
        each.quotation.exact for each in found.skipped
    ]


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


@pytest.mark.parametrize(
    ("language", "text", "phrase"),
    [
        (
            "ru",
            "В библиотеке стоит старый улей.\n\nМёд никогда не продают.",
            "что говорится на тему мёд",
        ),
        ("fa", "کتابخانه یک کندوی قدیمی دارد.\n\nعسل هرگز فروخته نمی‌شود.", "دربارهٔ عسل بگو"),
    ],
)
def test_a_text_in_another_language_is_drafted_in_it(language: str, text: str, phrase: str) -> None:
    """By the forms of its language; what stands TODO are the others."""
    found = drafts_of(text, language)
    assert 2 == len(found.drafts)
    assert any(phrase in each.phrases for each in found.drafts), [each.phrases for each in found.drafts]
    assert {"todo"} == problems_of(undrafted(text), found, language)[0]


def test_nothing_is_ever_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a card nor an intent file; and where one exists, none of the others is written."""
    text = tmp_path / "t.txt"
    text.write_text("The tea is cold.\n\nThe milk is warm.", encoding="utf-8")
    card = text.with_suffix(".yaml")
    card.write_text("mine", encoding="utf-8")
    assert MISUSE == main(["derive", "--card", "--write", "--source", str(text)])
    assert "mine" == card.read_text(encoding="utf-8")
    assert "nothing is ever overwritten" in capsys.readouterr().err
    card.unlink()
    folder = tmp_path / "intents"
    folder.mkdir()
    (folder / "text.yaml").write_text("topic: {en: T}\nintents: []\n", encoding="utf-8")
    assert PROBLEMS == main(["derive", "--write", "--source", str(text), "--intents", str(folder)])
    assert "topic: {en: T}\nintents: []\n" == (folder / "text.yaml").read_text(encoding="utf-8")


def test_without_write_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It prints, and twice the same."""
    text = tmp_path / "bees.txt"
    shutil.copy(BEES, text)
    printed = []
    for _ in range(2):
        assert CLEAN == main(["derive", "--source", str(text), "--languages", "en"])
        assert CLEAN == main(["derive", "--source", str(text), "--card"])
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert [text] == list(tmp_path.iterdir())


def test_nothing_to_draft_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error, with what one can do; also with --write nothing happens."""
    for arguments in (["derive"], ["derive", "--write"]):
        assert CLEAN == main(arguments)
        captured = capsys.readouterr()
        assert "" == captured.out
        assert "every passage is quoted" in captured.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["derive", "no-such-passage"], 'there is no passage "no-such-passage"'),
        (["derive", "--write", "--source", str(BEES)], "name the folder"),
        (["derive", "--languages", "English"], "no list of language codes"),
    ],
)
def test_misuse_says_what_would_be_right(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, exit code 2."""
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    assert MISUSE == code
    assert message in capsys.readouterr().err
