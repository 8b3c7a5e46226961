"""The real process, on the lighthouse, against the fake Bot API: as a visitor would, from the question to the reply."""

import signal
from collections.abc import Iterator
from itertools import combinations, count

import pytest

from bot.conversation.bot import Bot
from tests.conftest import LIGHTHOUSE
from tests.end_to_end.people import MENTION, Visitor, open_topic
from tests.end_to_end.processes import BotProcess, Fake, lighthouse_project, running_bot, running_fake
from tests.end_to_end.state import TOKEN, Message

GROUP = -1_000_000_000_500
LANGUAGES = ("en", "ru", "fa")

LIT = "The lamp is lit at dusk"
QUESTIONS = {"en": "when is the lmap lit", "ru": "когда зажигают лампу", "fa": "چراغ کی روشن می‌شود"}
TITLES = {
    "en": "When is the lamp lit? 💡 Café́",
    "ru": "Когда зажигают лампу? 💡",
    "fa": "Lantern Rock کی روشن می‌شود؟ 💡",
}
STAIRS = {
    "en": "what is on the first landing",
    "ru": "что на этаже первый",
    "fa": "در پاگرد یکم چیست",
}

NUMBERS = count(100)

in_three_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Fake, BotProcess]]:
    """A fake, and the bot's process that polls it; one process answers all tests of this file."""
    folder = lighthouse_project(tmp_path_factory.mktemp("project"))
    with running_fake() as fake, running_bot(fake.address, folder=folder) as bot:
        yield fake, bot


@pytest.fixture
def fake(running: tuple[Fake, BotProcess]) -> Fake:
    return running[0]


def newcomer(fake: Fake, language: str = "en") -> Visitor:
    """Somebody to whom nothing was answered yet, so that no question is read in the context of another test's."""
    return fake.visitor(language, next(NUMBERS))


def plain(text: str) -> str:
    """Without marks of direction."""
    return text.strip("\u200e\u200f\u2068\u2069")


def title(message: Message) -> str:
    """The bold line."""
    return plain(message.segment("bold")[0])


@pytest.fixture(scope="module")
def doubtful(keeper: Bot) -> dict[str, str]:
    """For each language two words of titles to which the bot replies with questions to choose from."""

    def words(language: str) -> str:
        titles = (intent.title.best(language) for intent in keeper.corpus.intents.answers())
        pairs = (" ".join(pair) for pair in combinations(dict.fromkeys(" ".join(titles).split()), 2))
        replies = ((pair, keeper.answer(pair, language)) for pair in pairs)
        return next(pair for pair, reply in replies if reply.kind == "offer" and len(reply.choices) > 1)

    return {language: words(language) for language in LANGUAGES}


@in_three_languages
def test_a_question_is_answered_word_for_word(fake: Fake, language: str) -> None:
    """The bold title in the visitor's language, and a blockquote of the source's own characters."""
    message = fake.reply_to(newcomer(fake, language), QUESTIONS[language])
    (quotation,) = message.segment("blockquote")
    assert quotation.startswith(LIT)
    assert quotation in (LIGHTHOUSE / "lighthouse.txt").read_text(encoding="utf-8")
    assert TITLES[language] == title(message)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "What is the population of China?"),
        ("ru", "Сколько людей живёт в Китае?"),
        ("fa", "جمعیت چین چقدر است؟"),
    ],
)
def test_an_unanswered_question_quotes_nothing_as_an_answer(
    fake: Fake, keeper: Bot, language: str, question: str
) -> None:
    """It says so in the question's language, and offers what one can ask."""
    message = fake.reply_to(newcomer(fake, language), question)
    assert keeper.wording(language).line("not_answered") == title(message)
    assert [] == message.segment("blockquote")
    assert message.buttons


def test_topics_lead_to_a_quotation_by_buttons(fake: Fake) -> None:
    """Topics and their questions change in place; the chosen question is answered below."""
    visitor = newcomer(fake)
    message = fake.reply_to(visitor, "/topics")
    first = message.text
    visitor.presses(message, "The stairs")
    fake.wait_for(lambda: message.text != first)
    visitor.presses(message, "What is on the third landing?")
    answer = fake.next_message(message.id)
    assert ["I count them every day"] == answer.segment("blockquote")


@in_three_languages
def test_an_offer_is_chosen_from_by_a_button(
    fake: Fake, keeper: Bot, doubtful: dict[str, str], language: str
) -> None:
    """Unsure, the bot asks which question is meant, and answers the one that was pressed."""
    visitor = newcomer(fake, language)
    message = fake.reply_to(visitor, doubtful[language])
    choice = plain(message.buttons[0][0]["text"])
    visitor.presses(message, choice)
    answer = fake.next_message(message.id)
    assert answer.segment("blockquote") or answer.segment("expandable_blockquote")
    intents = (each for each in keeper.corpus.intents.intents if each.button(language) == choice)
    assert title(answer) in {each.title.best(language) for each in intents}


