"""The content of the files that an editor may change, to see whether somebody has changed them.

Content is compared, not times: clocks are coarse, and a file that is saved without a change is no news.
"""

from dataclasses import dataclass
from pathlib import Path

from bot.yamlfiles.documents import MAX_BYTES
from bot.yamlfiles.fields import LANGUAGE_CODE

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
        """The folders that hold the files."""
        return {self.source.parent, self.intents, *language_folders(self.intents)}


def language_folders(intents: Path) -> list[Path]:
    """The folders of phrases in a folder of intents, by name: those that are named as a language (en, ru ...)."""
    if not intents.is_dir():
        return []
    return sorted(each for each in intents.iterdir() if LANGUAGE_CODE.fullmatch(each.name) and each.is_dir())


def visible_files(folder: Path, ending: str) -> list[Path]:
    """The files of a folder with that ending, by name. Names that begin with a dot (what text editors and file systems
    put there for themselves) do not count."""
    return sorted(path for path in folder.glob(f"*{ending}") if not path.name.startswith("."))


def snapshot(source: Path, intents: Path) -> Snapshot:
    folders = {source.parent, intents, *language_folders(intents)}
    found = [path for folder in folders for ending in ENDINGS for path in visible_files(folder, ending)]
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
