"""The real process against the fake Bot API: as a visitor would, from the question to the reply."""

import signal
from collections.abc import Iterator

import pytest

from bot.answers import Responder
from bot.loading import SOURCE
from tests.end_to_end.people import Visitor, open_topic
from tests.end_to_end.stand import Fake, running_bot, running_fake
from tests.end_to_end.state import TOKEN, Message

GROUP = -1_000_000_000_500


@pytest.fixture(scope="module")
def fake() -> Iterator[Fake]:
    """With the bot's process polling it; one process answers all tests of this file."""
    with running_fake() as fake, running_bot(fake.address):
        yield fake


def title(message: Message) -> str:
    """The bold line, without marks of direction."""
    return message.stretch("bold")[0].strip("\u200e\u200f\u2068\u2069")


@pytest.mark.parametrize(
    ("language", "question", "expected"),
    [
        ("en", "why did yadnex leave iran", "Why did Yandex leave Iran?"),
        ("ru", "почему яндекс ушёл из ирана", "Почему Яндекс ушёл из Ирана?"),
        ("fa", "چرا یاندکس از ایران رفت", "چرا یاندکس از ایران رفت؟"),
    ],
)
def test_a_question_is_answered_word_for_word(
    fake: Fake, language: str, question: str, expected: str
) -> None:
    """The bold title in the visitor's language, and a blockquote of the source's own characters."""
    message = fake.reply_to(fake.visitor(language), question)
    (quotation,) = message.stretch("blockquote")
    assert quotation.startswith("Some market issues made Yandex")
    assert quotation in SOURCE.read_text(encoding="utf-8")
    assert expected == title(message)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "What is the population of China?"),
        ("ru", "Сколько людей живёт в Китае?"),
        ("fa", "جمعیت چین چقدر است؟"),
    ],
)
def test_an_unanswered_question_quotes_nothing_as_an_answer(
    fake: Fake, responder: Responder, language: str, question: str
) -> None:
    """It says so in the question's language, and offers what one can ask."""
    message = fake.reply_to(fake.visitor(language), question)
    assert responder.wording(language).line("not_answered") == title(message)
    assert [] == message.stretch("blockquote")
    assert message.buttons


def test_topics_lead_to_a_quotation_by_buttons(fake: Fake) -> None:
    """Topics and their questions change in place; the chosen question is answered below."""
    visitor = fake.visitor()
    message = fake.reply_to(visitor, "/topics")
    first = message.text
    visitor.presses(message, "Smart city")
    fake.wait_for(lambda: message.text != first)
    visitor.presses(message, "When did Russia start")
    answer = fake.next_message(message.id)
    assert answer.stretch("blockquote")[0].startswith(
        "In Russia, we started to develop e-government since 2008"
    )


def test_an_offer_is_chosen_from_by_a_button(fake: Fake) -> None:
    """Two readings: the bot asks which one, and answers the one that was pressed."""
    visitor = fake.visitor()
    message = fake.reply_to(visitor, "what about startups")
    choice = message.buttons[0][0]["text"]
    visitor.presses(message, choice)
    answer = fake.next_message(message.id)
    assert answer.stretch("blockquote")
    assert title(answer) == choice.strip("\u200e\u200f\u2068\u2069")


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_reading_around_moves_in_the_same_message(fake: Fake, language: str) -> None:
    """The next passage stands in place of the quotation; every button is acknowledged, once."""
    visitor = fake.visitor(language)
    message = fake.reply_to(visitor, "what is b2g")
    shown = message.text
    query = visitor.presses(message, "▶")
    fake.wait_for(lambda: message.text != shown)
    assert message.stretch("blockquote")[0].startswith("I am not sure Business-to-Business (B2B)")
    assert 1 == message.edits
    assert query in fake.wait_for(lambda: fake.state.answers)


def test_a_deep_link_opens_its_quotation(fake: Fake) -> None:
    """By the intent's id, in the language of the account."""
    message = fake.reply_to(fake.visitor("ru"), "/start i-yandex-left")
    assert message.stretch("blockquote")[0].startswith("Some market issues made Yandex")
    assert "Почему Яндекс ушёл из Ирана?" == title(message)


def test_in_a_group_only_what_is_meant_for_the_bot_is_answered(fake: Fake) -> None:
    """A command is answered below the question and in its topic; talk among people is not."""
    open_topic(fake.state, GROUP, 5)
    visitor = Visitor(fake.state, group=GROUP, thread=5)
    visitor.says("why did yandex leave iran")
    question = visitor.says("/ask why did yandex leave iran")
    message = fake.next_message(question)
    assert (GROUP, 5, question) == (message.chat, message.thread, message.answers)
    assert ["Why did Yandex leave Iran?"] == [title(message)]


def test_a_reply_to_the_bot_is_heard_in_a_group(fake: Fake) -> None:
    """Also with privacy mode on, in which Telegram passes nothing else on."""
    visitor = Visitor(fake.state, group=GROUP - 1)
    first = fake.next_message(visitor.says("/ask what is b2g"))
    question = visitor.says("why did yandex leave iran", answers=first)
    assert question == fake.next_message(question).answers


def test_commands_are_registered_in_three_languages(fake: Fake) -> None:
    """And once without a language, for everybody else."""
    fake.reply_to(fake.visitor(), "hello")
    registered = {parameters.get("language_code", "") for parameters in fake.called("setMyCommands")}
    assert {"", "en", "ru", "fa"} >= registered >= {"", "ru", "fa"}


def test_the_process_stops_cleanly() -> None:
    """SIGTERM ends it with exit code 0, and nothing that it printed holds the token."""
    with running_fake() as fake, running_bot(fake.address) as bot:
        fake.reply_to(fake.visitor(), "bye")
        bot.process.send_signal(signal.SIGTERM)
        assert 0 == bot.ends()
        assert TOKEN not in bot.said()
        assert "Traceback" not in bot.said()


def test_a_wrong_token_is_one_plain_sentence() -> None:
    """Exit code 1, the fix, no stack trace, no token."""
    wrong = "123456:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
    with running_fake() as fake, running_bot(fake.address, wrong) as bot:
        assert 1 == bot.ends()
        assert "Telegram refuses the token; copy it anew from @BotFather" in bot.said()
        assert "Traceback" not in bot.said()
        assert wrong not in bot.said()
