"""Between an answer and a refusal: the nearest passage, shown as what it is; and what is far quotes nothing."""

import re

import pytest

from bot.conversation.answers import MAYBE, Answers
from bot.conversation.bot import Bot
from bot.conversation.mentions import Mentions
from bot.conversation.records import reply_record
from bot.conversation.replies import Remark, Reply
from bot.conversation.requests import NoneOfThese, ShowIntent, ShowTopics
from bot.conversation.understanding import Part
from bot.corpus.passages import Quotation
from bot.editor.questions import read_questions
from bot.matching import Ambiguous, Candidate, CandidateFeatures, Ranking
from bot.settings import HOME

LANGUAGES = ["en", "ru", "fa"]
UNSAID = MAYBE - 0.1
"""A probability with which the interview hardly says what is asked."""


def candidate(intent_id: str, share: float) -> Candidate:
    return Candidate(intent_id, share, share, CandidateFeatures(0.0, 0.0, 0.0, 0.0, 0.0))


def nearest(
    bot: Bot,
    language: str = "en",
    answered: float = UNSAID,
    others: tuple[str, ...] = ("free-coffee", "what-is-b2g"),
    unmentioned_name: str = "",
) -> Reply:
    """The reply to a question whose nearest passage is that of yandex-left."""
    leader = candidate("yandex-left", 0.8)
    ranking = Ranking((leader, *(candidate(each, 0.1) for each in others)), about=0.9, answered=answered)
    answers = Answers(bot.corpus, bot.wording(language), lambda _: Mentions("", ()))
    return answers.reply_to(Part("why?", Ambiguous((leader,), ranking), unmentioned_name, is_about=True))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("answered", "line"), [(UNSAID, "not_exactly"), (MAYBE, "maybe_this")])
def test_the_nearest_passage_stands_under_a_line_that_says_so(
    answered: float, line: str, language: str, bot: Bot
) -> None:
    """With its attribution, as an answer has it, but without the title of a question that was not asked."""
    reply = nearest(bot, language, answered)
    _title, *quoted = bot.respond(ShowIntent("yandex-left"), language).blocks
    assert "offer" == reply.kind
    assert (Remark(bot.wording(language).line(line)), *quoted) == reply.blocks
    roles = {each.role for each in reply.blocks if isinstance(each, Remark)}
    assert {"text", "attribution"} == roles - {"translation"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_questions_and_none_of_these_stand_below(language: str, bot: Bot) -> None:
    """At most three questions, none of them the one whose passage is shown."""
    reply = nearest(
        bot, language, others=("free-coffee", "general-knowledge", "what-is-b2g", "new-team", "licence")
    )
    requests = [ShowIntent("free-coffee"), ShowIntent("what-is-b2g"), ShowIntent("new-team"), NoneOfThese()]
    assert requests == [choice.request for choice in reply.choices]
    assert bot.wording(language).line("none_of_these") == reply.choices[-1].label


def test_a_name_that_the_interview_never_mentions_is_said_first(bot: Bot) -> None:
    """Before the passage about somebody else."""
    reply = nearest(bot, unmentioned_name="Google")
    said = [block.text for block in reply.blocks if isinstance(block, Remark)]
    assert bot.wording("en").line("not_mentioned", word="Google") == said[0]
    assert bot.wording("en").line("not_exactly") == said[1]


def test_in_json_the_nearest_passage_is_an_offer(bot: Bot) -> None:
    """With one suggestion, which has the quotation; `quotes` are answers only."""
    record = reply_record(nearest(bot), bot.corpus, "a", 1.0)
    assert "offer" == record["decision"]
    assert [] == record["quotes"]
    assert record["intent"] is None
    (suggestion,) = record["suggestions"]
    assert "yandex-left" == suggestion["intent"]
    assert [q.exact for q in bot.corpus.quotations["yandex-left"]] == [
        q["text"] for q in suggestion["quotes"]
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "what is the population of china",
        "book a table for two at an italian restaurant in moscow",
        "what is the weather like in tehran today",
        "how do i reset my password",
        "set an alarm for seven o'clock",
        "how many calories are in a banana",
        "what is my bank balance",
        "кто написал войну и мир",
        "сколько планет в солнечной системе",
        "закажи мне такси до аэропорта",
        "پایتخت فرانسه کجاست",
        "چند سیاره در منظومه شمسی است",
        "یک تاکسی برای من بگیر",
        "شاهنامه را چه کسی سروده است",
        "who won the world cup? moscow?",
    ],
)
def test_what_is_far_from_the_interview_quotes_nothing(typed: str, bot: Bot) -> None:
    """However many words it shares with a sentence: it is refused, and at most two topics are named beside all."""
    reply = bot.answer(typed)
    assert "fallback" == reply.kind
    assert [] == [block for block in reply.blocks if isinstance(block, Quotation)]
    assert len(reply.choices) <= 3
    assert ShowTopics() == reply.choices[-1].request


@pytest.mark.parametrize(
    ("once", "twice"),
    [
        ("right now?", "right now? now?"),
        ("what is b2g right now?", "what is b2g right now now?"),
        ("why did yandex leave iran", "why did yandex leave iran? iran?"),
        ("почему яндекс ушёл из ирана", "почему яндекс ушёл из ирана ирана"),
        ("sanctions", "sanctions sanctions"),
    ],
)
def test_a_word_that_is_said_twice_changes_nothing(once: str, twice: str, bot: Bot) -> None:
    """Neither the kind of the reply nor what it says."""
    assert shown(bot.answer(once)) == shown(bot.answer(twice))


def test_no_refused_question_is_answered_when_its_last_word_is_doubled(bot: Bot) -> None:
    """Of all our questions that the interview does not answer."""
    lines = (HOME / "tests" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions, _ = read_questions(lines, "questions.jsonl")
    typed = [re.sub(r"\W+$", "", each.text) for each in questions if each.kind == "oos"]
    assert len(typed) > 100
    doubled = [f"{each} {each.split()[-1]}" for each in typed]
    differing = [
        once
        for once, twice in zip(typed, doubled, strict=True)
        if shown(bot.answer(once)) != shown(bot.answer(twice))
    ]
    assert [] == differing


def shown(reply: Reply) -> tuple[str, list[str]]:
    return reply.kind, [quotation.exact for quotation in reply.quotations()]
