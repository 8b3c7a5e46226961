"""A number is the same in words and in digits, in the three languages."""

import pytest

from bot.text.folding import comparison_key


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("ninety-nine percent", "99 percent"),
        ("thirty thousand cars", "30,000 cars"),
        ("since two thousand and eight", "since 2008"),
        ("five 12 and و", "five 12 and و"),  # in the order typed
        ("one hundred and twenty services", "120 services"),
        ("пятнадцать минут", "15 минут"),
        ("девяносто девять процентов", "99 процентов"),
        ("две тысячи человек", "2000 человек"),
        ("двести пятьдесят услуг", "250 услуг"),
        ("two hundred thousand cars", "200000 cars"),
        ("3 thousand cars", "3,000 cars"),
        ("в две тысячи восьмом году", "в 2008 году"),
        ("тысяча девятьсот сорок первый", "1941"),
        ("пяти тысяч машин", "5000 машин"),
        ("پانزده دقیقه", "15 دقیقه"),
        ("نود و نه درصد", "۹۹ درصد"),
        ("سی هزار خودرو", "۳۰۰۰۰ خودرو"),
        ("صد و بیست خدمت", "120 خدمت"),
    ],
)
def test_a_number_in_words_equals_the_one_in_digits(typed: str, same: str) -> None:
    """From ten on, joined by "and" or a hyphen or neither."""
    assert comparison_key(same) == comparison_key(typed)


@pytest.mark.parametrize(
    "text",
    ["one of them", "black and white", "100 five", "пятый раз", "سه و چهار", "and then and"],
)
def test_small_numbers_and_other_words_stay_as_typed(text: str) -> None:
    """ "One" and "two" are more often something else than a count; "and" alone joins nothing."""
    assert text == comparison_key(text)
