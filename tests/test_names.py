"""A question about somebody else is not answered with what was said about us."""

import pytest

from bot.answers import Responder
from bot.card import source_without_card
from bot.names import Strangers
from bot.replies import Remark
from tests.tables import Case, table


@pytest.mark.parametrize("case", table("strangers.yaml"))
def test_a_stranger_is_named_and_nothing_is_quoted_as_an_answer(case: Case, responder: Responder) -> None:
    """The bot says that the interview does not mention the name; what is near is only offered."""
    reply = responder.answer(case.text("typed"))
    remarks = " ".join(block.text for block in reply.blocks if isinstance(block, Remark))
    if case.text("name"):
        assert "answer" != reply.kind
        assert case.text("name") in remarks
    else:
        assert "answer" == reply.kind


def test_a_name_that_the_source_mentions_is_no_stranger() -> None:
    """In none of its spellings: the rows belong together."""
    strangers = Strangers(
        [("china", "китай"), ("japan", "япония")], source_without_card("About China.", "t.txt")
    )
    assert "" == strangers.named("что с Китаем")
    assert "Японии" == strangers.named("а в Японии?")
