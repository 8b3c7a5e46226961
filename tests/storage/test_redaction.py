"""What could lead to a person is taken out of a text before it is kept."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage import redaction
from bot.storage.redaction import LONGEST, redacted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how much is it?", "how much is it?"),
        ("two\nlines\t and  spaces ", "two lines and spaces"),
        ("I am @some_body, who is he", "I am [name], who is he"),
        ("write to me: a.b+c@mail.example.org!", "write to me: [e-mail]!"),
        ("see https://example.org/a?b=c now", "see [link] now"),
        ("see t.me/joinchat/x", "see [link]"),
        ("www.example.org and B2G.", "[link] and B2G."),
        ("so (see ..t.me/joinchat/x) and/or 1/2", "so (see [link] and/or 1/2"),
        ("tg://user?id=12345678", "[link]"),
        ("+98 (21) 555-01-00 call", "[number] call"),
        ("شمارهٔ من ۰۹۱۲۳۴۵۶۷۸۹ است", "شمارهٔ من [number] است"),
        ("from 2008 to 2010, in 2,500,000 cities", "from 2008 to 2010, in 2,500,000 cities"),
        ("what is yandex.ru?", "what is yandex.ru?"),
        ("or to me@home", "or to [e-mail]"),
        ("0521/123456 call me", "[number] call me"),
        ("021/555/0100", "[number]"),
        ("what did he say on 17.06.2018?", "what did he say on 17.06.2018?"),
        ("2018-06-17, 6/17/2018.", "2018-06-17, 6/17/2018."),
        ("در ۱۳۹۷/۰۳/۲۷ چه گفت", "در ۱۳۹۷/۰۳/۲۷ چه گفت"),
        ("17.06.2018 555 01 00", "17.06.2018 [number]"),
        ("17.06.20185", "[number]"),
        ("98-17.06.2018", "[number]"),
        ("0521-12-34", "[number]"),
        ("2 500 000 or 2500000", "[number] or [number]"),
    ],
)
def test_what_could_lead_to_a_person_is_taken_out(text: str, expected: str) -> None:
    """And the rest of the question stays as it was typed."""
    assert expected == redacted(text)


def test_a_long_text_is_cut_behind_the_masking() -> None:
    """A number that the cut would have halved is no number any more, so it is redacted before."""
    text = "x" * (LONGEST - 4) + " 0912 345 67 89"
    assert LONGEST == len(redacted(text))
    assert not any(char.isdigit() for char in redacted(text))


LINKS = ("https://example.org/" + "a" * 270 + " ") * 4


@pytest.mark.parametrize(
    "personal", ["john.smith@example.org", "+98 21 555 0100", "@some_body", "www.example.org/x"]
)
def test_nothing_is_cut_in_half_before_it_is_taken_out(personal: str) -> None:
    """Links that become short bring into sight where the reading ends, wherever that is in an address or a number."""
    for before in range(
        redaction._LONGEST_READ - len(LINKS) - len(personal), redaction._LONGEST_READ - len(LINKS)
    ):
        line = redacted(f"{LINKS}{'b ' * (before // 2)}{'c' * (before % 2)} {personal} and more")
        assert set(line.removeprefix("[link] " * 4)) <= set("bc …")
        assert line.endswith("…")


@given(st.text(max_size=2000))
def test_any_text_can_be_redacted(text: str) -> None:
    """In one line of at most LONGEST characters, without an @ in front of a name."""
    line = redacted(text)
    assert len(line) <= LONGEST
    assert "\n" not in line
    assert line == " ".join(line.split())


@pytest.mark.parametrize("part", ["1-", "1--", "a.", "a-", "a@", "(1", "+", "1 ", "۱-", "ab://", "www."])
def test_the_time_grows_with_the_length_alone(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text as long as this takes milliseconds of CPU; where the time grows with the square, 5 seconds and more."""
    monkeypatch.setattr(redaction, "_LONGEST_READ", 20_000)
    began = time.process_time()
    redacted((part * 10_000)[:20_000])
    assert time.process_time() - began < 1.0
