"""Intent drafts as intent files, one a section: valid YAML, which `check` accepts but for the TODOs.

The title and the phrases are in the text's own language; in every other language a TODO stands in their place.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from bot.corpus.passages import Section
from bot.editor.derive.drafts import IntentDraft
from bot.editor.templates import fill
from bot.yamlfiles.documents import written


def intent_files(drafts: Iterable[IntentDraft], languages: Sequence[str]) -> dict[str, str]:
    """The text of each file by its name, in text order. The first of `languages` is the text's own."""
    return {
        f"{section.id}.yaml": _text(section, group, *languages)
        for section, group in groupby(drafts, key=lambda draft: draft.passage.section)
    }


def _text(section: Section, drafts: Iterable[IntentDraft], own: str, *others: str) -> str:
    titles = {own: section.heading} if section.heading else dict(section.title.texts)
    template = Path(__file__).with_name("intents.yaml.j2")
    return fill(template, titles=titles, drafts=drafts, own=own, others=others, written=written)
