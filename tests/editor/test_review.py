"""From a question that was not answered to a line that an editor may write."""

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.bot import Bot
from bot.corpus.intents import OUT_OF_SCOPE, IntentSet, Phrase
from bot.editor.questions import read_questions
from bot.editor.review.effects import Change
from bot.editor.review.placing import insertion
from bot.editor.review.proposals import Case, Proposal, group_cases, is_settled, propose
from bot.editor.review.report import proposal_text, question_lines
from bot.loading.loader import load
from bot.matching import BUILT_IN, nearly_equal
from bot.storage.journal import NONE_TAKEN, Entry, Kind
from bot.text.languages import language_of
from bot.yamlfiles.problems import Location
from tests.conftest import LIGHTHOUSE

WHALE, REFUSED = "what does a whale weigh", "how much does yandex pay"


def asked(*texts: str, kind: Kind = "fallback", shown: Sequence[str] = (), taken: str = "") -> list[Entry]:
    return [Entry(kind, text, tuple(shown), taken) for text in texts]


def proposed(bot: Bot, entries: Iterable[Entry]) -> tuple[Proposal, ...]:
    return tuple(propose([case for case in group_cases(entries) if not is_settled(case, bot)], bot))


def review_text(proposal: Proposal) -> str:
    return proposal_text(1, proposal, insertion(proposal.effect.line) if proposal.effect else None)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["why did yandex leave", "Why did yadnex leave?"], ((0, 1),)),
        (["price yandex", "yandex price"], ((0, 1),)),
        (["why did it leave", "why did it come"], ((0,), (1,))),
        (["сколько стоит яндекс", "сколько стоит яндекс?"], ((0, 1),)),
        (["چرا یاندکس رفت", "چرا ياندكس رفت"], ((0, 1),)),
        (["?", "", "what"], ((0, 1), (2,))),
        ([], ()),
    ],
)
def test_nearly_equal_texts_are_a_group(texts: list[str], expected: tuple[tuple[int, ...], ...]) -> None:
    """Another spelling or another order is the same question; another word is another one."""
    assert expected == nearly_equal(texts)


@given(st.lists(st.text(max_size=20), max_size=12))
def test_every_text_is_in_one_group(texts: list[str]) -> None:
    """No text is lost."""
    assert sorted(range(len(texts))) == sorted(place for group in nearly_equal(texts) for place in group)


def test_the_most_frequent_case_comes_first() -> None:
    """A case has all wordings, and all that became of them."""
    entries = (
        asked("what is it")
        + asked("why did it leave", "why did it leave", "why did it leav")
        + asked("why did it leave", kind="offer", shown=("a", "b"), taken="b")
        + asked("why did it leave", kind="offer", shown=("a", "b"), taken=NONE_TAKEN)
    )
    first, second = group_cases(entries)
    assert ("why did it leave", "why did it leav") == first.texts
    assert (3, 2, 0) == tuple(first.count(kind) for kind in ("fallback", "offer", "wrong"))
    assert ({"b": 1}, 1, ("a",)) == (first.chosen(), first.refused(), first.shown("offer"))
    assert ("what is it",) == second.texts


@pytest.mark.parametrize(
    ("entry", "intent_id", "negative"),
    [
        (Entry("offer", WHALE, ("fog", "lamp"), "lamp"), "lamp", False),
        (Entry("offer", WHALE, ("lamp", "fog"), NONE_TAKEN), "lamp", True),
        (Entry("offer", "the lamp of the boat", ("lamp", "fog")), "lamp", False),
        (Entry("offer", WHALE, ("lamp", "fog")), "fog", False),  # lamp was offered for what was said before
        (Entry("wrong", WHALE, ("lamp",)), "lamp", True),
        (Entry("wrong", WHALE), "fog", False),
        (Entry("fallback", WHALE), "fog", False),
        (Entry("offer", WHALE, ("an-intent-that-is-gone",), "gone-too"), "fog", False),
    ],
)
def test_what_visitors_chose_goes_before_what_is_near(
    entry: Entry, intent_id: str, negative: bool, keeper: Bot
) -> None:
    """A phrase of what was chosen, a negative example of what was refused or wrong, else a phrase of the nearest."""
    (proposal,) = propose(group_cases([entry]), keeper)
    assert proposal.effect is not None
    assert (intent_id, negative) == (proposal.effect.line.intent.id, proposal.effect.line.negative)


WEATHER = """
topic: {en: Not in the interview}
intents:
  - id: weather
    kind: out-of-scope
    title: {en: The weather}
    phrases:
      en: [does it rain, is it warm, how cold was january]
"""


def test_a_phrase_of_an_out_of_scope_intent_is_proposed(tmp_path: Path) -> None:
    """Where that is the nearest intent."""
    shutil.copytree(LIGHTHOUSE / "intents", tmp_path / "intents")
    (tmp_path / "intents" / "weather.yaml").write_text(WEATHER, encoding="utf-8")
    bot = load(LIGHTHOUSE / "lighthouse.txt", tmp_path / "intents").bot
    assert bot is not None
    (proposal,) = proposed(bot, asked("the rain of january"))
    assert proposal.effect is not None
    assert OUT_OF_SCOPE == proposal.effect.line.intent.kind
    assert "If the interview does not answer it, add a phrase of weather" in review_text(proposal)


def test_where_nothing_is_near_nothing_is_proposed(keeper: Bot) -> None:
    """The editor reads what to do about it."""
    for entries in (
        asked("xylophon zzyzx"),
        asked("what colour is it", kind="offer", shown=("lamp",)),
    ):
        (proposal,) = proposed(keeper, entries)
        assert proposal.effect is None
        assert "No answer is near" in review_text(proposal)


