"""Between an answer and a refusal: the nearest passage, shown as what it is."""

import pytest

from bot.conversation.answers import MAYBE, Answers
from bot.conversation.bot import Bot
from bot.conversation.mentions import Mentions
from bot.conversation.records import reply_record
from bot.conversation.replies import Remark, Reply
from bot.conversation.requests import NoneOfThese, ShowIntent
from bot.conversation.understanding import AskedQuestion
from bot.matching import Ambiguous, Candidate, CandidateFeatures, Ranking

LANGUAGES = ["en", "ru", "fa"]
UNSAID = MAYBE - 0.1
"""A probability with which the interview hardly says what is asked."""


def candidate(intent_id: str, share: float) -> Candidate:
    return Candidate(intent_id, share, share, CandidateFeatures(0.0, 0.0, 0.0, 0.0, 0.0))


def nearest(
    keeper: Bot,
    language: str = "en",
    answered: float = UNSAID,
    others: tuple[str, ...] = ("boat", "fog"),
    unmentioned_name: str = "",
) -> Reply:
    """The reply to a question whose nearest passage is that of lamp."""
    leader = candidate("lamp", 0.8)
    ranking = Ranking((leader, *(candidate(each, 0.1) for each in others)), about=0.9, answered=answered)
    answers = Answers(keeper.corpus, keeper.wording(language), lambda _: Mentions("", ()))
    return answers.reply_to(
        AskedQuestion(
            keeper.matcher.utterance("why?"), Ambiguous((leader,), ranking), unmentioned_name, is_about=True
        )
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("answered", "line"), [(UNSAID, "not_exactly"), (MAYBE, "maybe_this")])
def test_the_nearest_passage_stands_under_a_line_that_says_so(
    answered: float, line: str, language: str, keeper: Bot
) -> None:
    """With its attribution, as an answer has it, but without the title of a question that was not asked."""
    reply = nearest(keeper, language, answered)
    _title, *quoted = keeper.respond(ShowIntent("lamp"), language).blocks
    assert "offer" == reply.kind
    assert (Remark(keeper.wording(language).line(line)), *quoted) == reply.blocks
    roles = {each.role for each in reply.blocks if isinstance(each, Remark)}
    assert {"text", "attribution"} == roles - {"translation"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_questions_and_none_of_these_stand_below(language: str, keeper: Bot) -> None:
    """At most three questions, none of them the one whose passage is shown."""
    reply = nearest(keeper, language, others=("boat", "hello", "fog", "landing-first", "landing-ninth"))
    requests = [ShowIntent("boat"), ShowIntent("fog"), ShowIntent("landing-first"), NoneOfThese()]
    assert requests == [choice.request for choice in reply.choices]
    assert keeper.wording(language).line("none_of_these") == reply.choices[-1].label


def test_a_name_that_the_interview_never_mentions_is_said_first(keeper: Bot) -> None:
    """Before the passage about somebody else."""
    reply = nearest(keeper, unmentioned_name="Google")
    said = [block.text for block in reply.blocks if isinstance(block, Remark)]
    assert keeper.wording("en").line("not_mentioned", word="Google") == said[0]
    assert keeper.wording("en").line("not_exactly") == said[1]


def test_in_json_the_nearest_passage_is_an_offer(keeper: Bot) -> None:
    """With one suggestion, which has the quotation; `quotes` are answers only."""
    record = reply_record(nearest(keeper), keeper.corpus, "a", 1.0)
    assert "offer" == record["decision"]
    assert [] == record["quotes"]
    assert record["intent"] is None
    (suggestion,) = record["suggestions"]
    assert "lamp" == suggestion["intent"]
    assert [q.exact for q in keeper.corpus.quotations["lamp"]] == [q["text"] for q in suggestion["quotes"]]
