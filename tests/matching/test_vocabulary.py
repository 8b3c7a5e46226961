"""What a word that was typed may stand for."""

import pytest

from bot.matching.vocabulary import COMMON_FROM, RARE, Vocabulary


@pytest.mark.parametrize(
    ("slip", "usual", "known"),
    [
        (1, COMMON_FROM, ("cooperatoin", "cooperation")),
        (RARE, COMMON_FROM, ("cooperatoin", "cooperation")),
        (RARE + 1, COMMON_FROM, ("cooperatoin",)),
        (1, COMMON_FROM - 1, ("cooperatoin",)),
    ],
)
def test_a_rare_misspelt_word_of_a_phrase_is_also_read_as_the_common_word(
    slip: int, usual: int, known: tuple[str, ...]
) -> None:
    """An editor's slip must not be taken for a word that tells much. The common word is never read as the slip."""
    vocabulary = Vocabulary({"cooperatoin": slip, "cooperation": usual})
    assert known == vocabulary.look_up("cooperatoin").known
    assert ("cooperation",) == vocabulary.look_up("cooperation").known


def test_another_form_of_a_rare_word_is_not_another_word() -> None:
    """Both have one stem, and would count twice."""
    vocabulary = Vocabulary({"establishment": 1, "establishments": COMMON_FROM})
    assert ("establishment",) == vocabulary.look_up("establishment").known


def test_a_slip_in_a_short_word_of_a_phrase_is_a_slip() -> None:
    vocabulary = Vocabulary({"yandx": 1, "yandex": COMMON_FROM})
    assert ("yandx", "yandex") == vocabulary.look_up("yandx").known


@pytest.mark.parametrize(
    ("typed", "known"), [("whyy", ("why",)), ("sooo", ("so",)), ("coool", ("cool",)), ("addd", ("add",))]
)
def test_letters_typed_too_often_are_no_letters_of_the_word(typed: str, known: tuple[str, ...]) -> None:
    vocabulary = Vocabulary({"why": COMMON_FROM, "so": COMMON_FROM, "cool": 1, "add": COMMON_FROM, "whys": 1})
    assert known == vocabulary.look_up(typed).known
