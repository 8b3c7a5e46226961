"""The tables in tests/interview/tables: what is typed, and what comes. An editor adds cases there."""

from pathlib import Path

import pytest

from bot.conversation.bot import Bot
from bot.conversation.replies import Remark, Reply
from bot.conversation.requests import ShowIntent
from bot.corpus.corpus import Corpus
from bot.corpus.passages import Quotation
from tests.tables import Case, table

TABLES = Path(__file__).parent / "tables"


def remarks(reply: Reply) -> str:
    return "\n".join(block.text for block in reply.blocks if isinstance(block, Remark))


@pytest.mark.parametrize("case", table("conversations.yaml", TABLES))
def test_a_typed_message_gets_the_reply_of_the_table(case: Case, bot: Bot) -> None:
    """Kind, words, speaker and language, as far as the table names them."""
    reply = bot.answer(case.text("typed"))
    assert case.text("kind") == reply.kind
    quoted = " ".join(" ".join(quotation.exact.split()) for quotation in reply.quotations())
    assert case.text("says") in quoted
    assert case.text("remark") in remarks(reply)
    assert case.text("language") in {"", reply.language}
    speakers = {quotation.passage.speaker.id for quotation in reply.quotations()}
    assert case.text("speaker") in {"", *speakers}


@pytest.mark.parametrize("case", table("several-questions.yaml", TABLES))
def test_each_question_of_a_message_is_answered(case: Case, bot: Bot, corpus: Corpus) -> None:
    """The title of each answer stands above its quotation."""
    reply = bot.answer(case.text("typed"))
    titles = [block.text for block in reply.blocks if isinstance(block, Remark) and block.role == "title"]
    intents = [corpus.intents.get(intent_id) for intent_id in case.texts("intents")]
    assert [intent.title.best(reply.language) for intent in intents if intent] == titles
    assert case.texts("intents")[0] == reply.intent_id


@pytest.mark.parametrize("case", table("follow-ups.yaml", TABLES))
def test_a_reply_to_an_answer_is_read_in_its_context(case: Case, bot: Bot) -> None:
    """Short messages lead to what stands near; clear ones to what they say."""
    reply = bot.answer(case.text("typed"), context=ShowIntent(case.text("to")))
    assert case.text("kind") == reply.kind
    if case.texts("then"):
        assert reply.intent_id in case.texts("then")
    if case.text("stays"):
        assert ShowIntent(case.text("stays")) == reply.context


@pytest.mark.parametrize("case", table("unmentioned-names.yaml", TABLES))
def test_an_unmentioned_name_is_shown_and_nothing_is_quoted_as_an_answer(case: Case, bot: Bot) -> None:
    """The bot says that the interview does not mention the name; what is near is only offered."""
    reply = bot.answer(case.text("typed"))
    if case.text("name"):
        assert "answer" != reply.kind
        assert case.text("name") in remarks(reply)
    else:
        assert "answer" == reply.kind


@pytest.mark.parametrize("case", table("speakers.yaml", TABLES))
def test_words_have_the_speaker_that_reading_gives_them(case: Case, corpus: Corpus) -> None:
    """The table was made by reading; the card must agree."""
    found = corpus.source.find(case.text("words"))
    assert isinstance(found, Quotation)
    expected = (case.text("speaker"), case.text("section"))
    assert expected == (found.passage.speaker.id, found.passage.section.id)
