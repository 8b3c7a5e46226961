"""Whatever is typed or pressed gets a reply, and everything can be reached."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.bot import Bot
from bot.conversation.replies import Remark, Reply
from bot.conversation.requests import (
    NoneOfThese,
    Request,
    ShowIntent,
    ShowPage,
    ShowPassage,
    ShowTopic,
    ShowTopics,
    decode,
    encode,
)
from bot.matching.model import Model


def remarks(reply: Reply) -> str:
    return "\n".join(block.text for block in reply.blocks if isinstance(block, Remark))


@settings(max_examples=300, deadline=None)
@given(text=st.text())
def test_any_text_gets_a_reply(text: str, keeper: Bot) -> None:
    """Nothing raises, something is said, and what is quoted is the source's."""
    reply = keeper.answer(text)
    assert reply.blocks
    for quotation in reply.quotations():
        assert keeper.corpus.source.text[quotation.span.start : quotation.span.end] == quotation.exact


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\x00\x07\x1b[31m",
        "\u202e\u200b\ufeff",
        "\ud800 lamp \udfff",
        "a" * 100_000,
        "when is the lamp lit " * 5_000,
        "".join(chr(n) for n in range(0x300, 0x370)) * 20,
        "💥" * 3_000,
        "{speaker} %s {0} \\",
        "<b>lamp</b> & 'boat'",
    ],
)
def test_hostile_text_gets_a_reply(text: str, keeper: Bot) -> None:
    """Empty, control and invisible characters, lone surrogates, 100,000 characters, markup."""
    assert keeper.answer(text).blocks


def test_a_message_without_letters_is_answered_in_the_account_language(keeper: Bot) -> None:
    """The script of a message wins; without one the account's language is what is left."""
    assert "ru" == keeper.answer("👍", "ru").language
    assert "fa" == keeper.answer("چراغ", "ru").language
    assert "en" == keeper.answer("👍", "pt-br").language


REQUESTS: list[Request] = [
    ShowIntent("lamp"),
    ShowPassage(5),
    ShowTopics(),
    ShowTopic("stairs", 1),
    NoneOfThese(),
    *(ShowPage(name) for name in ("start", "help", "source", "privacy")),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
def test_a_request_survives_its_button(request_: Request, keeper: Bot) -> None:
    """What a button holds is all that is needed to answer it, in each language."""
    assert request_ == decode(encode(request_))
    for language in keeper.languages():
        assert language == keeper.respond(request_, language).language


@pytest.mark.parametrize(
    "data", ["", "x", "i:", "p:", "p:x", "p:-1", "p:99999999999", "t:", "t:a", "page:no", "ⅻ"]
)
def test_a_button_of_another_version_decodes_to_nothing(data: str) -> None:
    """Stale or forged callback data is no exception."""
    assert decode(data) is None


@pytest.mark.parametrize(
    "request_", [ShowIntent("gone"), ShowPassage(0), ShowPassage(999), ShowTopic("gone")], ids=str
)
def test_what_is_no_longer_there_says_so(request_: Request, keeper: Bot) -> None:
    """A removed intent or passage answers politely, with the topics."""
    reply = keeper.respond(request_, "en")
    assert "no longer here" in remarks(reply)
    assert reply.choices


def test_every_choice_fits_a_button(keeper: Bot) -> None:
    """At most 64 bytes of callback data for every intent, passage and page that there is."""
    replies = [keeper.respond(ShowIntent(intent.id), "fa") for intent in keeper.corpus.intents.answers()]
    replies += [keeper.respond(ShowPassage(p.number), "fa") for p in keeper.corpus.source.passages]
    replies += [keeper.respond(ShowTopic(topic.name), "fa") for topic in keeper.corpus.intents.topics()]
    for reply in replies:
        for choice in (*reply.choices, *reply.navigation):
            assert 1 <= len(encode(choice.request).encode()) <= 64


def test_reading_around_reaches_every_passage(keeper: Bot) -> None:
    """The step forward leads from the first passage to the last, across section headings."""
    number, seen = 1, []
    while number not in seen:
        seen.append(number)
        steps = [choice.request for choice in keeper.respond(ShowPassage(number), "en").navigation]
        number = max(step.number for step in steps if isinstance(step, ShowPassage))
    assert [passage.number for passage in keeper.corpus.source.passages] == seen


def test_the_topics_lead_to_every_question(keeper: Bot) -> None:
    """Browsing finds what typing finds: each answer intent is on a page of its topic."""
    found, requests = set(), [ShowTopics()]
    seen: set[Request] = set()
    while requests:
        request: Request = requests.pop()
        if request in seen:
            continue
        seen.add(request)
        reply = keeper.respond(request, "en")
        for choice in (*reply.choices, *reply.navigation):
            if isinstance(choice.request, ShowIntent):
                found.add(choice.request.intent_id)
            else:
                requests.append(choice.request)  # type: ignore[arg-type]
    assert {intent.id for intent in keeper.corpus.intents.answers()} <= found


@pytest.mark.parametrize("text", ["lamp چراغ چیست", "cheragh chist", "when is the lamp lit"])
def test_a_bot_that_is_warmed_up_makes_no_table_while_a_visitor_waits(
    text: str, keeper: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables of words by their sound and by their intents take 0.1 s with our interview."""
    warm = replace(keeper, matcher=keeper.matcher.with_intents(keeper.corpus.intents))
    warm.warm_up()
    monkeypatch.setattr(Model, "counted", lambda *_: pytest.fail("a table is made"))
    assert warm.answer(text).blocks
