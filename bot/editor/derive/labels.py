"""The labels with which turns begin ("Q:", "Mara Lind:", "ML:"), and whom each stands for."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.corpus.passages import Span

ASKING, ANSWERING, NEWSPAPER = "interviewer", "interviewee", "newspaper"
"""The speakers of a text that does not name them."""

_TIME = r"[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?[\])]?"
_NAME = r"(?P<name>[^\W\d_][\w\u064b-\u0655\u200c.’'&/ -]{0,39}?)"
_BOLD = r"(?:\*\*|__)?"
_LABEL = re.compile(
    rf"(?:{_TIME}[ \t–—-]*)?{_BOLD}{_NAME}(?:[ \t]*\((?P<short>[^()\n]{{1,40}})\))?(?:[ \t]*{_TIME})?"
    rf"[ \t]*{_BOLD}[:：]{_BOLD}(?=\s|$)"
)
_NAME_LINE = re.compile(rf"{_BOLD}{_NAME}{_BOLD}[ \t]+{_TIME}[ \t]*$", re.MULTILINE)
_INITIALS = re.compile(r"(?P<name>[A-ZА-ЯЁ]{2,4})(?=[ \t]+[A-ZÀ-ÞА-ЯЁ])")
"""Behind initials that are a label elsewhere the colon is sometimes forgotten: "MJ During the release ..."."""
_NAME_IN_SENTENCE = re.compile(r"(?<=[a-zß-ÿа-яё,]\s)\[?([A-ZÀ-ÞА-ЯЁ][\w’-]+(?:\s[A-ZÀ-ÞА-ЯЁ][\w’-]+){1,2})")
_CAPITALISED = re.compile(r"[A-ZÀ-ÞА-ЯЁ][\w’-]*[a-zß-ÿа-яё](?:\s[A-ZÀ-ÞА-ЯЁ][\w-]*[a-zß-ÿа-яё]){1,2}")
_QUESTION_END = re.compile(r"[?؟][\s”»\"*_)]*$")

CREDITS = (
    "words|story|text|photos?|photograph(?:s|y|ers?)|pictures?|images?|illustrations?|interview|translation"
    "|texte|fotos?|bilder?|illustrationen|gespräch|übersetzung|entrevista|texto|fotografías?|traducción"
    "|текст|фото|фотографии|иллюстрации|интервью|перевод|متن|عکس|مصاحبه|گفت‌وگو|ترجمه"
)
"""What credits begin with ("Photographs: ...", "Text by ..."), in lower case."""

_ASKS = re.compile(
    "q|question|interviewer|host|moderator|в|вопрос|корр|корреспондент|интервьюер|ведущий|ведущая|frage|pregunta"
    "|س|سوال|سؤال|پرسش|خبرنگار|مجری"
)
_ANSWERS = re.compile("a|answer|о|ответ|antwort|respuesta|ج|پاسخ|جواب")
"""Labels of roles, without numbers and full stops, in lower case. "A:" is one only where the text has a "Q:", too."""
_NOBODY = re.compile(
    "note|ps|p.s|nb|n.b|warning|example|update|sources?|tip|hint|remember|first|second|third"
    "|внимание|примечание|источник|например|hinweis|achtung|beispiel|quelle|nota|ejemplo|fuente"
    f"|توجه|نکته|مثال|منبع|{CREDITS}"
)
"""What stands before a colon and is nobody, also where it stands there twice."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What begins a turn: `length` characters that are nobody's words, and the label in them ("" for a dash)."""

    length: int
    label: str = ""
    short: str = ""


def words_at(text: str, span: Span) -> str:
    return text[span.start : span.end]


def is_question(text: str) -> bool:
    return _QUESTION_END.search(text) is not None


def find_labels(text: str, paragraphs: Sequence[Span]) -> dict[str, str]:
    """The labels that begin turns, and for each its speaker: a role, or the longest name of the same person."""
    lines = [line for span in paragraphs for line in words_at(text, span).split("\n")]
    found = [(mark, line, before) for before, line in pairwise(["", *lines]) if (mark := _label_at(line))]
    real = [each for each in found if not _NOBODY.fullmatch(_role(each[0].label))]
    marks = [(mark, line) for mark, line, _ in real]
    counted = Counter(mark.label for mark, _ in marks)
    sure = {label for label, n in counted.items() if n > 1 or _speaker(label)}
    if len(sure) == 1:
        asked = [
            is_question(line) or is_question(before) for mark, line, before in real if mark.label in sure
        ]
        if 2 * sum(asked) < len(asked):
            return {}  # "One thing is sure: ..." twice is no interview
    introduced = {mark.label: mark.short for mark, _ in marks if mark.short in counted}
    sure |= introduced.keys() | set(introduced.values())
    if sure:
        sure |= {label for label in counted if _is_full_name(label)}
        sure |= {label for label in counted if _full_name(label, sure, introduced, text) != label}
        sure |= {mark.label for mark, line in marks if line.startswith(("**", "__"))}
    has_asking = ASKING in map(_speaker, sure)
    full = {label: _full_name(label, sure, introduced, text) for label in sure}
    roles = {label: _speaker(label) if has_asking else "" for label in sure}
    return {label: roles[label] or full.get(full[label], full[label]) for label in sure}


def label_at(labels: Mapping[str, str], text: str) -> Mark | None:
    """The label, one of these, with which a block begins."""
    mark, bare = _label_at(text), _INITIALS.match(text)
    if not mark and bare:
        mark = Mark(bare.end(), bare["name"])
    return mark if mark and mark.label in labels else None


def _label_at(text: str) -> Mark | None:
    found = _LABEL.match(text) or _NAME_LINE.match(text)
    if not found:
        return None
    return Mark(found.end(), found["name"].strip(), found.groupdict().get("short") or "")


def _role(label: str) -> str:
    return re.sub(r"[\W\d]+$", "", label).casefold()


def _is_full_name(label: str) -> bool:
    words = label.split()
    return 2 <= len(words) <= 4 and all(word[0].isupper() for word in words)


def _speaker(label: str) -> str:
    """The role that a label names, or ""."""
    if _ASKS.fullmatch(_role(label)):
        return ASKING
    return ANSWERING if _ANSWERS.fullmatch(_role(label)) else ""


def _full_name(label: str, labels: set[str], introduced: Mapping[str, str], text: str) -> str:
    """The longer name of the same person, among the labels or within a sentence: "Otto Hale" for "Hale" and "OH". The
    label itself where there is none, or several."""
    introducing = [name for name, short in introduced.items() if short == label]
    if introducing:
        return max(introducing, key=lambda name: (len(name), name))
    within = {" ".join(run.split()) for run in _NAME_IN_SENTENCE.findall(text)}
    anywhere = {" ".join(run.split()) for run in _CAPITALISED.findall(text) if label.isupper()}
    for others in (labels, within, anywhere) if " " not in label else ():
        found = [name for name in others if label in name.split()[:1] + name.split()[-1:] and name != label]
        if label.isupper():
            found += [name for name in others if "".join(word[0] for word in name.split()) == label != name]
        if len(set(found)) == 1:
            return found[0]
    return label
