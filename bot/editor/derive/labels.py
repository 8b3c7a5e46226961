"""The labels with which turns begin ("Q:", "Mara Lind:", "ML:"), and whom each stands for."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.corpus.passages import Span
from bot.matching.identification import FUNCTION_WORDS
from bot.text.folding import words

ASKING, ANSWERING, NEWSPAPER, SOMEBODY = "interviewer", "interviewee", "newspaper", "somebody"
"""The speakers of a text that does not name them; `SOMEBODY` is quoted beside people with names."""

_TIME = r"[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?[\])]?"
_NAME = r"(?P<name>\d{0,2}[^\W\d_][\w\u064b-\u0655\u200c.’'&/ -]{0,39}?)"
_BOLD = r"(?:\*\*|__)?"
_LABEL = re.compile(
    rf"(?:{_TIME}[ \t–—-]*)?{_BOLD}[«“„\"]?{_NAME}[»”“\"]?(?:[ \t]*\((?P<short>[^()\n]{{1,40}})\))?"
    rf"(?P<described>,[ \t]+[^:\n]{{2,60}})?(?:[ \t]*{_TIME})?[ \t]*{_BOLD}[:：]{_BOLD}(?=[\s„“\"«,]|$)"
)
_NAME_LINE = re.compile(rf"{_BOLD}{_NAME}{_BOLD}[ \t]+{_TIME}[ \t]*$", re.MULTILINE)
_INITIALS = re.compile(r"(?P<name>[A-ZА-ЯЁ]{2,4})(?=[ \t]+[A-ZÀ-ÞА-ЯЁ])")
"""Behind initials that are a label elsewhere the colon is sometimes forgotten: "MJ During the release ..."."""
_INTRODUCED = re.compile(r"([A-ZÀ-ÞА-ЯЁ][\w’-]+(?:\s[A-ZÀ-ÞА-ЯЁ][\w’-]+){0,3}) \(([A-ZА-ЯЁ]{1,4})\)")
"""In the introduction: "Otto Hale (OH) and Ada Brook (AB)"."""
_NAME_IN_SENTENCE = re.compile(r"(?<=[a-zß-ÿа-яё,]\s)\[?([A-ZÀ-ÞА-ЯЁ][\w’-]+(?:\s[A-ZÀ-ÞА-ЯЁ][\w’-]+){1,2})")
_CAPITALISED = re.compile(r"[A-ZÀ-ÞА-ЯЁ][\w’-]*[a-zß-ÿа-яё](?:\s[A-ZÀ-ÞА-ЯЁ][\w-]*[a-zß-ÿа-яё]){1,2}")
_ENDED = re.compile(r"(?:^|[^\w\s,;–—-])\s*$")
"""Behind any other end of a line, what begins the next one is the middle of a sentence."""
_LIST_ITEM = re.compile(r"\s*[-*•]\s")
_NAME_RUN = re.compile(r"[A-ZÀ-ÞА-ЯЁ][\w’-]*\w(?:[ \n][A-ZÀ-ÞА-ЯЁ][\w’-]*\w)*")
_QUESTION_END = re.compile(r"[?؟][\s”»\"'’*_)]*$")

CREDITS = (
    "words|story|text|photos?|photograph(?:s|y|ers?)|pictures?|images?|illustrations?|interview|translation"
    "|texte|fotos?|bilder?|illustrationen|gespräch|übersetzung|entrevista|texto|fotografías?|traducción"
    "|текст|фото|фотографии|иллюстрации|интервью|перевод|متن|عکس|مصاحبه|گفت‌وگو|ترجمه"
)
"""What credits begin with ("Photographs: ...", "Text by ..."), in lower case."""

EDITORIAL = re.compile(
    r"[\W_]*(?:read (?:more|next|also|on)|see also|related(?: \w+)?|more (?:from|about|on) .{3,40}|share this \w+"
    r"|(?:posted|written) (?:by|on|in)\b.*|(?:geschrieben|veröffentlicht) (?:von|am)\b.*|kategorien?"
    r"|published\b.*\d.*|updated\b.*\d.*|filed under|tags?|labels?|categories"
    r"|about the author|leave a comment|subscribe|lesen sie (?:auch|mehr)|mehr zum thema|schlagwörter|leer más"
    r"|lea también|etiquetas|compartir|читайте также|по теме|теги|метки|подписывайтесь\b.*|поделиться"
    r"|بیشتر بخوانید|مطالب مرتبط|برچسب‌ها|ارسال نظر|کد ?خبر)\s*(?:[:：].*)?$",
    re.IGNORECASE,
)
"""Lines of a web page around the text."""

_PRONOUNS = (
    "he she they we it i my our his her its an er sie es wir ich mein meine unser unsere sein seine ihr ihre ein eine"
    " laut según el ella ellos yo mi su nuestro nuestra un una он она они мы я мой моя наш наша его её их"
)
_NO_NAMES = frozenset(words(" ".join([_PRONOUNS, *FUNCTION_WORDS.values()])))

_ASKS = re.compile(
    "q|question|interviewer|host|moderator|в|вопрос|корр|корреспондент|интервьюер|ведущий|ведущая|frage|pregunta"
    "|س|سوال|سؤال|پرسش|خبرنگار|مجری"
)
_ANSWERS = re.compile("a|answer|о|ответ|antwort|respuesta|ج|پاسخ|جواب")
"""Labels of roles, without numbers and full stops, in lower case. "A:" is one only where the text has a "Q:", too."""
_ROLE_AND_DASH = re.compile(rf"(?P<name>(?i:{_ASKS.pattern}|{_ANSWERS.pattern})\d*)[ \t]+[–—-][ \t]+(?=\S)")
_NOBODY = re.compile(
    "authors?|autor(?:en|es)?|авторы?|note|ps|p.s|nb|n.b|warning|example|update|sources?|tip|hint|remember|first|second|third"
    "|внимание|примечание|источник|например|hinweis|achtung|beispiel|quelle|nota|ejemplo|fuente"
    f"|توجه|نکته|مثال|منبع|{CREDITS}"
)
"""What stands before a colon and is nobody, also where it stands there twice."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What begins a turn: `length` characters that are nobody's words, and the label in them ("" for a dash). `short`
    is what it introduces ("Otto Hale (OH):"); a label may be `described` ("Otto Hale, dentist:")."""

    length: int
    label: str = ""
    short: str = ""
    described: bool = False


def is_question(text: str) -> bool:
    return _QUESTION_END.search(text) is not None


def names_in(text: str) -> list[str]:
    """The runs of words with a capital, without function words, pronouns and possessive endings.

    >>> names_in("The keeper Otto Hale is Mara’s uncle. He came from Fennel.")
    ['Otto Hale', 'Mara', 'Fennel']
    """
    runs: list[str] = []
    for run in _NAME_RUN.findall(text):
        kept = re.sub(r"['’]s$", "", run).split()
        while kept and "".join(words(kept[0])) in _NO_NAMES:
            kept = kept[1:]
        runs += [" ".join(kept)] if kept else []
    return runs


def find_labels(text: str, paragraphs: Sequence[Span]) -> dict[str, str]:
    """The labels that begin turns, and for each its speaker: a role, or the longest name of the same person."""
    real = [
        (mark, line, before)
        for before, line in _beginnings(text, paragraphs)
        if (mark := _label_at(line)) and not (_NOBODY.fullmatch(_role(mark.label)) or EDITORIAL.match(line))
    ]
    marks = [mark for mark, *_ in real if not mark.described]
    counted = Counter(mark.label for mark in marks)
    persons = Counter(_family(mark.label) for mark, *_ in real)
    described = Counter(mark.label for mark, *_ in real if mark.described)
    sure = {label for label in counted if persons[_family(label)] > 1 or _speaker(label)}
    sure |= {label for label, n in described.items() if n > 1 and _is_full_name(label)}
    if len({_family(label) for label in sure}) == 1:
        asked = [
            is_question(line) or is_question(before) for mark, line, before in real if mark.label in sure
        ]
        if 2 * sum(asked) < len(asked):
            return {}  # "One thing is sure: ..." twice is no interview
    introduced = {name: short for name, short in _INTRODUCED.findall(text) if short in counted}
    introduced |= {mark.label: mark.short for mark in marks if mark.short in counted}
    sure |= {label for label in counted if label in introduced} | set(introduced.values())
    if sure:
        sure |= {label for label in counted if _is_full_name(label)}
        sure |= {label for label in counted if _full_name(label, sure, introduced, text) != label}
        sure |= {mark.label for mark, line, _ in real if line.startswith(("**", "__")) and not mark.described}
        families = {_family(label) for label in sure}
        sure |= {mark.label for mark, *_ in real if mark.described and _family(mark.label) in families}
    has_asking = ASKING in map(_speaker, sure)
    full = {label: _full_name(label, sure, introduced, text) for label in sure}
    names = {label: _in_small_letters(full.get(full[label], full[label]), text) for label in sure}
    return {label: (has_asking and _speaker(label)) or name for label, name in names.items()}


def _beginnings(text: str, paragraphs: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """The lines that may begin a turn, each behind the line before it: where a paragraph or a sentence begins, but for
    titles of lists."""
    lines = [(line, at) for span in paragraphs for at, line in enumerate(span.of(text).split("\n"))]
    for (before, _), (line, at), (behind, _) in zip(
        [("", 0), *lines], lines, [*lines[1:], ("", 0)], strict=False
    ):
        is_title = line.rstrip("*_ ").endswith(":") and _LIST_ITEM.match(behind)
        if not is_title and (at == 0 or _ENDED.search(before)):
            yield before, line


def label_at(labels: Mapping[str, str], text: str) -> Mark | None:
    """The label, one of these, with which a block begins."""
    mark, bare = _label_at(text), _INITIALS.match(text)
    if not mark and bare:
        mark = Mark(bare.end(), bare["name"])
    return mark if mark and mark.label in labels else None


def _label_at(text: str) -> Mark | None:
    found = _LABEL.match(text) or _NAME_LINE.match(text) or _ROLE_AND_DASH.match(text)
    if not found:
        return None
    parts = found.groupdict()
    return Mark(found.end(), parts["name"].strip(), parts.get("short") or "", bool(parts.get("described")))


def _role(label: str) -> str:
    return re.sub(r"[\W\d]+$", "", label).casefold()


def _family(label: str) -> str:
    return label.rsplit(maxsplit=1)[-1].casefold()


def _is_full_name(label: str) -> bool:
    words = label.split()
    return 2 <= len(words) <= 4 and all(word[0].isupper() for word in words)


def _speaker(label: str) -> str:
    """The role that a label names, or ""."""
    if _ASKS.fullmatch(_role(label)):
        return ASKING
    return ANSWERING if _ANSWERS.fullmatch(_role(label)) else ""


def _in_small_letters(name: str, text: str) -> str:
    """ "Ada Brook" for "ADA BROOK", if the text has that, too."""
    return name.title() if name.isupper() and " " in name and name.title() in text else name


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[\s-]", name) if word)


def _full_name(label: str, labels: set[str], introduced: Mapping[str, str], text: str) -> str:
    """The longer name of the same person, among the labels or within a sentence: "Otto Hale" for "Hale" and "OH". The
    label itself where there is none, or several."""
    introducing = [name for name, short in introduced.items() if short == label]
    if introducing:
        return max(introducing, key=lambda name: (len(name), name))
    within = {" ".join(run.split()) for run in _NAME_IN_SENTENCE.findall(text)}
    anywhere = {" ".join(run.split()) for run in _CAPITALISED.findall(text) if label.isupper()}
    own = names_in(text)
    initials = re.sub(r"[.\s]", "", label) if label.isupper() else ""
    is_one_word = " " not in label or len(initials) == label.count(".")
    for others in (labels, within, anywhere) if is_one_word else ():
        found = {name for name in others if label in name.split()[:1] + name.split()[-1:] and name != label}
        if initials:
            found |= {name for name in others if _initials(name) == initials != name}
        found |= {name for name in own if " " in name and any(each.endswith(f" {name}") for each in found)}
        shortest = min(found, key=len, default="")
        if found and all(name.endswith(shortest) for name in found):
            return shortest
    return label
