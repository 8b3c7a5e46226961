"""What is taken out of a text before it is kept: what could lead to a person.

Rule: rather too much than too little; the editor needs the question, not its details. A name that is
written like any other word cannot be told from one, which is why /privacy says that the text is kept.
"""

import re

LONGEST = 300
"""Characters that are kept of a text. A question is shorter; what is longer is a letter."""

_LONGEST_READ = 4 * LONGEST
"""Characters that are looked at, so that what is cut off was masked as a whole before."""

_MASKS = (
    (re.compile(r"(?i)(?:\b[a-z]{2,9}://|\bwww\.)\S+|\b[\w-]+(?:\.[\w-]+)+/\S*"), "[link]"),
    (re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*"), "[e-mail]"),
    (re.compile(r"(?<!\w)@\w{2,}"), "[name]"),
    (re.compile(r"(?<!\w)\+?\(?\d(?:[\s().\u2010-\u2015-]{0,2}\d){6,}"), "[number]"),
)
"""In this order: an address of mail holds an @, a link may hold all others. Seven digits are the shortest
telephone number that people write; dates and sums have fewer, or commas between them."""


def masked(text: str) -> str:
    """`text` in one line, without links, mail addresses, names of accounts and long numbers, at most LONGEST.

    >>> masked("Call +98 21 555 0100 or @somebody,\\nsee https://example.org/x?y=1")
    'Call [number] or [name], see [link]'
    """
    line = " ".join(text[:_LONGEST_READ].split())
    for pattern, name in _MASKS:
        line = pattern.sub(name, line)
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
