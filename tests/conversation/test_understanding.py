"""One message may ask several things, and may continue what was answered."""

import pytest

from bot.conversation.bot import Bot
from bot.conversation.replies import Remark
from bot.conversation.requests import ShowIntent
from bot.corpus.corpus import Corpus
from tests.tables import Case, table


@pytest.mark.parametrize("case", table("several-questions.yaml"))
def test_each_question_of_a_message_is_answered(case: Case, bot: Bot, corpus: Corpus) -> None:
    """The title of each answer stands above its quotation."""
    reply = bot.answer(case.text("typed"))
    titles = [block.text for block in reply.blocks if isinstance(block, Remark) and block.role == "title"]
    intents = [corpus.intents.get(intent_id) for intent_id in case.texts("intents")]
    assert [intent.title.best(reply.language) for intent in intents if intent] == titles
    assert case.texts("intents")[0] == reply.intent_id


@pytest.mark.parametrize("case", table("follow-ups.yaml"))
def test_a_reply_to_an_answer_is_read_in_its_context(case: Case, bot: Bot) -> None:
    """Short messages lead to what stands near; clear ones to what they say."""
    reply = bot.answer(case.text("typed"), context=ShowIntent(case.text("to")))
    assert case.text("kind") == reply.kind
    if case.texts("then"):
        assert reply.intent_id in case.texts("then")


def test_at_most_three_questions_are_answered(bot: Bot) -> None:
    """More would be a wall of text."""
    asked = "what is b2g? why did yandex leave iran? how many working groups are there? when do you get free coffee?"
    reply = bot.answer(asked)
    assert 3 == sum(isinstance(block, Remark) and block.role == "title" for block in reply.blocks)


@pytest.mark.parametrize(
    ("typed", "is_said"),
    [
        ("why did yandex leave? how old is mamonov?", True),
        ("почему ушёл яндекс и сколько стоит кофе", True),
        ("what is b2g? when did egov start? who calls moscow number one? is coffee free?", True),
        ("why did yandex leave? what is b2g?", False),
        ("Hi! why did yandex leave? how are you?", False),
        ("I read it yesterday. It was long. What is B2G?", False),
    ],
)
def test_what_is_left_unanswered_is_said(typed: str, is_said: bool, bot: Bot) -> None:
    """Whoever asks two things and gets one answer must not take the silence for one."""
    reply = bot.answer(typed)
    assert "answer" == reply.kind
    line = bot.wording(reply.language).line("only_a_part")
    assert is_said == (Remark(line, "note") in reply.blocks)
