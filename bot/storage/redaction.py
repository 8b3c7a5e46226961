"""Takes out of a text what could lead to a person, before the text is kept.

It rather takes out too much: the editor needs the question, not its details. A name that is written like any other
word is not recognised, which is why /privacy says that the text is kept.
"""

import re

LONGEST = 300
"""Characters that are kept of a text: more than a question has."""

_LONGEST_READ = 4 * LONGEST
"""Characters that are looked at, so that nothing is cut in half before it is taken out."""

_REPLACEMENTS = (
    (re.compile(r"(?i)(?:\b[a-z]{2,9}://|\bwww\.)\S+|(?<![\w.-])[\w.-]*[\w-]\.[\w-]+/\S*"), "[link]"),
    (re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*"), "[e-mail]"),
    (re.compile(r"(?<!\w)@\w{2,}"), "[name]"),
    (re.compile(r"(?<!\w)\+?\(?\d(?:[\s().\u2010-\u2015-]{0,2}\d){6,}"), "[number]"),
)
"""In this order: a link may hold all others, and an e-mail address holds an @. Seven digits are the shortest telephone
number that people write; dates and sums have fewer, or commas between them. Each begins only where a word or a run of
its characters begins, or is bounded: else "1-1-1-..." takes 20 ms, and ten times the length a hundred times as long."""


def redacted(text: str) -> str:
    """`text` in one line without links, e-mail addresses, account names and long numbers, at most LONGEST.

    >>> redacted("Call +98 21 555 0100 or @somebody,\\nsee https://example.org/x?y=1")
    'Call [number] or [name], see [link]'
    """
    # half of a pair of surrogates fits no file
    printable = text[:_LONGEST_READ].encode(errors="replace").decode()
    line = " ".join(printable.split())
    for pattern, replacement in _REPLACEMENTS:
        line = pattern.sub(replacement, line)
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
