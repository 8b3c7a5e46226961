"""What is read off a question: whom it names, what it asks for, and what its passage does not have."""

from dataclasses import replace

import pytest

from bot.corpus.intents import IntentSet, Phrase
from bot.matching import BUILT_IN, Lexicon, Matcher
from bot.matching.lexicon import NameTable
from bot.yamlfiles.problems import Location
from tests.matching.small import INTENTS, LEXICON, VISIT_AND_FOG, answered, intents_of


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("iran visits russia", (0, 1)),
        ("russia visits iran", (1, 0)),
        ("иран и россию", (0, 1)),
        ("iran iran russian russia iran", (0, 1)),
        ("the minister of china in russia with iran", (3, 2, 1, 0)),
        ("somebody else", ()),
    ],
)
def test_names_are_told_in_order(words: str, rows: tuple[int, ...]) -> None:
    """Each once, in any language and form."""
    assert rows == LEXICON.names.in_order(words.split())


@pytest.mark.parametrize(
    ("question", "foreign"),
    [
        ("so did iran visit russia", False),
        ("so did iran visit china", True),
        ("so did the minister of iran visit russia", False),  # the passage has the minister
        ("did iran visit russia in 2015", False),
        ("did iran visit russia in 2016", True),
        ("did iran visit russia in ۲۰۱۵", False),
        ("посетил ли иран россию летом", False),
        ("посетил ли иран россию и китай", True),
        ("did iran visit russia with somebody", False),  # no name that the table has
    ],
)
def test_a_name_or_number_that_neither_phrases_nor_passage_have_is_foreign(
    question: str, foreign: bool, small: Matcher
) -> None:
    """A name in any of its languages, a number in any digits."""
    assert float(foreign) == answered(small, question, "visit").foreign


def test_a_name_in_a_few_of_many_phrases_is_foreign_all_the_same() -> None:
    """One phrase in forty may have it for colour; of two in forty somebody does ask."""
    visit = INTENTS.get("visit")
    assert visit is not None
    usual = [f"did iran visit russia with {word} luggage" for word in WORDS]
    for mentions, foreign in ((1, 1.0), (2, 0.0)):
        texts = [*usual[mentions:], *(f"{text} from china" for text in usual[:mentions])]
        phrases = tuple(Phrase(text, "en", Location("new.yaml", 1, 1)) for text in texts)
        matcher = Matcher(IntentSet((replace(visit, phrases=phrases),)), LEXICON, BUILT_IN)
        assert foreign == answered(matcher, "did iran visit russia or china", "visit").foreign


WORDS = [first + second for first in ("red", "blue", "big", "old") for second in "abcdefghij"]


@pytest.mark.parametrize(
    ("question", "leader", "lacking"),
    [
        ("when is fog worse", "fog", True),
        ("why is fog worse", "fog", False),
        ("is fog really worse", "fog", False),
        ("when did iran visit russia", "visit", False),
    ],
)
def test_a_time_that_the_passage_does_not_hold_is_lacking(
    question: str, leader: str, lacking: bool, small: Matcher
) -> None:
    """Of a reason it cannot be seen whether there is one."""
    assert float(lacking) == answered(small, question, leader).lacking


def test_where_nothing_is_quoted_nothing_is_lacking(small: Matcher) -> None:
    """Neither small talk nor an out-of-scope intent has a passage."""
    assert 0.0 == answered(small, "where does the mayor live now", "people").lacking
    assert 0.0 == answered(small, "when does the mayor live here", "people").lacking


def test_without_tables_nothing_is_lacking_or_foreign() -> None:
    """The empty lexicon knows of no kind and no name; numbers need no table."""
    matcher = Matcher(INTENTS, Lexicon(), BUILT_IN)
    assert 0.0 == answered(matcher, "when is fog worse", "fog").lacking
    assert 0.0 == answered(matcher, "so did iran visit china", "visit").foreign
    assert 1.0 == answered(matcher, "did iran visit russia in 2016", "visit").foreign


def test_the_actors_speak_for_the_side_that_has_them_in_this_order(small: Matcher) -> None:
    """The same names the other way round are those of the negative examples, and swapped; others tell little."""
    forth, back, others = (
        answered(small, question, "visit").actors
        for question in (
            "did iran really visit russia",
            "did russia really visit iran",
            "did china visit russia",
        )
    )
    assert 0.0 == forth
    assert back < -0.5 < others
    assert [0.0, 1.0] == [
        answered(small, f"посетил ли летом {names}", "visit").swapped
        for names in ("иран россию", "россию иран")
    ]


