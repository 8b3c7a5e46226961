"""Intent drafts as intent files, one a section: valid YAML, which `check` accepts but for the TODOs.

The title and the phrases are in the text's own language; in every other language a TODO stands in their place.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bot.corpus.passages import Section
from bot.editor.derive.drafts import IntentDraft
from bot.yamlfiles.documents import written
from bot.yamlfiles.fields import TODO

_HEADER = """\
# Drafted by `python -m bot derive`. The quotations are verbatim; everything else is a guess. Read each stanza,
# correct its title and its phrases, drop what does not fit, write what is marked TODO (or remove the line), and
# run `python -m bot check`.
"""


def intent_files(drafts: Iterable[IntentDraft], languages: Sequence[str]) -> dict[str, str]:
    """The text of each file by its name, in text order. The first of `languages` is the text's own."""
    return {
        f"{section.id}.yaml": "\n".join(_lines(section, group, *languages)) + "\n"
        for section, group in groupby(drafts, key=lambda draft: draft.passage.section)
    }


def _lines(section: Section, drafts: Iterable[IntentDraft], own: str, *others: str) -> Iterator[str]:
    yield _HEADER + "topic:"
    titles = {own: section.heading} if section.heading else dict(section.title.texts)
    yield from (f"  {each}: {written(titles.get(each, TODO))}" for each in (own, *others))
    yield "intents:"
    for draft in drafts:
        yield f"  - id: {draft.id} # passage {draft.passage.id}"
        yield "    title:"
        yield f"      {own}: {written(draft.title)}"
        yield from (f"      {other}: {TODO}" for other in others)
        yield "    quotes:"
        yield f"      - {written(draft.quotation)}"
        yield "    phrases:"
        yield from _by_language({own: draft.phrases} | dict.fromkeys(others, (TODO,)))
        if draft.negatives:
            yield "    not:"
            yield from _by_language({own: draft.negatives})


def _by_language(texts: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for language, listed in texts.items():
        yield f"      {language}:"
        yield from (f"        - {written(text)}" for text in listed)
