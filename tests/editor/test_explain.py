"""An explanation is about the decision that was made, and about what would change it."""

import json
from dataclasses import replace

import pytest

from bot.__main__ import main
from bot.conversation.bot import Bot
from bot.corpus.corpus import resolve
from bot.corpus.intent_files import merge, read_intents
from bot.corpus.passages import Quotation
from bot.editor.explain.explainer import Explanation, explain
from bot.editor.explain.report import explanation_text
from bot.loading.loader import load_lexicon
from bot.matching import Matcher, calibration
from bot.matching.calibration import built_in, logistic
from bot.terminal import Conversation, TerminalStyle
from bot.yamlfiles.documents import parse_document
from tests.conftest import KEEPER, LIGHTHOUSE

INTENTS = """
topic: {en: The lamp}
intents:
  - id: dusk
    title: {en: When is the lamp lit?}
    quotes: [The lamp is lit at dusk ✨ and put out at dawn]
    phrases: {en: [when is the lamp lit, at what hour is the lamp lit]}
    not: {en: [who lit the lamp in 1950]}
  - id: winter
    title: {en: How long is the lamp lit?}
    quotes: [In winter that is a very long watch.]
    phrases: {en: [how long is the lamp lit, for how many hours is the lamp lit]}
  - {id: hello, kind: small-talk, text: {en: Hello!}, phrases: {en: [good morning]}}
  - {id: people, kind: out-of-scope, phrases: {en: [who is the mayor of the town]}}
"""


@pytest.fixture(scope="module")
def lamp(keeper: Bot) -> Bot:
    """A bot with an intent of each kind."""
    return with_intents(keeper, INTENTS)


def with_intents(keeper: Bot, text: str) -> Bot:
    node, _ = parse_document(text, "lamp.yaml")
    assert node is not None
    intents, conflicts = merge([read_intents("lamp", node)[0]])
    corpus, problems = resolve(keeper.corpus.source, intents)
    assert ((), ()) == (conflicts, problems)
    calibration = built_in(has_negatives=intents.refuses())
    lexicon, _ = load_lexicon(LIGHTHOUSE / "lighthouse.txt")
    return replace(
        keeper, corpus=corpus, matcher=Matcher(intents, lexicon, calibration), calibration=calibration
    )


def with_thresholds(bot: Bot, accept: float, offer: float, sure: float = 0.0) -> Bot:
    return replace(bot, calibration=replace(bot.calibration, accept=accept, sure=sure, offer=offer))


def explained(bot: Bot, text: str) -> Explanation:
    """The explanation of a message with one question."""
    (explanation,) = explain(bot, text)
    return explanation


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("when is the lamp lit", "answer dusk"),
        ("who is the mayor of the town", "refuse (people)"),
        ("good morning", "say hello"),
        ("qqqq zzzz wwww", "refuse"),
    ],
)
def test_the_decision_is_the_one_of_the_reply(text: str, decision: str, lamp: Bot) -> None:
    """In words, with the intents that were meant."""
    assert decision == explained(lamp, text).decision


def test_an_offer_names_what_is_offered(lamp: Bot) -> None:
    """The best first."""
    decision = explained(with_thresholds(lamp, 0.9999, 0.0001), "hour of the lamp").decision
    assert "offer dusk, winter" == decision


def test_an_answer_explains_what_it_shows(lamp: Bot) -> None:
    """The quotations of the explanation are those of the reply."""
    for text in ("when is the lamp lit", "how long is the lamp lit"):
        quotations = [block for block in lamp.answer(text).blocks if isinstance(block, Quotation)]
        assert quotations
        assert quotations == list(explained(lamp, text).quotations)


