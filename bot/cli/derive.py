"""`derive`: drafts of stanzas for what no intent quotes, and of a source card for a new text."""

import argparse
import contextlib
import re
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

from bot.cli.common import (
    CLEAN,
    PROBLEMS,
    AddCommand,
    intents_folder,
    report,
    unfinished_corpus,
    usage_error,
    write_new,
)
from bot.corpus.source import Source
from bot.editor.derive import DraftFile, Skipped, card_template, draft, files
from bot.editor.derive.question_templates import load_templates
from bot.loading.loader import load_source, shown, spoken_languages
from bot.text.localized import FALLBACK
from bot.text.scripts import language_of


def add_command(add: AddCommand) -> None:
    deriving = add(
        "derive",
        _derive,
        "Draft stanzas for passages that no intent quotes, or the source card of a new text.",
        "derive free-coffee",
    )
    deriving.add_argument(
        "passages", nargs="*", metavar="PASSAGE", help="ids of passages to draft, quoted already or not"
    )
    deriving.add_argument("--card", action="store_true", help="draft the source card of the text instead")
    deriving.add_argument(
        "--languages",
        type=_languages,
        default=spoken_languages(),
        metavar="CODES",
        help="the visitors' languages, like en,ru (default: those that the bot speaks)",
    )
    deriving.add_argument("--write", action="store_true", help="write new files; never over an existing one")


def _languages(codes: str) -> tuple[str, ...]:
    """The codes of a list like "en,ru"."""
    if not re.fullmatch(r"[a-z]{2,3}(,[a-z]{2,3})*", codes):
        raise argparse.ArgumentTypeError(f'"{codes}" is no list of language codes like en,ru')
    return tuple(dict.fromkeys(codes.split(",")))


def _derive(options: argparse.Namespace) -> int:
    return _derive_card(options) if options.card else _derive_stanzas(options)


def _derive_stanzas(options: argparse.Namespace) -> int:
    folder = intents_folder(options)
    begun = folder is not None and any(folder.glob("*.yaml"))
    corpus, problems = unfinished_corpus(options.source, folder if begun else None)
    report(problems, sys.stderr)
    if corpus is None or problems:
        return PROBLEMS
    unknown = [each for each in options.passages if corpus.source.passage(each) is None]
    if unknown:
        known = ", ".join(passage.id for passage in corpus.source.passages)
        return usage_error(f'derive: there is no passage "{unknown[0]}"; there are: {known}')
    language = _language(corpus.source)
    templates, problems = load_templates(language)
    report(problems, sys.stderr)
    if templates is None:
        return PROBLEMS
    found = draft(corpus, templates, options.passages)
    _report_skipped(found.skipped, corpus.source)
    if not found.drafts and not found.skipped:
        message = "every passage is quoted; to draft one nevertheless, name it: python -m bot derive PASSAGE"
        print(f"derive: {message}", file=sys.stderr)
    return _deliver(options.write, folder, files(found.drafts, options.languages, language))


def _report_skipped(skipped: Iterable[Skipped], source: Source) -> None:
    """What a person must quote by hand, with its place, on standard error."""
    for each in skipped:
        line, column = source.place(each.quotation.span.start)
        words = textwrap.shorten(each.quotation.exact, 60, placeholder="...")
        print(f'{source.path}:{line}:{column}: not drafted: "{words}": {each.reason}', file=sys.stderr)


def _deliver(write: bool, folder: Path | None, drafted: tuple[DraftFile, ...]) -> int:
    """Prints the files one behind the other, each below its name, or writes them."""
    names = [f"{file.name}.yaml" for file in drafted]
    if write and folder is None:
        return usage_error("derive: name the folder where the new intents shall lie, as in: --intents FOLDER")
    if write and folder is not None:
        return _write_new({folder / name: file.text for name, file in zip(names, drafted, strict=True)})
    for number, (name, file) in enumerate(zip(names, drafted, strict=True)):
        separator = "---\n" if number else ""
        print(f"{separator}# {shown(folder / name) if folder else name}\n{file.text}", end="")
    return CLEAN


def _derive_card(options: argparse.Namespace) -> int:
    source, problems = load_source(options.source, use_card=False)
    language = _language(source) if source else FALLBACK
    templates, unfit = load_templates(language)
    report((*problems, *unfit), sys.stderr)
    if source is None or templates is None:
        return PROBLEMS
    if not source.passages:
        return usage_error(f"derive: {shown(options.source)} has no words")
    text = card_template(source, templates, options.languages, language)
    if options.write:
        return _write_new({options.source.with_suffix(".yaml"): text})
    print(text, end="")
    return CLEAN


def _language(source: Source) -> str:
    """The text's language: as the card says, else by its script."""
    return source.metadata.language or language_of(source.text) or FALLBACK


def _write_new(texts: dict[Path, str]) -> int:
    """Writes files that are not there yet. Where one is, none is written."""
    there = [path for path in texts if path.exists()]
    if there:
        message = f"derive: {shown(there[0])} exists, and nothing is ever overwritten"
        return usage_error(f"{message}; without --write the draft is printed, to be pasted")
    for path, text in texts.items():
        with contextlib.suppress(OSError):  # then the file cannot be written, which is told
            path.parent.mkdir(parents=True, exist_ok=True)
        if code := write_new("derive", path, text):
            return code
        print(f"written: {shown(path)}")
    return CLEAN
