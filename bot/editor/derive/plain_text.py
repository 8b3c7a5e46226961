"""The words of a text that was copied with its markup: HTML, Markdown, or subtitles.

What tells who speaks stays: `#` before a heading, and bold at the start of a line. A block quotation gets quotation
marks. Not one word is changed.
"""

import html
import re

_BLOCK = (
    "address|article|aside|body|caption|dd|div|dl|dt|figcaption|figure|footer|form|head|header|hr|html|li|main|nav|ol|p"
    "|pre|section|table|tbody|td|th|thead|title|tr|ul"
)
_INLINE = (
    "a|abbr|button|cite|code|del|font|iframe|img|input|ins|link|mark|meta|picture|q|s|small|source|span|sub|sup|svg"
    "|time|u|video"
)
_SURELY_HTML = re.compile(
    r"</(?:a|b|body|div|em|figure|h[1-6]|html|i|p|span|strong)>|<br\s*/?>", re.IGNORECASE
)
_FEWEST_TAGS = 3
"""An interview may mention a tag or two."""
_HTML = (
    (r"<!--.*?-->|<(script|style)\b.*?</\1>", ""),
    (r"<br\s*/?>", "\n"),
    (r"<h[1-6]\b[^<>]*>", "\n\n# "),
    (r"<blockquote\b[^<>]*>\s*(?:<p\b[^<>]*>)?", "\n\n> "),
    (r"</?(?:b|strong)\b[^<>]*>", "**"),
    (r"</?(?:em|i)\b[^<>]*>", "*"),
    (r"\*\*([ \t]*)\*\*", r"\1"),
    (rf"</?(?:h[1-6]|blockquote|{_BLOCK})\b[^<>]*>", "\n\n"),
    (rf"</?(?:{_INLINE})\b[^<>]*>", ""),
)
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
        plain = _replaced(plain, _HTML)
    if _ENTITY.search(plain):
        plain = html.unescape(plain)
    if _DEFINITION.search(plain):
        plain = _REFERENCE.sub(r"\1", _DEFINITION.sub("", plain))
    plain = _QUOTED.sub(lambda quoted: _in_marks(quoted[0]), _replaced(plain, _MARKDOWN))
    if plain == lines:
        return text
    without_spaces = re.sub(r"[ \t]+$", "", plain, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", without_spaces).strip() + "\n"


def _replaced(text: str, rules: tuple[tuple[str, str], ...]) -> str:
    for pattern, replacement in rules:
        text = re.sub(pattern, replacement, text, flags=re.DOTALL | re.MULTILINE | re.IGNORECASE)
    return text


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
