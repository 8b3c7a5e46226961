"""Where the buttons below a reply lead, on a small text with one overview of several parts."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.conversation import pages
from bot.conversation.answers import Answers
from bot.conversation.bot import Bot
from bot.conversation.mentions import Mentions
from bot.conversation.records import reply_record
from bot.conversation.replies import Remark, joined
from bot.conversation.requests import (
    Request,
    ShowIntent,
    ShowPage,
    ShowPart,
    ShowPassage,
    ShowTopic,
    ShowTopics,
)
from bot.conversation.understanding import AskedQuestion
from bot.corpus.corpus import resolve
from bot.corpus.intent_files import merge, read_intents
from bot.corpus.passages import Quotation
from bot.matching import Ambiguous, Candidate, CandidateFeatures, Ranking
from bot.text.languages import Localized
from bot.yamlfiles.documents import parse_document

SEA = """\
topic: {en: The sea}
intents:
  - id: sea
    kind: overview
    title: {en: What is said about the sea}
    answers: [lamp, steps, fog, automatic]
    phrases: {en: [the sea, tell me about the sea]}
  - {id: lamp, title: {en: Lamp?}, quotes: [The lamp is lit at dusk], phrases: {en: [when is the lamp lit]}}
  - {id: steps, title: {en: Steps?}, quotes: [There are ninety-nine steps], phrases: {en: [how many steps]}}
  - id: fog
    title: {en: Fog?}
    quotes: [I never learned their names]
    phrases: {en: [what is worse than a storm]}
  - id: automatic
    title: {en: Next year?}
    quotes: [She said that the lighthouse will be automatic next year.]
    phrases: {en: [what happens next year]}
  - id: more
    kind: small-talk
    continues: true
    title: {en: Tell me more}
    say: {en: About what?}
    phrases: {en: [more please]}
  - id: explain
    kind: small-talk
    in_reply: meaning
    title: {en: T}
    say: {en: I only quote.}
    phrases: {en: [meaning]}
  - id: who
    kind: small-talk
    in_reply: speaker
    title: {en: T}
    say: {en: Look below.}
    phrases: {en: [whose words]}
  - id: wrong
    kind: small-talk
    in_reply: correction
    title: {en: T}
    say: {en: Sorry.}
    phrases: {en: [you are wrong]}
"""


@pytest.fixture(scope="module")
def sea(keeper: Bot) -> Iterator[Bot]:
    """Its overview has three parts: where a screen holds sixty characters, only the first holds two quotations."""
    node, problems = parse_document(SEA, "sea.yaml")
    assert node is not None, problems
    intents, problems = read_intents("sea", node)
    assert () == problems
    corpus, problems = resolve(keeper.corpus.source, merge([intents])[0])
    assert () == problems
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.corpus.corpus.MOST_IN_PART", 60)
        yield replace(keeper, corpus=corpus, matcher=keeper.matcher.with_intents(corpus.intents))


def test_each_part_leads_to_its_neighbours_and_to_all_topics(sea: Bot) -> None:
    """The first to none before it, and the last to none behind it. A number beyond the last shows the last."""
    overview = sea.corpus.answer("sea")
    assert overview is not None
    last = len(sea.corpus.parts(overview)) - 1
    assert 2 == last
    for part in range(last + 1):
        neighbours = [ShowPart("sea", n) for n in (part - 1, part + 1) if 0 <= n <= last]
        reply = sea.respond(ShowPart("sea", part), "en")
        assert [*neighbours, ShowTopics()] == [step.request for step in reply.navigation]
        labels = [step.label for step in reply.navigation]
        assert (part < last) == any(f"{part + 2}/{last + 1}" in label for label in labels)
    assert sea.respond(ShowPart("sea", last), "en").blocks == sea.respond(ShowPart("sea", 99), "en").blocks


def test_more_after_a_part_is_the_next_one(sea: Bot) -> None:
    """And after the overview as it is answered, the second."""
    for context, part in ((ShowIntent("sea"), 1), (ShowPart("sea", 1), 2)):
        following = sea.respond(ShowPart("sea", part), "en")
        assert following.blocks == sea.answer("more please", "en", context=context).blocks


def test_more_after_a_part_of_what_is_no_overview_any_more_is_the_next_answer(sea: Bot) -> None:
    """An editor may have made a single answer of it since the visitor was shown the part."""
    replies = [sea.answer("more please", "en", each) for each in (ShowIntent("lamp"), ShowPart("lamp", 1))]
    assert replies[0] == replies[1]


def test_more_after_a_passage_is_the_next_passage(sea: Bot) -> None:
    """After the last one, that one again: there is none behind it."""
    last = len(sea.corpus.source.passages)
    for number, following in ((1, 2), (last, last)):
        page = sea.respond(ShowPassage(following), "en")
        assert page.blocks == sea.answer("more please", "en", context=ShowPassage(number)).blocks


@pytest.mark.parametrize(
    ("payload", "opens"),
    [
        ("i-lamp", ShowIntent("lamp")),
        ("lamp", ShowIntent("lamp")),
        ("p-2", ShowPassage(2)),
        ("", ShowPage("start")),
    ],
)
def test_a_link_opens_what_it_names(payload: str, opens: Request, sea: Bot) -> None:
    """And no name the start page."""
    assert sea.respond(opens, "en").blocks == sea.welcome(payload, "en").blocks


def test_a_link_to_an_answer_that_is_gone_says_so_and_a_word_from_elsewhere_does_not(sea: Bot) -> None:
    """A word behind /start may come from an advertisement; one with our mark was an answer."""
    start, gone = sea.welcome("spring-campaign", "en"), sea.welcome("i-spring-campaign", "en")
    assert sea.respond(ShowPage("start"), "en").blocks == start.blocks != gone.blocks
    assert sea.respond(ShowIntent("spring-campaign"), "en").blocks == gone.blocks


def test_of_a_topic_of_many_questions_a_page_leads_to_the_next(keeper: Bot) -> None:
    """Nine questions on two pages: the first leads on, the second back, and there is no third."""
    first, second, third = (keeper.respond(ShowTopic("stairs", page), "en") for page in range(3))
    assert [ShowTopics(), ShowTopic("stairs", 1)] == [step.request for step in first.navigation]
    assert [ShowTopic("stairs", 0), ShowTopics()] == [step.request for step in second.navigation]
    assert second == third
    assert 9 == len({choice.request for choice in (*first.choices, *second.choices)})


def test_a_topic_that_fits_on_one_page_has_no_other(keeper: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine questions where a page holds nine."""
    monkeypatch.setattr(pages, "QUESTIONS_PER_PAGE", 9)
    assert [ShowTopics()] == [step.request for step in keeper.respond(ShowTopic("stairs"), "en").navigation]


