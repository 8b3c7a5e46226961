"""Draft intents for passages that no intent quotes, or the source card of a new text."""

import argparse
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, zip_longest
from pathlib import Path

from bot.cli.common import intents_folder, loaded_or_exit, unfinished_corpus, usage_error, write_files
from bot.corpus.corpus import Corpus
from bot.corpus.metadata import source_without_card
from bot.corpus.source import Source
from bot.editor.derive.drafts import SUMMARY, IntentDraft, Skipped, draft_intents, intent_files
from bot.editor.derive.question_templates import load_templates
from bot.editor.derive.source_card import draft_source_card
from bot.editor.format import format_topic
from bot.loading.files import language_folders, shown
from bot.loading.loader import load_source, spoken_languages
from bot.matching.identification import language_of_text
from bot.settings import HOME
from bot.text.languages import FALLBACK, language_of

STARTERS = HOME / "seeds" / "starter"
"""Topics for every interview: small talk, what is asked about an answer, what no interview answers, the summary."""
OVERVIEWS = "overviews.yaml"
_MOST_SUMMED_UP = 8
"""Answers: about two screens of a phone."""

EXAMPLE = "free-coffee"


def add_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("passages", nargs="*", metavar="PASSAGE", help="ids of passages to draft, quoted already or not")
    add("--card", action="store_true", help="draft the source card of the text instead")
    add_languages(parser, "those of the card, or of the intents")
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
    languages = own_first(corpus.source, _spoken(options, corpus.source))
    drafts, skipped = _drafted(corpus, languages, options.passages)
    if not drafts and not skipped:
        message = "every passage is quoted; to draft one nevertheless, name it: python -m bot derive PASSAGE"
        print(f"derive: {message}", file=sys.stderr)
    if options.write and folder is None:
        usage_error("derive: name the folder where the new intents shall lie, as in: --intents FOLDER")
    split = folder is not None and bool(language_folders(folder))
    files = _files(folder or Path(), drafts, languages, split)
    if folder and split and not options.passages:
        files |= _summary(corpus, drafts, folder, languages)
    if options.write:
        _write(files)
    else:
        topics_first = sorted(files.items(), key=lambda item: len(item[0].parts))
        print("---\n".join(f"# {shown(path)}\n{text}" for path, text in topics_first), end="")


def draft_files(source: Path, folder: Path, languages: tuple[str, ...]) -> dict[Path, str]:
    """Files for a folder of intents, with drafts for the passages that no intent in it quotes, and the summary."""
    corpus = unfinished_corpus(source, folder)
    drafts, _ = _drafted(corpus, languages)
    files = _files(folder, drafts, languages, split=True)
    return files | _summary(corpus, drafts, folder, languages)


def _files(
    folder: Path, drafts: Iterable[IntentDraft], languages: tuple[str, ...], split: bool
) -> dict[Path, str]:
    """With `split` the phrases stand in files of their own."""
    topics = intent_files(drafts, languages)
    if not split:
        return {folder / name: text for name, text in topics.items()}
    return {
        path: text
        for name, draft in topics.items()
        for path, text in format_topic(Path(name).stem, draft, {}).files(folder / name).items()
    }


def _summary(
    corpus: Corpus, drafts: Sequence[IntentDraft], folder: Path, languages: tuple[str, ...]
) -> dict[Path, str]:
    """The overview for /summary, where there is none yet: the first draft of each topic, then the second ones."""
    if not drafts or corpus.intents.get(SUMMARY):
        return {}
    topics = [
        [each.id for each in topic] for _, topic in groupby(drafts, lambda draft: draft.passage.section)
    ]
    first = [draft for row in zip_longest(*topics) for draft in row if draft][:_MOST_SUMMED_UP]
    files = starter(OVERVIEWS, folder, languages)
    files[folder / OVERVIEWS] += "".join(f"      - {draft}\n" for draft in first)
    return files


def starter(topic: str, folder: Path, languages: tuple[str, ...]) -> dict[Path, str]:
    """A topic for every interview, in each of the languages that has it, else in English. The schemas, which the first
    line of each file names, are one level nearer than in our own folder."""
    spoken = [each for each in languages if (STARTERS / each / topic).exists()] or [FALLBACK]
    return {
        folder / name: (STARTERS / name).read_text(encoding="utf-8").replace("$schema=../", "$schema=", 1)
        for name in (topic, *(f"{language}/{topic}" for language in spoken))
    }


def _drafted(
    corpus: Corpus, languages: tuple[str, ...], passages: Sequence[str] = ()
) -> tuple[Sequence[IntentDraft], Sequence[Skipped]]:
    """The drafts, none with a phrase that leads to the summary. What was skipped is printed, too."""
    templates = loaded_or_exit(load_templates(languages[0]))
    summing_up = "".join(starter(OVERVIEWS, Path(), languages).values())
    reserved = re.findall(r"^    - (.+)$", summing_up, re.MULTILINE)
    drafts, skipped = draft_intents(corpus, templates, passages, reserved)
    for each in skipped:
        place = corpus.source.place(each.quotation.span.start)
        words = textwrap.shorten(each.quotation.exact, 60, placeholder="...")
        print(f'{place}: not drafted: "{words}": {each.reason}', file=sys.stderr)
    return drafts, skipped


def _derive_card(options: argparse.Namespace) -> None:
    source = text_alone("derive", options.source)
    text = draft_card(source, own_first(source, _spoken(options, source)))
    if options.write:
        _write({options.source.with_suffix(".yaml"): text})
    else:
        print(text, end="")


def _spoken(options: argparse.Namespace, source: Source) -> tuple[str, ...]:
    """The visitors' languages: as the options say, else the card, else the folder of intents; else all of ours."""
    of_card = tuple(dict(source.metadata.title.texts))
    of_folder = tuple(path.name for path in language_folders(options.intents))
    return options.languages or of_card or of_folder or spoken_languages()


def text_alone(command: str, path: Path, prepared: Callable[[str], str] = str) -> Source:
    """The source without a card, its text `prepared` first. A text without words ends the command."""
    read = loaded_or_exit(load_source(path, use_card=False))
    source = source_without_card(prepared(read.text), read.path)
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
