"""An edited question edits its reply, and nothing is said twice."""

import asyncio

import pytest
from telegram import Message, Update

from bot.conversation.bot import Bot
from bot.conversation.replies import Remark, Reply
from bot.conversation.requests import Request, ShowTopics
from bot.telegram_app.outgoing import SentReplies
from bot.telegram_app.render import render
from tests.telegram_app.harness import STARTED, Harness
from tests.telegram_app.recorder import buttons, quoted
from tests.telegram_app.test_buttons import OFFER
from tests.telegram_app.test_incoming import PHOTO
from tests.telegram_app.updates import GROUP, edited, message, press

LAMP = "The lamp is lit at dusk ✨ and put out at dawn"
FOG = "Fog is worse than any storm."
QUESTIONS = [
    ("when is the lamp lit", "what is worse than a storm"),
    ("когда зажигают лампу", "что хуже шторма"),
    ("چراغ کی روشن می‌شود", "چه چیزی از توفان بدتر است"),
]


@pytest.mark.parametrize(("first", "then"), QUESTIONS)
def test_another_question_changes_the_answer(first: str, then: str, harness: Harness) -> None:
    """In the same message, with the buttons of the new answer."""
    question = message(first)
    harness.receive(question, edited(question, then))
    assert ["sendMessage", "editMessageText"] == harness.telegram.methods()
    assert [FOG] == [quote[: len(FOG)] for quote in quoted(harness.last)]
    assert "p:5/i:fog" in [each.get("callback_data") for each in buttons(harness.last)]


@pytest.mark.parametrize(("words", "kind"), [("zebra", "fallback"), ("когда зажигают лампу", "answer")])
def test_an_answer_becomes_the_reply_to_the_new_words(words: str, kind: str, harness: Harness) -> None:
    """A fallback, or an answer in another language."""
    question, reply = message("what is worse than a storm"), harness.bot.answer(words)
    harness.receive(question, edited(question, words))
    assert kind == reply.kind
    assert [each.text for each in render(reply)] == [each["text"] for each in harness.telegram.screen]


