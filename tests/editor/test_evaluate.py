"""Replies are judged as docs say, and the figures follow from the judgements."""

import re
from dataclasses import replace

import pytest

from bot.conversation.bot import Bot
from bot.conversation.replies import Reply
from bot.conversation.requests import ShowIntent
from bot.corpus.intents import ANSWER
from bot.editor.evaluate.report import score_page
from bot.editor.evaluate.scorecard import LeftOut, Scorecard, auroc, evaluate, left_out
from bot.editor.questions import Outcome, Question, Result, answers, judge, read_questions
from bot.matching.cross_validation import NEGATIVE, Trial
from tests.conftest import LIGHTHOUSE

LAMP, FOG = "The lamp is lit at dusk ✨ and put out at dawn", "Fog is worse than any storm."


def question(*gold: str) -> Question:
    return Question("1", "when is the lamp lit", "en", "direct", gold)


@pytest.fixture
def answered(keeper: Bot) -> Reply:
    return keeper.respond(ShowIntent("lamp"), "en")


@pytest.fixture
def card(keeper: Bot) -> Scorecard:
    """Right, wrong, missed, a false answer, and refused."""
    lines = (LIGHTHOUSE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions, problems = read_questions(lines, "questions.jsonl")
    assert () == problems
    return evaluate(questions, keeper)


def test_half_of_a_gold_span_is_right(answered: Reply, keeper: Bot) -> None:
    """The answer quotes all of it."""
    assert Outcome.RIGHT is judge(question(LAMP), answered, keeper.corpus).outcome


def test_another_quotation_is_wrong(answered: Reply, keeper: Bot) -> None:
    """A gold span elsewhere in the text."""
    assert Outcome.WRONG is judge(question(FOG), answered, keeper.corpus).outcome


def test_any_answer_to_an_unanswerable_question_is_false(answered: Reply, keeper: Bot) -> None:
    """However good the quotation looks."""
    assert Outcome.FALSE_ANSWER is judge(question(), answered, keeper.corpus).outcome


def test_less_than_half_of_the_gold_span_is_wrong(answered: Reply, keeper: Bot) -> None:
    """The answer holds a third of this one."""
    text = keeper.corpus.source.text
    long = text[: text.index("put out at dawn")]
    assert Outcome.WRONG is judge(question(long), answered, keeper.corpus).outcome


def test_an_offer_is_judged_by_what_it_offers(answered: Reply, keeper: Bot) -> None:
    """An offer helps when one of its questions is the right one; otherwise it misses. Where nothing is right, it only
    shows something near, which is no false answer."""
    offered = tuple(c for c in keeper.answer("when is the lamp lit").ranking if c.intent_id == "lamp")
    offer = replace(answered, kind="offer", blocks=(), offered=offered)
    assert Outcome.OFFERED is judge(question(LAMP), offer, keeper.corpus).outcome
    assert Outcome.MISSED is judge(question(FOG), offer, keeper.corpus).outcome
    assert Outcome.NEAR_SHOWN is judge(question(), offer, keeper.corpus).outcome


def test_quoting_everything_is_no_answer(keeper: Bot) -> None:
    """At most 1,000 characters are."""
    source = keeper.corpus.source
    everything = list(map(source.whole, source.passages))
    assert answers(everything[:2], [[everything[0].span]])
    assert not answers(2 * everything, [[everything[0].span]])


def test_auroc_counts_pairs() -> None:
    """The part of the pairs in the right order, ties by half."""
    assert 1.0 == auroc([0.9, 0.8], [0.1])
    assert 0.875 == auroc([0.9, 0.4], [0.1, 0.4])
    assert 0.0 == auroc([0.1], [0.9])


def test_the_figures_follow_from_the_results() -> None:
    """Worked out by hand: four questions, the last one unanswerable."""
    reply = Reply("fallback", "en", ())
    found = [(0.9, 1, 1.0), (0.6, 1, 2.0), (0.3, 2, 3.0)]
    card = Scorecard(
        (
            *(Result(question(LAMP), reply, Outcome.MISSED, *figures) for figures in found),
            Result(question(), reply, Outcome.REFUSED, 0.4, 0, 100.0),
        )
    )
    assert 2 / 3 == pytest.approx(card.top1())
    assert 2 / 3 == pytest.approx(card.auroc())
    assert (0.1 + 0.4 + 0.3 + 0.4) / 4 == pytest.approx(card.calibration_error())
    assert (2.5, 100.0) == card.milliseconds()
    rows = {threshold: (right, false) for threshold, right, false in card.trade_off()}
    assert [pytest.approx((2 / 3, 1)), pytest.approx((2 / 3, 0)), pytest.approx((1 / 3, 0))] == [
        rows[threshold] for threshold in (0.25, 0.5, 0.7)
    ]


def test_lines_that_are_no_questions_are_reported() -> None:
    """With their place; the others are read."""
    lines = ['{"id": 1, "q": "x", "lang": "en", "kind": "k", "gold": []}', "rubbish", '{"id": 2}', ""]
    questions, problems = read_questions(lines, "q.jsonl")
    assert [("1", "q.jsonl")] == [(each.id, each.file) for each in questions]
    assert ["q.jsonl:2:1", "q.jsonl:3:1"] == [str(problem.at) for problem in problems]


def test_the_page_holds_everything_and_nothing_from_elsewhere(keeper: Bot) -> None:
    """No address and no script; what was typed is escaped."""
    asked = [question(LAMP), Question("2", "<script>alert(1)</script> fog?", "en", "<b>", (LAMP,))]
    page = score_page(evaluate(asked, keeper), keeper.corpus)
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "&lt;b&gt;" in page
    assert "http" not in page


def test_the_page_lists_each_miss_with_what_would_be_right(card: Scorecard, keeper: Bot) -> None:
    """Neither the right answer nor the right refusal is among them."""
    page = score_page(card, keeper.corpus)
    misses = re.findall(r'<div class="miss (\w+)"><q dir=auto>(.+?)</q>', page)
    assert [
        ("wrong", "what is worse than a storm"),
        ("missed", "qqqq zzzz"),
        ("false", "что хуже шторма"),
    ] == misses
    assert "<tr><td>lamp</td><td class=t>fog</td><td>1</td></tr>" in page


def test_the_curves_of_the_page_stand_upright(card: Scorecard, keeper: Bot) -> None:
    """A point is as high as the labels of the y axis say, and as far right as those of the x axis say."""
    page = score_page(card, keeper.corpus)
    up = {int(label): float(y) for y, label in re.findall(r'class=scale x=34 y="([\d.]+)".*?>(\d+)%', page)}
    across = {int(label): float(x) for x, label in re.findall(r'<text x="([\d.]+)" y=246.*?>(\d+)%', page)}
    assert up[100] < up[20] < up[0]  # y grows downwards
    assert across[0] < across[20] < across[100]
    for colour, column in (("good", 1), ("bad", 2)):
        found = re.search(rf'<polyline class={colour} points="(.*?)"', page)
        assert found is not None
        points = [tuple(map(float, point.split(","))) for point in found[1].split()]
        expected = [
            (
                across[0] + row[0] * (across[100] - across[0]),
                up[0] + row[column] * (up[100] - up[0]),
            )
            for row in card.trade_off()
        ]
        assert expected == [pytest.approx(point, abs=0.1) for point in points]


def test_the_bars_of_the_page_stand_on_the_axis(card: Scorecard, keeper: Bot) -> None:
    """The right ones below the others; their heights are numbers of questions."""
    page = score_page(card, keeper.corpus)
    pattern = r'<rect class=(\w+) .*?y="([\d.]+)" height="([\d.]+)"/>'
    bars = [(kind, float(y), float(height)) for kind, y, height in re.findall(pattern, page)]
    assert [1, 4] == [  # in one question the best answer is right, in four it is not
        pytest.approx(sum(height for kind, _, height in bars if kind == colour) / 180 * most_of(page))
        for colour in ("good", "bad")
    ]
    for (_, good, height), (_, bad, more) in zip(bars[::2], bars[1::2], strict=True):
        assert 220 == pytest.approx(good + height)
        assert good == pytest.approx(bad + more)


def most_of(page: str) -> int:
    """How many questions the highest bar stands for."""
    found = re.search(r"The highest bar stands for (\d+) questions", page)
    assert found is not None
    return int(found[1])


def test_left_out_phrases_are_counted_by_intent(keeper: Bot) -> None:
    """A phrase is right when its own intent is answered, a negative example is wrong when any is; the weakest first,
    small talk last."""

    def trial(intent_id: str, text: str, *, kind: str = ANSWER) -> Trial:
        ranking = keeper.matcher.rank(keeper.matcher.utterance(text))
        return Trial(kind, intent_id, ranking, ())

    made = [
        trial("fog", "what is worse than a storm"),
        trial("fog", "when is the lamp lit"),
        trial("fog", "qqqq", kind=NEGATIVE),
        trial("fog", "what is worse than a storm", kind=NEGATIVE),
        trial("lamp", "when is the lamp lit"),
        trial("hello", "qqqq"),
    ]
    rows = left_out(made, keeper.corpus, keeper.calibration)
    expected = [LeftOut("fog", 2, 1, 2, 1), LeftOut("lamp", 1, 1, 0, 0), LeftOut("hello", 1, 0, 0, 0)]
    assert expected == [row for row in rows if row.phrases]
    assert [0.5, 1.0, 0.0] == [row.share for row in rows if row.phrases]


def test_a_dialogue_is_asked_in_order(keeper: Bot) -> None:
    """Each turn is a question of its own, asked after the answer to the one before."""
    line = (
        '{"id": "d", "lang": "en", "turns": [{"q": "when is the lamp lit", "gold": ["x"], "kind": "question"}, '
        '{"q": "zzz", "gold": [], "kind": "follow-up"}]}'
    )
    questions, problems = read_questions([line, '{"turns": [{"q": 1}]}'], "d.jsonl")
    assert ["d.jsonl:2:1"] == [str(problem.at) for problem in problems]
    assert [("d/1", "question"), ("d/2", "follow-up")] == [(each.id, each.kind) for each in questions]
    assert {"d.jsonl:d"} == {each.dialogue for each in questions}
    assert 2 == len(evaluate(questions, keeper).results)
