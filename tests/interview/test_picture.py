"""The picture of the README shows what the bot says today."""

import re
from html import unescape

from bot.conversation.bot import Bot
from tests.interview.picture import PICTURE, QUESTIONS, TEXT, as_page, as_text, conversations

BIGGEST = 300_000
"""Bytes."""


def test_the_replies_in_the_picture_are_those_of_today(bot: Bot) -> None:
    """They are kept as text beside the picture."""
    drawn = TEXT.read_text(encoding="utf-8")
    assert drawn == as_text(conversations(bot)), "docs/conversation.png is out of date: make picture"


def test_the_text_holds_the_replies_word_for_word(bot: Bot) -> None:
    """The quotations as they stand in the interview, below their questions."""
    text = as_text(conversations(bot))
    for question in QUESTIONS:
        assert f"> {question}" in text
        for quotation in bot.answer(question).quotations():
            assert f"blockquote: {quotation.exact}" in text


def test_the_page_shows_the_text_and_needs_nothing_from_elsewhere(bot: Bot) -> None:
    """No font, style or picture by an address; what is drawn are the words of the text."""
    shown = conversations(bot)
    page = as_page(shown)
    assert [] == re.findall(r"https?:|url\(|src=|href=", page)
    words = unescape(re.sub(r"<[^>]*>", " ", page.partition("<body>")[2])).split()
    expected = re.sub(
        r"^(?:bold|italic|blockquote|expandable_blockquote): |^> |[\[\]]",
        "",
        as_text(shown),
        flags=re.MULTILINE,
    ).split()
    assert set(expected) <= set(words)


def test_the_picture_is_a_small_png() -> None:
    """Written by a browser; it opens fast."""
    drawn = PICTURE.read_bytes()
    assert drawn.startswith(b"\x89PNG")
    assert len(drawn) < BIGGEST
