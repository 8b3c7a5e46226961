"""Where a message is cut into questions, and which questions stand for a text that has no examples."""

from dataclasses import replace

import pytest

from bot.conversation import understanding
from bot.conversation.bot import Bot
from bot.conversation.records import reply_record
from bot.conversation.replies import Remark
from bot.conversation.requests import ShowIntent, ShowPage
from bot.corpus.corpus import resolve
from bot.corpus.intent_files import merge, read_intents
from bot.corpus.intents import IntentSet, Phrase
from bot.corpus.metadata import source_without_card
from bot.text.folding import words
from bot.yamlfiles.documents import parse_document
from bot.yamlfiles.problems import Location


@pytest.mark.parametrize(
    ("typed", "pieces"),
    [
        ("who leaked it and when is the lamp lit", ["who leaked it", "when is the lamp lit"]),
        ("Who leaked it? When is the lamp lit?", ["Who leaked it?", "When is the lamp lit?"]),
        ("Why? When is the lamp lit?", ["Why? When is the lamp lit?"]),
        ("when is the lamp lit and put out", ["when is the lamp lit and put out"]),
    ],
)
def test_a_question_of_three_words_is_one_of_its_own(typed: str, pieces: list[str], keeper: Bot) -> None:
    """A shorter one belongs to the longer one beside it, and so does what asks nothing."""
    assert pieces == [part.text for part in keeper.read(typed)]


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("when is the lamp lit and is china a big country", ["lamp", "fog"]),
        ("when is the lamp lit and china is a big country", [None]),
        ("лампу зажигают на закате и сколько лет хранителю", ["lamp", None]),
        ("когда зажигают лампу и хранитель живёт у моря", ["lamp"]),
    ],
)
def test_a_message_is_cut_only_where_both_halves_ask(
    typed: str, answered: list[str | None], keeper: Bot
) -> None:
    """Else what asks nothing would get a reply of its own."""
    assert answered == [part.meant and part.meant.id for part in keeper.read(typed)]


def test_what_an_editor_has_written_down_is_not_cut(keeper: Bot) -> None:
    """As a negative example, it would be answered for a half of it."""
    typed = "when is the lamp lit and who is the owner of it"
    assert 2 == len(keeper.read(typed))
    refused = Phrase(typed, "en", Location("t.yaml", 1))
    intents = tuple(
        replace(each, negatives=(*each.negatives, refused)) if each.id == "lamp" else each
        for each in keeper.corpus.intents.intents
    )
    (question,) = keeper.with_intents(IntentSet(intents)).read(typed)
    assert question.decision.ranking.answered < 0.1


def test_no_more_of_a_list_of_questions_is_read_than_of_one(keeper: Bot) -> None:
    """A note says so; the third question stands behind too many words."""
    typed = f"when is the lamp lit? what was the boat called? {120 * 'zebra '}? what is worse than a storm?"
    reply = keeper.answer(typed)
    assert 2 == len(reply.parts)
    assert Remark(keeper.wording("en").line("only_a_part"), "note") == reply.blocks[-1]


def test_white_space_in_a_row_is_one_character(keeper: Bot) -> None:
    """Else a message of white space would take a second: what joins two questions is looked for behind each."""
    assert ["when is the lamp lit"] == [
        part.text for part in keeper.read("when  is the" + 2000 * " " + "lamp lit")
    ]


def test_the_work_for_a_message_is_bounded(keeper: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many words join questions in it. Time is counted in texts that are split into words."""
    split: list[str] = []

    def counted(text: str) -> tuple[str, ...]:
        split.append(text)
        return words(text)

    monkeypatch.setattr(understanding, "words", counted)
    keeper.answer("who and " * 500)
    assert 0 < len(split) < 100


COLOURS = ("red", "blue", "green", "black", "white", "brown")
SIX_TOPICS = "".join(
    f"---\ntopic: {{en: T{n}}}\nintents:\n  - {{id: i{n}, title: {{en: T{n}}}, quotes: [It is {word}.], "
    f"phrases: {{en: [{word}]}}}}\n"
    for n, word in enumerate(COLOURS)
)


@pytest.fixture(scope="module")
def colours(keeper: Bot) -> Bot:
    """A bot about a text without a source card and without examples, with an answer a topic."""
    files = []
    for number, text in enumerate(SIX_TOPICS.split("---\n")[1:]):
        node, _ = parse_document(text, f"t{number}.yaml")
        assert node is not None
        files.append(read_intents(f"t{number}", node)[0])
    source = source_without_card("\n\n".join(f"It is {word}." for word in COLOURS), "t.txt")
    corpus, problems = resolve(source, merge(files)[0])
    assert () == problems
    return Bot(
        corpus,
        keeper.matcher.with_intents(corpus.intents),
        keeper.calibration,
        keeper.unmentioned_names,
        keeper.wordings,
    )


def test_examples_of_a_text_without_marks_are_from_all_over_it(colours: Bot) -> None:
    """The first question of three of its six topics."""
    (page,) = colours.respond(ShowPage("help"), "en").blocks
    assert isinstance(page, Remark)
    assert ["• T0", "• T2", "• T4"] == [line for line in page.text.splitlines() if line.startswith("•")]


def test_a_section_without_a_title_is_named_by_its_id(colours: Bot) -> None:
    """In JSON, where each quotation has a section."""
    record = reply_record(colours.respond(ShowIntent("i0"), "en"), colours.corpus, "a", 1.0)
    assert ["text"] == [quote["section"] for quote in record["quotes"]]
