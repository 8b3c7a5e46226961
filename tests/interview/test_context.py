"""What was answered before does not bend a message that is clear by itself."""

import pytest

from bot.conversation.bot import Bot
from bot.conversation.requests import ShowIntent

BEFORE = ("yandex-left", "free-coffee", "about-sanctions", "iran-can-invest-too", "post-bank-stage")


@pytest.mark.parametrize("before", BEFORE)
def test_a_subject_that_is_named_gets_its_overview_after_any_answer(before: str, bot: Bot) -> None:
    """Asked by their titles, in three languages. With "What is said about Moscow" it once got an offer."""
    titles = [title for overview in bot.corpus.intents.overviews() for _, title in overview.title.texts]
    bent = [
        title
        for title in titles
        if bot.answer(title, "en").blocks != bot.answer(title, "en", ShowIntent(before)).blocks
    ]
    assert [] == bent
    assert len(titles) > 80


@pytest.mark.parametrize(
    "question",
    [
        "does russia suffer from the sanctions, too",
        "how many working groups are there",
        "why do they think that 5g is important",
        "кто такой мамонов",
        "чем занимается их рабочая группа",
        "این مامونوف کیه",
        "روسیه هم تحریم است؟",
    ],
)
def test_a_clear_question_is_answered_after_any_answer(question: str, bot: Bot) -> None:
    """Also with a word that points back ("too", "there", "they")."""
    alone = bot.answer(question)
    assert "answer" == alone.kind
    for before in (*BEFORE, "vietnam-experience", "main-project"):
        assert alone.blocks == bot.answer(question, context=ShowIntent(before)).blocks


def test_an_offer_after_an_answer_that_shows_nothing_leaves_that_the_last_one(bot: Bot) -> None:
    """So "tell me more" goes on from there."""
    reply = bot.answer("and the government?", context=ShowIntent("online-services-number"))
    assert ("offer", ()) == (reply.kind, reply.quotations())
    assert reply.context is None
