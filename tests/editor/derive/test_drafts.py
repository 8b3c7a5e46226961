"""What is drafted for a passage: its quotation verbatim, a title, and phrases in its language."""

import re

import pytest

from bot.conversation.bot import Bot
from bot.corpus.corpus import MOST_TOGETHER, resolve
from bot.corpus.intents import IntentSet
from bot.corpus.metadata import read_source, source_without_card
from bot.editor.derive.drafts import IntentDraft, draft_intents
from bot.editor.derive.source_card import draft_source_card
from bot.text.folding import comparison_key
from bot.yamlfiles.documents import parse_document
from tests.editor.derive.drafting import drafted, problems_of, templates_of, undrafted


def test_only_passages_that_no_intent_quotes_are_drafted(keeper: Bot) -> None:
    """One that is named is drafted again, with phrases and an id of its own."""
    corpus = keeper.corpus
    drafts, _ = draft_intents(corpus, templates_of("en"))
    assert ["arrival", "automatic"] == [each.passage.id for each in drafts]
    (again,), _ = draft_intents(corpus, templates_of("en"), ["boat"])
    assert "boat" == again.passage.id
    taken = {comparison_key(phrase.text) for intent in corpus.intents.intents for phrase in intent.phrases}
    assert set() == taken & {comparison_key(phrase) for phrase in again.phrases}
    assert corpus.intents.get(again.id) is None


def carded(text: str) -> tuple[IntentDraft, ...]:
    """The drafts of a text with the card that is drafted for it."""
    card = draft_source_card(source_without_card(text, "t.txt"), templates_of("en"), ("en",))
    node, _ = parse_document(card, "t.yaml")
    assert node is not None
    source, problems = read_source(text, "t.txt", node)
    assert source is not None
    assert () == problems
    return draft_intents(resolve(source, IntentSet(()))[0], templates_of("en"))[0]


def test_a_question_is_the_title_of_its_answer() -> None:
    """It is not quoted; the answer is, and can be asked for in its words."""
    (answer,) = carded("Q: How long does a candle burn?\nA: Until the wind comes, or four hours.\n")
    assert "How long does a candle burn?" == answer.title == answer.phrases[0]
    assert ("Until the wind comes, or four hours.",) == answer.quotations
    assert "how many hours" in answer.phrases


@pytest.mark.parametrize(
    ("question", "answer", "title"),
    [
        ("And sheep?", "Forty of them fit on deck.", "What is said about sheep?"),
        ("Are you against it?", "The mayor wants a fence.", "What is said about the mayor?"),
        ("Is it true? And who winds the clock?", "My uncle.", "And who winds the clock?"),
        ("What did your families say?", "My mother cried.", "What did your families say?"),
        ("Which one?", "The best came by boat.", "What is said about boat?"),
        ("Would you do it again?", "Tomorrow.", "Would you do it again?"),
    ],
)
def test_a_question_that_points_back_is_no_title(question: str, answer: str, title: str) -> None:
    """Nobody understands it on a button. A short one names the subject; else the answer does, if it has one."""
    (draft,) = carded(f"Q: {question}\n\nA: {answer}\n")
    assert title == draft.title


def test_phrases_are_what_people_type() -> None:
    """Numbers are whole, and clauses begin and end with words of their own."""
    (draft,) = carded(
        "Q: Which one?\n\nA: I bought the best for 340,000 crowns at ten past nine. Forty sheep fit in, and the ferry "
        "that we bought from the county was painted blue and named for a bishop.\n"
    )
    assert {"how many crowns", "how many sheep"} <= set(draft.phrases)
    assert "how many past are there" not in draft.phrases
    assert [] == [phrase for phrase in draft.phrases if re.search(r"^and |\b(?:and|the|for)$|\b340$", phrase)]


def test_who_speaks_for_the_first_time_is_asked_for_by_name() -> None:
    """A person seldom says the own name; visitors do. What is said later is not about the speaker."""
    text = (
        "Press: Who are you?\n\nMara Lind: (Laughs.) I light the lamp.\n\n"
        "Press: Is it heavy?\n\nMara Lind: The oil smells.\n"
    )
    first, second = carded(text)
    assert {"who is Mara Lind", "Mara Lind light lamp"} <= set(first.phrases)
    assert not any("Mara" in phrase for phrase in second.phrases)


def test_who_is_introduced_by_the_newspaper_is_asked_for_there() -> None:
    """Not where the person speaks first; two may be introduced at once."""
    text = (
        "Mara Lind and Otto Hale keep the tower.\n\nPress: Is it heavy?\n\nMara Lind: The oil smells.\n\n"
        "Press: And the clock?\n\nOtto Hale: It stops at noon.\n"
    )
    first, *others = carded(text)
    assert {"who is Mara Lind", "who is Otto Hale"} <= set(first.phrases)
    assert not any(phrase.startswith("who is ") for each in others for phrase in each.phrases)


