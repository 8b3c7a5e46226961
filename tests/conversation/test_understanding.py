"""One message may ask several things, and may continue what was answered."""

import json

import pytest

from bot.conversation.bot import Bot
from bot.conversation.replies import Remark
from bot.conversation.requests import ShowIntent
from bot.conversation.wording import Wording
from bot.corpus.corpus import Corpus
from bot.corpus.passages import Quotation
from bot.editor.questions import Question, answers, gold_spans
from bot.settings import HOME
from tests.tables import Case, table


@pytest.mark.parametrize("case", table("several-questions.yaml"))
def test_each_question_of_a_message_is_answered(case: Case, bot: Bot, corpus: Corpus) -> None:
    """The title of each answer stands above its quotation."""
    reply = bot.answer(case.text("typed"))
    titles = [block.text for block in reply.blocks if isinstance(block, Remark) and block.role == "title"]
    intents = [corpus.intents.get(intent_id) for intent_id in case.texts("intents")]
    assert [intent.title.best(reply.language) for intent in intents if intent] == titles
    assert case.texts("intents")[0] == reply.intent_id


@pytest.mark.parametrize("case", table("follow-ups.yaml"))
def test_a_reply_to_an_answer_is_read_in_its_context(case: Case, bot: Bot) -> None:
    """Short messages lead to what stands near; clear ones to what they say."""
    reply = bot.answer(case.text("typed"), context=ShowIntent(case.text("to")))
    assert case.text("kind") == reply.kind
    if case.texts("then"):
        assert reply.intent_id in case.texts("then")


def test_an_offer_after_an_answer_that_shows_nothing_leaves_that_the_last_one(bot: Bot) -> None:
    """So "tell me more" goes on from there."""
    reply = bot.answer("из-за политики?", context=ShowIntent("yandex-left"))
    assert ("offer", ()) == (reply.kind, reply.quotations())
    assert reply.context is None


def test_at_most_three_questions_are_answered(bot: Bot) -> None:
    """More would be a wall of text."""
    asked = "what is b2g? why did yandex leave iran? how many working groups are there? when do you get free coffee?"
    reply = bot.answer(asked)
    assert 3 == sum(isinstance(block, Remark) and block.role == "title" for block in reply.blocks)


@pytest.mark.parametrize(
    ("typed", "repeated"),
    [
        ("why did yandex leave? how old is mamonov?", ["how old is mamonov?"]),
        ("сколько лет мамонову и почему ушёл яндекс", ["сколько лет мамонову"]),
        ("why did yandex leave? what is b2g?", []),
        ("Hi! why did yandex leave? how are you?", []),
        ("I read it yesterday. It was long. What is B2G?", []),
        ("what is b2g? sanctions?", []),  # a fragment is not answered for the whole
    ],
)
def test_a_question_without_an_answer_is_repeated(typed: str, repeated: list[str], bot: Bot) -> None:
    """Whoever asks two things and gets one answer must see which of them it is."""
    reply = bot.answer(typed)
    assert "answer" == reply.kind
    wording = bot.wording(reply.language)
    expected = [Remark(wording.line("part_not_answered", question=each)) for each in repeated]
    assert expected == [block for block in reply.blocks if block in expected or _says_no(block, wording)]


def _says_no(block: object, wording: Wording) -> bool:
    before, _ = wording.line("part_not_answered", question="|").split("|")
    return isinstance(block, Remark) and block.text.startswith(before)


def test_the_nearest_passage_of_a_part_answers_nothing(bot: Bot) -> None:
    """It is shown under what was asked, and is no quotation of the answer, for other programs neither."""
    reply = bot.answer("what is b2g? which russian banks are under sanctions?")
    assert ["answer", "offer"] == [part.kind for part in reply.parts]
    assert len(reply.quotations()) < sum(isinstance(block, Quotation) for block in reply.blocks)
    assert {"what-is-b2g"} == {
        i.id for q in reply.quotations() for i in bot.corpus.quoting(q.passage.number)
    } & {
        "what-is-b2g",
        "russia-suffers-from-sanctions",
    }


def test_more_than_three_questions_leave_a_note(bot: Bot) -> None:
    """Nothing is left out in silence."""
    reply = bot.answer(
        "what is b2g? when did egov start? who calls moscow number one? is coffee free? when did yandex leave?"
    )
    assert Remark(bot.wording("en").line("only_a_part"), "note") == reply.blocks[-1]


def test_other_letters_are_read_and_the_reply_says_so(bot: Bot) -> None:
    """In the language of what was meant."""
    reply = bot.answer("pochemu yandeks ushel iz irana")
    assert ("answer", "ru", "yandex-left") == (reply.kind, reply.language, reply.intent_id)
    assert Remark("Я понял это так: почему яндекс ушел из ирана", "note") == reply.blocks[0]


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_both_questions_of_most_messages_get_their_reply(language: str, bot: Bot) -> None:
    """Of other people's messages with two questions. A part without an answer in the interview gets none."""
    lines = (HOME / "tests" / "several" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    asked = helped = wrong = 0
    for entry in map(json.loads, lines):
        reply = bot.answer(entry["q"])
        shown = [part.quotations() for part in reply.parts or (reply,) if part.kind == "answer"]
        shown += [bot.corpus.quotations.get(each.intent_id, ()) for each in reply.offered]
        golds = [
            gold_spans(Question("", "", "", "", tuple(part["gold"])), bot.corpus.source)
            for part in entry["parts"]
        ]
        right = [any(answers(quotations, gold) for quotations in shown) for gold in golds if gold]
        asked, helped = asked + len(right), helped + sum(right)
        wrong += sum(
            part.kind == "answer" and not any(answers(part.quotations(), gold) for gold in golds)
            for part in reply.parts or (reply,)
        )
    assert helped >= 0.75 * asked
    assert wrong <= 0.1 * len(lines)
