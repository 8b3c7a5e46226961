"""Messages in the wrong letters are read as what they stand for, and others stay as they are."""

import pytest

from bot.conversation.bot import Bot
from bot.editor.evaluate.scorecard import evaluate
from bot.editor.questions import Outcome, read_questions
from bot.matching import Matcher
from bot.matching.letters import Letters
from bot.settings import HOME


@pytest.fixture(scope="module")
def letters(matcher: Matcher) -> Letters:
    return Letters(matcher)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("pochemu yandeks ushel iz irana", "почему яндекс ушел из ирана"),
        ("chera yandex az iran raft", "چرا یاندکس از ایران رفت"),
        ("gjxtve zyltrc eitk", "почему яндекс ушел"),
        ("]vh dhkn;s vtj", "چرا یاندکس رفت"),
        ("црн вшв нфтвуч дуфму шкфт", "why did yandex leave iran"),
        ("ghbdtn", "привет"),
        ("rfr ltkf", "как дела"),
        ("cgfcb,j", "спасибо"),
        ("ыефке", "start"),
        ("ыгььфкн", "summary"),
        ("руддщ", "hello"),
        ("sghl", "سلام"),
        ("lvsd", "مرسی"),
        ("نفتیثط", None),  # no word in any letters
        ("why did yadnex leave iran", None),
        ("what is iran", None),
        ("best pizza in town", None),
        ("почему яндекс ушёл", None),
        ("what did he say about тахрим", None),
        ("who is Мамонов", "who is mamonov"),
        ("когда начнётся cooperation", "когда начнется сотрудничество"),
        ("", None),
        ("👍", None),
        ("b2g", None),
        ("ok", None),
        ("thx", None),
        ("asdf", None),
    ],
)
def test_a_message_is_read_in_the_letters_that_it_stands_for(
    typed: str, read: str | None, letters: Letters
) -> None:
    """None: as it was typed."""
    assert (typed if read is None else read) == letters.read(typed)


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_most_messages_in_wrong_letters_are_understood(language: str, bot: Bot) -> None:
    """Of other people's messages; `python -m bot evaluate tests/letters/*.jsonl` prints the figures."""
    path = HOME / "tests" / "letters" / f"{language}.jsonl"
    questions, problems = read_questions(path.read_text(encoding="utf-8").splitlines(), path.name)
    assert () == problems
    card = evaluate(questions, bot)
    helped = card.count(Outcome.RIGHT) + card.count(Outcome.OFFERED)
    assert helped >= 0.8 * len(card.answerable())
    assert card.count(Outcome.WRONG) + card.count(Outcome.FALSE_ANSWER) <= 2