def test_shares_that_were_added_are_shown_as_a_sum(keeper: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """When no candidate reaches the threshold alone, but their answers read as one."""
    touching = INTENTS.replace(" ✨ and put out at dawn", "").replace(
        "In winter that is a very long watch.", "✨ and put out at dawn"
    )
    lamp = with_thresholds(with_intents(keeper, touching), accept=0.0001, offer=0.0001)
    question = "at what hour and for how many hours is the lamp lit"
    first, second = (c.share for c in lamp.matcher.rank(lamp.matcher.utterance(question)).candidates[:2])
    monkeypatch.setattr(calibration, "LEADING", first + second / 2)
    explanation = explained(lamp, question)
    assert explanation.decision in {"answer dusk with winter", "answer winter with dusk"}
    names = explanation.decision.removeprefix("answer ").replace(" with ", " and ")
    text = explanation_text(explanation, lamp.corpus.source)
    assert f"The answers of {names} read as one" in text
    assert f"are added: {first:.0%} + {second:.0%} = {first + second:.0%}." in text
    monkeypatch.setattr(calibration, "LEADING", first / 2)
    assert "are added" not in explanation_text(explained(lamp, question), lamp.corpus.source)


def test_each_question_of_a_message_is_explained(lamp: Bot) -> None:
    """In the order in which they were asked."""
    found = explain(lamp, "how long is the lamp lit? when is the lamp lit?")
    assert ["answer winter", "answer dusk"] == [each.decision for each in found]


def test_a_misspelt_word_shows_what_it_was_taken_for(lamp: Bot) -> None:
    """With their similarity. An unknown word was taken for nothing and has the highest weight."""
    misspelt, unknown = explained(lamp, "mornign qqqqzzzz").words
    assert ("morning",) == misspelt.taken_for
    assert 0.7 < misspelt.similarity < 1.0
    assert ((), 1.0) == (unknown.taken_for, unknown.weight)


def test_the_features_add_up_to_the_chances(lamp: Bot) -> None:
    """Nothing else decides whether a question is about the interview and answered, unless it is a phrase."""
    explanation = explained(lamp, "is the lamp lit for many hours")
    assert not explanation.word_for_word
    for chance, features in (
        (explanation.about, explanation.about_features),
        (explanation.answered, explanation.answered_features),
    ):
        assert chance == pytest.approx(logistic(sum(feature.adds for feature in features)))
    assert explained(lamp, "when is the lamp lit").word_for_word


@pytest.mark.parametrize(
    ("question", "sure", "said"),
    [
        ("who is the baker of the village", 0.9, "This is hardly about the interview (12%)."),
        ("when was the lamp lit", 0.9, "it asks for a time, and the passage it could mean gives none"),
        (
            "how many hours is the lamp lit in summer",
            0.9,
            "; it asks for a number, and the passage it could mean",
        ),
        (
            "is the lamp lit in 1950",
            0.6,
            "it has a name or a number that neither those phrases nor the passage",
        ),
        ("is the lamp lit for many hours", 0.4, "It is about the interview (84%) and answered ("),
        (
            "when is the lamp lit",
            0.9,
            "This very question is written down in the intents, and that alone decides.",
        ),
        ("qqqq zzzz wwww", 0.5, "No phrase has any of these words."),
    ],
)
def test_the_reason_is_said_in_words(question: str, sure: float, said: str, lamp: Bot) -> None:
    """In the first line after the question; a question that is hardly answered says why."""
    bot = with_thresholds(lamp, 0.5, 0.5, sure)
    text = explanation_text(explained(bot, question), bot.corpus.source)
    assert said in text.splitlines()[2]


def test_the_features_are_shown_with_the_numbers_only(lamp: Bot) -> None:
    """Each with what it adds; the words are enough for most editors. Both end with what to do."""
    explanation = explained(lamp, "when was the lamp lit")
    source = lamp.corpus.source
    short, long = (explanation_text(explanation, source, numbers=numbers) for numbers in (False, True))
    said, _, to_do = short.partition("\n\nWhat to do:\n")
    assert long.startswith(said)
    assert long.endswith(to_do)
    added = long.removeprefix(said)
    for feature in (*explanation.about_features, *explanation.answered_features):
        assert f"({feature.name} {feature.value:.2f})" in added
        assert f"({feature.name} " not in short
    assert "The bot answers when it is 35% sure that the question is about the interview" in added
    assert "+ raises it" not in short


def test_what_would_change_it_is_really_decided_otherwise(lamp: Bot) -> None:
    """Without that word, the bot decides what the explanation says."""
    question = "when was the lamp lit"
    about = lamp.matcher.rank(lamp.matcher.utterance(question)).about
    bot = with_thresholds(lamp, accept=0.999 * about, offer=0.0001)  # just high enough
    explanation = explained(bot, question)
    assert "when" in [flip.without for flip in explanation.flips]
    for flip in explanation.flips:
        shorter = " ".join(word for word in explanation.question.split() if word != flip.without)
        assert flip.decision == explained(bot, shorter).decision != explanation.decision


def test_the_nearest_phrases_are_named(lamp: Bot) -> None:
    """The phrase with its file, line and column, where the editor finds it; and the negative example."""
    best = explained(lamp, "when was the lamp lit").candidates[0]
    assert ("dusk", "when is the lamp lit", "who lit the lamp in 1950") == (
        best.candidate.intent_id,
        best.phrase,
        best.negative,
    )
    assert best.at is not None
    assert INTENTS.splitlines()[best.at.line - 1][best.at.column - 1 :].startswith(best.phrase)


@pytest.mark.parametrize(
    ("question", "thresholds", "said"),
    [
        ("when is the lamp lit", (0.5, 0.5), "move the line lamp.yaml:7:20: under phrases: of"),
        ("who lit the lamp in 1950", (0.5, 0.5), "move the line lamp.yaml:8:16: under phrases: of"),
        ("is the lamp lit for hours", (0.0, 0.0), "If none is, add it under not: of winter (lamp.yaml:12:"),
        ("is the lamp lit for hours", (2.0, 0.0), "add it under not: of the first."),
        ("is the lamp lit for hours", (2.0, 2.0), "phrases:\n    winter (lamp.yaml:12:"),
        ("is the lamp lit for hours", (2.0, 2.0), "If the interview does not answer it, nothing."),
        ("qqqq zzzz wwww", (0.5, 0.5), "python -m bot derive drafts one."),
    ],
)
def test_an_explanation_ends_with_what_to_do(
    question: str, thresholds: tuple[float, float], said: str, lamp: Bot
) -> None:
    """With the places of the files where an editor would write."""
    bot = with_thresholds(lamp, *thresholds)
    text = explanation_text(explained(bot, question), bot.corpus.source)
    assert said in text.partition("\n\nWhat to do:\n")[2]


def test_the_command_prints_text_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    """A message without words is explained, too."""
    assert 0 == main(["explain", "what is worse than a storm", *KEEPER])
    printed = capsys.readouterr().out
    assert "Decision: answer fog" in printed
    assert "+ raises it" not in printed
    assert 0 == main(["explain", "--numbers", "what is worse than a storm", *KEEPER])
    assert "+ raises it" in capsys.readouterr().out
    assert 0 == main(["explain", "--json", "what is worse than a storm", *KEEPER])
    (record,) = json.loads(capsys.readouterr().out)
    assert "answer fog" == record["decision"]
    assert 0 == main(["explain", "?!", *KEEPER])
    assert "There are no words in it.\n" == capsys.readouterr().out


def test_the_chat_says_why_and_what_else(lamp: Bot) -> None:
    """/why explains the last reply, /next shows the next candidate's answer."""
    conversation = Conversation(lambda: lamp, TerminalStyle(), why=lambda text: f"because of {text}")
    conversation.reply_to("when is the lamp lit")
    assert "because of when is the lamp lit" == conversation.reply_to("/why")
    assert "In winter that is a very long watch." in str(conversation.reply_to("/next"))
