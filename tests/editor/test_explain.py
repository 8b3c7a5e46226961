"""An explanation tells the decision that was made, and what would change it."""

import json

import pytest

from bot.__main__ import main
from bot.conversation.bot import Bot
from bot.corpus.passages import Quotation
from bot.editor.explain.explainer import Explainer
from bot.matching.odds import logistic
from bot.terminal import Conversation, EditorTools, TerminalStyle


@pytest.fixture
def explainer(bot: Bot) -> Explainer:
    return Explainer(bot)


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("why did yadnex leave iran", "answer yandex-left"),
        ("who is the ceo of rostelecom", "refuse (people)"),
        ("hello", "say hello"),
        ("companies", "offer "),
        ("does germany suffer from sanctions", "offer "),
        ("qqqq zzzz wwww", "refuse"),
    ],
)
def test_the_decision_is_the_one_of_the_reply(explainer: Explainer, text: str, decision: str) -> None:
    """In words, with the intents that were meant."""
    (explanation,) = explainer.explain(text)
    assert explanation.decision.startswith(decision)


def test_an_answer_explains_what_it_shows(explainer: Explainer, bot: Bot) -> None:
    """The quotations of the explanation are those of the reply."""
    for text in ("why did yandex leave", "what is b2g", "сколько ждать бесплатный кофе"):
        (explanation,) = explainer.explain(text)
        assert list(explanation.quotations) == [
            block for block in bot.answer(text).blocks if isinstance(block, Quotation)
        ]


def test_each_question_of_a_message_is_explained(explainer: Explainer) -> None:
    """In the order in which they were asked."""
    found = explainer.explain("why did yandex leave? how many working groups are there?")
    assert ["answer yandex-left", "answer how-many-working-groups"] == [each.decision for each in found]


def test_a_misspelt_word_shows_what_it_was_taken_for(explainer: Explainer) -> None:
    """With how like it is; an unknown one was taken for nothing and weighs as much as any can."""
    (explanation,) = explainer.explain("yadnex qqqqzzzz")
    misspelt, unknown = explanation.words
    assert ("yandex",) == misspelt.taken_for
    assert 0.7 < misspelt.similarity < 1.0
    assert ((), 1.0) == (unknown.taken_for, unknown.weight)


def test_the_signs_add_up_to_the_chance(explainer: Explainer) -> None:
    """Nothing else decides whether a question is answered, unless it stands in the intents just so."""
    (explanation,) = explainer.explain("why did yadnex leave iran")
    assert not explanation.word_for_word
    assert logistic(sum(sign.adds for sign in explanation.signs)) == pytest.approx(explanation.answered)


def test_what_would_change_it_is_really_decided_otherwise(explainer: Explainer) -> None:
    """Without that word, the bot decides what the explanation says."""
    (explanation,) = explainer.explain("which payment cards work")
    assert explanation.flips
    for flip in explanation.flips:
        shorter = " ".join(word for word in explanation.question.split() if word != flip.without)
        assert flip.decision == explainer.explain(shorter)[0].decision


def test_the_nearest_phrase_is_named_by_its_place(explainer: Explainer) -> None:
    """File, line and column, where the editor finds it."""
    (explanation,) = explainer.explain("why did yandex leave iran")
    best = explanation.candidates[0]
    assert best.at is not None
    path, line = best.at.path, best.at.line
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - the path as it is printed
        assert best.phrase in file.read().splitlines()[line - 1]


def test_the_verb_prints_text_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    """A message without words is explained, too."""
    assert 0 == main(["explain", "what is b2g"])
    assert "Decision: answer what-is-b2g" in capsys.readouterr().out
    assert 0 == main(["explain", "--json", "what is b2g"])
    (record,) = json.loads(capsys.readouterr().out)
    assert "answer what-is-b2g" == record["decision"]
    assert 0 == main(["explain", "?!"])
    assert "There are no words in it.\n" == capsys.readouterr().out


def test_the_chat_tells_why_and_what_else(bot: Bot) -> None:
    """/why explains the last reply, /next shows the reading behind it."""
    conversation = Conversation(
        lambda: bot, TerminalStyle(), tools=EditorTools(why=lambda text: f"because of {text}")
    )
    conversation.reply_to("why did yandex leave iran")
    assert "because of why did yandex leave iran" == conversation.reply_to("/why")
    shown = conversation.reply_to("/next")
    assert shown is not None
    assert "Yandex" in shown
    assert not shown.startswith("Why did Yandex leave Iran?")
