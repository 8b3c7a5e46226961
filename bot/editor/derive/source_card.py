"""The layout of a new text as a source card, with TODO wherever a person must decide.

Rule: the card fits the text as it is (`check` proves it), for it only points at what was found there. What this
file does not know: where it will lie.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.corpus.source import Source
from bot.editor.derive.drafts import unique_id
from bot.editor.derive.keywords import KeywordIndex
from bot.editor.derive.layout import ANSWERING, ASKING, ATTRIBUTION, HEADING, NEWSPAPER, Part, layout
from bot.editor.derive.question_templates import QuestionTemplates
from bot.text.folding import comparison_key
from bot.yamlfiles.documents import in_quotation_marks
from bot.yamlfiles.fields import TODO

_WHOLE = 60
"""Characters: a shorter segment is given whole, by "text"."""
_FIRST_WORDS, _LAST_WORDS = 4, 3
"""Words by which a segment is named; more of the last ones where they stand earlier in it, too."""
_CAPITALISED = re.compile(r"[A-ZА-ЯЁ][\w’-]+")

_HEADER = """\
# The source card, drafted by `python -m bot derive --card`. It fits the text as it is. Correct what was guessed
# (speakers, headings, where a passage begins and ends), write what is marked TODO or remove its line, and run
# `python -m bot check`. Ids stand in links: choose them now, and never change them.
"""
_ROLES = {
    ASKING: "asks the questions",
    ANSWERING: "the words in quotation marks, or the answers",
    NEWSPAPER: "what stands outside quotation marks",
}


def card_template(
    source: Source, templates: QuestionTemplates, languages: Sequence[str], language: str
) -> str:
    """The card's YAML. `source` is the text without a card; `language` is its own, and `languages` are those
    that visitors speak."""
    own_first = (language, *(each for each in languages if each != language))
    return "\n".join(_Template(source, templates, own_first).lines()) + "\n"


@dataclass(slots=True)
class _Template:
    """The card while it is written: ids that are taken, by kind."""

    source: Source
    templates: QuestionTemplates
    languages: tuple[str, ...]
    parts: tuple[Part, ...] = field(init=False)
    index: KeywordIndex = field(init=False)
    passages: set[str] = field(default_factory=set)
    sections: set[str] = field(default_factory=set)
    speakers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parts = layout(self.source)
        self.index = KeywordIndex((self._text(part) for part in self.parts if part.speaker), self.templates)
        taken: set[str] = set()
        for speaker in dict.fromkeys(part.speaker for part in self.parts if part.speaker) or [NEWSPAPER]:
            name = self._name(speaker)
            self.speakers[speaker] = unique_id(name or speaker, f"speaker-{len(taken) + 1}", taken)

    def lines(self) -> Iterator[str]:
        headline = self._text(self.parts[0]) if self.parts and self.parts[0].kind == HEADING else TODO
        yield _HEADER + f"title: {self._by_language(headline)}"
        yield f"outlet: {self._by_language(TODO)} # where it was published"
        yield f"role: {self._by_language(TODO)} # the main speaker's office"
        yield f"place: {self._by_language(TODO)} # where it was said"
        yield f"day: {self._by_language(TODO)} # when it was said, as far as the text tells"
        yield f"language: {self.languages[0]}"
        yield f"licence: {TODO}\nlicence_url: {TODO}\ncredit: {TODO}"
        yield f"sha256: {hashlib.sha256(self.source.text.encode()).hexdigest()}"
        yield "\nspeakers:"
        for speaker, identity in self.speakers.items():
            yield from self._speaker(speaker, identity)
        yield "\nsegments:"
        if not self.parts or self.parts[0].kind != HEADING:
            yield f"  - {{section: {unique_id('opening', 's', self.sections)}, title: {self._by_language(TODO)}}}"
        for part in self.parts:
            yield f"  - {{{self._segment(part)}}}"

    def _speaker(self, speaker: str, identity: str) -> Iterator[str]:
        """A speaker that the text names is named so; of the others a person knows the names."""
        name, words = self._name(speaker) or TODO, _ROLES.get(speaker, "as the text names the speaker")
        kind = "narration" if speaker == NEWSPAPER else "direct"
        yield f"  - id: {identity} # {words}"
        yield f"    name: {self._by_language(name)}"
        yield f"    words: {kind}"

    def _name(self, speaker: str) -> str:
        """The label of a speaker; of quoted words the name in most attributions, as long as the text has it."""
        if speaker not in _ROLES:
            return speaker
        said = (self._text(part) for part in self.parts if part.kind == ATTRIBUTION)
        names = (word for text in said for word in _CAPITALISED.findall(text))
        found = Counter(name for name in names if comparison_key(name) not in self.templates.function_words)
        if speaker != ANSWERING or not found:
            return ""
        last = found.most_common(1)[0][0]
        full = re.findall(rf"(?:{_CAPITALISED.pattern} )*{re.escape(last)}", self.source.text)
        return str(max(full, key=len))

    def _segment(self, part: Part) -> str:
        text = self._text(part)
        if part.kind == HEADING:
            number = f"section-{len(self.sections) + 1}"
            identity = unique_id(self._topic(text), number, self.sections)
            return f"section: {identity}, heading: {in_quotation_marks(text)}"
        if not part.speaker:
            return f"kind: attribution, text: {in_quotation_marks(text)}"
        identity = unique_id(self._topic(text), f"passage-{len(self.passages) + 1}", self.passages)
        return f"passage: {identity}, speaker: {self.speakers[part.speaker]}, {self._ends(part)}"

    def _ends(self, part: Part) -> str:
        """The first and the last words: as many that the loader, too, finds the end where it is."""
        text = self._text(part)
        words = text.split()
        if len(text) <= _WHOLE:
            return f"text: {in_quotation_marks(text)}"
        first = _beginning(text, _FIRST_WORDS)
        count = _LAST_WORDS
        last = _ending(text, count)
        while text.find(last) + len(last) < len(text) and count < len(words):
            count += 1
            last = _ending(text, count)
        if text.find(last) + len(last) < len(text) or not first or not last:
            return f"text: {in_quotation_marks(text)}"
        return f"from: {in_quotation_marks(first)}, to: {in_quotation_marks(last)}"

    def _topic(self, text: str) -> str:
        return next((phrase.text for phrase in self.index.of(text).phrases), "")

    def _text(self, part: Part) -> str:
        return self.source.text[part.span.start : part.span.end]

    def _by_language(self, text: str) -> str:
        own, *others = self.languages
        rest = "".join(f", {other}: {TODO}" for other in others)
        return f"{{{own}: {TODO if text == TODO else in_quotation_marks(text)}{rest}}}"


def _beginning(text: str, count: int) -> str:
    """The first `count` words of a text, as they stand there."""
    return (
        text[: len(text) - len(text.split(None, count)[-1])].rstrip() if len(text.split()) > count else text
    )


def _ending(text: str, count: int) -> str:
    """The last `count` words of a text, as they stand there."""
    return text[len(text.rsplit(None, count)[0]) :].lstrip() if len(text.split()) > count else text
