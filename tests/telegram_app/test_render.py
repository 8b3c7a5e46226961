"""A reply becomes texts, entities and buttons, and nothing of it is lost on the way."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup, MessageEntity

from bot.conversation.bot import Bot
from bot.conversation.replies import Block, Choice, Remark, Reply, Role, joined
from bot.conversation.requests import ShowIntent, ShowPassage, ShowTopics
from bot.corpus.passages import Passage, Quotation, Section, Span, Speaker
from bot.telegram_app.render import (
    MAX_UNITS,
    RenderedMessage,
    directed,
    render,
    shortened,
    split_text,
    utf16_length,
)
from bot.text.languages import Localized

NOWHERE = Passage("p", 1, Span(0, 1), Speaker("s", Localized(()), True), Section("s", "", Localized(())))
MARKS = dict.fromkeys(map(ord, "\u200e\u200f"))


def quotation(exact: str) -> Quotation:
    return Quotation(NOWHERE, Span(0, len(exact)), exact)


def covered(message: RenderedMessage, entity: MessageEntity) -> str:
    """What an entity covers, by UTF-16 offsets."""
    units = message.text.encode("utf-16-le")
    return units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")


def test_blocks_have_their_styles_and_distances() -> None:
    """Bold title, blockquote, italic attribution right under it, a plain text after a blank line."""
    blocks = (
        Remark("T 🕯", "title"),
        quotation("Q✨"),
        Remark("— A", "attribution"),
        Remark("N", "note"),
        Remark("x"),
    )
    (message,) = render(Reply("answer", "en", blocks))
    assert "T 🕯\n\nQ✨\n— A\n\nN\n\nx" == message.text
    assert [("bold", "T 🕯"), ("blockquote", "Q✨"), ("italic", "— A"), ("italic", "N")] == [
        (entity.type, covered(message, entity)) for entity in message.entities
    ]


@pytest.mark.parametrize(("length", "kind"), [(600, "blockquote"), (601, "expandable_blockquote")])
def test_a_long_quotation_is_folded_up(length: int, kind: str) -> None:
    """From 601 characters on."""
    (message,) = render(Reply("answer", "en", (quotation("x" * length),)))
    assert [kind] == [entity.type for entity in message.entities]


def test_an_answer_quotes_the_source_and_nothing_else(bot: Bot, text: str) -> None:
    """Also behind an emoji and a combining mark in the bot's own words, and with emoji inside."""
    for name in ("lamp", "boat", "fog"):
        for language in bot.languages():
            reply = bot.respond(ShowIntent(name), language)
            (message,) = render(reply)
            quotes = [covered(message, each) for each in message.entities if "blockquote" in each.type]
            assert [each.exact for each in reply.quotations()] == quotes
            assert all(quote in text for quote in quotes)


def test_choices_stand_one_in_a_row_and_steps_together() -> None:
    """Choices first, the steps in the last row."""
    choices = (Choice("one", ShowIntent("one")), Choice("two", ShowIntent("two")))
    steps = (Choice("◀", ShowPassage(1)), Choice("2 / 3", ShowPassage(2)), Choice("▶", ShowPassage(3)))
    (message,) = render(Reply("answer", "en", (Remark("x"),), choices, steps))
    assert isinstance(message.keyboard, InlineKeyboardMarkup)
    assert [["i:one"], ["i:two"], ["p:1", "p:2", "p:3"]] == [
        [button.callback_data for button in row] for row in message.keyboard.inline_keyboard
    ]


def test_a_reply_without_choices_has_no_keyboard() -> None:
    """Not an empty one either."""
    (message,) = render(Reply("page", "en", (Remark("x"),)))
    assert None is message.keyboard


def test_only_the_last_of_several_messages_has_buttons() -> None:
    """There the reader arrives."""
    blocks = tuple(Remark("word " * 400) for _ in range(3))
    messages = render(Reply("page", "en", blocks, (Choice("topics", ShowTopics()),)))
    assert 2 == len(messages)
    assert [False, True] == [message.keyboard is not None for message in messages]


