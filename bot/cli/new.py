"""Make a folder for a new interview: its text, a source card, drafted intents, small talk."""

import argparse
import os
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from bot.cli.common import unfinished_corpus, usage_error, write_files
from bot.cli.derive import (
    OVERVIEWS,
    STARTERS,
    add_languages,
    draft_card,
    draft_files,
    own_first,
    starter,
    text_alone,
)
from bot.corpus.source import Source
from bot.editor.derive.plain_text import plain_text
from bot.editor.templates import fill
from bot.loading.files import shown
from bot.loading.loader import load_corpus
from bot.settings import HOME
from bot.yamlfiles.problems import TODO, errors

_SCHEMAS = HOME / "schemas"

_FIRST_WORDS = 60
"""Characters."""

EXAMPLE = "bees.txt"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", type=Path, metavar="FILE", help="the text of the interview, in UTF-8")
    parser.add_argument("--into", type=Path, metavar="DIR", help="the new folder (default: named as FILE)")
    add_languages(parser, "that of the text")


def run(options: argparse.Namespace) -> None:
    folder: Path = options.into or Path(options.text.stem)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        usage_error(f"new: {shown(folder)} exists, and nothing is ever overwritten; name another with --into")
    text = text_alone("new", options.text, plain_text)
    languages = own_first(text, options.languages)
    source, intents = folder / "interview.txt", folder / "intents"
    schema = Path(os.path.relpath(_SCHEMAS / "card.schema.json", folder)).as_posix()
    card = f"# yaml-language-server: $schema={schema}\n{draft_card(text, languages)}"
    files = {source: text.text, source.with_suffix(".yaml"): card}
    for topic in sorted({path.name for path in STARTERS.glob("*.yaml")} - {OVERVIEWS}):
        files |= starter(topic, intents, languages)
    for name in ("intents.schema.json", "phrases.schema.json"):  # for the first lines of the files of intents
        files[folder / "schemas" / name] = (_SCHEMAS / name).read_text(encoding="utf-8")
    write_files("new", files)
    drafts = draft_files(source, intents, languages)
    write_files("new", drafts)
    if text.text != text_alone("new", options.text).text:
        print(
            f"{shown(source)} has the words of {shown(options.text)} without its markup (HTML, Markdown or subtitles)."
        )
    _report(folder, files | drafts, drafts)


def _report(folder: Path, written: Mapping[Path, str], drafts: Iterable[Path]) -> None:
    """What was made, and what to do next, with the place of every TODO."""
    source, intents = folder / "interview.txt", folder / "intents"
    found = unfinished_corpus(source, intents).source
    told = fill(
        "derive/new.txt.j2",
        folder=shown(folder),
        answers=not errors(load_corpus(source, intents)[1]),
        options=f"--source {shown(source)} --intents {shown(intents)}",
        speaking=_speaking(found),
        direct=any(passage.speaker.direct for passage in found.passages),
        card=shown(source.with_suffix(".yaml")),
        todos=[
            f"{shown(path)}:{number}: {line.strip()}"
            for path, text in written.items()
            for number, line in enumerate(text.splitlines(), 1)
            if TODO in line and "marked TODO" not in line
        ],
        intents=shown(intents),
        drafts=sorted({path.name for path in drafts}),
    )
    print(told, end="")


def _speaking(source: Source) -> Iterator[str]:
    """How many passages each speaker has, and the first words, by which one sees whether that is right."""
    by_speaker = sorted(source.passages, key=lambda passage: passage.speaker.id)
    for speaker, passages in groupby(by_speaker, lambda passage: passage.speaker):
        first, *others = passages
        words = textwrap.shorten(source.whole(first).exact, _FIRST_WORDS, placeholder=" ...")
        yield f"{speaker.name.best(source.language)}: {1 + len(others)} passages, the first: {words}"
