"""After an answer, small talk such as "go on" reads on in its topic."""

import shutil
from pathlib import Path

from bot.conversation.bot import Bot
from bot.conversation.requests import ShowIntent, ShowPart, ShowPassage
from bot.loading.loader import load
from tests.conftest import LIGHTHOUSE

SMALL_TALK = """\
topic: {en: Small talk}
intents:
  - id: another-id
    kind: small-talk
    title: {en: Keep going}
    say: {en: Reply to an answer with these words.}
    phrases: {en: [keep going please]}
"""


def keeper_with(small_talk: str, folder: Path) -> Bot:
    """The bot about the lighthouse with one more file of intents."""
    shutil.copytree(LIGHTHOUSE / "intents", folder)
    (folder / "small-talk.yaml").write_text(small_talk, encoding="utf-8")
    bot = load(LIGHTHOUSE / "lighthouse.txt", folder).bot
    assert bot is not None
    return bot


def test_the_flag_of_the_intent_decides_and_not_its_id(tmp_path: Path) -> None:
    """Without `continues: true` it is small talk like any other, also in reply to an answer."""
    typed, context = "keep going please", ShowIntent("lamp")
    plain = keeper_with(SMALL_TALK, tmp_path / "plain")
    assert "small_talk" == plain.answer(typed, context=context).kind
    flagged = keeper_with(SMALL_TALK + "    continues: true\n", tmp_path / "flagged")
    assert "small_talk" == flagged.answer(typed).kind
    assert flagged.respond(ShowIntent("boat"), "en") == flagged.answer(typed, context=context)
    assert flagged.respond(ShowPassage(2), "en") == flagged.answer(typed, context=ShowPassage(1))


ABOUT_PARTS = """\
topic: {en: Subjects}
intents:
  - id: about-the-sea
    kind: overview
    title: {en: What is said about the sea}
    answers: [lamp, boat, fog]
    phrases: {en: [sea, tell me about the sea]}
  - id: meaning
    kind: small-talk
    in_reply: meaning
    title: {en: What does it mean?}
    say: {en: I only quote.}
    phrases: {en: [what does that mean]}
"""


def test_a_question_about_a_part_of_an_overview_is_about_what_that_part_shows(tmp_path: Path) -> None:
    """Its second part quotes the fog; the first one the lamp."""
    keeper = keeper_with(ABOUT_PARTS, tmp_path / "parts")
    shown = [
        keeper.answer("what does that mean", context=context)
        for context in (ShowIntent("about-the-sea"), ShowPart("about-the-sea", 1))
    ]
    assert ["lamp", "fog"] == [reply.quotations()[0].passage.id for reply in shown]
