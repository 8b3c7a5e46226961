"""Draft intents for passages that no intent quotes, or the source card of a new text."""

import argparse
import re
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

from bot.cli.common import intents_folder, loaded_or_exit, unfinished_corpus, usage_error, write_files
from bot.corpus.source import Source
from bot.editor.derive.drafts import Skipped, draft_intents, intent_files
from bot.editor.derive.question_templates import load_templates
from bot.editor.derive.source_card import draft_source_card
from bot.editor.format import format_topic
from bot.loading.files import language_folders, shown
from bot.loading.loader import load_source, spoken_languages
from bot.matching.identification import language_of_text
from bot.text.languages import FALLBACK, language_of

EXAMPLE = "free-coffee"


def add_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("passages", nargs="*", metavar="PASSAGE", help="ids of passages to draft, quoted already or not")
    add("--card", action="store_true", help="draft the source card of the text instead")
    add_languages(parser, "those that the bot speaks")
    add("--write", action="store_true", help="write new files; never over an existing one")


def add_languages(parser: argparse.ArgumentParser, default: str) -> None:
    told = f"the visitors' languages, like en,ru (default: {default})"
    parser.add_argument("--languages", type=_language_codes, default=(), metavar="CODES", help=told)


def _language_codes(codes: str) -> tuple[str, ...]:
    if not re.fullmatch(r"[a-z]{2,3}(,[a-z]{2,3})*", codes):
        raise argparse.ArgumentTypeError(f'"{codes}" is no list of language codes like en,ru')
    return tuple(dict.fromkeys(codes.split(",")))


def run(options: argparse.Namespace) -> None:
    if options.card:
        _derive_card(options)
    else:
        _derive_intents(options)


def _derive_intents(options: argparse.Namespace) -> None:
    folder = intents_folder(options)
    has_intents = folder is not None and any(folder.glob("*.yaml"))
    corpus = unfinished_corpus(options.source, folder if has_intents else None)
    unknown = [each for each in options.passages if corpus.source.passage(each) is None]
    if unknown:
        known = ", ".join(passage.id for passage in corpus.source.passages)
        usage_error(f'derive: there is no passage "{unknown[0]}"; there are: {known}')
    languages = own_first(corpus.source, options.languages or spoken_languages(options.intents))
    templates = loaded_or_exit(load_templates(languages[0]))
    drafts, skipped = draft_intents(corpus, templates, options.passages)
    _report_skipped(skipped, corpus.source)
    if not drafts and not skipped:
        message = "every passage is quoted; to draft one nevertheless, name it: python -m bot derive PASSAGE"
        print(f"derive: {message}", file=sys.stderr)
    if options.write and folder is None:
        usage_error("derive: name the folder where the new intents shall lie, as in: --intents FOLDER")
    split = folder is not None and bool(language_folders(folder))
    files = _files(folder or Path(), intent_files(drafts, languages), split)
    if options.write:
        _write(files)
    else:
        topics_first = sorted(files.items(), key=lambda item: len(item[0].parts))
        print("---\n".join(f"# {shown(path)}\n{text}" for path, text in topics_first), end="")


def draft_files(source: Path, folder: Path, languages: tuple[str, ...]) -> dict[Path, str]:
    """Files for a folder of intents, with drafts for the passages that no intent in it quotes."""
    corpus = unfinished_corpus(source, folder)
    drafts, skipped = draft_intents(corpus, loaded_or_exit(load_templates(languages[0])))
    _report_skipped(skipped, corpus.source)
    return _files(folder, intent_files(drafts, languages), split=True)


def _files(folder: Path, drafts: dict[str, str], split: bool) -> dict[Path, str]:
    """With `split` the phrases stand in files of their own."""
    if not split:
        return {folder / name: text for name, text in drafts.items()}
    return {
        path: text
        for name, draft in drafts.items()
        for path, text in format_topic(Path(name).stem, draft, {}).files(folder / name).items()
    }


def _report_skipped(skipped: Iterable[Skipped], source: Source) -> None:
    for each in skipped:
        line, column = source.place(each.quotation.span.start)
        words = textwrap.shorten(each.quotation.exact, 60, placeholder="...")
        print(f'{source.path}:{line}:{column}: not drafted: "{words}": {each.reason}', file=sys.stderr)


def _derive_card(options: argparse.Namespace) -> None:
    source = text_alone("derive", options.source)
    text = draft_card(source, own_first(source, options.languages or spoken_languages(options.intents)))
    if options.write:
        _write({options.source.with_suffix(".yaml"): text})
    else:
        print(text, end="")


def text_alone(command: str, path: Path) -> Source:
    """The source without a card. A text without words ends the command."""
    source = loaded_or_exit(load_source(path, use_card=False))
    if not source.passages:
        usage_error(f"{command}: {shown(path)} has no words")
    return source


def draft_card(source: Source, languages: tuple[str, ...]) -> str:
    """The card of a text without one, in these languages; the first is the text's own."""
    return draft_source_card(source, loaded_or_exit(load_templates(languages[0])), languages)


def own_first(source: Source, spoken: tuple[str, ...]) -> tuple[str, ...]:
    """The text's language (as the card says, else by its words and its script), and then the visitors' others."""
    own = source.metadata.language or language_of_text(source.text) or language_of(source.text) or FALLBACK
    return (own, *(language for language in spoken if language != own))


def _write(files: dict[Path, str]) -> None:
    """Writes files that are not there yet. Where one is, none is written."""
    there = [path for path in files if path.exists()]
    if there:
        message = f"derive: {shown(there[0])} exists, and nothing is ever overwritten"
        usage_error(f"{message}; without --write the draft is printed, to be pasted")
    write_files("derive", files)
    for path in files:
        print(f"written: {shown(path)}")