def test_the_kind_speaks_for_the_side_that_asks_for_it(small: Matcher) -> None:
    """Who likes fog is asked by a negative example; when one went to Russia by a phrase."""
    assert answered(small, "who is worse than fog", "fog").kind < 0
    assert answered(small, "when was iran in russia", "visit").kind > 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wehn was iran in russia", "when was iran in russia"),  # what it asks for
        ("did irna really visit russai", "did iran really visit russia"),  # whom it names
        ("is fog wors than a strom", "is fog worse than a storm"),
        ("is fog woresthan a storm", "is fog worse than a storm"),
    ],
)
def test_a_misspelt_question_is_judged_as_the_one_that_is_meant(
    typed: str, meant: str, small: Matcher
) -> None:
    """Once it is known which intent it means, its misspelt words are those of that intent's phrases."""
    misspelt, right = (small.rank(small.utterance(text)) for text in (typed, meant))
    assert right.about_features == misspelt.about_features
    assert right.answered_features == misspelt.answered_features


def test_what_a_misspelt_word_also_resembles_is_no_doubt_about_the_leader() -> None:
    """A "stoom" may be a stool or a storm, and the leader knows of storms."""
    text = VISIT_AND_FOG.replace("who likes fog", "who likes fog, who sells a stool")
    matcher = Matcher(intents_of(text), LEXICON, BUILT_IN)
    utterance = matcher.utterance("is fog worse than a stoom")
    assert {"stool", "storm"} == set(utterance.words[-1].known)
    features = matcher.rank(utterance).about_features
    assert features is not None
    assert 1.0 == pytest.approx(features.coverage)


def test_a_question_is_nearer_to_a_phrase_or_to_a_negative_example(small: Matcher) -> None:
    """The nearest of each counts."""
    assert answered(small, "is fog worse than any storm", "fog").nearer > 0.3
    assert answered(small, "who likes fog then", "fog").nearer < -0.2


def test_whether_it_is_about_the_text_and_whether_it_is_answered_see_the_same_lead(small: Matcher) -> None:
    """That of the leader's words over those out of scope."""
    found = small.rank(small.utterance("is fog worse than any storm"))
    assert found.about_features is not None
    assert found.answered_features is not None
    assert found.answered_features.ahead == found.about_features.ahead > 0.0


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("who visited whom", 0.0),
        ("did iran visit china", 0.5),
        ("did iran visit russia", 1.0),
        ("did the minister of iran visit russia", 1.0),
    ],
)
def test_names_that_the_passage_has_are_counted_up_to_two(
    question: str, names: float, small: Matcher
) -> None:
    """The passage has the minister, Iran and Russia, and China is not in it."""
    features = small.rank(small.utterance(question)).about_features
    assert features is not None
    assert names == features.names


@pytest.mark.parametrize(
    ("once", "twice"),
    [
        ("so is fog worse", "so is fog worse worse"),
        ("so is fog worse", "So so is is is fog, fog: worse?"),
        ("fog", "fog fog fog fog"),
        ("did iran visit china", "did iran iran visit china China"),
        ("посетил ли иран китай", "посетил ли ли иран китай Китай"),
    ],
)
def test_a_word_said_twice_in_a_row_changes_nothing(once: str, twice: str, small: Matcher) -> None:
    """The same candidates, confidences and features."""
    assert small.rank(small.utterance(once)) == small.rank(small.utterance(twice))


def test_what_was_made_before_an_edit_is_taken_over_without_the_old_names(small: Matcher) -> None:
    """Names are counted by their rows, and an edited table has others."""
    question = "did iran really visit russia"
    answered(small, question, "visit")
    edited = Lexicon(
        kinds=LEXICON.kinds, names=NameTable([["fog"], ["storm"], ["mayor"], ["Russia"], ["Iran"]])
    )
    before, after = Matcher(INTENTS, edited, BUILT_IN), Matcher(INTENTS, edited, BUILT_IN)
    after.prepare(small)
    assert small.model("latin").index is after.model("latin").index
    assert answered(before, question, "visit") == answered(after, question, "visit")
