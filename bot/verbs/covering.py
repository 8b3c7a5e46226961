"""`coverage` and `derive`: what of the interview is quoted, and drafts for what is not."""

import argparse
import json
import re
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

from bot.corpus import Corpus, resolve
from bot.coverage import coverage_page, coverage_record, coverage_text, measure, place
from bot.derive import DraftFile, Skipped, card_template, draft, files
from bot.intents import IntentSet
from bot.language import language_of
from bot.loading import (
    INTENTS,
    SOURCE,
    load_corpus,
    load_frames,
    load_source,
    shown,
    spoken_languages,
)
from bot.localized import FALLBACK
from bot.passages import Source
from bot.problems import Problem, errors
from bot.verbs.shared import CLEAN, PROBLEMS, AddVerb, misuse, report


def add_verbs(add: AddVerb) -> None:
    covering = add(
        "coverage",
        _coverage,
        "Say which passages are quoted by which intents, and which by none.",
        "coverage --html coverage.html",
    )
    covering.add_argument("--json", action="store_true", help="print one JSON object")
    covering.add_argument("--html", type=Path, metavar="FILE", help="write one self-contained page")
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


def _coverage(options: argparse.Namespace) -> int:
    corpus, problems = _corpus(options, _folder(options))
    report(problems, sys.stderr)
    if corpus is None or problems:
        return PROBLEMS
    coverage = measure(corpus)
    if options.html is not None and not _write(options.html, coverage_page(coverage)):
        return misuse(f"coverage: {options.html} cannot be written; name a file in a folder that exists")
    if options.json:
        print(json.dumps(coverage_record(coverage), ensure_ascii=False, indent=1))
    elif options.html is not None:
        print(f"written: {shown(options.html)}")
    else:
        print(coverage_text(coverage))
    return CLEAN


def _corpus(options: argparse.Namespace, folder: Path | None) -> tuple[Corpus | None, tuple[Problem, ...]]:
    """The corpus, and what keeps it from being used here. What is only still to be written does not."""
    if folder is not None:
        corpus, problems = load_corpus(options.source, folder)
    else:
        source, problems = load_source(options.source)
        corpus = resolve(source, IntentSet(()))[0] if source else None
    return corpus, tuple(problem for problem in errors(problems) if problem.rule != "todo")


def _folder(options: argparse.Namespace) -> Path | None:
    """The folder of intents. Another text than our interview has none until one is named: ours are not
    about it."""
    named = options.intents != INTENTS or options.source.resolve() == SOURCE
    return Path(options.intents) if named else None


def _derive(options: argparse.Namespace) -> int:
    return _derive_card(options) if options.card else _derive_stanzas(options)


def _derive_stanzas(options: argparse.Namespace) -> int:
    folder = _folder(options)
    written = folder is not None and any(folder.glob("*.yaml"))
    corpus, problems = _corpus(options, folder if written else None)
    report(problems, sys.stderr)
    if corpus is None or problems:
        return PROBLEMS
    unknown = [each for each in options.passages if corpus.source.passage(each) is None]
    if unknown:
        known = ", ".join(passage.id for passage in corpus.source.passages)
        return misuse(f'derive: there is no passage "{unknown[0]}"; there are: {known}')
    language = _language(corpus.source)
    frames, problems = load_frames(language)
    report(problems, sys.stderr)
    if frames is None:
        return PROBLEMS
    found = draft(corpus, frames, options.passages)
    _report_skipped(found.skipped, corpus.source)
    if not found.drafts and not found.skipped:
        print("Every passage is quoted. To draft one nevertheless, name it: python -m bot derive PASSAGE")
    return _deliver(options, folder, files(found.drafts, options.languages, language))


def _report_skipped(skipped: Iterable[Skipped], source: Source) -> None:
    """What a person must quote by hand, with its place, on standard error."""
    for each in skipped:
        line, column = place(source, each.quotation.span.start)
        words = textwrap.shorten(each.quotation.exact, 60, placeholder="...")
        print(f'{source.path}:{line}:{column}: not drafted: "{words}": {each.reason}', file=sys.stderr)


def _deliver(options: argparse.Namespace, folder: Path | None, drafted: tuple[DraftFile, ...]) -> int:
    """Prints the files one behind the other, or writes them."""
    if not options.write:
        names = [f"{file.name}.yaml" for file in drafted]
        places = [f"# {shown(folder / name) if folder else name}" for name in names]
        print(
            "---\n".join(f"{place}\n{file.text}" for place, file in zip(places, drafted, strict=True)), end=""
        )
        return CLEAN
    if folder is None:
        return misuse("derive: name the folder where the new intents shall lie, as in: --intents FOLDER")
    return _write_new({folder / f"{file.name}.yaml": file.text for file in drafted})


def _derive_card(options: argparse.Namespace) -> int:
    source, problems = load_source(options.source, use_card=False)
    language = _language(source) if source else FALLBACK
    frames, unfit = load_frames(language)
    report((*problems, *unfit), sys.stderr)
    if source is None or frames is None:
        return PROBLEMS
    if not source.passages:
        return misuse(f"derive: {shown(options.source)} has no words")
    text = card_template(source, frames, options.languages, language)
    if options.write:
        return _write_new({options.source.with_suffix(".yaml"): text})
    print(text, end="")
    return CLEAN


def _language(source: Source) -> str:
    """The text's language: as the card says, else by its script."""
    return source.card.language or language_of(source.text) or FALLBACK


def _write_new(texts: dict[Path, str]) -> int:
    """Writes files that are not there yet. Where one is, none is written."""
    for path in texts:
        if path.exists():
            return misuse(
                f"derive: {shown(path)} exists, and nothing is ever overwritten; without --write the draft is"
                " printed, to be pasted"
            )
    for path, text in texts.items():
        if not _write(path, text):
            return misuse(f"derive: {shown(path)} cannot be written; is its folder yours?")
        print(f"written: {shown(path)}")
    return CLEAN


def _write(path: Path, text: str) -> bool:
    """Whether it was written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError:
        return False
    return True
