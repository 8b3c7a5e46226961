"""Where a message is cut into questions, and which questions stand for a text that has no examples."""

import pytest

from bot.conversation.bot import Bot
from bot.conversation.replies import Remark
from bot.conversation.requests import ShowPage
from bot.corpus.corpus import resolve
from bot.corpus.intents import merge, read_intents
from bot.corpus.metadata import source_without_card
from bot.yamlfiles.documents import parse_document


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


SIX_TOPICS = "".join(
    f"---\ntopic: {{en: T{n}}}\nintents:\n  - {{id: i{n}, title: {{en: T{n}}}, quotes: [It is {word}.], "
    f"phrases: {{en: [{word}]}}}}\n"
    for n, word in enumerate(("red", "blue", "green", "black", "white", "brown"))
)


def test_examples_of_a_text_without_marks_are_from_all_over_it(keeper: Bot) -> None:
    """The first question of three of its six topics."""
    files = []
    for number, text in enumerate(SIX_TOPICS.split("---\n")[1:]):
        node, _ = parse_document(text, f"t{number}.yaml")
        assert node is not None
        files.append(read_intents(f"t{number}", node)[0])
    colours = ("red", "blue", "green", "black", "white", "brown")
    source = source_without_card("\n\n".join(f"It is {word}." for word in colours), "t.txt")
    corpus, problems = resolve(source, merge(files)[0])
    assert () == problems
    bot = Bot(
        corpus,
        keeper.matcher.of(corpus.intents),
        keeper.calibration,
        keeper.unmentioned_names,
        keeper.wordings,
    )
    (page,) = bot.respond(ShowPage("help"), "en").blocks
    assert isinstance(page, Remark)
    assert ["• T0", "• T2", "• T4"] == [line for line in page.text.splitlines() if line.startswith("•")]
