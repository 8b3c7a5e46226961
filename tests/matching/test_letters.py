"""Messages in the wrong letters are read as what they stand for, and others stay as they are."""

import pytest

from bot.conversation.bot import Bot
from bot.matching.letters import Letters


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("kogda zazhigayut lampu", "когда зажигают лампу"),
        ("cheragh kei roshan mishavad", "چراغ کی روشن میشود"),
        ("rjulf pf;buf.n kfvge", "когда зажигают лампу"),
        ("]vhy ;d v,ak ld a,n", "چراغ کی روشن می شود"),
        ("цршср ищфе тумук дуфлув", "which boat never leaked"),
        ("когда зажигают lamp", "когда зажигают лампу"),
        ("when is лампу", "when is lamp"),
        (",fpf", None),  # no word in any letters
        ("when is the lmap lit", None),
        ("what is the lamp", None),
        ("best pizza in town", None),
        ("когда зажигают лампу", None),
        ("", None),
        ("👍", None),
        ("b2g", None),
        ("ok", None),
        ("thx", None),
        ("asdf", None),
    ],
)
def test_a_message_is_read_in_the_letters_that_it_stands_for(
    typed: str, read: str | None, keeper: Bot
) -> None:
    """None: as it was typed."""
    assert (typed if read is None else read) == Letters(keeper.matcher).read(typed)