def test_an_attribution_stays_with_its_quotation() -> None:
    """Although the quotation alone would still have fitted."""
    blocks = (Remark("x" * 4000), quotation("y" * 80), Remark("z" * 60, "attribution"))
    messages = render(Reply("answer", "en", blocks))
    assert [message.text for message in messages] == ["x" * 4000, "y" * 80 + "\n" + "z" * 60]


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("Yandex در ایران", "fa", "\u200fYandex در ایران"),
        ("در ایران Yandex", "fa", "در ایران Yandex"),
        ("https://example.org", "fa", "https://example.org"),
        ("“یاندکس” is not mentioned", "en", "\u200e“یاندکس” is not mentioned"),
        ("12. Yandex", "ru", "12. Yandex"),
        ("سلام\nA و B", "fa", "سلام\n\u200fA و B"),
        ("", "fa", ""),
        ("Yandex ګټې", "ps", "\u200fYandex ګټې"),
        ("Yandex לאַמפּ", "yi", "\u200fYandex לאַמפּ"),
        ("Yandex چرا", "ckb", "\u200fYandex چرا"),
    ],
)
def test_a_line_in_two_directions_runs_with_its_language(line: str, language: str, expected: str) -> None:
    """A mark at its start, and only where the first letter would mislead."""
    assert expected == directed(line, language)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("字" * 600, 512, "字" * 511 + "…"),
        ("a" * 70, 60, "a" * 59 + "…"),
        ("a" * 60, 60, "a" * 60),
        ("The lamp is lit", 8, "The…"),
        ("The lamp, is lit", 10, "The lamp…"),
        ("The lamp is lit", 9, "The lamp…"),
    ],
)
def test_a_text_is_shortened_to_the_limit(text: str, limit: int, expected: str) -> None:
    """The mark of the cut included, also without any space: Telegram refuses one character more."""
    assert expected == shortened(text, limit)


def test_a_quotation_is_never_marked(bot: Bot) -> None:
    """While the Persian title with a Latin word in front is."""
    reply = bot.respond(ShowIntent("lamp"), "fa")
    (message,) = render(reply)
    assert message.text.startswith("\u200fLantern Rock")
    assert reply.quotations()[0].exact in message.text


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("One two. Three four.", 20, ("One two. Three four.",)),
        ("One two. Three four.", 19, ("One two.", "Three four.")),
        ("One two. Three four.", 8, ("One two.", "Three", "four.")),
        ("Really?” Yes.", 10, ("Really?”", "Yes.")),
        ("first line\nsecond line", 15, ("first line", "second line")),
        ("v1.5 is out", 6, ("v1.5", "is out")),
        ("🕯🕯🕯", 3, ("🕯", "🕯", "🕯")),
        ("aaae\u0301e", 4, ("aaa", "e\u0301e")),
        ("", 5, ()),
    ],
)
def test_a_text_is_cut_at_the_best_place(text: str, limit: int, expected: tuple[str, ...]) -> None:
    """Behind a sentence, else behind a word, else before a whole character."""
    assert expected == split_text(text, limit)


WORDS = st.text("abcé🕯\u0301سی.!", min_size=1, max_size=12)
TEXTS = st.builds(
    lambda words, between, times: between.join(words * times),
    st.lists(WORDS, max_size=20),
    st.sampled_from([" ", "\n", ". "]),
    st.sampled_from([1, 1, 20, 60]),  # up to four messages long
)
ROLES: list[Role] = ["title", "text", "attribution", "note"]
BLOCKS: st.SearchStrategy[Block] = st.builds(Remark, TEXTS, st.sampled_from(ROLES)) | TEXTS.map(quotation)


