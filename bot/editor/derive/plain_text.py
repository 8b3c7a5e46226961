"""The words of a text that was copied with its markup: HTML, Markdown, or subtitles.

What tells who speaks stays: `#` before a heading, and bold at the start of a line. A block quotation gets quotation
marks. Not one word is changed.
"""

import html
import re
from html.parser import HTMLParser

_INLINE = re.compile(
    "a|abbr|br|button|cite|code|del|font|iframe|img|input|ins|link|mark|meta|picture|q|s|small|source|span|sub|sup|svg"
    "|time|u|video"
)
"""Elements that stand within a line; any other begins a paragraph."""
_HTML_MARKS = {"b": "**", "strong": "**", "em": "*", "i": "*"}
_SURELY_HTML = re.compile(
    r"</(?:a|b|body|div|em|figure|h[1-6]|html|i|p|span|strong)>|<br\s*/?>", re.IGNORECASE
)
_FEWEST_TAGS = 3
"""An interview may mention a tag or two."""
_ENTITY = re.compile(r"&(?:[a-z]{2,8}\d?|#\d{2,5}|#x[0-9a-f]{2,4});", re.IGNORECASE)

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<keys>[\w-]+:.*?)\n---[ \t]*\n", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*(?P<quote>[\"']?)(?P<title>.+?)(?P=quote)[ \t]*$", re.MULTILINE)
_ADDRESS = r"(?:https?:|mailto:|[./#])[^()\s]*(?:\([^()\s]*\)[^()\s]*)*"
_DEFINITION = re.compile(r"^[ \t]*\[[^\[\]\n]+\]:[ \t]+https?://.*\n?", re.MULTILINE)
_REFERENCE = re.compile(r"\[([^\[\]\n]+)\]\[[^\[\]\n]*\]")
_MARKDOWN = (
    (r"\\([\[\]*_#>~`])", r"\1"),
    (r"\{\{[<%].*?[>%]\}\}|<figure\b.*?</figure>|<img\b[^<>]*>", ""),
    (rf"!\[[^\[\]]*\]\({_ADDRESS}[^()]*\)(?:\n[*_][^*_\n]+[*_]$)?", ""),
    (r"^([*_])(?![\s*_])([^*_\n]+[?؟])\1$", r"**\2**"),
    (rf"\[([^\[\]]+)\]\({_ADDRESS}(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)", r"\1"),
    (r"(?<![\w*])([*_])(?![\s*_])([^*_]+)(?<![\s*_])\1(?![\w*])", r"\2"),
    (r"(?<=[^\s*_#>])([^\n*_]*)(\*\*\*?|__)(?=\S)((?:[^*_\n]|\n(?!\n))+)(?<=\S)\2", r"\1\3"),
)
_QUOTED = re.compile(r"^>[^\n]*(?:\n>[^\n]*)*", re.MULTILINE)

_MOMENT = r"(?:\d+:)?\d\d:\d\d[.,]\d{3}"
_CUE = re.compile(rf"^(?:\d+[ \t]*\n)?{_MOMENT} --> {_MOMENT}[^\n]*\n", re.MULTILINE)


def plain_text(text: str) -> str:
    """The text without its markup; itself where it has none.

    >>> plain_text("<p><b>Otto&nbsp;Hale:</b> We <i>never</i> sell.</p>\\n")
    '**Otto\\xa0Hale:** We never sell.\\n'
    """
    lines = text.replace("\r\n", "\n")
    plain = _without_cues(_without_front_matter(lines))
    if len(_SURELY_HTML.findall(plain)) >= _FEWEST_TAGS:
        plain = _HtmlWords().of(plain)
    if _ENTITY.search(plain):
        plain = html.unescape(plain)
    if _DEFINITION.search(plain):
        plain = _REFERENCE.sub(r"\1", _DEFINITION.sub("", plain))
    for pattern, replacement in _MARKDOWN:
        plain = re.sub(pattern, replacement, plain, flags=re.DOTALL | re.MULTILINE | re.IGNORECASE)
    plain = _QUOTED.sub(lambda quoted: _in_marks(quoted[0]), plain)
    if plain == lines:
        return text
    without_spaces = re.sub(r"[ \t]+$", "", plain, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", without_spaces).strip() + "\n"


class _HtmlWords(HTMLParser):
    """Reads a page as Markdown."""

    def of(self, page: str) -> str:
        self._found: list[str] = []
        self.feed(page)
        self.close()
        return re.sub(r"\*\*([ \t]*)\*\*", r"\1", "".join(self._found))  # bold that ends and begins again

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._found.append("\n")
        elif re.fullmatch("h[1-6]", tag):
            self._found.append("\n\n# ")
        elif tag == "blockquote":
            self._found.append("\n\n> ")
        elif not (tag == "p" and self._found and self._found[-1] == "\n\n> "):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not _INLINE.fullmatch(tag):
            self._found.append(_HTML_MARKS.get(tag, "\n\n"))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is None:  # not in a script or a style
            self._found.append(data)


def _without_front_matter(text: str) -> str:
    """Of the keys above a page the title stays."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return text
    title = _TITLE.search(found["keys"])
    return (f"# {title['title']}\n\n" if title else "") + text[found.end() :]


def _without_cues(text: str) -> str:
    without = _CUE.sub("", text)
    return re.sub(r"\AWEBVTT[^\n]*\n", "", without) if without != text else text


def _in_marks(quoted: str) -> str:
    words = re.sub(r"^>[ \t]?", "", quoted, flags=re.MULTILINE).strip()
    return words if not words or words[0] in '“«„"' else f"“{words}”"
