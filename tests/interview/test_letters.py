"""Messages about our interview in the wrong letters; test_questions.py counts those of other people."""

import pytest

from bot.conversation.bot import Bot
from bot.matching import Matcher
from bot.matching.letters import Letters


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
        ("xnj nfrjt b2g", "что такое b2g"),
        ("ghahve", "قهوه"),
        ("mamonov kie", "مامونوف کیه"),
        ("tahrim ha", "تحریم ها"),
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
        ("yandx lft iran", None),
        ("what is iran", None),
        ("best pizza in town", None),
        ("ford", None),  # alone, an ordinary word is not read by its sound
        ("dad", None),
        ("parser", None),
        ("socket", None),
        ("почему яндекс ушёл", None),
        ("what did he say about тахрим", None),
        ("who is Мамонов", "who is mamonov"),
        ("когда начнётся cooperation", "когда начнется сотрудничество"),
        ("", None),
        ("👍", None),
        ("b2g", None),
    ],
)
def test_a_message_is_read_in_the_letters_that_it_stands_for(
    typed: str, read: str | None, letters: Letters
) -> None:
    """None: as it was typed."""
    assert (typed if read is None else read) == letters.read(typed)


@pytest.mark.parametrize(
    ("typed", "account", "language"),
    [
        ("yandex", "ru", "ru"),
        ("5g", "fa", "fa"),
        ("Яндекс", "en", "ru"),
        ("sanctions", "ru", "en"),
        ("yandex", None, "en"),
    ],
)
def test_latin_names_alone_are_in_the_language_of_the_account(
    typed: str, account: str | None, language: str, bot: Bot
) -> None:
    """They are typed so in every language; other words tell theirs."""
    assert ("answer", language) == ((reply := bot.answer(typed, account)).kind, reply.language)
