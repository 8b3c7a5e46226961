"""The layout of a new text as a source card, with a TODO wherever a person must decide.

`check` accepts the card but for the TODOs, because it only points at what was found in the text.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, count

from bot.corpus.source import Source
from bot.editor.derive.keywords import KeywordIndex
from bot.editor.derive.labels import ANSWERING, NEWSPAPER, SOMEBODY
from bot.editor.derive.layout import ATTRIBUTION, LayoutSegment, layout
from bot.editor.derive.question_templates import QuestionTemplates
from bot.editor.derive.unspoken import DATELINE, HEADING
from bot.editor.templates import fill
from bot.text.folding import words
from bot.yamlfiles.documents import in_quotation_marks
from bot.yamlfiles.problems import TODO

_LONGEST_ID = 40
_WHOLE = 60
"""Characters: a shorter segment is given whole, by "text"."""
_FIRST_WORDS, _LAST_WORDS = 4, 3
"""Words by which a segment is named; more of the last ones where the segment says them earlier, too."""
_MAIN = 0.2
"""The part of the direct speech from which on the interview is with whoever says it."""

_ROLES = {
    ANSWERING: "the words in quotation marks, or the answers",
    NEWSPAPER: "what stands outside quotation marks",
    SOMEBODY: "quotations of which the text does not clearly say whose they are",
}


def draft_source_card(source: Source, templates: QuestionTemplates, languages: Sequence[str]) -> str:
    """The card's YAML. `source` is the text without a card. The first of `languages` is its own."""
    return _CardDraft(source, templates, languages).text()


def unique_id(text: str, otherwise: str, taken: set[str]) -> str:
    """An id from the Latin words of `text`, else `otherwise`; with a number where it is taken. Adds it to `taken`.

    >>> unique_id("The Harbour Café", "p1", {"the-harbour-cafe"})
    'the-harbour-cafe-2'
    """
    plain = re.sub(r"[^a-z0-9]+", "-", "-".join(words(text))).strip("-")
    base = plain[: _LONGEST_ID - 4].strip("-") or otherwise[: _LONGEST_ID - 4]
    numbered = chain([base], (f"{base}-{number}" for number in count(2)))
    found = next(each for each in numbered if each not in taken)
    taken.add(found)
    return found


class _CardDraft:
    """Writes a card, and remembers the ids, so that none is used twice."""

    def __init__(self, source: Source, templates: QuestionTemplates, languages: Sequence[str]) -> None:
        self._source, self._templates = source, templates
        self._own, *self._others = languages
        self._layout = layout(source)
        self._index = KeywordIndex((self._text(each) for each in self._layout if each.speaker), templates)
        self._passage_ids: set[str] = set()
        self._section_ids: set[str] = set()
        taken: set[str] = set()
        self._speaker_ids = {
            speaker: unique_id(speaker, f"speaker-{len(taken) + 1}", taken)
            for speaker in dict.fromkeys(each.speaker for each in self._layout if each.speaker) or [NEWSPAPER]
        }

    def text(self) -> str:
        headline = next((each for each in self._layout if each.kind not in {ATTRIBUTION, DATELINE}), None)
        has_headline = headline is not None and headline.kind == HEADING
        main = self._main()
        first = main[0] if main else ""
        untitled = self._templates.interview.format(self._shown(first))
        opening = f"section: opening, title: {self._by_language(self._templates.opening)}"
        if not has_headline:
            self._section_ids.add("opening")
        return fill(
            "derive/card.yaml.j2",
            has_headline=has_headline,
            headline=self._text(headline) if headline and has_headline else untitled,
            language=self._own,
            checksum=self._source.checksum,
            speaker_ids=self._speaker_ids,
            roles=_ROLES,
            main=main,
            segments=[*([] if has_headline else [opening]), *map(self._segment, self._layout)],
            shown=self._shown,
            by_language=self._by_language,
        )

    def _main(self) -> list[str]:
        """Who says most of the text's direct speech, and whoever says a good part of it beside them."""
        said: Counter[str] = Counter()
        for each in self._layout:
            if each.speaker not in {"", NEWSPAPER, SOMEBODY}:
                said[each.speaker] += each.span.length
        least = min(_MAIN * said.total(), max(said.values(), default=0))
        return [speaker for speaker, length in said.most_common() if length >= least]

    def _shown(self, speaker: str) -> str:
        if speaker in {"", NEWSPAPER}:
            return self._templates.newspaper
        unnamed = {ANSWERING: self._templates.interviewee, SOMEBODY: self._templates.somebody}
        return unnamed.get(speaker, speaker)

    def _segment(self, segment: LayoutSegment) -> str:
        text = self._text(segment)
        if segment.kind == HEADING:
            section_id = self._id(text, "section", self._section_ids)
            return f"section: {section_id}, heading: {in_quotation_marks(text)}"
        if not segment.speaker:
            return f"kind: {segment.kind}, {_extent(text)}"
        passage_id = self._id(text, "passage", self._passage_ids)
        return f"passage: {passage_id}, speaker: {self._speaker_ids[segment.speaker]}, {_extent(text)}"

    def _id(self, text: str, kind: str, taken: set[str]) -> str:
        topics = [phrase.text for phrase in self._index.keywords(text).phrases]
        return unique_id(topics[0] if topics else "", f"{kind}-{len(taken) + 1}", taken)

    def _text(self, segment: LayoutSegment) -> str:
        return segment.span.of(self._source.text)

    def _by_language(self, text: str) -> str:
        others = "".join(f", {other}: {TODO}" for other in self._others)
        return f"{{{self._own}: {TODO if text == TODO else in_quotation_marks(text)}{others}}}"


def _extent(text: str) -> str:
    """A short segment as a whole; a long one by its first words and by last words that stand nowhere earlier in it."""
    if len(text) <= _WHOLE:
        return f"text: {in_quotation_marks(text)}"
    found = list(re.finditer(r"\S+", text))
    first = text[: found[:_FIRST_WORDS][-1].end()]
    endings = (text[word.start() :] for word in reversed(found[: 1 - _LAST_WORDS]))
    last = next((ending for ending in endings if text.find(ending) + len(ending) == len(text)), text)
    return f"from: {in_quotation_marks(first)}, to: {in_quotation_marks(last)}"