def test_what_is_settled_is_not_proposed_again(keeper: Bot) -> None:
    """It is answered now, or is a negative example; a wrong answer is settled by another one."""
    bot, refused, lit = refusing(keeper, "who likes a storm"), "who likes a storm", "when is the lamp lit"
    settled = asked(lit, refused) + asked("which boat never leaked", kind="wrong", shown=("other",))
    still_open = asked(REFUSED) + asked(f"{lit}?", kind="wrong", shown=("lamp",))
    assert [True] * 3 == [is_settled(case, bot) for case in group_cases(settled)]
    assert [False] * 2 == [is_settled(case, bot) for case in group_cases(still_open)]


@pytest.mark.parametrize(
    ("text", "shown", "settled"),
    [
        (WHALE, (), False),
        ("when is the lamp lit", (), True),
        ("when is the lamp lit", ("lamp", "fog"), True),
        ("xylophon zzyzx", ("lamp", "fog"), True),
        ("xylophon zzyzx", ("lamp",), True),
    ],
)
def test_a_wrong_refusal_or_offer_is_settled_by_an_answer(
    text: str, shown: tuple[str, ...], settled: bool, keeper: Bot
) -> None:
    """A refusal that was wrong stays open while the question is refused; the nearest answer is proposed for it."""
    (case,) = group_cases(asked(text, kind="wrong", shown=shown))
    assert settled == is_settled(case, keeper)


def test_an_offer_that_is_still_made_stays_wrong(keeper: Bot) -> None:
    """In whatever order, and also a single one of its questions."""
    offering = replace(keeper, calibration=replace(keeper.calibration, accept=2.0, sure=0.0, offer=0.0))
    text = "boat lamp storm landing"
    offered = tuple(candidate.intent_id for candidate in offering.answer(text).offered)
    assert len(offered) > 1
    for shown in (offered, offered[::-1], (*offered[:1], "gone")):
        (case,) = group_cases(asked(text, kind="wrong", shown=shown))
        assert not is_settled(case, offering)


def refusing(keeper: Bot, text: str) -> Bot:
    """With `text` as a negative example of the intent on fog."""
    negative = Phrase(text, "en", Location("lamp.yaml", 40, 9))
    intents = (replace(i, negatives=(negative,) * (i.id == "fog")) for i in keeper.corpus.intents.intents)
    return replace(keeper.with_intents(IntentSet(tuple(intents))), calibration=BUILT_IN)


def test_words_that_are_written_already_are_removed_first(keeper: Bot) -> None:
    """The proposal for a wrong refusal says where they stand: a second line would contradict the first."""
    (proposal,) = proposed(refusing(keeper, "who likes a storm"), asked("who likes a storm", kind="wrong"))
    assert "  first: remove the same words in lamp.yaml:40:9" in review_text(proposal).splitlines()


def test_a_review_reads_well(keeper: Bot) -> None:
    """What was asked, what became of it, what is near and where, what to write, and what that would do."""
    weight = "what does a boat weigh"
    (proposal,) = proposed(keeper, asked(weight, weight, "what does a baot weigh"))
    lines = review_text(proposal).splitlines()
    assert f'1. 3 times: "{weight}"' == lines[0]
    assert '  also: "what does a baot weigh"' == lines[1]
    assert "  became: 3 not answered" == lines[2]
    assert "  today: not answered" == lines[3]
    assert "  nearest:" == lines[4]
    assert all(re.search(r'\d% "[^"]+" by ".+" \(.+\.yaml:\d+:\d+\)$', line) for line in lines[5:8])
    assert any(line.startswith("  gains: ") for line in lines)
    assert any(line.startswith("  breaks: ") for line in lines)
    assert lines[-1].startswith("  next: --apply 1 --write writes this line")


def test_a_phrase_that_a_line_breaks_is_said_to_be_asked_without_itself(keeper: Bot) -> None:
    """It is written down and answered; what is at risk is a question in nearly its words."""
    (proposal,) = proposed(keeper, asked("what does a boat weigh"))
    assert proposal.effect is not None
    broken = (
        Change("is it lit", "a.yaml:1:1", "not answered"),
        Change("is it out", "", "not answered"),
        Change("is it on", "a.yaml:2:1", "answered by fog"),
    )
    text = review_text(replace(proposal, effect=replace(proposal.effect, broken=broken)))
    assert [
        '  breaks: a.yaml:1:1: "is it lit" would not be answered if it were not written down itself',
        '  breaks: question: "is it out" would not be answered',
        '  breaks: a.yaml:2:1: "is it on" would be answered by fog if it were not written down itself',
    ] == [line for line in text.splitlines() if line.startswith("  breaks")]


def test_exported_questions_are_read_by_evaluate_once_a_person_has_completed_them() -> None:
    """Each TODO is a located problem until then."""
    cases = (Case((REFUSED,), ()), Case(("сколько стоит яндекс",), ()))
    lines = question_lines(cases, language_of).splitlines()
    _, problems = read_questions(lines, "q.jsonl")
    assert ["q.jsonl:1:1", "q.jsonl:2:1"] == [str(problem.at) for problem in problems]
    completed = [line.replace('["TODO"]', "[]").replace('"TODO"', '"absent"') for line in lines]
    questions, problems = read_questions(completed, "q.jsonl")
    assert () == problems
    assert [(REFUSED, "en"), ("сколько стоит яндекс", "ru")] == [(q.text, q.language) for q in questions]
