"""From a passage to an intent's parts: its id, its title, the quotation, phrases and negative examples.

Rule: a quotation is drafted only where `Source.find` finds it again, at its place; no phrase is drafted twice,
and none that an intent already has.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.conversation.mentions import sentence_spans
from bot.corpus.corpus import MOST_TOGETHER, Corpus
from bot.corpus.passages import Passage, Quotation, SourceMetadata, Span
from bot.corpus.source import Source
from bot.editor.derive.keywords import KeyPhrase, KeywordIndex, Keywords
from bot.editor.derive.layout import looks_like_heading
from bot.editor.derive.question_templates import QuestionTemplates
from bot.text.folding import comparison_key, words

_MOST_PHRASES, _MOST_NEAR_MISSES = 18, 10
_LONGEST_ID = 40
_QUESTION = re.compile(r"[?؟][\s”»\"]*$")


@dataclass(frozen=True, slots=True)
class Draft:
    """An intent as far as it can be guessed. `quotation` is the source's own words, white space folded."""

    id: str
    passage: Passage
    title: str
    quotation: str
    phrases: tuple[str, ...]
    negatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A segment that was to be drafted and cannot be, and why."""

    quotation: Quotation
    reason: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """What was drafted and what was not, each in text order."""

    drafts: tuple[Draft, ...]
    skipped: tuple[Skipped, ...]


def draft(corpus: Corpus, templates: QuestionTemplates, wanted: Iterable[str] = ()) -> Drafts:
    """A draft for each passage that no intent quotes, or for those of the ids `wanted`, in text order.

    A long passage gives several. A question that another speaker answers is no passage to quote: it becomes
    the title and a phrase of the answer.
    """
    found = tuple(_Drafting(corpus, templates).passages(frozenset(wanted)))
    return Drafts(
        tuple(each for each in found if isinstance(each, Draft)),
        tuple(each for each in found if isinstance(each, Skipped)),
    )


@dataclass(slots=True)
class _Drafting:
    """What was drafted so far, so that no id and no phrase is used twice."""

    corpus: Corpus
    templates: QuestionTemplates
    index: KeywordIndex = field(init=False)
    ids: set[str] = field(init=False)
    keys: set[str] = field(init=False)

    def __post_init__(self) -> None:
        source, intents = self.corpus.source, self.corpus.intents.intents
        self.index = KeywordIndex(
            (source.whole(passage).exact for passage in source.passages), self.templates
        )
        self.ids = {intent.id for intent in intents}
        self.keys = {each.key for i in intents for each in (*i.phrases, *i.negatives)}

    def passages(self, wanted: frozenset[str]) -> Iterator[Draft | Skipped]:
        quoted = {q.passage.id for found in self.corpus.quotations.values() for q in found}
        source = self.corpus.source
        for passage in source.passages:
            chosen = passage.id in wanted if wanted else passage.id not in quoted
            if chosen and (wanted or not _is_question(source, passage)):
                for span in _pieces(source, passage):
                    yield self._draft(passage, span)

    def _draft(self, passage: Passage, span: Span) -> Draft | Skipped:
        source = self.corpus.source
        wanted = source.quote(passage, span)
        quotation = " ".join(wanted.exact.split())
        if source.metadata == SourceMetadata() and looks_like_heading(source, passage):
            return Skipped(wanted, "it looks like a heading; with a source card it is one (derive --card)")
        if source.find(quotation) != wanted:
            return Skipped(wanted, "the text says it more than once; quote it with its neighbours by hand")
        keywords = self.index.of(wanted.exact)
        question = "" if span.start > passage.span.start else _question_before(source, passage)
        phrases = self._unused(_phrases(keywords, question, self.templates), _MOST_PHRASES)
        if not phrases:
            return Skipped(wanted, "it has no telling word of its own to ask for")
        topic = keywords.phrases[0] if keywords.phrases else KeyPhrase(question, question)
        return Draft(
            id=unique_id(topic.text, passage.id, self.ids),
            passage=passage,
            title=question or self.templates.title.format(topic.with_article),
            quotation=quotation,
            phrases=phrases,
            negatives=self._unused(_negatives(keywords, self.templates), _MOST_NEAR_MISSES),
        )

    def _unused(self, texts: Iterable[str], most: int) -> tuple[str, ...]:
        """The first `most` of the texts that nobody has yet."""
        taken: list[str] = []
        for text in texts:
            key = comparison_key(text)
            if key and key not in self.keys and len(taken) < most:
                self.keys.add(key)
                taken.append(text)
        return tuple(taken)


def unique_id(text: str, otherwise: str, taken: set[str]) -> str:
    """An id from the Latin words of `text`, else `otherwise`; with a number where it is taken. It is then taken.

    >>> unique_id("The Harbour Café", "p1", {"the-harbour-cafe"})
    'the-harbour-cafe-2'
    """
    plain = re.sub(r"[^a-z0-9]+", "-", "-".join(words(text))).strip("-")
    base = plain[: _LONGEST_ID - 4].strip("-") or otherwise[: _LONGEST_ID - 4]
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    taken.add(found)
    return found


def _pieces(source: Source, passage: Passage) -> Iterator[Span]:
    """The passage, or its sentences in groups that a phone shows without scrolling.

    The comma that leads to "he said" is left out: the quotation ends there.
    """
    start = end = passage.span.start
    for sentence in sentence_spans(source, passage):
        if end > start and sentence.end - start > MOST_TOGETHER:
            yield Span(start, end)
            start = sentence.start
        end = sentence.end
    kept = len(source.text[start:end].rstrip(",،"))
    if kept:
        yield Span(start, start + kept)


def _is_question(source: Source, passage: Passage) -> bool:
    """Whether the passage ends with a question that the next one answers, by another speaker."""
    following = next((p for p in source.passages if p.number == passage.number + 1), None)
    asks = _QUESTION.search(source.whole(passage).exact) is not None
    return asks and following is not None and following.speaker != passage.speaker


def _question_before(source: Source, passage: Passage) -> str:
    """The last sentence of the passage before this one, where it asks what this one answers; else ""."""
    before = next((p for p in source.passages if p.number == passage.number - 1), None)
    if before is None or not _is_question(source, before):
        return ""
    last = list(sentence_spans(source, before))[-1]
    return " ".join(source.quote(before, last).exact.split())


def _phrases(keywords: Keywords, question: str, templates: QuestionTemplates) -> Iterator[str]:
    """Candidates, the best first: the question that was asked, then the weightiest words in all forms."""
    if question:
        yield question
    for phrase in keywords.phrases[:2]:
        yield phrase.text
        yield from (form.format(phrase.with_article) for form in templates.about)
    yield from keywords.gists
    for counted in keywords.counted[:2]:
        yield from (form.format(counted) for form in templates.number)
    for phrase in keywords.phrases[:1] if keywords.has_year else ():
        yield from (form.format(phrase.with_article) for form in templates.year)
    yield from keywords.names[:2]
    yield from (phrase.text for phrase in keywords.phrases[2:5])


def _negatives(keywords: Keywords, templates: QuestionTemplates) -> Iterator[str]:
    """Candidates: what one could ask about the same, and the passage does not say as far as one can see."""
    for phrase in keywords.phrases[:1]:
        numbers = () if keywords.has_number else templates.beyond_number
        years = () if keywords.has_year else templates.beyond_year
        yield from (form.format(phrase.with_article) for form in (*numbers, *years, *templates.beyond))
    for name in sorted(keywords.names, key=lambda name: -name.count(" "))[:2]:  # whole names first
        yield from (form.format(name) for form in templates.beyond_name)
