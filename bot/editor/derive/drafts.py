"""From a passage to an intent draft, and from drafts to intent files."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, product

from bot.corpus.corpus import MOST_TOGETHER, Corpus
from bot.corpus.passages import Passage, Quotation, Section, SourceMetadata, Span
from bot.corpus.source import Source
from bot.editor.derive.keywords import KeyPhrase, KeywordIndex, Keywords
from bot.editor.derive.question_templates import QuestionTemplates
from bot.editor.derive.source_card import unique_id
from bot.editor.derive.unspoken import is_heading
from bot.editor.templates import fill
from bot.text.folding import comparison_key
from bot.text.sentences import sentence_bounds
from bot.yamlfiles.documents import written

SUMMARY = "summary"
"""The id of the overview that sums the interview up; no draft gets it."""
_MOST_PHRASES, _MOST_NEGATIVES = 50, 10
_IN_BRACKETS = r"[*_]?[(\[][^\W\d]+(?:\s[^\W\d]+){0,2}[.!…]?[)\]]\.?[*_]?"
_ASIDES = re.compile(rf"^{_IN_BRACKETS}\s+|(?<=[.!?…])\s+{_IN_BRACKETS}$")
"""Three words at most beside the sentences: "(Laughs.)"."""
_NAME = re.compile(r"[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*)*")
_QUESTION = re.compile(r"[?؟][\s”»\"]*$")


@dataclass(frozen=True, slots=True)
class IntentDraft:
    """An intent as far as it can be guessed. `quotations` are the source's own words, white space folded."""

    id: str
    passage: Passage
    title: str
    quotations: tuple[str, ...]
    phrases: tuple[str, ...]
    negatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Words that need an intent and cannot be drafted, and why."""

    quotation: Quotation
    reason: str


def draft_intents(
    corpus: Corpus,
    templates: QuestionTemplates,
    passage_ids: Collection[str] = (),
    reserved: Iterable[str] = (),
) -> tuple[tuple[IntentDraft, ...], tuple[Skipped, ...]]:
    """Drafts for the passages that no intent quotes, or for those of `passage_ids`; and what was skipped.

    Both are in text order. A long passage gives several drafts. What answers one question of the interviewer is quoted
    together as far as a phone shows it; the question becomes the title, and a phrase. None gets a `reserved` phrase.
    """
    source, drafting = corpus.source, _Drafting(corpus, templates, reserved)
    named = [passage for passage in source.passages if passage.id in passage_ids]
    wanted = named if passage_ids else corpus.unquoted()
    quotations = [source.quote(passage, span) for passage in wanted for span in _pieces(source, passage)]
    reasons = {each: drafting.unquotable(each) for each in quotations}
    skipped = [Skipped(each, reason) for each, reason in reasons.items() if reason]
    drafts: list[IntentDraft] = []
    for group in drafting.answers(each for each in quotations if not reasons[each]):
        if draft := drafting.draft(group):
            drafts.append(draft)
        else:
            skipped += (Skipped(each, "it has no word of its own to ask for") for each in group)
    return tuple(drafts), tuple(sorted(skipped, key=lambda each: each.quotation.span))


def intent_files(drafts: Iterable[IntentDraft], languages: Sequence[str]) -> dict[str, str]:
    """Intent files, one a section, by name and in text order: valid YAML, which `check` accepts but for the TODOs.

    The title and the phrases are in the text's own language, the first of `languages`; in every other one a TODO
    stands in their place.
    """
    own, *others = languages
    files = {}
    for section, group in groupby(drafts, key=lambda draft: draft.passage.section):
        titles = {own: section.heading} if section.heading else dict(section.title.texts)
        values = {"titles": titles, "drafts": group, "own": own, "others": others, "written": written}
        files[f"{section.id}.yaml"] = fill("derive/intents.yaml.j2", **values)
    return files


class _Drafting:
    """Makes drafts, and remembers their ids and phrases, so that none is used twice."""

    def __init__(self, corpus: Corpus, templates: QuestionTemplates, reserved: Iterable[str]) -> None:
        self._source, self._templates = corpus.source, templates
        texts = (self._source.whole(passage).exact for passage in self._source.passages)
        self._index = KeywordIndex(texts, templates)
        self._ids = {SUMMARY, *(intent.id for intent in corpus.intents.intents)}
        self._keys = {each.key for i in corpus.intents.intents for each in (*i.phrases, *i.negatives)}
        self._keys |= set(map(comparison_key, reserved))
        self._asked = defaultdict[str, tuple[str, ...]](tuple, _questions(self._source))
        self._introduced: defaultdict[str, list[str]] = defaultdict(list)
        for passage_id, name in _introductions(self._source, templates):
            self._introduced[passage_id].append(name)
        self._begun: set[Section] = set()

    def unquotable(self, wanted: Quotation) -> str:
        """Why an intent cannot quote this, or ""."""
        may_head = self._source.metadata == SourceMetadata() and wanted.passage != self._source.passages[-1]
        if may_head and is_heading(self._source.whole(wanted.passage).exact):
            return "it looks like a heading; with a source card it is one (derive --card)"
        if self._source.find(" ".join(wanted.exact.split())) != wanted:
            return "the text says it more than once; quote it with its neighbours by hand"
        return ""

    def answers(self, quotations: Iterable[Quotation]) -> Iterator[list[Quotation]]:
        """The quotations, those together that answer the same question."""
        group: list[Quotation] = []
        asked: tuple[str, ...] = ()
        for each in quotations:
            question, length = self._asked[each.passage.id], sum(q.span.length for q in (*group, each))
            if group and (length > MOST_TOGETHER or not question or question != asked):
                yield group
                group = []
            group, asked = [*group, each], question
        if group:
            yield group

    def draft(self, group: Sequence[Quotation]) -> IntentDraft | None:
        """None where the words say nothing that nobody else says."""
        passage = group[0].passage
        keywords = self._index.keywords("\n".join(each.exact for each in group))
        asked = self._asked[passage.id]
        questions = [each for each in asked if comparison_key(each) not in self._keys]
        title, subject = self._title(questions)
        keywords = replace(keywords, phrases=(*subject[:1], *keywords.phrases))
        heading = passage.section.heading if passage.section not in self._begun else ""
        persons = [name for each in group for name in self._introduced.pop(each.passage.id, ())]
        speaking = persons[0] if persons and passage.speaker.direct else ""
        candidates = self._phrases(keywords, [*questions, heading], persons, speaking)
        phrases = tuple(islice(self._unused(candidates), _MOST_PHRASES))
        if not phrases:
            return None
        self._begun.add(passage.section)
        topic = next(iter(keywords.phrases), KeyPhrase(phrases[0], phrases[0]))
        title = title or ("" if keywords.phrases else next(iter(questions), ""))
        return IntentDraft(
            id=unique_id(topic.text, passage.id, self._ids),
            passage=passage,
            title=title or self._templates.title.format(topic.with_article),
            quotations=tuple(" ".join(each.exact.split()) for each in group),
            phrases=phrases,
            negatives=tuple(islice(self._unused(self._negatives(keywords)), _MOST_NEGATIVES)),
        )

    def _title(self, questions: Sequence[str]) -> tuple[str, tuple[KeyPhrase, ...]]:
        """The last that stands alone; where none does, "" and the subject of a short one ("And sheep?")."""
        asking = [each for each in questions if _QUESTION.search(each)] or questions
        title = next(filter(self._index.stands_alone, asking), "")
        whole = (each for each in asking if not title and not self._index.points_back(each))
        return title, next(filter(None, (self._index.keywords(each).phrases for each in whole)), ())

    def _unused(self, texts: Iterable[str]) -> Iterator[str]:
        """The texts that no intent has yet."""
        for text in texts:
            key = comparison_key(text)
            if key and key not in self._keys:
                self._keys.add(key)
                yield text

    def _phrases(
        self, keywords: Keywords, questions: Iterable[str], persons: Sequence[str], speaking: str
    ) -> Iterator[str]:
        """Candidates, the best first: the questions that were asked, what the passage is about, and its own clauses.
        `persons` are introduced there; `speaking` is one who does that in the own words, or ""."""
        templates, topic = self._templates, [phrase.with_article for phrase in keywords.phrases[:1]]
        yield from questions
        yield from _filled(templates.person, persons)
        yield from (phrase.text for phrase in keywords.phrases[:1])
        yield from _filled(templates.about, topic)
        yield from _filled(templates.number, keywords.counted[:2])
        yield from _filled(templates.year, topic if keywords.has_year else ())
        yield from _filled(templates.age, [*persons, *keywords.names][:1] if keywords.has_age else ())
        yield from keywords.clauses
        yield from (f"{speaking} {gist}".lstrip() for gist in keywords.gists)
        yield from keywords.asked
        others = keywords.names or [phrase.text for phrase in keywords.phrases[1:4]]
        yield from _filled(templates.about[:1], others)

    def _negatives(self, keywords: Keywords) -> Iterator[str]:
        """Candidates: what one could ask of a person or of a date, and the passage probably does not say."""
        topic = [phrase.with_article for phrase in keywords.phrases[:1]]
        names = [name for name in keywords.names if " " in name]
        yield from _filled(self._templates.beyond_year, () if keywords.has_year else topic)
        yield from _filled(self._templates.beyond_name, () if keywords.has_age else names[:2])


def _questions(source: Source) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The id of each passage that answers a question, with its sentences: the last that asks, then all others. An
    answer ends with its section."""
    asked: list[str] = []
    answered = False
    passages = {passage.span.start: passage.id for passage in source.passages}
    for segment in source.segments:
        if segment.kind in {"question", "heading"}:
            text = segment.span.of(source.text) if segment.kind == "question" else ""
            asked = [] if answered or not text else asked
            answered = False
            asked += (" ".join(text[a:b].split()) for a, b in sentence_bounds(text))
        elif segment.span.start in passages and asked:
            answered = True
            asking = [sentence for sentence in asked if _QUESTION.search(sentence)][::-1]
            yield passages[segment.span.start], tuple(dict.fromkeys([*asking, *asked]))