def test_an_answer_becomes_an_offer(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the questions to choose from as its buttons."""
    question = message("what is worse than a storm")
    harness.receive(question)
    monkeypatch.setattr(Bot, "answer", staticmethod(lambda _text, _language=None, _context=None: OFFER))
    harness.receive(edited(question, "lamp or boat"))
    assert [each.text for each in render(OFFER)] == [each["text"] for each in harness.telegram.screen]
    assert [choice.label for choice in OFFER.choices] == [each["text"] for each in buttons(harness.last)]


def test_an_edit_that_leaves_the_words_alone_does_nothing(harness: Harness) -> None:
    """A link's preview appeared, or somebody reacted."""
    question = message("when is the lamp lit")
    harness.receive(question, edited(question, "when is the lamp lit"))
    assert ["sendMessage"] == harness.telegram.methods()


def test_a_message_that_is_delivered_twice_is_answered_once(harness: Harness) -> None:
    """Telegram repeats what was not acknowledged in time."""
    question = message("when is the lamp lit")
    harness.receive(question, question)
    assert ["sendMessage"] == harness.telegram.methods()


def test_a_caption_that_was_taken_away_leaves_the_answer(harness: Harness) -> None:
    """Nothing else is asked."""
    question = message(None, photo=PHOTO, caption="when is the lamp lit")
    bare = {key: value for key, value in question["message"].items() if key != "caption"}
    harness.receive(question, edited({"message": bare}, None))
    assert ["sendMessage"] == harness.telegram.methods()


def test_a_location_that_moves_is_answered_once(harness: Harness) -> None:
    """Telegram reports each move as an edit."""
    question = message(None, location={"latitude": 1.0, "longitude": 1.0, "live_period": 60})
    harness.receive(question, edited(question, None), edited(question, None))
    assert ["sendMessage"] == harness.telegram.methods()


def test_an_edit_that_comes_to_the_same_reply_is_no_failure(harness: Harness) -> None:
    """Telegram calls it "not modified"."""
    question = message("when is the lamp lit")
    harness.receive(question)
    harness.telegram.refuse("editMessageText", 400, "Bad Request: message is not modified: ...")
    harness.receive(edited(question, "when is the lamp lit?"))
    assert ["sendMessage", "editMessageText"] == harness.telegram.methods()


def test_an_answer_that_was_read_on_from_shows_the_new_answer(harness: Harness) -> None:
    """The passage that was turned to belonged to the old question."""
    question = message("when is the lamp lit")
    harness.receive(question)
    harness.receive(press("p:4", harness.last), edited(question, "what is worse than a storm"))
    assert [FOG] == [quote[: len(FOG)] for quote in quoted(harness.last)]
    assert 1 == len(harness.telegram.screen)


def test_a_deleted_reply_is_sent_anew(harness: Harness) -> None:
    """The visitor asks something else and wants an answer to it."""
    question = message("when is the lamp lit")
    harness.receive(question)
    harness.telegram.screen.clear()
    harness.receive(edited(question, "what is worse than a storm"))
    assert [FOG] == [quote[: len(FOG)] for quote in quoted(harness.last)]
    assert 1 == len(harness.telegram.screen)


@pytest.fixture
def counting(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> Harness:
    """A bot whose reply to a number takes that many messages, with the topics under the last."""
    topics = harness.bot.respond(ShowTopics(), "en").choices

    def answer(text: str, _language: str | None = None, _context: Request | None = None) -> Reply:
        return Reply("page", "en", tuple(Remark(f"{n} " * 2000) for n in range(int(text))), topics)

    monkeypatch.setattr(Bot, "answer", staticmethod(answer))
    return harness


@pytest.mark.parametrize(("before", "after"), [(1, 3), (3, 1), (2, 3), (3, 2)])
def test_a_reply_of_several_messages_grows_and_shrinks(before: int, after: int, counting: Harness) -> None:
    """The first ones are edited, superfluous ones deleted, missing ones sent; the buttons go to the last."""
    question = message(str(before))
    counting.receive(question, edited(question, str(after)))
    screen = counting.telegram.screen
    assert [str(n) for n in range(after)] == [each["text"][0] for each in screen]
    assert [False] * (after - 1) + [True] == [bool(buttons(each)) for each in screen]
    expected = {
        "sendMessage": before + max(0, after - before),
        "editMessageText": min(before, after),
        "deleteMessage": max(0, before - after),
    }
    assert expected == {method: len(counting.telegram.of(method)) for method in expected}


def test_a_reply_can_grow_after_it_has_shrunk(counting: Harness) -> None:
    """The bot remembers the messages of the newest reply, not of the first one."""
    question = message("3")
    counting.receive(question, edited(question, "1"), edited(question, "2"))
    assert ["0", "1"] == [each["text"][0] for each in counting.telegram.screen]


def test_an_outdated_message_that_cannot_be_deleted_stays(
    counting: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    """It is older than 48 hours; the others are put right all the same."""
    question = message("2")
    counting.receive(question)
    counting.telegram.refuse("deleteMessage", 400, "Bad Request: message can't be deleted")
    counting.receive(edited(question, "1"))
    assert 2 == len(counting.telegram.screen)
    assert [] == [record for record in caplog.records if record.levelname == "ERROR"]


def test_in_a_topic_what_is_missing_is_sent_there(counting: Harness) -> None:
    """And is no reply to the question: the first message already is."""
    question = message("/ask 1", chat_id=GROUP, is_topic_message=True, message_thread_id=9)
    counting.receive(question, edited(question, "/ask 2"))
    first, second = counting.telegram.of("sendMessage")
    assert [9, 9] == [each["message_thread_id"] for each in (first, second)]
    assert [True, False] == ["reply_parameters" in each for each in (first, second)]


def test_an_edit_of_a_message_from_before_the_start_stays_silent(harness: Harness) -> None:
    """It may have been answered then; nothing is answered twice."""
    old = message("when is the lamp lit", date=STARTED)
    harness.receive(edited(old, "what is worse than a storm", at=STARTED + 9))
    assert [] == harness.telegram.methods()


def test_a_question_that_forgot_the_mention_is_answered_when_it_is_added(harness: Harness) -> None:
    """It is certain that nothing was said to it: it is younger than the process."""
    question = message("when is the lamp lit", chat_id=GROUP, date=STARTED + 1)
    harness.receive(question, edited(question, "/ask when is the lamp lit"))
    assert [LAMP] == quoted(harness.last)
    assert ["sendMessage"] == harness.telegram.methods()


def test_a_reply_stays_when_the_mention_is_taken_away(harness: Harness) -> None:
    """What does not speak to the bot changes nothing."""
    question = message("/ask when is the lamp lit", chat_id=GROUP)
    harness.receive(question, edited(question, "never mind"))
    assert ["sendMessage"] == harness.telegram.methods()


def test_an_edit_waits_for_the_first_answer(harness: Harness) -> None:
    """The message is still on its way when the edit arrives; then it is edited."""
    question = message("when is the lamp lit", chat_id=1)
    harness.telegram.slow.add(1)

    async def talk() -> None:
        async with harness.application as application:
            await application.start()
            for each in (question, edited(question, "what is worse than a storm")):
                await application.update_queue.put(Update.de_json(each, application.bot))
            async with asyncio.timeout(10):  # a guard, not a promise
                while not harness.telegram.of("sendMessage"):
                    await asyncio.sleep(0)
            harness.telegram.go_on.set()
            await application.stop()

    asyncio.run(talk())
    assert ["sendMessage", "editMessageText"] == harness.telegram.methods()


@pytest.mark.parametrize("captioned", [0, 1, 2])
def test_an_album_gets_one_reply_to_its_words(captioned: int, harness: Harness) -> None:
    """Whichever of its pictures carries the caption."""
    album = [message(None, photo=PHOTO, media_group_id="1") for _ in range(3)]
    album[captioned]["message"]["caption"] = "when is the lamp lit"
    harness.receive(*album)
    assert 1 == len(harness.telegram.screen)
    assert [LAMP] == quoted(harness.last)


def test_the_oldest_questions_are_forgotten_first() -> None:
    """And are then no longer taken for new ones."""
    questions = [built(number, date=10 * number) for number in range(1, 5)]
    sent = SentReplies(questions[0].date, most=2)
    for question in questions[1:]:
        sent.remember(question, (question.message_id + 100,))
    assert [False, False, True, True] == [sent.to(question) is not None for question in questions]
    assert [False] * 4 == [sent.never_to(question) for question in questions]
    assert sent.never_to(built(9, date=25))


def built(number: int, date: int) -> Message:
    found = Message.de_json(message("hi", message_id=number, date=date)["message"], None)
    assert found is not None
    return found


def test_no_word_of_a_question_is_kept() -> None:
    """Numbers only, as the page on privacy says."""
    question = Message.de_json(message("a secret")["message"], None)
    assert question is not None
    sent = SentReplies(question.date)
    sent.remember(question, (5,))
    assert "secret" not in repr(sent.to(question))
