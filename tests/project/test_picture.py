"""The picture of the README shows what the bot says today."""

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

from bot.conversation.bot import Bot
from tests.project.picture import BUBBLE, QUESTIONS, picture, width_of

FILE = Path(__file__).parents[2] / "docs" / "conversation.svg"
MARKS = dict.fromkeys(map(ord, "\u200e\u200f"))


def test_the_committed_picture_is_what_the_script_draws(bot: Bot) -> None:
    """Drawn anew by `python -m tests.project.picture > docs/conversation.svg` when replies have changed."""
    assert picture(bot) == FILE.read_text(encoding="utf-8")


def test_the_picture_holds_the_replies_word_for_word(bot: Bot) -> None:
    """Also after lines were broken."""
    drawn = " ".join(unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)", picture(bot)))
    for question in QUESTIONS:
        for quotation in bot.answer(question).quotations():
            assert " ".join(quotation.exact.split()) in " ".join(drawn.split())


def test_the_picture_is_well_formed_and_needs_nothing_from_elsewhere(bot: Bot) -> None:
    """No script, no font, no image by an address."""
    drawn = picture(bot)
    root = ElementTree.fromstring(drawn)
    assert {"svg", "title", "style", "g", "rect", "text"} == {
        element.tag.rpartition("}")[2] for element in root.iter()
    }
    assert ["http://www.w3.org/2000/svg"] == re.findall(r"https?://[^\"]*", drawn)


def test_no_line_is_wider_than_its_bubble(bot: Bot) -> None:
    """By the generous measure of the script."""
    lines = re.findall(r"<text(?! class=\"(?:label|italic|name)\")[^>]*>([^<]*)", picture(bot))
    assert all(width_of(unescape(line)) <= BUBBLE for line in lines)


def test_a_right_to_left_line_says_so(bot: Bot) -> None:
    """Apps lay a line out by its first letter; a quotation inside a Persian reply runs to the right."""
    drawn = picture(bot).translate(MARKS)
    assert re.search(r'direction="rtl"[^>]*>چه وقت', drawn)
    assert not re.search(r'direction="rtl"[^>]*>In Russia', drawn)