def test_a_sentence_is_asked_for_what_it_holds() -> None:
    """A number, a time, a name, a reason; words of time are no part of the question that asks for one."""
    (draft,), _ = drafted(
        "In winter we sell nine cheeses at the Fennel market, because the ferry stops in May."
    )
    asked = {
        phrase for phrase in draft.phrases if phrase.startswith(("how many ", "when ", "where ", "why "))
    }
    assert {phrase.split()[0] for phrase in asked} == {"how", "when", "where", "why"}, draft.phrases
    assert not any("winter" in phrase for phrase in asked)
    (plain,), _ = drafted("The oldest lamp burns whale oil.")
    assert not any(phrase.startswith(("how many ", "when ", "where ", "why ")) for phrase in plain.phrases)


@pytest.mark.parametrize(
    ("text", "has_age"),
    [
        ("The keeper, Otto Hale, 66, counts fish.", True),
        ("In May Otto Hale is 71 and tired.", False),
        ("The keeper Otto Hale is 71, and tired.", True),
        ("The keeper Otto Hale is a 71-year-old dentist.", True),
        ("We sold Otto Hale 66 fish.", False),
    ],
)
def test_an_age_is_asked_for(text: str, has_age: bool) -> None:
    """It is no question then that the passage does not answer."""
    (draft,), _ = drafted(f"{text}\n")
    assert has_age == ("how old is Otto Hale" in draft.phrases)
    assert has_age != ("how old is Otto Hale" in draft.negatives)


def test_each_sentence_gives_a_phrase_of_its_content_words() -> None:
    """For questions that take one word here and one there: "which oil burns at night"."""
    (draft,), _ = drafted("At night the lamp burns whale oil. The keeper of it sleeps by day.")
    assert {"night lamp burns whale oil", "keeper sleeps day"} <= set(draft.phrases)


def test_a_reserved_phrase_is_drafted_for_nothing() -> None:
    """Those that lead to the summary: "in short, ..." begins many an answer."""
    corpus = undrafted("In short, the lamp burns whale oil.\n\nThe keeper sleeps.")
    for reserved, expected in (((), True), (["In short"], False)):
        drafts, _ = draft_intents(corpus, templates_of("en"), (), reserved)
        assert expected == ("in short" in drafts[0].phrases)


def test_what_is_no_word_of_the_answer_is_not_drafted() -> None:
    """ "(Laughs.)" at an end of it; within it, it would tear the quotation."""
    drafts, _ = drafted(
        "(Laughs.) With a bet. [Pauses] I lost the old lamp. (Both laugh.)\n\nThe oil (whale oil)."
    )
    assert [("With a bet. [Pauses] I lost the old lamp.",), ("The oil (whale oil).",)] == [
        each.quotations for each in drafts
    ]


def test_a_long_passage_is_drafted_in_pieces() -> None:
    """Whole sentences, each piece no longer than a phone shows."""
    text = " ".join(f"Sentence number {n} tells of thing{n} and matter{n} at some length." for n in range(40))
    drafts, _ = drafted(text)
    assert len(drafts) > 2
    assert text == " ".join(quotation for each in drafts for quotation in each.quotations)
    assert all(sum(map(len, each.quotations)) <= MOST_TOGETHER for each in drafts)


def test_what_cannot_be_quoted_alone_is_reported() -> None:
    """The same words twice, words that say nothing, a heading."""
    drafts, skipped = drafted(
        "A heading\n\nThe tea is cold.\n\nThe tea is cold.\n\nYes, we do.\n\nThe milk is warm."
    )
    assert [("The milk is warm.",)] == [each.quotations for each in drafts]
    assert ["A heading", "The tea is cold.", "The tea is cold.", "Yes, we do."] == [
        each.quotation.exact for each in skipped
    ]


@pytest.mark.parametrize(
    ("language", "text", "phrase"),
    [
        (
            "ru",
            "В библиотеке стоит старый улей.\n\nМёд никогда не продают.",
            "что говорится на тему мёд",
        ),
        ("fa", "کتابخانه یک کندوی قدیمی دارد.\n\nعسل هرگز فروخته نمی‌شود.", "عسل چیست"),
    ],
)
def test_a_text_in_another_language_is_drafted_in_it(language: str, text: str, phrase: str) -> None:
    """By the templates of its language; in the other languages a TODO stands."""
    drafts, _ = drafted(text, language)
    assert 2 == len(drafts)
    assert any(phrase in each.phrases for each in drafts), [each.phrases for each in drafts]
    assert {"todo"} == problems_of(undrafted(text), drafts, language)[0]