@settings(deadline=None)  # how long it takes is no matter here
@given(st.lists(BLOCKS, max_size=6), st.sampled_from(["en", "fa"]))
def test_whatever_is_said_arrives_in_order_and_whole(blocks: list[Block], language: str) -> None:
    """No word is lost or cut, every message fits, and every entity lies inside its text."""
    messages = render(Reply("answer", language, tuple(blocks)))
    said = [block.exact if isinstance(block, Quotation) else block.text for block in blocks]
    arrived = " ".join(message.text for message in messages).translate(MARKS)
    assert " ".join(said).split() == arrived.split()
    for message in messages:
        assert 0 < utf16_length(message.text) <= MAX_UNITS
        for entity in message.entities:
            assert entity.length > 0
            assert 0 <= entity.offset <= utf16_length(message.text) - entity.length
            assert covered(message, entity).strip()  # decodes: no character is cut in two


@settings(deadline=None)  # how long it takes is no matter here
@given(st.lists(BLOCKS, max_size=6))
def test_blockquotes_hold_the_quotations_and_no_more(blocks: list[Block]) -> None:
    """The words of all blockquotes together are those of all quotations."""
    messages = render(Reply("answer", "en", tuple(blocks)))
    quoted = [covered(m, e) for m in messages for e in m.entities if "blockquote" in e.type]
    exact = [block.exact for block in blocks if isinstance(block, Quotation)]
    assert " ".join(exact).split() == " ".join(quoted).split()


@settings(deadline=None)  # how long it takes is no matter here
@given(st.text(max_size=60), st.integers(2, 12))
def test_pieces_of_any_text_fit_and_lose_only_space(text: str, limit: int) -> None:
    """Also where words are longer than a piece may be."""
    pieces = split_text(text, limit)
    assert all(0 < utf16_length(piece) <= limit for piece in pieces)
    assert "".join(text.split()) == "".join("".join(pieces).split())


def test_the_alphabet_of_these_tests_can_go_wrong() -> None:
    """It has a character of two UTF-16 units, a combining mark, and letters of both directions."""
    assert 2 == utf16_length("🕯")
    assert unicodedata.combining("\u0301")
    assert {"L", "AL"} <= {unicodedata.bidirectional(char) for char in "abسی"}


QUOTATIONS = st.builds(
    lambda words, times: quotation(" ".join(words * times)),
    st.lists(st.sampled_from(["Fog", "🕯", "e\u0301t", "ends.", "سلام"]), min_size=1, max_size=5),
    st.sampled_from([1, 1, 60, 500]),  # up to three messages long
)
ANSWERS = st.builds(
    lambda title, quotes: Reply(
        "answer", "en",
        (Remark(title, "title"), *quotes, Remark("— Ada 🕯 Lund", "attribution")),
        (Choice("Topics", ShowTopics()),),
    ),
    st.sampled_from(["When is the lamp lit? 💡", "Café\u0301"]),
    st.lists(QUOTATIONS, min_size=1, max_size=3),
)  # fmt: skip


@settings(deadline=None)  # how long it takes is no matter here
@given(st.lists(ANSWERS, min_size=1, max_size=3))
def test_answers_to_several_questions_arrive_with_their_entities(answers: list[Reply]) -> None:
    """However long: titles bold, quotations quoted word for word, attributions whole, buttons at the end."""
    messages = render(joined(tuple(answers)))
    found: dict[str, list[str]] = {"bold": [], "quote": [], "italic": []}
    for message in messages:
        for entity in message.entities:
            kind = "quote" if "blockquote" in entity.type else entity.type
            found[kind].append(covered(message, entity))
    quotes = [each.exact for answer in answers for each in answer.quotations()]
    assert [answer.blocks[0].text for answer in answers if isinstance(answer.blocks[0], Remark)] == found[
        "bold"
    ]
    assert " ".join(quotes).split() == " ".join(found["quote"]).split()
    assert ["— Ada 🕯 Lund"] * len(answers) == found["italic"]
    assert [False] * (len(messages) - 1) + [True] == [message.keyboard is not None for message in messages]
