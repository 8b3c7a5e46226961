"""What a visitor types is answered with the right words of the right person, or not at all."""

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
from bot.corpus.corpus import Corpus
from bot.corpus.passages import Quotation
from tests.tables import Case, table


def remarks(reply: Reply) -> str:
    return "\n".join(block.text for block in reply.blocks if isinstance(block, Remark))


@pytest.mark.parametrize("case", table("conversations.yaml"))
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


def test_the_newspaper_is_never_shown_as_the_minister(bot: Bot, corpus: Corpus) -> None:
    """Behind every quotation of every intent stands the attribution of its own speaker."""
    for intent in corpus.intents.answers():
        blocks = bot.respond(ShowIntent(intent.id), "en").blocks
        speaker = ""
        for block in reversed(blocks):
            if isinstance(block, Remark) and block.role == "attribution":
                speaker = "mamonov" if "Mamonov" in block.text else "newspaper"
            elif isinstance(block, Quotation):
                assert speaker == block.passage.speaker.id, intent.id


@settings(max_examples=300, deadline=None)
@given(text=st.text())
def test_any_text_gets_a_reply(text: str, bot: Bot, corpus: Corpus) -> None:
    """Nothing raises, something is said, and what is quoted is the source's."""
    reply = bot.answer(text)
    assert reply.blocks
    for quotation in reply.quotations():
        assert corpus.source.text[quotation.span.start : quotation.span.end] == quotation.exact


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\x00\x07\x1b[31m",
        "\u202e\u200b\ufeff",
        "\ud800 yandex \udfff",
        "a" * 100_000,
        "why did yandex leave " * 5_000,
        "".join(chr(n) for n in range(0x300, 0x370)) * 20,
        "💥" * 3_000,
        "{speaker} %s {0} \\",
        "<b>yandex</b> & 'iran'",
    ],
)
def test_hostile_text_gets_a_reply(text: str, bot: Bot) -> None:
    """Empty, control and invisible characters, lone surrogates, 100,000 characters, markup."""
    assert bot.answer(text).blocks


def test_a_message_without_letters_is_answered_in_the_account_language(bot: Bot) -> None:
    """The script of a message wins; without one the account's language is what is left."""
    assert "ru" == bot.answer("👍", "ru").language
    assert "fa" == bot.answer("یاندکس", "ru").language
    assert "en" == bot.answer("👍", "pt-br").language


def test_a_refusal_shows_no_quotation_as_an_answer(bot: Bot) -> None:
    """Sentences that share words with the question stand under a line that says what they are."""
    reply = bot.answer("how many employees does rostelecom have")
    assert "answer" != reply.kind
    if reply.quotations():
        first = next(n for n, block in enumerate(reply.blocks) if isinstance(block, Quotation))
        before = reply.blocks[first - 1]
        assert isinstance(before, Remark)
        assert "do not answer" in before.text


REQUESTS: list[Request] = [
    ShowIntent("yandex-left"),
    ShowPassage(12),
    ShowTopics(),
    ShowTopic("smart-city", 1),
    NoneOfThese(),
    *(ShowPage(name) for name in ("start", "help", "source", "privacy")),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
def test_a_request_survives_its_button(request_: Request, bot: Bot) -> None:
    """What a button holds is all that is needed to answer it, in each language."""
    assert request_ == decode(encode(request_))
    for language in bot.languages():
        assert language == bot.respond(request_, language).language


@pytest.mark.parametrize(
    "data", ["", "x", "i:", "p:", "p:x", "p:-1", "p:99999999999", "t:", "t:a", "page:no", "ⅻ"]
)
def test_a_button_of_another_version_decodes_to_nothing(data: str) -> None:
    """Stale or forged callback data is no exception."""
    assert decode(data) is None


@pytest.mark.parametrize(
    "request_", [ShowIntent("gone"), ShowPassage(0), ShowPassage(999), ShowTopic("gone")], ids=str
)
def test_what_is_no_longer_there_says_so(request_: Request, bot: Bot) -> None:
    """A removed intent or passage answers politely, with the topics."""
    reply = bot.respond(request_, "en")
    assert "no longer here" in remarks(reply)
    assert reply.choices


def test_every_choice_fits_a_button(bot: Bot, corpus: Corpus) -> None:
    """At most 64 bytes of callback data for every intent, passage and page that there is."""
    replies = [bot.respond(ShowIntent(intent.id), "fa") for intent in corpus.intents.answers()]
    replies += [bot.respond(ShowPassage(p.number), "fa") for p in corpus.source.passages]
    replies += [bot.respond(ShowTopic(topic.name), "fa") for topic in corpus.intents.topics()]
    for reply in replies:
        for choice in (*reply.choices, *reply.navigation):
            assert 1 <= len(encode(choice.request).encode()) <= 64


def test_reading_around_reaches_every_passage(bot: Bot, corpus: Corpus) -> None:
    """The step forward leads from the first passage to the last, across section headings."""
    number, seen = 1, []
    while number not in seen:
        seen.append(number)
        steps = [choice.request for choice in bot.respond(ShowPassage(number), "en").navigation]
        number = max(step.number for step in steps if isinstance(step, ShowPassage))
    assert [passage.number for passage in corpus.source.passages] == seen


def test_the_topics_lead_to_every_question(bot: Bot, corpus: Corpus) -> None:
    """Browsing finds what typing finds: each answer intent is on a page of its topic."""
    found, requests = set(), [ShowTopics()]
    seen: set[Request] = set()
    while requests:
        request: Request = requests.pop()
        if request in seen:
            continue
        seen.add(request)
        reply = bot.respond(request, "en")
        for choice in (*reply.choices, *reply.navigation):
            if isinstance(choice.request, ShowIntent):
                found.add(choice.request.intent_id)
            else:
                requests.append(choice.request)  # type: ignore[arg-type]
    assert {intent.id for intent in corpus.intents.answers()} <= found
