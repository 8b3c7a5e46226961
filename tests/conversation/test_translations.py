"""Below the verbatim words, and never in their place, stands our translation, marked as ours."""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import pytest

from bot.conversation.bot import Bot
from bot.conversation.elements import Elements
from bot.conversation.records import reply_record
from bot.conversation.replies import Remark, Reply
from bot.conversation.requests import Request, ShowIntent, ShowPage, ShowPassage
from bot.corpus.passages import Quotation
from bot.corpus.translations import TranslatedPart, Translations
from bot.telegram_app.render import MAX_UNITS, render, utf16_length
from bot.terminal import TerminalStyle
from bot.terminal import render as in_terminal
from bot.yamlfiles.problems import Location

HEADING = "Перевод, не дословная цитата:"


def with_translations(bot: Bot, *untranslated: str, text: str = "По-русски: {}.") -> Bot:
    """The bot with a Russian translation of each passage but those with these ids."""
    passages = [each for each in bot.corpus.source.passages if each.id not in untranslated]
    parts = tuple(TranslatedPart(each.span, text.format(each.id), Location("")) for each in passages)
    translations = Translations(MappingProxyType({"ru": parts}))
    return replace(bot, corpus=replace(bot.corpus, translations=translations))


@pytest.fixture(scope="module")
def translated(keeper: Bot) -> Bot:
    return with_translations(keeper)


def roles(reply: Reply) -> Iterator[str]:
    for block in reply.blocks:
        yield "quotation" if isinstance(block, Quotation) else block.role


def translations(reply: Reply) -> list[str]:
    remarks = [block for block in reply.blocks if isinstance(block, Remark)]
    return [remark.text for remark in remarks if remark.role == "translation"]


def test_a_passage_is_followed_by_its_speaker_and_then_by_our_translation(translated: Bot) -> None:
    """The first line says what it is, and nothing attributes it to the speaker."""
    reply = translated.respond(ShowPassage(3), "ru")
    assert ["note", "quotation", "attribution", "translation"] == list(roles(reply))[:4]
    assert [f"{HEADING}\nПо-русски: winter."] == translations(reply)


def test_the_words_of_one_speaker_in_a_row_have_one_translation_of_a_paragraph_each(translated: Bot) -> None:
    """Under one line, so that a reply with several quotations stays short."""
    source = translated.corpus.source
    winter, boat, automatic = (source.whole(source.passages[number]) for number in (2, 3, 6))
    blocks = Elements(translated.corpus, translated.wording("ru")).quoted((winter, boat, automatic))
    row = ["quotation", "quotation", "attribution", "translation", "quotation", "attribution", "translation"]
    reply = Reply("page", "ru", blocks)
    assert row == list(roles(reply))
    assert [
        f"{HEADING}\nПо-русски: winter.\nПо-русски: boat.",
        f"{HEADING}\nПо-русски: automatic.",
    ] == translations(reply)


def test_nothing_is_shown_for_words_without_a_translation(keeper: Bot) -> None:
    """Neither where one quotation of a row has none."""
    bot = with_translations(keeper, "boat")
    source = bot.corpus.source
    winter, boat = (source.whole(source.passages[number]) for number in (2, 3))
    pages = Elements(bot.corpus, bot.wording("ru"))
    assert [] == translations(Reply("page", "ru", pages.quoted((winter, boat))))
    assert 1 == len(translations(Reply("page", "ru", pages.quoted((winter,)))))


@pytest.mark.parametrize("language", ["en", "fa"])
def test_other_languages_are_as_they_were(translated: Bot, keeper: Bot, language: str) -> None:
    """In that of the source there never is a translation."""
    requests: list[Request] = [*map(ShowPassage, range(1, 8)), ShowIntent("fog")]
    for request in requests:
        assert keeper.respond(request, language).blocks == translated.respond(request, language).blocks


def test_the_source_page_says_whose_they_are(translated: Bot, keeper: Bot) -> None:
    """Where there are any."""
    for language in ("en", "ru", "fa"):
        line = translated.wording(language).line("translations_ours")
        assert Remark(line, "note") in translated.respond(ShowPage("source"), language).blocks
        assert Remark(line, "note") not in keeper.respond(ShowPage("source"), language).blocks


def test_json_has_the_translation_beside_the_text(translated: Bot, keeper: Bot) -> None:
    """Null where there is none; in English the form is what it was."""
    for bot, language, expected in ((translated, "ru", "По-русски: fog."), (keeper, "ru", None)):
        reply = bot.respond(ShowIntent("fog"), language)
        (quote,) = reply_record(reply, bot.corpus, 1, 0.0)["quotes"]
        assert expected == quote["translation"]
    english = [
        reply_record(bot.respond(ShowIntent("fog"), "en"), bot.corpus, 1, 0.0) for bot in (translated, keeper)
    ]
    assert english[0] == english[1]
    assert "translation" not in english[0]["quotes"][0]


def test_in_the_terminal_it_is_indented_and_has_no_bar(translated: Bot) -> None:
    """And is dim where there are colours."""
    reply = translated.respond(ShowPassage(3), "ru")
    lines = in_terminal(reply, TerminalStyle(80)).split("\n")
    assert f"  {HEADING}" in lines
    assert "  По-русски: winter." in lines
    assert "  \x1b[2mПо-русски: winter.\x1b[0m" in in_terminal(reply, TerminalStyle(80, True)).split("\n")


def test_on_telegram_it_is_a_blockquote_that_folds_up_under_the_attribution(translated: Bot) -> None:
    """Its heading is inside, so that a copied translation says what it is."""
    (message,) = render(translated.respond(ShowPassage(3), "ru"))
    *_, entity = [each for each in message.entities if "blockquote" in each.type]
    assert "expandable_blockquote" == entity.type
    units = message.text.encode("utf-16-le")[2 * entity.offset : 2 * (entity.offset + entity.length)]
    assert f"{HEADING}\nПо-русски: winter." == units.decode("utf-16-le")


def test_a_translation_is_never_in_another_message_than_its_words(keeper: Bot) -> None:
    """Quotations, attribution and translation go into the next message together. Where one message cannot hold them,
    there is no translation: cut in two it would have a part without its heading."""
    source = keeper.corpus.source
    said = tuple(source.whole(source.passages[number]) for number in (2, 3))
    for length, expected in ((600, [False, True]), (4000, [False])):
        bot = with_translations(keeper, text="а" * length)
        quoted = Elements(bot.corpus, bot.wording("ru")).quoted(said)
        messages = render(Reply("page", "ru", (Remark("x" * 3500), *quoted)))
        assert all(utf16_length(message.text) <= MAX_UNITS for message in messages)
        assert expected == [HEADING in message.text for message in messages]
        assert all(each.exact in messages[-1].text for each in said)
