"""Drafts as intent files, one a section: valid YAML, which `check` accepts but for the TODOs.

Rule: the title and the phrases are drafted in the text's own language; in every other language a TODO stands
where a person must write.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.corpus.passages import Section
from bot.editor.derive.drafts import Draft
from bot.yamlfiles.documents import written
from bot.yamlfiles.fields import TODO

_HEADER = """\
# Drafted by `python -m bot derive`. The quotations are verbatim; everything else is a guess. Read each stanza,
# correct its title and its phrases, drop what does not fit, write what is marked TODO (or remove the line), and
# run `python -m bot check`.
"""


@dataclass(frozen=True, slots=True)
class DraftFile:
    """An intent file to be. `name` is without its ending."""

    name: str
    text: str


def files(drafts: Iterable[Draft], languages: Sequence[str], language: str) -> tuple[DraftFile, ...]:
    """The files, in text order. `language` is the text's own; `languages` are those that visitors speak."""
    own_first = (language, *(each for each in languages if each != language))
    return tuple(
        DraftFile(section.id, "\n".join(_lines(section, group, own_first)) + "\n")
        for section, group in groupby(drafts, key=lambda draft: draft.passage.section)
    )


def _lines(section: Section, drafts: Iterable[Draft], languages: tuple[str, ...]) -> Iterator[str]:
    yield _HEADER + "topic:"
    titles = {languages[0]: section.heading} if section.heading else dict(section.title.texts)
    yield from (f"  {each}: {written(titles.get(each, TODO))}" for each in languages)
    yield "intents:"
    for draft in drafts:
        yield from _stanza(draft, languages)


def _stanza(draft: Draft, languages: tuple[str, ...]) -> Iterator[str]:
    own, *others = languages
    yield f"  - id: {draft.id} # passage {draft.passage.id}"
    yield "    title:"
    yield f"      {own}: {written(draft.title)}"
    yield from (f"      {other}: {TODO}" for other in others)
    yield "    quotes:"
    yield f"      - {written(draft.quotation)}"
    yield "    phrases:"
    yield from _listing(own, draft.phrases)
    for other in others:
        yield from _listing(other, (TODO,))
    if draft.negatives:
        yield "    not:"
        yield from _listing(own, draft.negatives)


def _listing(language: str, texts: Iterable[str]) -> Iterator[str]:
    yield f"      {language}:"
    yield from (f"        - {written(text)}" for text in texts)