@in_three_languages
def test_none_of_the_offered_questions_leads_to_the_topics(
    fake: Fake, keeper: Bot, doubtful: dict[str, str], language: str
) -> None:
    """In the place of the offer, which quotes nothing."""
    visitor = newcomer(fake, language)
    message = fake.reply_to(visitor, doubtful[language])
    offered, last = message.text, message.buttons[-1][0]["text"]
    assert keeper.wording(language).line("none_of_these") == plain(last)
    visitor.presses(message, plain(last))
    fake.wait_for(lambda: message.text != offered)
    assert [] == message.segment("blockquote")
    assert message.buttons


@in_three_languages
def test_reading_around_moves_in_the_same_message(fake: Fake, language: str) -> None:
    """The next passage takes the place of the quotation; every button is acknowledged, once."""
    visitor = newcomer(fake, language)
    message = fake.reply_to(visitor, STAIRS[language])
    shown = message.text
    query = visitor.presses(message, "▶")
    fake.wait_for(lambda: message.text != shown)
    assert (message.segment("blockquote") or message.segment("expandable_blockquote"))[0].startswith("Fog is")
    assert 1 == message.edits
    assert query in fake.wait_for(lambda: fake.state.answers)


@in_three_languages
def test_a_deep_link_opens_its_quotation(fake: Fake, language: str) -> None:
    """By the intent's id, in the language of the account; a passage by its number."""
    visitor = newcomer(fake, language)
    message = fake.reply_to(visitor, "/start i-lamp")
    assert message.segment("blockquote")[0].startswith(LIT)
    assert TITLES[language] == title(message)
    passage = fake.reply_to(visitor, "/start p-4")
    assert passage.segment("blockquote")


@in_three_languages
def test_an_edited_question_edits_its_reply(fake: Fake, language: str) -> None:
    """The same message shows the other answer; nothing new is sent."""
    visitor = newcomer(fake, language)
    question = visitor.says(QUESTIONS[language])
    message = fake.next_message(question)
    visitor.edits(question, STAIRS[language])
    fake.wait_for(lambda: message.edits)
    assert message.segment("blockquote")[0] == "I count them every day"
    assert [message.id] == [number for number in fake.state.sent if number > question]


def test_in_a_group_only_what_is_meant_for_the_bot_is_answered(fake: Fake) -> None:
    """A command is answered below the question and in its topic; talk among people is not."""
    open_topic(fake.state, GROUP, 5)
    visitor = Visitor(fake.state, group=GROUP, thread=5)
    visitor.says("when is the lamp lit")
    question = visitor.says("/ask when is the lamp lit")
    message = fake.next_message(question)
    assert (GROUP, 5, question) == (message.chat, message.thread, message.answers)
    assert message.segment("blockquote")[0].startswith(LIT)


def test_a_mention_is_answered_where_the_bot_reads_all(fake: Fake) -> None:
    """With privacy mode off the bot gets all messages, and answers only those that are meant for it."""
    fake.state.reads_all = True
    try:
        visitor = Visitor(fake.state, group=GROUP - 2)
        visitor.says("when is the lamp lit")
        question = visitor.says(f"{MENTION} when is the lamp lit")
        assert question == fake.next_message(question).answers
    finally:
        fake.state.reads_all = False


def test_a_reply_to_the_bot_is_answered_in_a_group(fake: Fake) -> None:
    """Also with privacy mode on, in which Telegram passes nothing else on."""
    visitor = Visitor(fake.state, group=GROUP - 1)
    first = fake.next_message(visitor.says("/ask what was the boat called"))
    question = visitor.says("when is the lamp lit", answers=first)
    assert question == fake.next_message(question).answers


def test_commands_are_registered_in_three_languages(fake: Fake) -> None:
    """And once without a language, for everybody else."""
    fake.reply_to(newcomer(fake), "hello")
    registered = {parameters.get("language_code", "") for parameters in fake.called("setMyCommands")}
    assert {"", "en", "ru", "fa"} >= registered >= {"", "ru", "fa"}


@pytest.mark.slow
def test_a_wrong_token_is_one_plain_sentence() -> None:
    """The exit code of wrong settings, the fix, no stack trace, no token."""
    wrong = "123456:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
    with running_fake() as fake, running_bot(fake.address, wrong) as bot:
        assert 2 == bot.wait()
        assert "Telegram refuses the token; copy it anew from @BotFather" in bot.output()
        assert "Traceback" not in bot.output()
        assert wrong not in bot.output()


def test_the_process_stops_cleanly(running: tuple[Fake, BotProcess]) -> None:
    """SIGTERM ends it with exit code 0, and nothing that it printed holds the token. The last test of this file, since
    no other one can follow."""
    fake, bot = running
    fake.reply_to(newcomer(fake), "bye")
    bot.process.send_signal(signal.SIGTERM)
    assert 0 == bot.wait(), bot.output()
    assert TOKEN not in bot.output()
    assert "Traceback" not in bot.output()
