"""On Telegram an unanswered question is kept for the editor, and its author is not."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.answers import Answers
from bot.conversation.bot import Bot
from bot.conversation.mentions import Mentions
from bot.conversation.replies import Choice, Remark, Reply
from bot.conversation.requests import NoneOfThese, ShowIntent
from bot.conversation.understanding import AskedQuestion
from bot.matching import Ambiguous, Candidate, CandidateFeatures, Ranking
from bot.storage.journal import DAYS, NONE_TAKEN, Entry, read_journal
from tests.telegram_app.harness import SETTINGS, Harness
from tests.telegram_app.recorder import Recorder, buttons, quoted
from tests.telegram_app.updates import message

LAMP = "The lamp is lit at dusk ✨ and put out at dawn"
NO_FEATURES = CandidateFeatures(0.0, 0.0, 0.0, 0.0, 0.0)
OFFER = Reply(
    "offer",
    "en",
    (Remark("I am not sure which of these you mean."),),
    (Choice("The lamp?", ShowIntent("lamp")), Choice("None", NoneOfThese())),
    offered=(Candidate("lamp", 0.4, 0.4, NO_FEATURES),),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


@pytest.fixture
def keeping(bot: Bot, telegram: Recorder, path: Path) -> Iterator[Harness]:
    """A bot with a journal."""
    harness = Harness(bot, telegram, replace(SETTINGS, journal=path))
    yield harness
    harness.service.close()


def kept(harness: Harness, path: Path) -> tuple[Entry, ...]:
    """The rows, once all are written."""
    harness.service.close()
    return read_journal(path)


def test_a_question_without_an_answer_is_kept(keeping: Harness, path: Path) -> None:
    """With nothing else of the update."""
    keeping.receive(message("do penguins vote"), message("when is the lamp lit"), message("/help"))
    assert (Entry("fallback", "do penguins vote"),) == kept(keeping, path)
    assert b"Visitor" not in path.read_bytes()


@pytest.mark.parametrize(("label", "taken"), [("The lamp?", "lamp"), ("None", NONE_TAKEN)])
def test_what_was_taken_of_an_offer_is_kept(
    label: str, taken: str, keeping: Harness, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The button leads where it would lead without a journal."""
    monkeypatch.setattr(Bot, "answer", staticmethod(lambda _text, _language=None, _context=None: OFFER))
    keeping.receive(message("lamp or boat"))
    assert all(len(each["callback_data"].encode()) <= 64 for each in buttons(keeping.last))
    keeping.press_button(label)
    assert bool(quoted(keeping.last)) == (label == "The lamp?")
    assert (Entry("offer", "lamp or boat", ("lamp",), taken),) == kept(keeping, path)


@pytest.mark.parametrize(
    ("label", "taken"), [("What was the boat called?", "boat"), ("None of these", NONE_TAKEN)]
)
def test_the_nearest_passage_is_kept_like_an_offer(
    label: str, taken: str, keeping: Harness, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what was taken in its place."""
    ranking = Ranking((candidate("lamp"), candidate("boat")), about=0.9, answered=0.2)
    bot = keeping.bot
    utterance = bot.matcher.utterance("who made the lamp")
    question = AskedQuestion(utterance, Ambiguous(ranking.candidates[:1], ranking), is_about=True)
    reply = Answers(bot.corpus, bot.wording("en"), lambda _: Mentions("", ())).reply_to(question)
    monkeypatch.setattr(Bot, "answer", staticmethod(lambda _text, _language=None, _context=None: reply))
    keeping.receive(message("who made the lamp"))
    assert [LAMP] == quoted(keeping.last)
    keeping.press_button(label)
    assert (Entry("offer", "who made the lamp", ("lamp",), taken),) == kept(keeping, path)


def candidate(intent_id: str) -> Candidate:
    return Candidate(intent_id, 0.4, 0.4, NO_FEATURES)


def test_the_page_on_privacy_says_so(keeping: Harness) -> None:
    """As it is set here."""
    keeping.receive(message("/privacy"))
    assert f"for {DAYS} days" in keeping.last["text"]
