"""The content of the files that an editor may change, to see whether somebody has changed them.

Content is compared, not times: clocks are coarse, and a file that is saved without a change is no news.
"""

from dataclasses import dataclass
from pathlib import Path

from bot.yamlfiles.documents import MAX_BYTES

ENDINGS = (".yaml", ".txt")
"""The endings of files that count; editors put others beside them for a moment."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The folder of a source file and a folder of intents at one moment.

    `content` has the path of each file and a number that changes with what is in it, valid in this process only.
    """

    source: Path
    intents: Path
    content: tuple[tuple[str, int], ...]

    def still_holds(self) -> bool:
        """Whether nothing has changed since. Takes two milliseconds."""
        return snapshot(self.source, self.intents) == self


def snapshot(source: Path, intents: Path) -> Snapshot:
    folders = {source.parent, intents}
    found = [path for folder in folders for ending in ENDINGS for path in folder.glob(f"*{ending}")]
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
