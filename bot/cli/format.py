"""Move phrases from the files of topics into files of phrases, one a language."""

import argparse
import sys
from pathlib import Path

from bot.cli.common import loaded_or_exit, write_files
from bot.editor.format import format_topic
from bot.loading.files import read_valid, shown
from bot.loading.topics import intent_files, phrase_files


def add_options(parser: argparse.ArgumentParser) -> None:
    told = "write the files; without it, say what would change"
    parser.add_argument("--write", action="store_true", help=told)


def run(options: argparse.Namespace) -> None:
    """Nothing is written unless all files can be read."""
    folder = options.intents
    read = {path: read_valid(path) for path in (*intent_files(folder), *phrase_files(folder))}
    loaded_or_exit((read, [problem for _, problems in read.values() for problem in problems]))
    texts = {path: text or "" for path, (text, _) in read.items()}
    changed: dict[Path, str] = {}
    for path in intent_files(folder):
        there = {each.parent.name: texts[each] for each in phrase_files(folder) if each.name == path.name}
        formatted = format_topic(path.stem, texts[path], there)
        for line in formatted.kept:
            print(f"{shown(folder)}/{line}", file=sys.stderr)
        files = formatted.files(path)
        changed |= {each: text for each, text in files.items() if text != texts.get(each)}
    _write(changed, texts, options.write)


def _write(changed: dict[Path, str], before: dict[Path, str], write: bool) -> None:
    if write:
        write_files("format", changed, overwrite=True)
    for path, text in changed.items():
        lines, old = len(text.splitlines()), len(before.get(path, "").splitlines())
        change = f"{old:,} lines become {lines:,}" if path in before else f"new, {lines:,} lines"
        print(f"{shown(path)}: {change}")
    if not changed:
        print("Nothing to change.")
    elif not write:
        print("Nothing was written; add --write to do so.")
