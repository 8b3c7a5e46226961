"""Warnings about files that are not read, although an editor may believe that they are.

Hidden files, names that end in ~ (both are what editors leave) and notes (.md) need no warning.
"""

from collections.abc import Container, Iterator
from pathlib import Path

from bot.loading.files import entries, is_folder, language_folders, shown
from bot.loading.loader import spoken_languages
from bot.yamlfiles.problems import Location, Problem

ENDING = ".yaml"
OTHER_ENDINGS = (ENDING, ".yml")
"""Endings that mean the same elsewhere, also in capitals."""
NOTES = ".md"


def unread_files(source: Path, intents: Path) -> tuple[Problem, ...]:
    """A warning for each unread file in the folder of intents and its folders of languages, and for each source
    card without its text or with another ending.

    Folders that do not exist have none.
    """
    found = [*_among_intents(intents, language_folders(intents)), *_cards_without_text(source, intents)]
    return tuple(
        Problem(Location(shown(path)), "unread-file", f"is not read; {advice}", "warning")
        for path, advice in found
    )


def _among_intents(folder: Path, languages: Container[Path]) -> Iterator[tuple[Path, str]]:
    for path in _visible(folder):
        if path in languages:
            yield from _among_intents(path, ())
        elif is_folder(path):
            yield from ((below, _language_hint(path)) for below in sorted(path.rglob(f"*{ENDING}")))
        elif path.suffix.lower() in OTHER_ENDINGS and path.suffix != ENDING:
            yield path, _ending_hint(path)
        elif path.suffix not in {ENDING, NOTES}:
            yield path, f"files of intents end in {ENDING}; rename it, or move it elsewhere"


def _cards_without_text(source: Path, intents: Path) -> Iterator[tuple[Path, str]]:
    for path in _visible(source.parent):
        name = path.stem.removesuffix("-names")
        if path.suffix.lower() in OTHER_ENDINGS and path.suffix != ENDING and name == source.stem:
            yield path, _ending_hint(path)
        stem, _, language = name.partition(".")
        name = stem if language in spoken_languages(intents) else name
        texts = {path.with_name(f"{stem}{source.suffix}") for stem in (path.stem, name)}
        if path.suffix == ENDING and not any(text.exists() for text in texts):
            yield path, f"a source card or translation lies beside its text, {name}{source.suffix}"


def _language_hint(folder: Path) -> str:
    """Nothing is to be moved anywhere: a file of the same name may be there."""
    codes = spoken_languages(folder.parent)
    near = (code for code in codes if folder.name.lower().startswith(code))
    meant = next((f"; did you mean {shown(folder.parent / code)}?" for code in near), "")
    return f"folders here are named by a language code ({', '.join(codes)} ...){meant}"


def _ending_hint(path: Path) -> str:
    name = f"{path.stem}{ENDING}"
    if path.with_name(name).exists():
        return f"{name} beside it is; move what is still needed there, and remove this file"
    return f"rename it to {name}"


def _visible(folder: Path) -> list[Path]:
    return [path for path in entries(folder) if not path.name.startswith(".") and path.name[-1] != "~"]
