"""One message may ask several things, in letters of another language, too."""

import pytest

from bot.conversation.bot import Bot
from bot.conversation.replies import Remark
from bot.conversation.wording import Wording
from bot.corpus.passages import Quotation

FOUR = "when is the lamp lit? what was the boat called? what is worse than a storm? what is on the first landing?"


def test_at_most_three_questions_are_answered(keeper: Bot) -> None:
    """More would be a wall of text; a note says so, since nothing is left out in silence."""
    reply = keeper.answer(FOUR)
    assert 3 == sum(isinstance(block, Remark) and block.role == "title" for block in reply.blocks)
    assert Remark(keeper.wording("en").line("only_a_part"), "note") == reply.blocks[-1]


@pytest.mark.parametrize(
    ("typed", "repeated"),
    [
        ("what is worse than a storm? where is the whale buried?", ["where is the whale buried?"]),
        ("сколько лет хранителю и когда зажигают лампу", ["сколько лет хранителю"]),
        ("when is the lamp lit? what was the boat called?", []),
        ("Hello! when is the lamp lit?", []),
        ("I read it yesterday. It was long. When is the lamp lit?", []),
        ("when is the lamp lit? boat?", []),  # a fragment is not answered for the whole
    ],
)
def test_a_question_without_an_answer_is_repeated(typed: str, repeated: list[str], keeper: Bot) -> None:
    """Whoever asks two things and gets one answer must see which of them it is."""
    reply = keeper.answer(typed)
    assert "answer" == reply.kind
    wording = keeper.wording(reply.language)
    expected = [Remark(wording.line("part_not_answered", question=each)) for each in repeated]
    assert expected == [block for block in reply.blocks if block in expected or _says_no(block, wording)]


def _says_no(block: object, wording: Wording) -> bool:
    before, _ = wording.line("part_not_answered", question="|").split("|")
    return isinstance(block, Remark) and block.text.startswith(before)


def test_the_nearest_passage_of_a_part_answers_nothing(keeper: Bot) -> None:
    """It is shown under what was asked, and is no quotation of the answer, for other programs neither."""
    reply = keeper.answer("what is worse than a storm? who paid the mayor of paris?")
    assert ["answer", "offer"] == [part.kind for part in reply.parts]
    assert len(reply.quotations()) < sum(isinstance(block, Quotation) for block in reply.blocks)
    assert keeper.corpus.quotations["fog"] == reply.quotations()


def test_other_letters_are_read_and_the_reply_says_so(keeper: Bot) -> None:
    """In the language of what was meant."""
    reply = keeper.answer("kogda zazhigayut lampu")
    assert ("answer", "ru", "lamp") == (reply.kind, reply.language, reply.intent_id)
    assert Remark("Я понял это так: когда зажигают лампу", "note") == reply.blocks[0]