def test_a_confidence_is_a_percentage(keeper: Bot) -> None:
    """Of the best answer; of a message without any, 0."""
    sure, nothing = (
        reply_record(keeper.answer(text), keeper.corpus, "a", 1.0)
        for text in ("when is the lamp lit", "xylophon zzyzx")
    )
    assert 90.0 < sure["confidence"] <= 100.0
    assert 0.0 == nothing["confidence"]


def test_what_is_asked_about_a_passage_is_about_that_passage(sea: Bot) -> None:
    """Also where no answer quotes it, like the boat here."""
    number = 1 + [passage.id for passage in sea.corpus.source.passages].index("boat")
    reply = sea.answer("meaning", "en", context=ShowPassage(number))
    assert ["boat"] == [quotation.passage.id for quotation in reply.quotations()]


def test_a_remark_about_an_answer_is_replied_to_as_small_talk(sea: Bot) -> None:
    """With the intent of the remark. A correction gets its line, and quotes nothing."""
    whose = sea.answer("whose words", "en", context=ShowIntent("lamp"))
    assert ("small_talk", "who") == (whose.kind, whose.intent_id)
    assert any("Ada Lund" in block.text for block in whose.blocks if isinstance(block, Remark))
    wrong = sea.answer("you are wrong", "en", context=ShowIntent("lamp"))
    assert ("small_talk", "wrong", (Remark("Sorry."),)) == (wrong.kind, wrong.intent_id, wrong.blocks)


def test_the_start_page_names_who_was_interviewed(keeper: Bot) -> None:
    """The first whose own words the text has."""
    (page,) = keeper.respond(ShowPage("start"), "en").blocks
    assert isinstance(page, Remark)
    assert "Ada Lund" in page.text


def test_of_several_replies_only_answers_quote(keeper: Bot) -> None:
    """What stands in another part as the nearest passage is no quotation of the answer."""
    answer = keeper.answer("when is the lamp lit", "en")
    near = replace(keeper.answer("what is worse than a storm", "en"), kind="offer")
    assert near.quotations()
    assert answer is joined((answer,))
    assert answer.quotations() == joined((near, answer)).quotations() == joined((answer, near)).quotations()


def test_where_an_overview_is_nearest_its_likeliest_answer_is_shown(sea: Bot) -> None:
    """And not all of it; the overview is what else may be meant."""
    features = CandidateFeatures(*(0.0,) * 5)
    candidates = tuple(
        Candidate(each, share, share, features) for each, share in (("sea", 0.6), ("fog", 0.2))
    )
    decision = Ambiguous(candidates[:1], Ranking(candidates, about=0.9, answered=0.3))
    answers = Answers(sea.corpus, sea.wording("en"), lambda _: Mentions("", ()))
    reply = answers.reply_to(AskedQuestion(sea.matcher.utterance("why?"), decision, "", is_about=True))
    assert ["fog", "sea"] == [each.intent_id for each in reply.offered]
    shown = [block.exact for block in reply.blocks if isinstance(block, Quotation)]
    assert ["I never learned their names"] == shown


def test_narration_without_an_outlet_is_said_to_be_that_of_its_teller(keeper: Bot) -> None:
    """A source card need not name where the text was printed; it once read "the the newspaper"."""
    source = keeper.corpus.source
    card = replace(source.metadata, outlet=Localized(()))
    bot = replace(keeper, corpus=replace(keeper.corpus, source=replace(source, metadata=card)))
    passage = next(each for each in source.passages if not each.speaker.direct)
    lines = [
        block.text for block in bot.respond(ShowPassage(passage.number)).blocks if isinstance(block, Remark)
    ]
    assert f"— {passage.speaker.name.best('en')}, in its own words" in lines
