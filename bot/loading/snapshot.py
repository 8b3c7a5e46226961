"""Which files an editor may change, and whether somebody has.

Rule: what is compared is the content, never a time: clocks are coarse, and a file that is saved without a change
is no news.
"""

from dataclasses import dataclass
from pathlib import Path

from bot.yamlfiles.documents import MAX_BYTES

ENDINGS = (".yaml", ".txt")
"""Of the files that are ours; editors put others beside them for a moment."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How a source file, what lies beside it, and a folder of intents were at one moment. `content` has the names of
    all files that are ours, each with a number that changes with what is in it; only for this process."""

    source: Path
    intents: Path
    content: tuple[tuple[str, int], ...]

    def still_holds(self) -> bool:
        """Whether nobody has changed anything since. Takes two milliseconds."""
        return snapshot(self.source, self.intents) == self


def snapshot(source: Path, intents: Path) -> Snapshot:
    """Of the folder of a source file and of a folder of intents, as they are now."""
    folders = {source.parent, intents}
    found = [path for folder in folders for ending in ENDINGS for path in folder.glob(f"*{ending}")]
    return Snapshot(source, intents, tuple((str(path), _content(path)) for path in sorted(found)))


def _content(path: Path) -> int:
    """Only files are opened (a pipe would be waited for), and no more is read than `loading` reads."""
    try:
        if not path.is_file():
            return 0
        with path.open("rb") as file:
            return hash(file.read(MAX_BYTES + 1))
    except OSError as error:  # a name that leads nowhere, or something that may not be read
        return -(error.errno or 1)
