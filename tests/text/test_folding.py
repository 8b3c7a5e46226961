"""Two ways of typing the same words compare equal."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text.folding import comparison_key, words
from bot.text.languages import language_of, stem


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("E-Government?", "e government"),
        ("Start-up", "start up"),
        ("co-operation", "cooperation"),
        ("гос. услуги", "госуслуги"),
        ("кибер-безопасность", "кибербезопасность"),
        ("don’t", "dont"),
        ("naïve café", "naive cafe"),
        ("Ёлка", "елка"),
        ("ПЛАТЁЖ", "платеж"),
        ("йога", "йога"),
        ("ياندكس", "یاندکس"),
        ("می‌شود", "می شود"),
        ("می‌شود", "میشود"),
        ("شرکت‌های", "شرکت های"),
        ("۱۵", "15"),
        ("١٥", "15"),
        ("تهـــران", "تهران"),
        ("مُهم", "مهم"),
        ("ﻻ", "لا"),
        ("yandex\u200b\u202e", "yandex"),
        ("cafe\u0301", "café"),
        ("５Ｇ", "5g"),
    ],
)
def test_spellings_of_the_same_word_compare_equal(typed: str, same: str) -> None:
    """Case, accents, letter variants, half-spaces, digits and invisible marks are folded."""
    assert comparison_key(same) == comparison_key(typed)


@pytest.mark.parametrize(("one", "other"), [("й", "и"), ("iran", "iraq"), ("15", "16"), ("не", "на")])
def test_different_words_stay_different(one: str, other: str) -> None:
    """Folding joins spellings, never words."""
    assert comparison_key(one) != comparison_key(other)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("why?", "en"),
        ("почему Yandex?", "ru"),
        ("چرا یاندکس؟", "fa"),
        ("👍 15 %", None),
        ("", None),
        ("中国", None),
    ],
)
def test_the_language_comes_from_the_script(text: str, language: str | None) -> None:
    """Most letters decide; a text without known letters has no language."""
    assert language == language_of(text)


@pytest.mark.parametrize(
    "forms",
    [
        ("company", "companies"),
        ("invest", "investing", "invested"),
        ("компания", "компании", "компаниями"),
        ("стартап", "стартапы", "стартапов"),
        ("شرکت", "شرکتها", "شرکتهای"),
    ],
)
def test_inflected_forms_share_a_stem(forms: tuple[str, ...]) -> None:
    """In the three languages."""
    assert 1 == len({stem(word) for form in forms for word in words(form)})


@given(st.text())
@example("0\x1bG")
@example("start.up")
def test_folding_never_raises_and_is_stable(text: str) -> None:
    """Any text has a key, and the key of a key is itself."""
    key = comparison_key(text)
    assert key == comparison_key(key)
    assert all(stem(word) for word in words(text))
