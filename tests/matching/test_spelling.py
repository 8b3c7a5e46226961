"""Which known words a typed one is taken for, and which not."""

import pytest

from bot.matching.vocabulary import COMMON_FROM, Vocabulary


@pytest.mark.parametrize(
    ("typed", "known"), [("teh", ("the",)), ("wil", ("will",)), ("tie", ()), ("te", ()), ("arn", ())]
)
def test_three_letters_may_be_a_common_word(typed: str, known: tuple[str, ...]) -> None:
    """With two of them swapped, or with one more; a rare word ("ran") has to be typed as it is."""
    assert known == Vocabulary({"the": COMMON_FROM, "will": COMMON_FROM, "ran": 1}).look_up(typed).known


def test_of_equally_similar_words_the_one_with_the_same_letters_comes_first() -> None:
    """Swapped letters are the commonest slip; then come words that stand in more phrases."""
    vocabulary = Vocabulary({"yaddex": 1, "yandex": 1, "yahnex": 2})
    assert ("yandex", "yahnex", "yaddex") == vocabulary.look_up("yadnex").known


def test_a_similar_word_is_likelier_than_two_rare_halves() -> None:
    """A missing space is assumed only where no word is similar, or where both halves are common."""
    rare = {"search": 1, "engine": 1, "searcheagine": 1}
    assert ("searcheagine",) == Vocabulary(rare).look_up("searchengine").known
    common = rare | {"search": COMMON_FROM, "engine": COMMON_FROM}
    assert ("search", "engine") == Vocabulary(common).look_up("searchengine").known


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        (["muncii", "pality"], ["municipality"]),
        (["munxci", "palyti"], ["", ""]),  # three letters in twelve are wrong
        (["partn", "ars"], ["", ""]),  # too short to tell
    ],
)
def test_two_words_are_one_only_where_that_is_sure(typed: list[str], known: list[str]) -> None:
    """Both together are long and hardly misspelt."""
    found = Vocabulary(["municipality", "partners"]).read(typed)
    assert known == [" ".join(word.known) for word in found]


@pytest.mark.parametrize(
    ("typed", "known"),
    [("coopraton", ("cooperation",)), ("copraton", ()), ("yande", ("yandex",)), ("yadxe", ())],
)
def test_a_long_word_may_lack_two_letters_and_a_short_one_one(typed: str, known: tuple[str, ...]) -> None:
    """Words of another length are not looked through."""
    assert known == Vocabulary(["cooperation", "yandex"]).look_up(typed).known


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("thiasinterview", ("this", "interview")),
        ("thisintreview", ("this", "interview")),
        ("xqxqinterview", ()),  # nothing is like the other half
        ("itsinterview", ()),  # too short to tell
        ("thiasinterveiw", ()),  # neither half is known
    ],
)
def test_two_words_typed_as_one_are_told_apart_where_one_is_known(typed: str, known: tuple[str, ...]) -> None:
    """The other one may be misspelt."""
    found = Vocabulary(["this", "interview"]).read([typed])
    assert known == tuple(each for word in found for each in word.known)
