"""An overview shows the quotations of several intents, part by part."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from bot.conversation.bot import Bot
from bot.conversation.records import reply_record
from bot.conversation.replies import Remark, Reply, in_brief, joined
from bot.conversation.requests import ShowIntent, ShowPage, ShowPart, ShowTopic, ShowTopics, decode, encode
from bot.corpus.corpus import MOST_IN_PART
from bot.editor.questions import Outcome, Question, judge
from bot.loading.loader import load
from bot.yamlfiles.problems import Problem
from tests.conftest import LIGHTHOUSE

OVERVIEW = """\
topic: {en: Subjects}
intents:
  - id: about-the-sea
    kind: overview
    example: true
    title: {en: What is said about the sea, ru: Что сказано о море}
    label: {en: The sea}
    answers: [fog, lamp, boat]
    phrases: {en: [sea, tell me about the sea]}
  - id: maker
    kind: small-talk
    page: source
    title: {en: Who wrote it?}
    say: {en: The text does not say who wrote it.}
    phrases: {en: [who wrote it]}
"""


def loaded_with(text: str, folder: Path) -> tuple[Bot | None, tuple[Problem, ...]]:
    """The bot about the lighthouse with one more file of intents, and the problems."""
    shutil.copytree(LIGHTHOUSE / "intents", folder)
    (folder / "subjects.yaml").write_text(text, encoding="utf-8")
    loaded = load(LIGHTHOUSE / "lighthouse.txt", folder)
    return loaded.bot, loaded.problems


@pytest.fixture(scope="module")
def keeper(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    bot, problems = loaded_with(OVERVIEW, tmp_path_factory.mktemp("sea") / "intents")
    assert bot is not None, problems
    return bot


def remarks(reply: Reply, role: str) -> list[str]:
    return [block.text for block in reply.blocks if isinstance(block, Remark) and block.role == role]


def all_parts(bot: Bot) -> list[Reply]:
    """The parts as a visitor sees them who presses the button that goes on."""
    shown = [bot.answer("sea")]
    while step := next((c for c in shown[-1].navigation if c.label.startswith("More")), None):
        shown.append(bot.respond(step.request, "en"))
    return shown


def test_a_subject_that_is_named_is_answered_with_all_that_is_said(keeper: Bot) -> None:
    """In the order of the text, whatever the order of the ids, with an attribution for each row of a speaker."""
    reply = keeper.answer("sea")
    assert ("answer", "about-the-sea") == (reply.kind, reply.intent_id)
    assert ["What is said about the sea"] == remarks(reply, "title")
    spans = [quotation.span for part in all_parts(keeper) for quotation in part.quotations()]
    assert sorted(spans) == spans
    wanted = [q.span for i in ("lamp", "boat", "fog") for q in keeper.corpus.quotations[i]]
    assert sorted(wanted) == spans
    for part in all_parts(keeper):
        speakers = [quotation.passage.speaker for quotation in part.quotations()]
        changes = sum(one != other for one, other in pairwise(speakers))
        assert changes + 1 == len(remarks(part, "attribution"))


def test_each_part_fits_a_phone(keeper: Bot) -> None:
    """Only one quotation that is longer itself may be more; the last part has no button that goes on."""
    parts = all_parts(keeper)
    assert len(parts) > 1
    for part in parts:
        quotations = part.quotations()
        assert len(quotations) == 1 or sum(len(q.exact) for q in quotations) <= MOST_IN_PART
    assert parts[-1] == keeper.respond(ShowPart("about-the-sea", 99), "en")


def test_the_json_form_has_what_is_shown_at_once(keeper: Bot) -> None:
    """As an answer like any other."""
    reply = keeper.answer("tell me about the sea")
    record = reply_record(reply, keeper.corpus, None, 0.0)
    assert ("answer", "about-the-sea") == (record["decision"], record["intent"])
    assert [q.exact for q in reply.quotations()] == [quote["text"] for quote in record["quotes"]]


def test_an_overview_that_shows_the_answer_is_right(keeper: Bot) -> None:
    """For `evaluate`: what it shows at once counts, and what stands in a later part does not."""
    reply = keeper.answer("sea")
    shown, later = (keeper.corpus.quotations[name][0].exact for name in ("lamp", "fog"))
    outcomes = [
        judge(Question("1", "sea", "en", "all", (gold,)), reply, keeper.corpus).outcome
        for gold in (shown, later)
    ]
    assert [Outcome.RIGHT, Outcome.WRONG] == outcomes


def test_a_question_that_asks_one_thing_keeps_its_answer(keeper: Bot) -> None:
    """Also where an overview shows the same."""
    assert "lamp" == keeper.answer("when is the lamp lit").intent_id


def test_a_question_between_an_overview_and_its_answer_gets_the_overview(keeper: Bot) -> None:
    """It shows both; a choice between them would be none."""
    assert keeper.corpus.read_as_one("about-the-sea", "lamp")
    assert keeper.corpus.read_as_one("lamp", "about-the-sea")
    assert not keeper.corpus.read_as_one("about-the-sea", "fog")  # in a later part


def test_an_overview_leads_the_questions_of_its_topic(keeper: Bot) -> None:
    """And its label is what a button says."""
    first = keeper.respond(ShowTopic("lamp"), "en").choices[0]
    assert ("The sea", ShowIntent("about-the-sea")) == (first.short, first.request)


def test_the_start_page_shows_the_examples(keeper: Bot) -> None:
    """And, behind them, all topics."""
    requests = [choice.request for choice in keeper.respond(ShowPage("start"), "en").choices]
    assert [ShowIntent("about-the-sea"), ShowTopics()] == requests


def test_small_talk_may_show_the_page_about_the_source(keeper: Bot) -> None:
    """Below its own line."""
    first, page = keeper.answer("who wrote it").blocks
    assert Remark("The text does not say who wrote it.") == first
    assert (page,) == keeper.respond(ShowPage("source"), "en").blocks


@pytest.mark.parametrize("words", ["watch", "the oranges"])
def test_a_word_of_the_text_is_shown_where_it_stands(words: str, keeper: Bot) -> None:
    """Under a line that says so: it is no answer."""
    reply = keeper.answer(words)
    assert reply.kind in {"fallback", "offer"}
    assert keeper.wording("en").line("mentioned_here") == remarks(reply, "text")[0]
    assert all(words.rpartition(" ")[2] in quotation.exact for quotation in reply.quotations())


def test_a_question_about_such_a_word_is_not(keeper: Bot) -> None:
    """It asks for something that the sentence does not say."""
    reply = keeper.answer("how much do the oranges cost")
    assert keeper.wording("en").line("mentioned_here") not in remarks(reply, "text")


def test_in_a_group_an_answer_is_short(keeper: Bot) -> None:
    """The quotation, whose words it is, and one row; several answers keep their titles, and an overview its own."""
    one = keeper.answer("when is the lamp lit")
    brief = in_brief(one)
    assert ([], one.quotations(), ()) == (remarks(brief, "title"), brief.quotations(), brief.choices)
    assert one.navigation == brief.navigation
    assert 2 == len(remarks(in_brief(joined((one, one))), "title"))
    assert 1 == len(remarks(in_brief(keeper.answer("sea")), "title"))


def test_a_part_stands_in_a_button() -> None:
    """Also with the longest id."""
    request = ShowPart("a" * 40, 12)
    assert request == decode(encode(request))
    assert decode("m:about") is None


@pytest.mark.parametrize(
    ("answers", "rule", "says"),
    [
        ("[fog, lump]", "unknown-intent", 'did you mean "lamp"?'),
        ("[maker]", "unknown-intent", "no intent with quotes"),
        ("[]", "empty-intent", 'list intents under "answers:"'),
    ],
)
def test_what_an_overview_cannot_show_is_a_problem(
    answers: str, rule: str, says: str, tmp_path: Path
) -> None:
    """An id of nothing, of what has no quotations, or none at all."""
    bot, problems = loaded_with(OVERVIEW.replace("[fog, lamp, boat]", answers), tmp_path / "intents")
    assert bot is None
    assert [rule] == [problem.rule for problem in problems if says in problem.message]
