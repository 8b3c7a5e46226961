"""The markup that a text was copied with is left out, and no word of it."""

import pytest

from bot.editor.derive.plain_text import plain_text


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        (
            "<h1>The mill</h1>\n<p>By&nbsp;Mara</p><p><b>Post:</b> Is it <i>very</i> old?</p>\n"
            "<p>Yes &amp; no.<br/>Nobody knows.</p><script>count(1)</script>",
            "# The mill\n\nBy\u00a0Mara\n\n**Post:** Is it very old?\n\nYes & no.\nNobody knows.\n",
        ),
        (
            '---\nlayout: post\ntitle: "The mill"\ndate: 2019-05-02\n---\n\n## Stones\n\n'
            'They are [French](https://mill.example/a_(b) "stones"), _very_ heavy and **never** dry \\[laughs\\].\n',
            "# The mill\n\n## Stones\n\nThey are French, very heavy and never dry [laughs].\n",
        ),
        (
            "**ML: Who [mends][1] it?**\n\n**Otto**: I [do][].\n\n[1]: https://mill.example\n[do]: https://mill.example\n",
            "**ML: Who mends it?**\n\n**Otto**: I do.\n",
        ),
        (
            "She says:\n\n> _I grind_\n> _at night._\n\n"
            '![The mill](/mill.png)\n{{< figure src="mill.png" >}}\nIt rains.\n',
            "She says:\n\n“I grind\nat night.”\n\nIt rains.\n",
        ),
        (
            "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\nHOST: Who are you?\n\n"
            "2\n00:00:04.500 --> 00:00:09.000\nOTTO: A miller.\n",
            "HOST: Who are you?\n\nOTTO: A miller.\n",
        ),
    ],
)
def test_markup_is_left_out(marked: str, plain: str) -> None:
    """HTML, Markdown, subtitles: what is left are the words, and what tells who speaks."""
    assert plain == plain_text(marked)


@pytest.mark.parametrize(
    "text",
    [
        "We wrote <p> by hand, and </p> too.\r\n\r\nIt [sic] costs 5 * 3 * 2 crowns, see [1] and a_b_c.\r\n",
        "--- \nNo keys here\n---\n\n* Otto Hale, 58, is a miller.\n",
    ],
)
def test_a_text_without_markup_stays_as_it_is(text: str) -> None:
    assert text == plain_text(text)
