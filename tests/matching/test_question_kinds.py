"""What a question asks for is told by its words, in three languages."""

from pathlib import Path

import pytest

from bot.loading.loader import SOURCE, load_lexicon
from bot.matching.lexicon import OTHER, Lexicon, QuestionKinds
from bot.text.folding import comparison_key
from bot.text.languages import language_of
from bot.text.sentences import split_questions
from tests.tables import Case, table


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """Ours: the words of all languages."""
    found, problems = load_lexicon(SOURCE)
    assert () == problems
    return found


@pytest.mark.parametrize("case", table("question-kinds.yaml"))
def test_the_kind_of_a_question_is_told(case: Case, lexicon: Lexicon) -> None:
    """Of several kinds whose words it has, the first of the list counts."""
    question = case.text("asked")
    assert case.text("kind") == lexicon.kinds.kind(comparison_key(question), language_of(question) or "en")


@pytest.mark.parametrize(
    ("passage", "held"),
    [
        ("It opened in 2015.", "when how_many how_much"),
        ("Они открылись ۲۰۱۵", "when how_many how_much"),
        ("They left in March", "when"),
        ("Dozens of firms left", "how_many"),
        ("They paid back the loans", "how_much"),
        ("Sanctions are a wall", ""),
    ],
)
def test_a_passage_is_seen_to_hold_a_time_a_number_or_a_sum(
    passage: str, held: str, lexicon: Lexicon
) -> None:
    """Digits hold all three."""
    kinds = ("when", "how_many", "how_much")
    assert held.split() == [kind for kind in kinds if lexicon.kinds.holds(passage, kind)]


def test_what_cannot_be_seen_is_taken_to_be_held(lexicon: Lexicon) -> None:
    """A reason has no words of its own, and of a language without a list nothing is known."""
    assert lexicon.kinds.holds("Sanctions are a wall", "why")
    assert lexicon.kinds.holds("Οι κυρώσεις", "when")
    assert QuestionKinds().holds("Sanctions are a wall", "when")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Why? When?", ("Why?", "When?")),
        ("why?when?", ("why?", "when?")),
        ("why did it leave\nwhen was it agreed", ("why did it leave", "when was it agreed")),
        ("why did it leave and when was it agreed", ("why did it leave", "when was it agreed")),
        ("bread and butter", ("bread and butter",)),
        ("Почему ушёл и когда вернётся?", ("Почему ушёл", "когда вернётся?")),
        ("Почему ушёл, а также в каком году?", ("Почему ушёл", "в каком году?")),
        ("چرا رفت و کی برمی‌گردد؟", ("چرا رفت", "کی برمی‌گردد؟")),
        ("چرا رفت؟ کی برمی‌گردد؟", ("چرا رفت؟", "کی برمی‌گردد؟")),
        ("3.5 percent", ("3.5 percent",)),
        ("", ()),
        ("???", ("?", "?", "?")),
    ],
)
def test_a_message_is_cut_where_a_question_may_end(
    text: str, pieces: tuple[str, ...], lexicon: Lexicon
) -> None:
    """A piece too many does no harm: only pieces that are answered count."""
    assert pieces == split_questions(text, lexicon.kinds.question_joint)


def test_a_language_is_added_by_its_table_alone() -> None:
    """With the words that begin a question, those that may stand before these, and those that join two."""
    table = {"beginning": ["wann", "wo"], "before_beginning": ["seit"], "joining_beginnings": ["und auch"]}
    kinds = QuestionKinds({"de": table})
    text = "Wo lag es und auch seit wann?"
    assert ("Wo lag es", "seit wann?") == split_questions(text, kinds.question_joint)
    assert ("brot und butter",) == split_questions("brot und butter", kinds.question_joint)
    assert [True, True, False] == [kinds.is_asking(each) for each in ("wo lag es", "seit wann", "es lag wo")]


def test_without_a_table_nothing_joins_and_a_mark_alone_asks() -> None:
    """As where a new language has none yet."""
    kinds = QuestionKinds({"es": {"what": ["qué"]}})
    assert ("what is it and when",) == split_questions("what is it and when", kinds.question_joint)
    assert [True, False] == [kinds.is_asking(each) for each in ("what is it?", "what is it")]


def test_an_english_question_has_to_begin_as_one(lexicon: Lexicon) -> None:
    """Its question words are also in other sentences ("It is long"); those of the other languages are not."""
    assert ["en"] == list(lexicon.kinds.only_beginning)


def test_without_tables_every_question_is_of_no_kind() -> None:
    """As with the empty lexicon."""
    assert OTHER == QuestionKinds().kind("when did they leave", "en")


def test_words_that_join_questions_are_those_of_all_languages() -> None:
    kinds = QuestionKinds(
        {"es": {"when": ["cuándo"], "joining": ["y"]}, "de": {"joining": ["und"]}, "fa": {}}
    )
    assert ["uno", "dos", "drei and vier"] == kinds.joint.split("uno y dos, und drei and vier")
    assert OTHER == kinds.kind("und", "de")


def test_words_that_point_back_are_those_of_all_languages_and_may_be_missing_in_one() -> None:
    """They are no kind of question."""
    kinds = QuestionKinds(
        {"en": {"when": ["when"], "pointing": ["over there"]}, "ru": {"when": ["когда"]}, "fa": {}}
    )
    assert {"over", "there"} == kinds.pointing
    assert OTHER == kinds.kind("over there", "en")


def test_each_of_our_languages_has_words_that_point_back(lexicon: Lexicon) -> None:
    assert {"them", "там", comparison_key("آنجا")} <= lexicon.kinds.pointing


def test_an_entry_without_words_stands_in_no_question() -> None:
    """A translator may leave one, and so may the row of a kind that their language says otherwise."""
    kinds = QuestionKinds({"es": {"what": ["?", "*", "qué"]}})
    assert OTHER == kinds.kind("cuándo", "es")
    assert "what" == kinds.kind(comparison_key("qué"), "es")


def test_an_entry_without_words_is_a_problem(tmp_path: Path) -> None:
    """Of the files of question kinds, of word groups and of names, with its place; nothing else is lost."""
    (tmp_path / "es").mkdir()
    (tmp_path / "es" / "question-kinds.yaml").write_text('what:\n  - qué\n  - "*"\n', "utf-8")
    (tmp_path / "es" / "word-groups.yaml").write_text('groups:\n  - [irse, "?"]\n', "utf-8")
    (tmp_path / "text-names.yaml").write_text('names:\n  - ["...", China]\n', "utf-8")
    lexicon, problems = load_lexicon(tmp_path / "text.txt", tmp_path)
    assert {
        "es/question-kinds.yaml:3:5": '"*" has no words; write what people type, or remove it',
        "es/word-groups.yaml:2:12": '"?" has no words; write what people type, or remove it',
        "text-names.yaml:2:6": '"..." has no words; write what people type, or remove it',
    } == {str(each.at).removeprefix(f"{tmp_path}/"): each.message for each in problems}
    assert "what" == lexicon.kinds.kind(comparison_key("qué"), "es")
