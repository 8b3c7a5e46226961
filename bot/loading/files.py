"""The files of a source and its intents: which there are, what they hold as text and as YAML, and whether it changed.

Content is compared, not times: clocks are coarse, and a file that is saved without a change is no news.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from bot.yamlfiles.documents import MAX_BYTES, Node, decode_document, parse_document
from bot.yamlfiles.fields import LANGUAGE_CODE
from bot.yamlfiles.problems import Location, Problem

ENDINGS = (".yaml", ".txt", ".yml")
"""The endings of files that count, the last one because it is reported; editors put others beside them for a moment."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The folder of a source file, and a folder of intents with those of its languages, at one moment.

    `content` has the path of each file and a number that changes with what is in it, valid in this process only.
    """

    source: Path
    intents: Path
    content: tuple[tuple[str, int], ...]

    def still_holds(self) -> bool:
        """Whether nothing has changed since. Takes some milliseconds."""
        return snapshot(self.source, self.intents) == self

    def folders(self) -> set[Path]:
        return {self.source.parent, self.intents, *language_folders(self.intents)}


def language_folders(intents: Path) -> list[Path]:
    """The folders of phrases in a folder of intents, by name: those that are named as a language (en, ru ...)."""
    return [each for each in entries(intents) if LANGUAGE_CODE.fullmatch(each.name) and is_folder(each)]


def entries(folder: Path) -> list[Path]:
    """What is in a folder, by name; nothing where there is none, or where that cannot be seen."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def is_folder(path: Path) -> bool:
    """False also where that cannot be seen."""
    try:
        return path.is_dir()
    except OSError:
        return False


def unreadable_folder(folder: Path) -> tuple[Problem, ...]:
    """Why it cannot be seen what is in a folder. Nothing is wrong where there is none."""
    try:
        with os.scandir(folder):
            return ()
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        message = f"cannot be read: {error.strerror or type(error).__name__}; its files would be missing"
        return (Problem(Location(shown(folder)), "unreadable", message),)


def visible_files(folder: Path, ending: str | tuple[str, ...]) -> list[Path]:
    """The files of a folder with that ending (one of several), by name. Names that begin with a dot (what text editors
    and file systems put there for themselves) do not count."""
    return [path for path in entries(folder) if path.name.endswith(ending) and path.name[0] != "."]


def snapshot(source: Path, intents: Path) -> Snapshot:
    folders = {source.parent, intents, *language_folders(intents)}
    found = [path for folder in folders for path in visible_files(folder, ENDINGS)]
    return Snapshot(source, intents, tuple((str(path), _content(path)) for path in sorted(found)))


def _content(path: Path) -> int:
    """Opens only files (opening a pipe would block), and reads no more than the loader does."""
    try:
        if not path.is_file():
            return 0
        with path.open("rb") as file:
            return hash(file.read(MAX_BYTES + 1))
    except OSError as error:  # a broken link, or a file that may not be read
        return -(error.errno or 1)


def shown(path: Path) -> str:
    """A path as people would type it: relative to the working folder where it is below."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def read_valid(path: Path) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a YAML file, for programs that change it; None where it is not valid YAML."""
    text, problems = read_text(path)
    node, invalid = parse_document(text, shown(path)) if text is not None else (None, ())
    return (text if node else None), (*problems, *invalid)


def document(path: Path) -> tuple[Node | None, tuple[Problem, ...]]:
    text, problems = read_text(path)
    return parse_document(text, shown(path)) if text is not None else (None, problems)


def read_text(path: Path) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file. Of a file that is too large no more is read than shows it; a pipe is not opened."""
    try:
        if path.exists() and not path.is_file():
            return None, (Problem(Location(shown(path)), "unreadable", "is no file; move it elsewhere"),)
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, (Problem(Location(shown(path)), "unreadable", f"cannot be read: {reason}"),)
    return decode_document(raw, shown(path))


def yaml_files(folder: Path) -> list[Path]:
    return visible_files(folder, ".yaml")