def _introductions(source: Source, templates: QuestionTemplates) -> Iterator[tuple[str, str]]:
    """The passage that mostly says who a person with a name is, and the name: the first one of the newspaper's that
    names the person, else the first one that the person speaks."""
    speaks_first = {
        passage.speaker.id: passage for passage in reversed(source.passages) if passage.speaker.direct
    }
    for spoken in speaks_first.values():
        name = spoken.speaker.name.best(source.language)
        if name not in {templates.interviewee, templates.somebody} and _NAME.fullmatch(name):
            told = (
                each
                for each in source.passages
                if not each.speaker.direct and name in source.whole(each).exact
            )
            yield next(told, spoken).id, name


def _pieces(source: Source, passage: Passage) -> Iterator[Span]:
    """The passage, or its sentences in groups that a phone shows without scrolling. Left out are "(Laughs.)" at an end,
    and the comma before "he said"."""
    first = passage.span.start
    spoken = _ASIDES.sub(lambda aside: " " * len(aside[0]), source.whole(passage).exact).rstrip(",، \n")
    start = end = 0
    for begun, ended in sentence_bounds(spoken):
        if end and ended - start > MOST_TOGETHER:
            yield Span(first + start, first + end)
            end = 0
        start, end = (start if end else begun), ended
    if end:
        yield Span(first + start, first + end)


def _filled(templates: Iterable[str], subjects: Iterable[str]) -> Iterator[str]:
    return (template.format(subject) for subject, template in product(subjects, templates))
